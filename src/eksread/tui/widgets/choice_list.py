"""A short list to choose from under an input: search results, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from eksread.tui.render.headline_lines import is_of_row
from eksread.tui.render.lines import Line, Run
from eksread.tui.widgets.line_widget import LineWidget
from eksread.tui.widgets.list_window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events


class Choices(LineWidget, can_focus=True):
    """Items of a few lines each, with a cursor; the keys stay with the screen and the input above."""

    class Picked(Message):
        """The reader clicked the item that is now chosen."""

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.items: Sequence[Sequence[Line]] = ()
        self._headings: Mapping[int, Sequence[Line]] = {}
        self._window = Window(lambda: len(self.items), self._lines_of)

    @property
    def cursor(self) -> int:
        """The index of the chosen item."""
        return self._window.cursor

    @property
    def window(self) -> Window:
        """What is seen, for the size as it is."""
        if self._window.height != self.size.height:
            self._window.reshape(self.size.height)
        return self._window

    def show(self, items: Sequence[Sequence[Line]], headings: Mapping[int, Sequence[Line]]) -> None:
        """Show other items, the first one chosen; `headings` stand above the items with these indexes."""
        self.items, self._headings = items, headings
        self.window.start(0)
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor."""
        self.window.choose(self.cursor + rows)
        self.refresh()

    def page(self, pages: int) -> None:
        """Move the cursor by about a screen."""
        self.move(pages * max(1, self.window.rows_seen - 1))

    def _lines_of(self, index: int) -> list[Line]:
        if not 0 <= index < len(self.items):
            return []
        mark = Run("▌ " if index == self.cursor else "  ", "bar")
        heading = [Line((Run("  "), *line.runs)) for line in self._headings.get(index, ())]
        return heading + [Line((mark, *line.runs)) if line.runs else line for line in self.items[index]]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        frame, width = self.window.frame(), self.size.width
        if y >= len(frame):
            return Strip.blank(width, self.rich_style)
        index, line = frame[y]
        strip = self.strip(line.runs, width)
        return self.over(strip, "chosen") if index == self.cursor and is_of_row(line) else strip

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked item."""
        frame = self.window.frame()
        if event.y < len(frame) and is_of_row(frame[event.y][1]):
            self.window.choose(frame[event.y][0])
            self.post_message(self.Picked())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on in the list."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back in the list."""
        event.stop()
        self.move(-1)
