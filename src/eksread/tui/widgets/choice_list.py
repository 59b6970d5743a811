"""A short list to choose from under an input: search results, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from eksread.tui.render.lines import Run
from eksread.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

    from eksread.tui.render.lines import Line


class Choices(LineWidget, can_focus=True):
    """Items of a few lines each, with a cursor; the keys stay with the screen and the input above."""

    class Picked(Message):
        """The reader clicked the item with this index."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.items: Sequence[Sequence[Line]] = ()
        self._headings: Mapping[int, Sequence[Line]] = {}
        self.cursor = 0
        self._top = 0

    def show(
        self, items: Sequence[Sequence[Line]], headings: Mapping[int, Sequence[Line]] | None = None
    ) -> None:
        """Show other items, the first one chosen; `headings` stand above the items with these indexes."""
        self.items, self._headings = items, headings or {}
        self.cursor = self._top = 0
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor; where there is nothing to choose it stays."""
        if not self.items:
            return
        self.cursor = max(0, min(self.cursor + rows, len(self.items) - 1))
        self._top = min(self._top, self.cursor)
        while self._height(self._top, self.cursor) > self.size.height and self._top < self.cursor:
            self._top += 1
        self.refresh()

    @property
    def fitting(self) -> int:
        """About how many items a page holds."""
        lines = max((len(item) for item in self.items), default=1)
        return max(1, self.size.height // max(1, lines))

    def _height(self, first: int, last: int) -> int:
        return sum(
            len(self._headings.get(index, ())) + len(self.items[index]) for index in range(first, last + 1)
        )

    def _at(self, y: int) -> tuple[int, Line, bool] | None:
        """Give the item at a line of the screen, the line, and whether it is of the heading above."""
        for index in range(self._top, len(self.items)):
            heading = self._headings.get(index, ())
            lines = (*heading, *self.items[index])
            if y < len(lines):
                return index, lines[y], y < len(heading)
            y -= len(lines)
        return None

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        found = self._at(y)
        width = self.size.width
        if found is None:
            return Strip.blank(width, self.rich_style)
        index, line, heads = found
        chosen = index == self.cursor and bool(line.runs) and not heads
        strip = self.strip((Run("▌ " if chosen else "  ", "bar"), *line.runs), width)
        return self.over(strip, "chosen") if chosen else strip

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked item."""
        found = self._at(event.y)
        if found is not None and not found[2]:
            self.cursor = found[0]
            self.post_message(self.Picked(found[0]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on in the list."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back in the list."""
        event.stop()
        self.move(-1)
