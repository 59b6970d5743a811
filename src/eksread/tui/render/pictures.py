"""Pictures of an article: which there are, how this terminal can show them, in how many cells, and making them ready.

The terminal is never queried: its answer would arrive between the keys. The environment says what it can do, and the
window's size in pixels what shape its cells have.
"""

from __future__ import annotations

import fcntl
import struct
import sys
import termios
from base64 import b64encode
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from random import randrange
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.color import Color
from rich.segment import ControlType, Segment
from rich.style import Style

from eksread.formatting import caption_text
from eksread.model.enums import BlockType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PIL.Image import Image

    from eksread.model.stored import StoredArticle

SHARE: Final = 0.4
"""Of the pane's height a lead picture takes at most: the text must begin on the same screen."""
FEWEST_ROWS: Final = 6
FEWEST_COLUMNS: Final = 8
"""Cells of the smallest picture: in fewer nothing can be made out."""
MOST_ROWS: Final = 100
MOST_COLUMNS: Final = 160
"""Cells of the largest picture: placeholders can't count much further, and half-blocks of so many take 0.3 s."""
USUAL_SHAPE: Final = 2.0
"""Height of a cell by its width, where the terminal does not report it."""
LIKELY_SHAPES: Final = (1.4, 3.0)
"""The range of real fonts; a terminal that reports another shape is wrong."""
KEPT: Final = 4
"""Decoded pictures in memory: those a reader goes back to."""
SHARP_CELLS: Final = 200
"""Pixels each way that half-blocks can show: two in each of `MOST_ROWS`, one in each of `MOST_COLUMNS`."""
SHARP: Final = 640
"""Pixels each way where the terminal draws: a column's width on most screens, in 1.2 MB."""
SHARP_WHOLE: Final = 960
"""The same for a picture that has the window for itself: as large as they are kept."""
PLACEHOLDING: Final = frozenset({"xterm-kitty", "xterm-ghostty"})
"""The `TERM` of terminals that draw Kitty's placeholders. WezTerm and Konsole know only the rest of the protocol."""
SIXEL_TERMS: Final = frozenset({"foot", "foot-extra", "foot-direct", "mlterm", "mlterm-256color"})
"""The `TERM` of terminals that draw Sixel as they come. It can't be scrolled among lines, so it is for whole pictures alone."""
MULTIPLEXERS: Final = ("TMUX", "STY", "ZELLIJ")
"""Variables of programs between us and the terminal that let no pixels pass."""


class ArticlePicture(NamedTuple):
    """A picture of an article: the addresses it may be stored under, the body's block it is (-1: the lead), what is said of it."""

    urls: tuple[str, ...]
    block: int
    caption: str
    credit: str = ""

    @property
    def text(self) -> str:
        """Caption and credit."""
        return caption_text(self.caption, self.credit)


def pictures_of(stored: StoredArticle) -> tuple[ArticlePicture, ...]:
    """Give an article's pictures in its order: the lead, and those of the body that have an address."""
    lead, thumbnail = stored.article.lead_image, stored.headline.image
    found = []
    if lead is not None and (lead.url or thumbnail):
        urls = tuple(dict.fromkeys(url for url in (lead.url, thumbnail) if url))
        found.append(ArticlePicture(urls, -1, lead.caption or "", lead.credit or ""))
    found += [
        ArticlePicture((block.url,), index, block.text)
        for index, block in enumerate(stored.article.blocks)
        if block.type is BlockType.IMAGE and block.url
    ]
    return tuple(found)


class Way(Enum):
    """How pictures are shown."""

    BLOCKS = auto()
    FEW_COLOURS = auto()
    KITTY = auto()
    SIXEL = auto()


class Cells(NamedTuple):
    """A size in cells."""

    width: int
    height: int


class Cell(NamedTuple):
    """The size of a cell in pixels; 0 where the terminal does not report it."""

    width: float = 0
    height: float = 0

    @property
    def shape(self) -> float:
        """The height of a cell by its width."""
        shape = self.height / self.width if self.width else 0
        least, most = LIKELY_SHAPES
        return shape if least <= shape <= most else USUAL_SHAPE


NO_CELL: Final = Cell()


