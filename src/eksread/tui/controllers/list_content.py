"""What the list and the sidebar show: headlines of the sidebar item on display, and what has arrived since."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.lists import Counts
from eksread.tui.key_names import key_of
from eksread.tui.state.current_edition import EditionRows, edition_to_read
from eksread.tui.state.headline_pages import FixedRows, Rows, day_of
from eksread.tui.state.places_and_people import index_item, index_rows
from eksread.tui.state.sidebar_items import (
    ALL,
    EDITION,
    PERSON,
    PLACE,
    SAVED,
    UNREAD,
    query_for,
    search_of,
    sidebar_items,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.library import Library
    from eksread.model.lists import Headline, SavedSearch, Section
    from eksread.model.progress import Summary
    from eksread.tui.controllers.panes import Panes
    from eksread.tui.state.screen_state import ScreenState

ARRIVING_SECONDS: Final = 0.5
"""How often a list looks for first headlines, and for texts of those on the screen, while a refresh runs."""
FIND_LIMIT: Final = 2000
"""Rows looked through for the headline that the cursor stood on."""
PLACE_FACT: Final = "list_place"
RESTORED_WITHIN: Final = 500
"""Rows from either end of a list within which the place is restored: reading up to it takes 6 ms, twice as far 12."""
SHIFTED: Final = 50
"""Rows around its old distance from the end in which the headline is looked for: older ones may have come, or gone."""
HITS: Final = 200
"""Articles that a saved search shows: the best ones; whoever wants more narrows the search."""


class WholeList(NamedTuple):
    """The list before it was filtered: its length, the cursor and its headline, and where the screen began: `above` rows higher, `skip` lines into it."""

    length: int = 0
    cursor: int = 0
    current: Headline | None = None
    above: int = 0
    skip: int = 0


class ListContent:
    """Fills list and sidebar. Arriving news never moves the list: it is announced, and shown when asked for.

    `failed` is called with each error of the store that the list doesn't show by itself.
    """

    def __init__(
        self, library: Library, state: ScreenState, panes: Panes, failed: Callable[[EksreadError], None]
    ) -> None:
        self._library = library
        self._state = state
        self._panes = panes
        self._failed = failed
        self._last_look = 0.0
        self._whole = WholeList()

    def show(self, key: str) -> None:
        """Show another sidebar item's headlines from their top."""
        self._state.key = key
        self._state.narrowed = ""
        self._state.waiting = 0
        self._count()
        self._panes.headlines.show(self._rows())
        self._present()

    # ---- filtering it ----

    def rows_with(self, words: str) -> Rows:
        """Give the rows on display that words are found in: in an edition by their titles, else by a search of the texts."""
        library, state = self._library, self._state
        if state.edition is not None:
            return EditionRows(library, state.edition, words)
        found = library.queries.found(within(state.item) + words, limit=HITS)
        return FixedRows(
            library, sorted(found, key=lambda row: row.published or row.first_seen, reverse=True)
        )

    def narrow(self, words: str, rows: Rows) -> None:
        """Show only the `rows` with these words, the cursor on the headline where filtering began, else on the first."""
        headlines, state = self._panes.headlines, self._state
        if not state.narrowed:
            cursor, top = headlines.cursor, headlines.window.top
            self._whole = WholeList(
                len(headlines.rows), cursor, headlines.current, cursor - top.row, top.skip
            )
        state.narrowed = words
        wanted = {self._whole.current.id} if self._whole.current is not None else set()
        headlines.show(rows, keep=next((at for at, row in enumerate(rows.all()) if row.id in wanted), 0))
        self._present()

    def widen(self, *, back: bool = False) -> None:
        """Show the whole list again, at the headline under the cursor; with `back` at the one where filtering began."""
        headlines, whole = self._panes.headlines, self._whole
        wanted = whole.current if back else headlines.current or whole.current
        self._state.narrowed = ""
        self._count()
        rows, index = self._rows(again=True), whole.cursor
        there = rows.get(index)
        if wanted is not None and (there is None or there.id != wanted.id):
            found = rows.seek(max(0, index - FIND_LIMIT), lambda row: row.id == wanted.id, 2 * FIND_LIMIT)
            index = whole.cursor if found is None else found
        headlines.show(rows, keep=index)
        headlines.window.begin(headlines.cursor - whole.above, whole.skip)
        self._present()

    @property
    def _length(self) -> int:
        """How many rows the whole list has on display."""
        return self._whole.length if self._state.narrowed else len(self._panes.headlines.rows)

    # ---- the place in the list, kept until the next start ----

    def place_writer(self) -> Callable[[], object]:
        """Give what writes the section, and the headline under the cursor with its place on the screen, for the next start."""
        headlines = self._panes.headlines
        cursor, current = headlines.cursor, headlines.current
        if self._state.narrowed:
            cursor, current = self._whole.cursor, self._whole.current
        place = {
            "key": self._state.key,
            "article": current.id if current is not None and cursor else None,
            "from_end": self._length - 1 - cursor,
            "above": cursor - headlines.window.top.row,
        }
        return partial(self._library.facts.set, PLACE_FACT, json.dumps(place))

    def restore(self) -> None:
        """Show the section that was shown last; who was further down in it is there again, however much is new above."""
        key, article, from_end, above = self._kept_place()
        self.show(key)
        if key not in {item.key for item in self._state.items}:
            self.show(ALL)
        elif article is not None:
            self._return_to(article, from_end, above)

    def _kept_place(self) -> tuple[str, int | None, int, int]:
        try:
            place = json.loads(self._library.facts.get(PLACE_FACT) or "")
            article = place["article"]
            where = None if article is None else int(article)
            return str(place["key"]), where, int(place["from_end"]), int(place["above"])
        except (EksreadError, ValueError, TypeError, KeyError, OverflowError):
            return ALL, None, 0, 0

    def _return_to(self, article: int, from_end: int, above: int) -> None:
        headlines = self._panes.headlines
        index = len(headlines.rows) - 1 - from_end
        if from_end < 0 or min(index, from_end) > RESTORED_WITHIN:
            return
        wanted: Callable[[Headline], bool] = lambda row: row.id == article  # noqa: E731 - typed for mypy
        found = headlines.rows.seek(max(0, index - SHIFTED), wanted, 2 * SHIFTED)
        headlines.move_to(index if found is None else found)
        headlines.window.begin(headlines.cursor - above)

    def recount(self) -> None:
        """Show new counts after marks were written."""
        self._count()
        self._panes.headlines.look_again()
        self._present()

    def reload(self) -> None:
        """Read the rows again; the cursor stays on its headline."""
        self._count()
        headlines, rows = self._panes.headlines, self._rows(again=True)
        current, keep = headlines.current, headlines.cursor
        if current is not None:  # else the store could not be read for a moment
            wanted: Callable[[Headline], bool] = lambda row: row.id == current.id  # noqa: E731 - typed for mypy
            found = rows.seek(0, wanted, headlines.cursor + FIND_LIMIT)
            keep = headlines.cursor if found is None else found
        headlines.show(rows, keep=keep)
        self._present()

    # ---- where it comes from ----

    def _count(self) -> None:
        library, key = self._library, self._state.key
        counts = Counts(0, 0, 0)
        sections: tuple[Section, ...] = ()
        searches: tuple[SavedSearch, ...] = ()
        try:
            counts, sections = library.queries.counts(), library.queries.sections()
            searches = library.queries.saved_searches()
        except EksreadError as error:
            self._failed(error)
        self._state.items = sidebar_items(
            counts, sections, searches, edition=counts.unread > 0 or key == EDITION
        )
        if key.startswith((PLACE, PERSON)):
            self._state.items += (index_item(library, key),)

    def _rows(self, *, again: bool = False) -> Rows:
        """Give the rows of the sidebar item afresh, filtered as they are; an edition on display is the same `again`."""
        library, state = self._library, self._state
        if state.narrowed:
            return self.rows_with(state.narrowed)
        if again and state.edition is not None:
            # An edition is finite: what arrives while one reads it is for the next one.
            return EditionRows(library, state.edition)
        state.edition = None
        if state.key == EDITION:
            state.edition = edition_to_read(library)
            return EditionRows(library, state.edition)
        query = search_of(state.key)
        if query is not None:
            return FixedRows(
                library, sorted(library.queries.found(query, limit=HITS), key=day_of, reverse=True)
            )
        if state.key.startswith((PLACE, PERSON)):
            return index_rows(library, state.key)
        return Rows(library, query_for(state.key), state.item.total)

    def _present(self) -> None:
        """Show what belongs to the rows: the sidebar, and the text of an empty list."""
        headlines, state = self._panes.headlines, self._state
        headlines.empty_text = empty_text(state, offline=self._library.offline)
        self._panes.sidebar.show(state.items, state.key)

    # ---- news that arrives ----

    def arriving(self) -> None:
        """While a refresh runs: an empty list shows the first headlines as they come, others say what is saved."""
        now = monotonic()
        if now - self._last_look < ARRIVING_SECONDS:
            return
        self._last_look = now
        if self._length:
            self._renew()
            return
        self._count()
        if self._state.item.total:
            self.reload()

    def _renew(self) -> None:
        """Mark the rows on the screen whose text has been stored meanwhile; nothing moves."""
        headlines = self._panes.headlines
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
            headlines.rows.forget_extras()
            headlines.redraw()

    def arrived(self, summary: Summary | None) -> None:
        """After a refresh: announce what is new, or bring marks and texts up to date in place."""
        before, state = self._length, self._state
        self._count()
        fresh = state.item.total - before if state.key not in (UNREAD, SAVED) else 0
        if fresh > 0 and before:
            state.waiting = fresh
        elif summary is not None or not before:
            state.waiting = 0
            self.reload()
        self._present()

    def show_new(self) -> bool:
        """Show what has arrived, at the top; give whether there was anything."""
        if not self._state.waiting:
            self.reload()
            return False
        self.show(self._state.key)
        return True


