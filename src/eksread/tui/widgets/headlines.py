"""The list of headlines: drawn line by line, read in windows, as quick with 100,000 rows as with 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.geometry import Region, Size
from textual.strip import Strip

from eksread.tui.messages import CursorMoved, HeadlineChosen
from eksread.tui.render import Line, Run, wrap
from eksread.tui.typeset_rows import GUTTER, RowShape, heading_lines, row_lines
from eksread.tui.widgets.lines import LineWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from textual import events

    from eksread.model import Headline
    from eksread.tui.rows import Rows

ROOMY_HEIGHT: Final = 16
"""From this many lines on, a blank line parts the headlines; below, every line is needed for news."""
WHEEL: Final = 3
"""Lines per turn of the mouse wheel, as terminals scroll."""
SEEK_LIMIT: Final = 5000
"""Rows looked through for the next unread one before giving up; reads about 80 pages of the store."""


class HeadlineList(LineWidget, can_focus=True):
    """Headlines with a cursor. The place is kept as (top row, lines of it scrolled off), never as a sum of heights.

    Heights differ from row to row and are known for the shown rows alone, so the list has no virtual size.
    """

    def __init__(self, rows: Rows, clock: Callable[[], datetime], *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.rows = rows
        self.clock = clock
        self.cursor = 0
        self.empty_text: tuple[str, ...] = ()
        self._notes: Mapping[int, str] = {}
        self._top = 0
        self._skip = 0
        self._frame: list[tuple[int, Line]] | None = None
        self._frame_size = Size()
        self._heights: dict[int, int] = {}

    # ---- what it shows ----

    def show(self, rows: Rows, *, keep: int | None = None) -> None:
        """Show other rows; with `keep` the cursor stands on that row, at its old height on the screen if it can."""
        offset = self._screen_line(self.cursor) if keep is not None else 0
        self.rows = rows
        self.cursor = max(0, min(keep or 0, len(rows) - 1))
        self._top, self._skip = self.cursor, 0
        self._heights.clear()
        self._frame = None
        self._scroll_lines(-max(0, offset or 0))
        self._reveal()
        self.refresh()
        self._tell()

    @property
    def current(self) -> Headline | None:
        """The headline under the cursor."""
        return self.rows.get(self.cursor)

    def changed(self, headline: Headline) -> None:
        """Show a headline's new marks."""
        self.rows.change(headline)
        self._frame = None
        self.refresh()

    def set_notes(self, notes: Mapping[int, str]) -> None:
        """Show the reader's own notes below their headlines."""
        if notes != self._notes:
            self._notes = notes
            self._heights.clear()
            self._reveal()
            self.refresh()

    def refresh_times(self) -> None:
        """Draw again, since relative times have moved on."""
        self._frame = None
        self.refresh()

    def _shape(self) -> RowShape:
        return RowShape(self.size.width, self.size.height >= ROOMY_HEIGHT)

    def _lines(self, index: int) -> list[Line]:
        """Give the lines of a row with its day heading, if one stands above it."""
        row = self.rows.get(index)
        if row is None:
            return []
        shape, now = self._shape(), self.clock()
        before = self.rows.get(index - 1) if index else None
        lines: list[Line] = []
        if before is None or self.rows.group(before) != self.rows.group(row):
            lines = heading_lines(self.rows.heading(row, now), shape)
        lines += row_lines(row, now, shape, chosen=index == self.cursor, note=self._notes.get(row.id, ""))
        self._heights[index] = len(lines)
        return lines

    def _height(self, index: int) -> int:
        return self._heights.get(index) or len(self._lines(index))

    def _built(self) -> list[tuple[int, Line]]:
        """Give the lines on the screen with their rows' indexes.

        A frame is drawn before the widget hears of its new size, so the size itself tells whether it still holds.
        """
        if self._frame_size != self.size:
            self._frame_size = self.size
            self._heights.clear()
            self._reveal()
        if self._frame is None:
            frame: list[tuple[int, Line]] = []
            index, wanted = self._top, self.size.height + self._skip
            while len(frame) < wanted and (lines := self._lines(index)):
                frame += [(index, line) for line in lines]
                index += 1
            self._frame = frame[self._skip : wanted]
        return self._frame

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        if not len(self.rows):
            return self._empty_line(y, width)
        frame = self._built()
        if y >= len(frame):
            return Strip.blank(width, self.rich_style)
        index, line = frame[y]
        strip = self.strip(line.runs, width)
        if index == self.cursor and self.has_focus and line.runs and line.runs[0].look == "bar":
            return self.over(strip, "chosen")
        return strip

    def _empty_line(self, y: int, width: int) -> Strip:
        paragraphs = self.rows.error.sentences() if self.rows.error else self.empty_text
        lines: list[tuple[Run, ...]] = []
        for index, text in enumerate(paragraphs):
            lines += [(), *wrap((Run(text, "empty" if index else "empty-head"),), max(10, width - 4))]
        return self.strip(lines[y] if y < len(lines) else (), width, GUTTER)

    # ---- moving ----

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def move_to(self, index: int) -> None:
        """Move the cursor to a row and show it."""
        index = max(0, min(index, len(self.rows) - 1))
        if index == self.cursor:
            return
        place = (self._top, self._skip)
        before = self._region(self.cursor)
        self.cursor = index
        self._frame = None
        self._reveal()
        if place == (self._top, self._skip):
            self.refresh(before, self._region(index))
        else:
            self.refresh()
        self._tell()

    def page(self, pages: int) -> None:
        """Move the cursor by about a screen."""
        seen = len({index for index, _line in self._built()})
        self.move(pages * max(1, seen - 1))

    def home(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def end(self) -> None:
        """Move to the last row."""
        self.move_to(len(self.rows) - 1)

    def next_unread(self, step: int = 1) -> Headline | None:
        """Move to the next unread row and give it, or None where there is none below."""
        found = self.rows.seek(self.cursor + step, step, lambda row: not row.read, SEEK_LIMIT)
        if found is None:
            return None
        self.move_to(found)
        return self.current

    def first_unread(self) -> Headline | None:
        """Move to the first unread row and give it, or None where all are read."""
        found = self.rows.seek(0, 1, lambda row: not row.read, SEEK_LIMIT)
        if found is None:
            return None
        self.move_to(found)
        return self.current

    def _tell(self) -> None:
        self.post_message(CursorMoved(self.current))

    def _screen_line(self, index: int) -> int | None:
        """Give the screen line on which a row starts, or None where it is not shown."""
        return next((y for y, (row, _line) in enumerate(self._built()) if row == index), None)

    def _region(self, index: int) -> Region:
        lines = [y for y, (row, _line) in enumerate(self._built()) if row == index]
        return Region(0, lines[0], self.size.width, len(lines)) if lines else Region()

    def _reveal(self) -> None:
        """Scroll as little as shows the whole row under the cursor."""
        height = self.size.height
        if not height or not len(self.rows):
            return
        if self.cursor < self._top or (self.cursor == self._top and self._skip):
            self._top, self._skip = self.cursor, 0
        else:
            self._reveal_below(height)
        self._fill(height)
        self._frame = None

    def _reveal_below(self, height: int) -> None:
        """Put the cursor's row at the bottom where it lies below the screen."""
        index, used = self.cursor, self._height(self.cursor)
        while index > self._top and used < height:
            index -= 1
            used += self._height(index)
        if index == self._top and used - self._skip <= height:
            return
        self._top = index
        self._skip = 0 if index == self.cursor else max(0, used - height)

    def _fill(self, height: int) -> None:
        """Leave no blank below the last row while there are rows above."""
        used, index = -self._skip, self._top
        while index < len(self.rows) and used < height:
            used += self._height(index)
            index += 1
        missing = height - used
        while missing > 0 and (self._skip or self._top):
            if not self._skip:
                self._top -= 1
                self._skip = self._height(self._top)
            step = min(missing, self._skip)
            self._skip -= step
            missing -= step

    def _scroll_lines(self, lines: int) -> None:
        """Scroll the view, not the cursor."""
        if not len(self.rows) or not self.size.height:
            return
        self._skip += lines
        while self._skip < 0 and self._top > 0:
            self._top -= 1
            self._skip += self._height(self._top)
        self._skip = max(0, self._skip)
        while self._skip >= (height := self._height(self._top)) and self._top < len(self.rows) - 1:
            self._skip -= height
            self._top += 1
        self._skip = min(self._skip, self._height(self._top) - 1)
        self._frame = None
        self.refresh()

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size."""
        self._frame_size = Size()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor's row."""
        self.refresh()

    def on_blur(self) -> None:
        """Leave only the cursor's bar."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._scroll_lines(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Open the headline that was clicked."""
        frame = self._built() if len(self.rows) else []
        if event.y < len(frame):
            self.move_to(frame[event.y][0])
            if self.current is not None:
                self.post_message(HeadlineChosen(self.current))
