"""A text laid out as lines: where its blocks and links stand. Free of Textual."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.tui.render import Line


HEAD: Final = -1
"""The part of a text before its first block."""
FOOT: Final = sys.maxsize
"""The part of a text behind its last block."""


class Place(NamedTuple):
    """A place in a text that is the same at every width: a part (a block, `HEAD` or `FOOT`), and the letters of it above."""

    part: int = HEAD
    above: int = 0


START: Final = Place()


class LaidText:
    """Lines, asked for by block, by link and by row. Rows count from 0 at the first line."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def block_at(self, row: int) -> int:
        """Give the block of the first line with words from `row` on, 0 where there is none."""
        return next((line.block for line in self.lines[row:] if line.block >= 0 and line.runs), 0)

    def row_of_block(self, block: int) -> int:
        """Give the row at which a block begins, 0 where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.block >= block), 0)

    def place_at(self, row: int) -> Place:
        """Give the place of a row."""
        part = self._part(row)
        first = self._first(part)
        return Place(part, sum(_letters(line) for line in self.lines[first:row]))

    def row_at(self, place: Place) -> int:
        """Give the row on which a place is."""
        row, above = self._first(place.part), place.above
        while above > 0 and row + 1 < len(self.lines) and self._part(row + 1) == place.part:
            letters = _letters(self.lines[row])
            if letters > above:
                break
            above -= letters
            row += 1
        return row

    def _part(self, row: int) -> int:
        if not 0 <= row < len(self.lines):
            return HEAD
        block = self.lines[row].block
        if block >= 0:
            return block
        return FOOT if any(line.block >= 0 for line in self.lines[:row]) else HEAD

    def _first(self, part: int) -> int:
        """Give the first row of a part."""
        if part == HEAD:
            return 0
        if part < FOOT:
            return self.row_of_block(part)
        last = max((row for row, line in enumerate(self.lines) if line.block >= 0), default=-1)
        return min(last + 1, max(0, len(self.lines) - 1))

    def link_at(self, row: int) -> int:
        """Give the link on a row, -1 where there is none."""
        return self.lines[row].link if 0 <= row < len(self.lines) else -1

    def row_of_link(self, link: int) -> int | None:
        """Give the row at which a link begins; None for -1, which is no link, or where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.link == link >= 0), None)

    def text(self, left: int) -> str:
        """Give the text with `left` blanks before every line, as it stands in the pane."""
        margin = " " * left
        return "\n".join(margin + line.text for line in self.lines)


def _letters(line: Line) -> int:
    """Give the letters and digits of a line: what is the same however it is wrapped and framed."""
    return sum(map(str.isalnum, line.text))
