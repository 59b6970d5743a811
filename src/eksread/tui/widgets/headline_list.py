"""The list of headlines: what the reader does to it, drawn line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.messages import CursorMoved, HeadlineChosen
from eksread.tui.render.headline_lines import GUTTER, RowShape, heading_lines, row_lines
from eksread.tui.render.lines import Run, run, wrap
from eksread.tui.widgets.line_widget import ListWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.strip import Strip

    from eksread.model.lists import Headline
    from eksread.tui.render.lines import Line
    from eksread.tui.state.headline_pages import Rows


NARROWEST: Final = 10
"""Cells that words for emptiness are given at least, however narrow the pane."""
ROOMY_HEIGHT: Final = 16
"""From this many lines on, a blank line parts the headlines; below, every line is needed for news."""
SEEK_LIMIT: Final = 5000
"""Rows looked through for the next unread one before giving up; reads about 80 pages of the store."""


class HeadlineList(ListWidget):
    """Headlines with a cursor, headings between their groups, and the reader's notes below them."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime], *, pane_id: str) -> None:
        super().__init__(pane_id=pane_id)
        self.rows: Rows = rows
        self.empty_text: tuple[str, ...] = ()
        self.compact = False
        """Whether each headline has one line."""
        self._clock = clock

    @property
    def current(self) -> Headline | None:
        """The headline under the cursor."""
        return self.rows.get(self.cursor)

    # ---- what it shows ----

    def show(self, rows: Rows, *, keep: int | None = None) -> None:
        """Show other rows; with `keep` the cursor is on that row, on its old line of the screen if it can."""
        window = self.window
        span = window.span(window.cursor) if keep is not None else range(0)
        self.rows = rows
        window.start(keep or 0, span.start)
        self.refresh()
        self.moved()

    def changed(self, headline: Headline) -> None:
        """Show a headline's new marks."""
        self.rows.change(headline)
        self.redraw()

    def look_again(self) -> None:
        """Show what may have changed of an article beside its headline: comments seen, pictures fetched, notes."""
        self.rows.forget_extras()
        self.reshape()

    def set_compact(self, compact: bool) -> None:
        """Show headlines in one line each, or whole; the cursor's stays on the screen."""
        self.compact = compact
        self.reshape()

    def redraw(self) -> None:
        """Draw again, since marks have changed or relative times have moved on."""
        self._window.redraw()
        self.refresh()

    def lines_of(self, index: int) -> list[Line]:
        """Give the lines of a headline, with its group's heading where it is the first of it; none outside the list."""
        rows, row = self.rows, self.rows.get(index)
        if row is None:
            return []
        roomy = self.size.height >= ROOMY_HEIGHT and not self.compact
        now, shape = self._clock(), RowShape(self.size.width, roomy, self.compact)
        before = rows.get(index - 1) if index else None
        lines: list[Line] = []
        if before is None or rows.group(before) != rows.group(row):
            lines = heading_lines(rows.heading(row, now), shape)
        return lines + row_lines(
            row,
            now,
            shape,
            chosen=index == self.cursor,
            extras=rows.extras(row),
            dated=rows.by_day,
        )

    def _empty_lines(self) -> list[tuple[Run, ...]]:
        """Give the text of an empty list: what failed, else why, one paragraph each."""
        paragraphs = self.rows.error.sentences() if self.rows.error else self.empty_text
        width = max(NARROWEST, self.size.width - GUTTER - 1)
        lines: list[tuple[Run, ...]] = []
        for index, text in enumerate(paragraphs):
            lines += [(), *wrap((run(text, "empty" if index else "empty-head"),), width)]
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        if len(self.rows):
            return super().render_line(y)
        words = self._empty_lines()
        return self.strip(words[y] if y < len(words) else (), self.size.width, GUTTER)

    # ---- moving ----

    def next_unread(self, start: int | None = None) -> Headline | None:
        """Move to the first unread row below (or from `start` on) and give it, or None where there is none."""
        start = self.cursor + 1 if start is None else start
        found = self.rows.seek(start, lambda row: not row.read, SEEK_LIMIT)
        if found is None:
            return None
        self.move_to(found)
        return self.current

    def moved(self) -> None:
        """Say that the cursor is on another headline, or that there is none."""
        self.post_message(CursorMoved())

    def picked(self) -> None:
        """Open the headline that was clicked."""
        if self.current is not None:
            self.post_message(HeadlineChosen(self.current))
