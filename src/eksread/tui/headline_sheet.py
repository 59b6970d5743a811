"""The rows of the headline list as lines: headings between groups, marks, titles, facts, the reader's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.render import Run, wrap
from eksread.tui.typeset_rows import GUTTER, RowShape, heading_lines, row_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from eksread.tui.glance import Glances
    from eksread.tui.render import Line
    from eksread.tui.rows import Rows

NARROWEST: Final = 10
"""Cells that words for emptiness are given at least, however narrow the pane."""


class HeadlineSheet:
    """Sets headlines for a pane of a certain shape. `notes` are the reader's, by the article's id."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime], glances: Glances) -> None:
        self.rows = rows
        self.clock = clock
        self.glances = glances
        self.notes: Mapping[int, str] = {}
        self.shape = RowShape(0, roomy=False)

    def __len__(self) -> int:
        return len(self.rows)

    def lines(self, index: int, *, chosen: bool) -> list[Line]:
        """Give the lines of a headline, with its group's heading where it is the first of it."""
        row = self.rows.get(index)
        if row is None:
            return []
        now = self.clock()
        before = self.rows.get(index - 1) if index else None
        lines: list[Line] = []
        if before is None or self.rows.group(before) != self.rows.group(row):
            lines = heading_lines(self.rows.heading(row, now), self.shape)
        note, glance = self.notes.get(row.id, ""), self.glances(row)
        dated = self.rows.by_day
        return lines + row_lines(row, now, self.shape, chosen=chosen, note=note, glance=glance, dated=dated)

    def blank(self, why: tuple[str, ...]) -> list[tuple[Run, ...]]:
        """Give what stands where no headline does: what failed, else `why`, one paragraph each."""
        paragraphs = self.rows.error.sentences() if self.rows.error else why
        width = max(NARROWEST, self.shape.width - GUTTER - 1)
        lines: list[tuple[Run, ...]] = []
        for index, text in enumerate(paragraphs):
            lines += [(), *wrap((Run(text, "empty" if index else "empty-head"),), width)]
        return lines
