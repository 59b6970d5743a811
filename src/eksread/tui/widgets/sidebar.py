"""The side pane: all news, unread, saved, and the portal's sections with what is unread in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.strip import Strip

from eksread.formatting import number
from eksread.tui.messages import SidebarItemChosen
from eksread.tui.render.headline_lines import BAR, THIN_BAR
from eksread.tui.render.lines import Run, clean, fit
from eksread.tui.state.sidebar_items import ALL
from eksread.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events

    from eksread.tui.state.sidebar_items import SidebarItem

MARGINS: Final = 2
"""Cells beside a name and its count: the bar left, a space right."""


def _rows(items: Sequence[SidebarItem]) -> Iterator[int]:
    """Give the sidebar item on each row of the pane, -1 for blank rows."""
    kinds = [item.key.partition(":")[0] if ":" in item.key else "" for item in items]
    for index, kind in enumerate(kinds):
        if not index or kind != kinds[index - 1]:
            yield -1
        yield index


class Sidebar(LineWidget, can_focus=True):
    """The sidebar items, one a line; a blank line parts the reader's own, the portal's sections and the saved searches."""

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.items: tuple[SidebarItem, ...] = ()
        self.here = ALL
        self.cursor = 0
        self._top = 0
        self._rows: tuple[int, ...] = ()

    def show(self, items: Sequence[SidebarItem], here: str) -> None:
        """Show these sidebar items; `here` is the one that the list shows."""
        self.items, self.here = tuple(items), here
        self._rows = tuple(_rows(self.items))
        self.cursor = next((index for index, item in enumerate(items) if item.key == here), 0)
        self._reveal()
        self.refresh()

    def _row(self, index: int) -> int:
        return self._rows.index(index) if index in self._rows else 0

    def _index(self, row: int) -> int:
        """Give the sidebar item on a row, -1 for a blank one."""
        return self._rows[row] if 0 <= row < len(self._rows) else -1

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        index = self._index(y + self._top)
        if index < 0:
            return Strip.blank(width, self.rich_style)
        item = self.items[index]
        here = item.key == self.here
        count = number(item.shown) if item.shown else ""
        room = width - MARGINS
        name = fit(clean(item.name), max(1, room))
        if cell_len(name) + 1 + cell_len(count) > room:
            count = ""
        gap = max(1, room - cell_len(name) - cell_len(count))
        runs = (
            Run((BAR if self.has_focus else THIN_BAR) if here else " ", "bar"),
            Run(name, "here" if here else "sidebar-item"),
            Run(" " * gap),
            Run(count, "count"),
        )
        strip = self.strip(runs, width)
        if index == self.cursor and self.has_focus:
            strip = self.over(strip, "chosen")
        return strip

    # ---- moving ----

    def move(self, rows: int) -> None:
        """Move the cursor; the list follows at once."""
        index = max(0, min(self.cursor + rows, len(self.items) - 1))
        if index != self.cursor:
            self.cursor = index
            self.choose(opened=False)

    def page(self, pages: int) -> None:
        """Move by a screen."""
        self.move(pages * max(1, self.size.height - 2))

    def home(self) -> None:
        """Move to the first sidebar item."""
        self.move(-len(self.items))

    def end(self) -> None:
        """Move to the last sidebar item."""
        self.move(len(self.items))

    def choose(self, *, opened: bool) -> None:
        """Say which sidebar item is wanted; `opened` when the reader wants to go on to its headlines."""
        if self.items:
            self.here = self.items[self.cursor].key
            self._reveal()
            self.refresh()
            self.post_message(SidebarItemChosen(self.here, opened=opened))

    def _reveal(self) -> None:
        row, height = self._row(self.cursor), self.size.height
        if not height:
            return
        self._top = max(0, min(self._top, row - 1), row - height + 1)

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked sidebar item."""
        index = self._index(event.y + self._top)
        if index >= 0:
            self.cursor = index
            self.choose(opened=True)
