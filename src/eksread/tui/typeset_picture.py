"""A picture and its caption as lines: the words below the picture, or in a frame in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.render import Line, Run, clean, wrap
from eksread.tui.typeset_parts import RULE, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown_lines(caption: str | None, credit: str | None, width: int, rows: int) -> Iterator[Line]:
    """Leave room for a picture of `rows` lines and set its caption below."""
    yield from (Line(picture=row) for row in range(rows))
    yield from paragraph((Run(_words(caption, credit), "caption"),), width)


def framed_lines(caption: str | None, credit: str | None, width: int) -> Iterator[Line]:
    """Set a picture that is not shown as a framed caption: a corner, the words, a corner."""
    label = _("Picture")
    rest = max(0, width - cell_len(label) - 4)
    yield Line(
        (Run("┌ ", "frame"), Run(label, "caption"), Run(" " + RULE * rest, "frame"), Run("┐", "frame"))
    )
    text = _words(caption, credit) or _("without a caption")
    for line in wrap((Run(text, "caption"),), max(8, width - 4)):
        fill = width - 4 - sum(cell_len(piece.text) for piece in line)
        yield Line((Run("│ ", "frame"), *line, Run(" " * max(0, fill)), Run(" │", "frame")))
    yield Line((Run("└" + RULE * max(0, width - 2) + "┘", "frame"),))


def _words(caption: str | None, credit: str | None) -> str:
    """Give caption and credit as sentences; a credit that the caption has is not said twice."""
    parts = (caption, None if credit and credit in (caption or "") else credit)
    return ". ".join(clean(part).rstrip(".") for part in parts if part)
