"""What the list shows: the sidebar item, its rows, and what has arrived since."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.lists import Counts
from eksread.tui.keys import key_of
from eksread.tui.render.headline_lines import day_of, mark_text
from eksread.tui.state.headline_pages import FixedRows, Rows
from eksread.tui.state.sidebar_items import (
    EDITION,
    PERSON,
    PLACE,
    SAVED,
    SECTION,
    UNREAD,
    SidebarItem,
    query_for,
    search_of,
    sidebar_items,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.model.lists import Headline, SavedSearch, Section
    from eksread.model.progress import Summary
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.state.current_edition import Edition

ARRIVING_SECONDS: Final = 0.5
"""How often a list looks for first headlines, and for texts of those on the screen, while a refresh runs."""
FIND_LIMIT: Final = 2000
"""Rows looked through for the headline that the cursor stood on."""
HITS: Final = 200
"""Articles that a saved search shows: the best ones; whoever wants more narrows the search."""


class News:
    """The sidebar item on display. Arriving news never moves the list: it is announced, and shown when asked for."""

    def __init__(self, screen: MainScreen, key: str) -> None:
        self._screen = screen
        self._library = screen.library
        self._key = key
        self._sidebar_items: tuple[SidebarItem, ...] = ()
        self._looked = 0.0
        self.waiting = 0
        self.edition: Edition | None = None
        self._begun = False
        self._count()

    @property
    def sidebar_item(self) -> SidebarItem:
        """The sidebar item on display."""
        return next((item for item in self._sidebar_items if item.key == self._key), self._sidebar_items[0])

    def _count(self) -> None:
        counts = Counts(0, 0, 0)
        sections: tuple[Section, ...] = ()
        searches: tuple[SavedSearch, ...] = ()
        try:
            counts, sections = self._library.queries.counts(), self._library.queries.sections()
            searches = self._library.queries.saved_searches()
        except EksreadError as error:
            self._failed(error)
        self._sidebar_items = sidebar_items(counts, sections, searches)
        if self._key.startswith((PLACE, PERSON)):
            from eksread.tui.state.places_and_people import gathered

            self._sidebar_items += (gathered(self._library, self._key),)

    def _failed(self, error: EksreadError) -> None:
        """Say it once the screen is there; the list says it as well."""
        self._screen.call_later(self._screen.say, error.message, grave=True)

    def rows(self) -> Rows:
        """Give the sidebar item's rows afresh."""
        self.edition = None
        if self._key == EDITION:
            from eksread.tui.state.current_edition import present

            self.edition = present(self._library)
            return self._edition_rows(self.edition)
        query = search_of(self._key)
        if query is not None:
            found = sorted(self._library.queries.found(query, limit=HITS), key=day_of, reverse=True)
            return FixedRows(self._library, found)
        if self._key.startswith((PLACE, PERSON)):
            from eksread.tui.state.places_and_people import rows_of

            return rows_of(self._library, self._key)
        return Rows(self._library, query_for(self._key), self.sidebar_item.total)

    def _edition_rows(self, edition: Edition) -> Rows:
        from eksread.tui.state.current_edition import EditionRows, headlines

        return EditionRows(self._library, headlines(self._library, edition))

    def begin_edition(self) -> None:
        """Keep the edition on display, so that the next one begins after it; passing over it in the side pane does not."""
        from eksread.tui.state.current_edition import keep

        if self.edition is not None and self.edition.articles:
            self._screen.writer.put(partial(keep, self._library, self.edition))

    def mounted(self) -> None:
        """Show the sidebar items at start."""
        self._screen.sidebar.show(self._sidebar_items, self._key)
        self._present()

    def _present(self) -> None:
        """Give the list what stands beside its rows: notes, and words for emptiness."""
        headlines = self._screen.headlines
        headlines.empty_text = self.empty_text()
        marks = self._library.user_data.bookmarks() if self._key == SAVED else ()
        headlines.set_notes({mark.headline.id: mark_text(mark) for mark in marks})

    def show(self, key: str) -> None:
        """Show another sidebar item from its top."""
        self._key = key
        self.waiting = 0
        self._count()
        screen = self._screen
        self._present()
        screen.headlines.show(self.rows())
        screen.sidebar.show(self._sidebar_items, key)
        screen.status.update()

    def recount(self) -> None:
        """Show new counts after marks were written."""
        self._count()
        self._screen.headlines.look_again()
        self._present()
        self._screen.sidebar.show(self._sidebar_items, self._key)
        self._screen.status.update()

    def reload(self) -> None:
        """Read the rows again; the cursor stays on its headline."""
        self._count()
        # An edition is finite: what arrives while one reads it is for the next one.
        screen, rows = self._screen, self._edition_rows(self.edition) if self.edition else self.rows()
        current = screen.headlines.current
        keep = 0
        if current is not None:
            wanted: Callable[[Headline], bool] = lambda row: row.id == current.id  # noqa: E731 - typed for mypy
            found = rows.seek(0, 1, wanted, screen.headlines.cursor + FIND_LIMIT)
            keep = screen.headlines.cursor if found is None else found
        self._present()
        screen.headlines.show(rows, keep=keep)
        screen.sidebar.show(self._sidebar_items, self._key)

    # ---- news that arrives ----

    def arriving(self) -> None:
        """While a refresh runs: an empty list shows the first headlines as they come, others say what is saved."""
        now = monotonic()
        if now - self._looked < ARRIVING_SECONDS:
            return
        self._looked = now
        if len(self._screen.headlines.rows):
            self._renew()
            return
        self._count()
        if self.sidebar_item.total:
            self.reload()

    def _renew(self) -> None:
        """Say of the rows on the screen whose text came in the meantime that it is saved; all else waits, nothing moves."""
        headlines = self._screen.headlines
        renewed = False
        for index in {index for index, _line in headlines.window.frame()}:
            row = headlines.rows.get(index)
            if row is None or row.has_text:
                continue
            try:
                now = self._library.headline(row.id)
            except EksreadError:
                return
            if now.has_text:
                headlines.rows.change(replace(row, has_text=True, comment_count=now.comment_count))
                renewed = True
        if renewed:
            headlines.look_again()

    def arrived(self, summary: Summary | None) -> None:
        """After a refresh: announce what is new, or bring marks and texts up to date in place."""
        before = len(self._screen.headlines.rows)
        self._begun = True
        self._count()
        fresh = self.sidebar_item.total - before if self._key not in (UNREAD, SAVED) else 0
        if fresh > 0 and before and not self._is_first(before):
            self.waiting = fresh
            self._screen.sidebar.show(self._sidebar_items, self._key)
        elif summary is not None or not before:
            self.waiting = 0
            self.reload()
        self._screen.headlines.empty_text = self.empty_text()

    def _is_first(self, before: int) -> bool:
        """Whether the list was still being filled for the first time, with the cursor at its top."""
        return before < 1

    def show_new(self) -> bool:
        """Show what has arrived, at the top; give whether there was anything."""
        if not self.waiting:
            self.reload()
            return False
        self.waiting = 0
        self._count()
        self._screen.headlines.show(self.rows())
        self._screen.sidebar.show(self._sidebar_items, self._key)
        return True

    @property
    def awaited(self) -> bool:
        """Whether the first news is being fetched, or will be in a moment."""
        wished = self._screen.room.settings.refresh_on_start and not self._begun
        return wished or self._screen.fetching

    def empty_text(self) -> tuple[str, ...]:
        """Say why the list is empty, and what to do next, one paragraph each; at the very start, welcome."""
        if self._key == SAVED:
            return (
                _("Nothing saved yet."),
                _("Press {key} on an article to keep it here.").format(key=key_of("save")),
            )
        if self._key == UNREAD and self._sidebar_items[0].total:
            return (_("All read."), _("Nothing is waiting for you."))
        if self._key == EDITION and self._sidebar_items[0].total:
            return (_("Finished."), _("There is nothing new since the last edition."))
        if search_of(self._key) is not None:
            return (_("Nothing found."), _("The search stays here and finds what comes."))
        if self._key.startswith(SECTION) or self._sidebar_items[0].total:
            return (
                _("No articles in this section yet."),
                _("Press {key} to fetch them.").format(key=key_of("refresh")),
            )
        if self._library.offline:
            return (
                _("No news is stored yet."),
                _("eksread was started with --offline. Start it once with a connection."),
            )
        if self.awaited:
            return (
                _("Welcome. The first news is on its way; it stays readable without a connection."),
                _("{down} and {up} move, {open} reads, {close} goes back, {help} helps.").format(
                    **{command: key_of(command) for command in ("down", "up", "open", "close", "help")}
                ),
                _("Bahasa Indonesia: eksread --lang id"),
            )
        return (_("No news is stored yet."), _("Press {key} to fetch it.").format(key=key_of("refresh-all")))