class Frame(NamedTuple):
    """Where a picture is to fit: in a width and a `share` of a height, in cells of such a size."""

    width: int
    height: int
    cell: Cell = NO_CELL
    share: float = SHARE


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture ready to show: its size in pixels, and its rows in `cells` (None: it does not fit).

    `image` is its id in the terminal (0: it is made of cells alone), `sequence` what must be written there first.
    """

    size: tuple[int, int]
    cells: Cells | None
    rows: tuple[tuple[Segment, ...], ...] = ()
    image: int = 0
    sequence: str = ""


def way_to_show(
    setting: str, environ: Mapping[str, str], color_system: str | None, *, no_color: bool
) -> Way | None:
    """Give how pictures are shown, None where they are not. `color_system` is Rich's name of what the terminal has."""
    if setting == "off" or no_color or color_system not in ("256", "truecolor"):
        return None
    if color_system == "256":
        return Way.FEW_COLOURS
    term = environ.get("TERM") if not any(name in environ for name in MULTIPLEXERS) else None
    if setting == "kitty" or (setting == "auto" and term in PLACEHOLDING):
        return Way.KITTY
    return Way.SIXEL if setting == "sixel" or (setting == "auto" and term in SIXEL_TERMS) else Way.BLOCKS


def cell_size() -> Cell:
    """Give the size of a cell, from the size of the window in cells and pixels (ioctl_tty(2))."""
    try:
        answer = fcntl.ioctl(sys.__stderr__.fileno() if sys.__stderr__ else -1, termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return Cell()
    rows, columns, width, height = struct.unpack("4H", answer)
    return Cell(width / columns, height / rows) if rows and columns and width and height else Cell()


def fitting(size: tuple[int, int], frame: Frame) -> Cells | None:
    """Give the cells that a picture of `size` pixels fills in a frame, its shape kept; None where it would be too small."""
    width, height = size
    most = min(MOST_ROWS, int(frame.height * frame.share))
    columns = min(MOST_COLUMNS, frame.width)
    rows = round(columns * height / (width * frame.cell.shape))
    if rows > most:
        rows, columns = most, round(most * frame.cell.shape * width / height)
    return Cells(columns, rows) if rows >= FEWEST_ROWS and columns >= FEWEST_COLUMNS else None


class Pictures:
    """Makes pictures ready from the stored files. All of it may take a while: call it in a thread."""

    def __init__(self, stored: Callable[[str, int], Image]) -> None:
        """`stored` gives a picture's pixels by its address, at most so many each way. It raises `ValueError` where there is none."""
        self._pixels = lru_cache(maxsize=KEPT)(
            stored
        )  # what is raised is not remembered: a refresh may bring it

    def made(self, urls: Iterable[str], frame: Frame, way: Way) -> Shown | None:
        """Give the picture stored under one of the addresses as it fits and is shown; None where none is stored or can be read."""
        whole = frame.share == 1
        if way is Way.SIXEL and not (whole and frame.cell.width):
            way = Way.BLOCKS
        sharp = SHARP_CELLS
        if way in (Way.KITTY, Way.SIXEL):
            sharp = SHARP_WHOLE if whole else SHARP
        for url in urls:
            try:
                pixels = self._pixels(url, sharp)
            except ValueError:
                continue
            return _shown(pixels, frame, way)
        return None


def _shown(pixels: Image, frame: Frame, way: Way) -> Shown:
    from eksread.tui.render.pixels import half_blocks, png_of, sixels

    cells = fitting(pixels.size, frame)
    if cells is None:
        return Shown(pixels.size, None)
    if way is Way.SIXEL:
        drawn = sixels(pixels, int(cells.width * frame.cell.width), int(cells.height * frame.cell.height))
        return Shown(pixels.size, cells, over_blanks(drawn, cells))
    if way is not Way.KITTY:
        return Shown(pixels.size, cells, half_blocks(pixels, *cells, few=way is Way.FEW_COLOURS))
    image = randrange(1, IDS)  # noqa: S311 - a number, not a secret
    sequence = sending(image, png_of(pixels)) + placing(image, cells)
    return Shown(pixels.size, cells, placeholders(image, cells), image, sequence)


def over_blanks(sixels: str, cells: Cells) -> tuple[tuple[Segment, ...], ...]:
    """Give blank rows, behind the last of which a Sixel picture is drawn over all of them, and the cursor put back.

    So it is drawn again whenever its cells are; a paint of the last row alone draws it whole.
    """
    blank = Segment(" " * cells.width)
    up = f"\x1b[{cells.height - 1}A" if cells.height > 1 else ""
    drawn = Segment(f"\x1b7{up}\x1b[{cells.width}D{sixels}\x1b8", None, [(ControlType.CURSOR_FORWARD, 0)])
    return (*[(blank,)] * (cells.height - 1), (blank, drawn))


# Kitty's graphics protocol, by Unicode placeholders: the pixels are sent once, and ordinary cells name the picture by
# their colour and their place in it by combining marks, so that scrolling and overlapping are the terminal's business.
# Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/ (Unicode placeholders)

PLACEHOLDER: Final = "\U0010eeee"
PAYLOAD: Final = 4096
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
    parts = [payload[start : start + PAYLOAD] for start in range(0, len(payload), PAYLOAD)]
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