def empty_text(state: ScreenState, *, offline: bool) -> tuple[str, ...]:
    """Say why the list is empty, and what to do next, one paragraph each; at the very start, welcome."""
    any_news = bool(state.items[0].total)
    if state.narrowed:
        return (
            _("Nothing found."),
            _("{key} shows the whole list again.").format(key=key_of("escape")),
        )
    if not any_news:
        return _first_start(state, offline=offline)
    if state.key == SAVED:
        return (
            _("No bookmarks yet."),
            _("Press {key} on an article to keep it here.").format(key=key_of("save")),
        )
    if state.key == UNREAD:
        return _("All read."), _("Nothing is waiting for you.")
    if state.key == EDITION:
        return _("Finished."), _("There is nothing new since the last edition.")
    if search_of(state.key) is not None:
        return _("Nothing found."), _("The search stays here and finds what comes.")
    return (
        _("No articles in this section yet."),
        _("Press {key} to fetch them.").format(key=key_of("refresh")),
    )


def _first_start(state: ScreenState, *, offline: bool) -> tuple[str, ...]:
    """Say what comes, or why nothing does and what there is to do, where no news has ever been saved."""
    if not offline and (state.refresh.awaited or state.refresh.running):
        return (
            _("Welcome. The first news is on its way; it stays readable without a connection."),
            _("{down} and {up} move, {open} reads, {close} goes back, {help} helps.").format(
                **{command: key_of(command) for command in ("down", "up", "open", "close", "help")}
            ),
            _("Bahasa Indonesia: eksread --lang id"),
        )
    fetch = _("It was started with --offline. Start it once without, when there is a connection.")
    if not offline:
        fetch = _("Press {key} to fetch the news as soon as there is a connection.")
    return (
        _("No news is saved yet."),
        fetch.format(key=key_of("refresh-all")),
        _("To try it without a connection: eksread --demo"),
        _("{key} shows all keys.").format(key=key_of("help")),
        _("Bahasa Indonesia: eksread --lang id"),
    )
