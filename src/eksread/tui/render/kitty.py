"""Pictures in terminals that draw them themselves: Kitty's graphics protocol, by Unicode placeholders.

The pixels are sent once. What stands in the lines are ordinary cells that name the picture by their colour and their
place in it by combining marks, so that scrolling and overlapping are the terminal's business.
Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/ (Unicode placeholders)
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from eksread.tui.render.lead_pictures import Cells

PLACEHOLDER: Final = "\U0010eeee"
CHUNK: Final = 4096
"""Characters of payload in one sequence: the protocol's limit."""
IDS: Final = 1 << 24
"""An id is written as a colour of three bytes."""
MARKS: Final = "".join(
    chr(int(code, 16))
    for code in """
    0305 030d 030e 0310 0312 033d 033e 033f 0346 034a 034b 034c 0350 0351 0352 0357
    035b 0363 0364 0365 0366 0367 0368 0369 036a 036b 036c 036d 036e 036f 0483 0484
    0485 0486 0487 0592 0593 0594 0595 0597 0598 0599 059c 059d 059e 059f 05a0 05a1
    05a8 05a9 05ab 05ac 05af 05c4 0610 0611 0612 0613 0614 0615 0616 0617 0657 0658
    0659 065a 065b 065d 065e 06d6 06d7 06d8 06d9 06da 06db 06dc 06df 06e0 06e1 06e2
    06e4 06e7 06e8 06eb 06ec 0730 0732 0733 0735 0736 073a 073d 073f 0740 0741 0743
    0745 0747 0749 074a 07eb 07ec 07ed 07ee 07ef 07f0 07f1 07f3 0816 0817 0818 0819
    081b 081c 081d 081e 081f 0820 0821 0822 0823 0825 0826 0827 0829 082a 082b 082c
    """.split()
)
"""The marks that stand for the numbers from 0 on: the first ones of the protocol's rowcolumn-diacritics.txt."""


def sending(image: int, png: bytes) -> str:
    """Give the sequences that bring a PNG to the terminal under an id from 1 to `IDS` - 1; it answers nothing."""
    payload = b64encode(png).decode("ascii")
    parts = [payload[start : start + CHUNK] for start in range(0, len(payload), CHUNK)]
    last = len(parts) - 1
    return "".join(
        f"\x1b_G{'' if index else f'a=t,f=100,i={image},'}q=2,m={int(index < last)};{part}\x1b\\"
        for index, part in enumerate(parts)
    )


def placing(image: int, cells: Cells) -> str:
    """Give the sequence that spreads a sent picture over so many cells, in place of an earlier size."""
    return f"\x1b_Ga=p,U=1,i={image},p=1,c={cells.width},r={cells.height},q=2\x1b\\"


def deleting(image: int) -> str:
    """Give the sequence that takes a picture and its pixels from the terminal."""
    return f"\x1b_Ga=d,d=I,i={image},q=2\x1b\\"


def placeholders(image: int, cells: Cells) -> tuple[tuple[Segment, ...], ...]:
    """Give the rows of cells that show a placed picture. Raises `IndexError` for more cells than there are marks."""
    style = Style(color=Color.from_rgb(image >> 16, image >> 8 & 255, image & 255))
    return tuple(
        (Segment("".join(PLACEHOLDER + MARKS[row] + MARKS[column] for column in range(cells.width)), style),)
        for row in range(cells.height)
    )
