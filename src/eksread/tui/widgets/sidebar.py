"""The side pane: all news, unread, saved, and the portal's sections with what is unread in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from eksread.formatting import number
from eksread.i18n import _
from eksread.model.lists import HeadlineQuery
from eksread.tui.messages import ShelfChosen
from eksread.tui.render.headline_lines import BAR, THIN_BAR
from eksread.tui.render.lines import Run, clean, fit
from eksread.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events

    from eksread.model.lists import Counts, SavedSearch, Section

ALL: Final = "all"
UNREAD: Final = "unread"
SAVED: Final = "saved"
EDITION: Final = "edition"
SECTION: Final = "section:"
SEARCH: Final = "search:"
PLACE: Final = "place:"
PERSON: Final = "person:"
MARGINS: Final = 2
"""Cells beside a name and its count: the bar left, a space right."""


class Shelf(NamedTuple):
    """A choice of headlines: `total` rows, `shown` is the number beside the name."""

    key: str
    name: str
    shown: int
    total: int


def shelves(
    counts: Counts, sections: Sequence[Section], searches: Sequence[SavedSearch]
) -> tuple[Shelf, ...]:
    """Give the shelves in the order of the pane. What a search finds is not counted: that would be to search."""
    return (
        Shelf(ALL, _("All news"), counts.unread, counts.total),
        Shelf(UNREAD, _("Unread"), counts.unread, counts.unread),
        Shelf(SAVED, _("Saved"), counts.saved, counts.saved),
        Shelf(EDITION, _("Edition"), 0, 0),
        *(Shelf(SECTION + item.key, clean(item.name), item.unread, item.total) for item in sections),
        *(Shelf(SEARCH + search.query, f"/ {clean(search.name)}", 0, 0) for search in searches),
    )


def query_for(key: str) -> HeadlineQuery:
    """Give the query of a shelf."""
    if key == UNREAD:
        return HeadlineQuery(unread=True)
    if key == SAVED:
        return HeadlineQuery(saved=True)
    if key.startswith(SECTION):
        return HeadlineQuery(section=key.removeprefix(SECTION))
    return HeadlineQuery()


def search_of(key: str) -> str | None:
    """Give the query of a shelf that is a saved search, else None."""
    return key.removeprefix(SEARCH) if key.startswith(SEARCH) else None


def within(shelf: Shelf) -> str:
    """Give the query that finds what a shelf holds, to be narrowed by more words; "" for the shelves that hold all."""
    key = shelf.key
    if key in {UNREAD, SAVED}:
        return "is:unread " if key == UNREAD else "is:saved "
    if key.startswith(SEARCH):
        return f"{key.removeprefix(SEARCH)} "
    for start, name in ((SECTION, "section"), (PLACE, "place"), (PERSON, "by")):
        if key.startswith(start):
            told = shelf.name if start == SECTION else key.removeprefix(start)
            return f'{name}:"{told}" ' if '"' not in told else ""
    return ""


def is_gathered(key: str) -> bool:
    """Whether a shelf holds what was gathered from all sections: by a search, of a place, of a person."""
    return key.startswith((SEARCH, PLACE, PERSON))


def section_of(key: str) -> str | None:
    """Give the section's key of a shelf, None for the shelves that span all sections."""
    return key.removeprefix(SECTION) if key.startswith(SECTION) else None


def _rows(items: Sequence[Shelf]) -> Iterator[int]:
    """Give the shelf on each row of the pane, -1 for blank rows."""
    kinds = [item.key.partition(":")[0] if ":" in item.key else "" for item in items]
    for index, kind in enumerate(kinds):
        if not index or kind != kinds[index - 1]:
            yield -1
        yield index


class ShelfPane(LineWidget, can_focus=True):
    """The shelves, one a line; a blank line parts the reader's own, the portal's sections and the saved searches."""

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.shelves: tuple[Shelf, ...] = ()
        self.here = ALL
        self.cursor = 0
        self._top = 0
        self._rows: tuple[int, ...] = ()

    def show(self, items: Sequence[Shelf], here: str) -> None:
        """Show these shelves; `here` is the one that the list shows."""
        self.shelves, self.here = tuple(items), here
        self._rows = tuple(_rows(self.shelves))
        self.cursor = next((index for index, item in enumerate(items) if item.key == here), 0)
        self._reveal()
        self.refresh()

    def _row(self, index: int) -> int:
        return self._rows.index(index) if index in self._rows else 0

    def _index(self, row: int) -> int:
        """Give the shelf on a row, -1 for a blank one."""
        return self._rows[row] if 0 <= row < len(self._rows) else -1

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        index = self._index(y + self._top)
        if index < 0:
            return Strip.blank(width, self.rich_style)
        shelf = self.shelves[index]
        here = shelf.key == self.here
        count = number(shelf.shown) if shelf.shown else ""
        room = width - MARGINS
        if cell_len(shelf.name) + 1 + cell_len(count) > room:
            count = ""
        name = fit(shelf.name, max(1, room))
        gap = max(1, room - cell_len(name) - cell_len(count))
        runs = (
            Run((BAR if self.has_focus else THIN_BAR) if here else " ", "bar"),
            Run(name, "here" if here else "shelf"),
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
        index = max(0, min(self.cursor + rows, len(self.shelves) - 1))
        if index != self.cursor:
            self.cursor = index
            self.choose(opened=False)

    def page(self, pages: int) -> None:
        """Move by a screen."""
        self.move(pages * max(1, self.size.height - 2))

    def home(self) -> None:
        """Move to the first shelf."""
        self.move(-len(self.shelves))

    def end(self) -> None:
        """Move to the last shelf."""
        self.move(len(self.shelves))

    def choose(self, *, opened: bool) -> None:
        """Say which shelf is wanted; `opened` when the reader wants to go on to its headlines."""
        if self.shelves:
            self.here = self.shelves[self.cursor].key
            self._reveal()
            self.refresh()
            self.post_message(ShelfChosen(self.here, opened=opened))

    def _reveal(self) -> None:
        row, height = self._row(self.cursor), self.size.height
        if not height:
            return
        self._top = max(0, min(self._top, row - 1), row - height + 1)

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._reveal()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked shelf."""
        index = self._index(event.y + self._top)
        if index >= 0:
            self.cursor = index
            self.choose(opened=True)
