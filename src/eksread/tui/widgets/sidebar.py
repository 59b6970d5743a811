"""The side pane: all news, unread, saved, and the portal's sections with what is unread in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.formatting import number, short_number
from eksread.model.display_text import clean
from eksread.tui.messages import SidebarItemChosen
from eksread.tui.render.headline_lines import BAR
from eksread.tui.render.lines import BLANK, Line, Run, fit
from eksread.tui.widgets.line_widget import ListWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.tui.state.sidebar_items import SidebarItem

MARGINS: Final = 2
"""Cells beside a name and its count: the bar left, a space right."""


class Sidebar(ListWidget):
    """The sidebar items, one a line; a blank line parts the reader's own, the portal's sections and the saved searches."""

    rows: tuple[SidebarItem, ...] = ()

    def show(self, items: Sequence[SidebarItem], here: str) -> None:
        """Show these sidebar items; `here` is the one that the list shows."""
        self.rows = tuple(items)
        self.window.choose(next((index for index, item in enumerate(items) if item.key == here), 0))
        self.window.reshape(self.size.height)
        self.refresh()

    def lines_of(self, index: int) -> list[Line]:
        """Give the line of an item, below a blank one where another kind begins."""
        if not 0 <= index < len(self.rows):
            return []
        item, here = self.rows[index], index == self.cursor
        count = number(item.shown) if item.shown else ""
        room, name = self.size.width - MARGINS, clean(item.name)
        if count and cell_len(name) + 1 + cell_len(count) > room:
            count = short_number(item.shown)
        name = fit(name, max(1, room - cell_len(count) - bool(count)))
        gap = max(1, room - cell_len(name) - cell_len(count))
        bar = Run(BAR if here else " ", "bar")
        runs = (bar, Run(name, "here" if here else "sidebar-item"), Run(" " * gap), Run(count, "count"))
        begins = not index or _kind(self.rows[index - 1]) != _kind(item)
        return [BLANK, Line(runs)] if begins else [Line(runs)]

    def moved(self) -> None:
        """Say which item is chosen: the list follows at once."""
        self.choose(opened=False)

    def picked(self) -> None:
        """Go to the headlines of the clicked item."""
        self.choose(opened=True)

    def choose(self, *, opened: bool) -> None:
        """Say which sidebar item is wanted; `opened` when the reader wants to go on to its headlines."""
        if self.rows:
            self.post_message(SidebarItemChosen(self.rows[self.cursor].key, opened=opened))


def _kind(item: SidebarItem) -> str:
    kind, colon, _name = item.key.partition(":")
    return kind if colon else ""
