"""Text selected with the mouse: drawn over lines, and taken without the margin of the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual.selection import Selection


def selected_strip(strip: Strip, span: tuple[int, int], left: int, style: Style) -> Strip:
    """Give a strip with a part of its text in `style`: `span` counts characters, an end of -1 means that of the words.

    The margin, `left` cells wide, is never selected.
    """
    text = strip.text
    start, end = max(span[0], left), len(text.rstrip()) if span[1] == -1 else span[1]
    if start >= end:
        return strip
    first, last = (strip.index_to_cell_position(min(len(text), index)) for index in (start, end))
    chosen = [Segment(cell, (own or style) + style) for cell, own, _control in strip.crop(first, last)]
    return Strip.join((strip.crop(0, first), Strip(chosen), strip.crop(last, strip.cell_length)))


def selected_text(text: str, left: int, selection: Selection) -> str:
    """Give what is selected of a text whose lines begin with a margin of `left` blanks, without that margin."""
    margin = " " * left
    return "\n".join(line.removeprefix(margin) for line in selection.extract(text).split("\n"))
