"""The list of headlines: what the reader does to it, drawn line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.geometry import Region
from textual.strip import Strip

from eksread.tui.messages import CursorMoved, HeadlineChosen
from eksread.tui.render.headline_lines import GUTTER, THIN_BAR, RowShape, heading_lines, is_of_row, row_lines
from eksread.tui.render.lines import Run, run, wrap
from eksread.tui.widgets.line_widget import LineWidget
from eksread.tui.widgets.list_window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from textual import events

    from eksread.model.lists import Headline
    from eksread.tui.render.lines import Line
    from eksread.tui.state.headline_pages import Rows


NARROWEST: Final = 10
"""Cells that words for emptiness are given at least, however narrow the pane."""
ROOMY_HEIGHT: Final = 16
"""From this many lines on, a blank line parts the headlines; below, every line is needed for news."""
WHEEL: Final = 3
"""Lines per turn of the mouse wheel, as terminals scroll."""
SEEK_LIMIT: Final = 5000
"""Rows looked through for the next unread one before giving up; reads about 80 pages of the store."""


class HeadlineList(LineWidget, can_focus=True):
    """Headlines with a cursor, headings between their groups, and the reader's notes below them."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime], *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.rows = rows
        self.empty_text: tuple[str, ...] = ()
        self._clock = clock
        self._notes: Mapping[int, str] = {}
        self._shape = RowShape(0, roomy=False)
        self._window = Window(lambda: len(self.rows), self.lines_of)

    @property
    def cursor(self) -> int:
        """The index of the chosen row."""
        return self._window.cursor

    @property
    def current(self) -> Headline | None:
        """The headline under the cursor."""
        return self.rows.get(self.cursor)

    @property
    def window(self) -> Window:
        """What is seen, for the size as it is: a frame is drawn before the widget hears of its new size."""
        shape = RowShape(self.size.width, self.size.height >= ROOMY_HEIGHT)
        if shape != self._shape or self._window.height != self.size.height:
            self._shape = shape
            self._window.reshape(self.size.height)
        return self._window

    # ---- what it shows ----

    def show(self, rows: Rows, *, keep: int | None = None) -> None:
        """Show other rows; with `keep` the cursor is on that row, on its old line of the screen if it can."""
        window = self.window
        span = window.span(window.cursor) if keep is not None else range(0)
        self.rows = rows
        window.start(keep or 0, span.start)
        self.refresh()
        self._tell()

    def changed(self, headline: Headline) -> None:
        """Show a headline's new marks."""
        self.rows.change(headline)
        self.redraw()

    def look_again(self) -> None:
        """Show what may have changed of an article beside its headline: comments seen, pictures fetched."""
        self.rows.forget_extras()
        self.redraw()

    def set_notes(self, notes: Mapping[int, str]) -> None:
        """Show the reader's own notes below their headlines."""
        if notes != self._notes:
            self._notes = notes
            self._window.reshape(self.size.height)
            self.refresh()

    def redraw(self) -> None:
        """Draw again, since marks have changed or relative times have moved on."""
        self._window.redraw()
        self.refresh()

    def lines_of(self, index: int) -> list[Line]:
        """Give the lines of a headline, with its group's heading where it is the first of it; none outside the list."""
        rows, row = self.rows, self.rows.get(index)
        if row is None:
            return []
        now = self._clock()
        before = rows.get(index - 1) if index else None
        lines: list[Line] = []
        if before is None or rows.group(before) != rows.group(row):
            lines = heading_lines(rows.heading(row, now), self._shape)
        return lines + row_lines(
            row,
            now,
            self._shape,
            chosen=index == self.cursor,
            note=self._notes.get(row.id, ""),
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
        window, width = self.window, self.size.width
        if not len(self.rows):
            words = self._empty_lines()
            return self.strip(words[y] if y < len(words) else (), width, GUTTER)
        frame = window.frame()
        if y >= len(frame):
            return Strip.blank(width, self.rich_style)
        index, line = frame[y]
        if index != window.cursor or not is_of_row(line):
            return self.strip(line.runs, width)
        if self.has_focus:
            return self.over(self.strip(line.runs, width), "chosen")
        return self.strip((line.runs[0]._replace(text=THIN_BAR), *line.runs[1:]), width)

    # ---- moving ----

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def move_to(self, index: int) -> None:
        """Move the cursor to a row and show it."""
        window = self.window
        top, before = window.top, window.span(window.cursor)
        moved = window.choose(index)
        if top != window.top:
            self.refresh()
        elif moved:
            self.refresh(self._region(before), self._region(window.span(window.cursor)))
        if moved:
            self._tell()

    def page(self, pages: int) -> None:
        """Move the cursor by about a screen."""
        self.move(pages * max(1, self.window.rows_seen - 1))

    def home(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def end(self) -> None:
        """Move to the last row."""
        self.move_to(len(self.rows) - 1)

    def next_unread(self, step: int = 1) -> Headline | None:
        """Move to the next unread row and give it, or None where there is none below."""
        return self._to_unread(self.cursor + step, step)

    def first_unread(self) -> Headline | None:
        """Move to the first unread row and give it, or None where all are read."""
        return self._to_unread(0, 1)

    def _to_unread(self, start: int, step: int) -> Headline | None:
        found = self.rows.seek(start, step, lambda row: not row.read, SEEK_LIMIT)
        if found is None:
            return None
        self.move_to(found)
        return self.current

    def _tell(self) -> None:
        self.post_message(CursorMoved())

    def _region(self, span: range) -> Region:
        return Region(0, span.start, self.size.width, len(span)) if span else Region()

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._scroll(-WHEEL)

    def _scroll(self, lines: int) -> None:
        self.window.scroll(lines)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Open the headline that was clicked."""
        frame = self.window.frame() if len(self.rows) else ()
        if event.y < len(frame) and is_of_row(frame[event.y][1]):
            self.move_to(frame[event.y][0])
            if self.current is not None:
                self.post_message(HeadlineChosen(self.current))
