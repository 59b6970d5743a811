"""A long list of headlines, read in pages from either end: only the pages near the shown rows are in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from eksread.errors import StoreError
from eksread.formatting import day_heading
from eksread.model.lists import HeadlineQuery
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from eksread.library import Library
    from eksread.model.lists import Headline

PAGE: Final = 64
"""Rows read at once: about two tall screens, so that holding down `j` asks the store once in a while."""
PAGES_KEPT: Final = 12
"""Pages kept in memory; others are read again from their cursor."""


def own_words(library: Library, headline: Headline) -> str:
    """Give the reader's note and labels on a saved article as one line."""
    mark = library.user_data.bookmark(headline.id) if headline.saved else None
    if mark is None:
        return ""
    return "  ".join(part for part in (mark.note, " ".join(f"#{label}" for label in mark.labels)) if part)


def day_of(headline: Headline) -> date:
    """Give the day (WITA) that a headline is listed under."""
    return (headline.published or headline.first_seen).astimezone(WITA).date()


class StoredExtras(NamedTuple):
    """What a row shows beside its headline: how many comments are `new`, what is stored to be seen offline, the reader's `note`."""

    new: int = 0
    comments: bool = False
    picture: bool = False
    note: str = ""


NO_EXTRAS: Final = StoredExtras()


class _End:
    """The pages from one end of the list, each found by the cursor that the page before it gave."""

    def __init__(self, library: Library, query: HeadlineQuery) -> None:
        self._library = library
        self._query = query
        self._cursors: list[str | None] = [None]
        self._pages: OrderedDict[int, tuple[Headline, ...]] = OrderedDict()
        self.ended_at: int | None = None

    def distance(self, page: int) -> int:
        """Give how many unknown pages lie before `page`."""
        return max(0, page - len(self._cursors) + 1)

    def page(self, number: int) -> tuple[Headline, ...]:
        """Give a page, reading those before it where their cursors are not known yet."""
        known = self._pages.get(number)
        if known is not None:
            self._pages.move_to_end(number)
            return known
        first = min(number, len(self._cursors) - 1)
        for index in range(first, number + 1):
            if index >= len(self._cursors):
                return ()
            items = self._read(index)
        return items

    def _read(self, number: int) -> tuple[Headline, ...]:
        query = replace(self._query, limit=PAGE, after=self._cursors[number])
        found = self._library.queries.headlines(query)
        if found.next is None:
            self.ended_at = number * PAGE + len(found.items)
        elif number + 1 == len(self._cursors):
            self._cursors.append(found.next)
        self._pages[number] = found.items
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return found.items


class Rows:
    """Headlines by index, newest first; `len` is the total that the store counted, corrected when an end is seen.

    The reader's marks made on the screen are laid over what the store gives, since writing happens a little later.
    """

    by_day: ClassVar[bool] = True
    """Whether the headings are days."""

    def __init__(self, library: Library, query: HeadlineQuery, total: int) -> None:
        self._library = library
        self._head = _End(library, query)
        self._tail = _End(library, replace(query, oldest_first=True))
        self._total = total
        self._noted = bool(query.saved)
        self._changed: dict[int, Headline] = {}
        self._extras: dict[int, StoredExtras] = {}
        self.error: StoreError | None = None

    def __len__(self) -> int:
        return self._total

    def get(self, index: int) -> Headline | None:
        """Give the headline at `index`, or None outside the list or where the store can't be read (see `error`)."""
        if not 0 <= index < self._total:
            return None
        try:
            found = self._find(index)
        except StoreError as error:
            self.error = error
            return None
        if found is None:
            return None
        return self._changed.get(found.id, found)

    def _find(self, index: int) -> Headline | None:
        back = self._total - 1 - index
        from_head, from_tail = index // PAGE, back // PAGE
        if self._head.distance(from_head) <= self._tail.distance(from_tail):
            page, place = self._head.page(from_head), index % PAGE
            if self._head.ended_at is not None:
                self._total = self._head.ended_at
        else:
            page, place = self._tail.page(from_tail), back % PAGE
        return page[place] if place < len(page) else None

    def group(self, headline: Headline) -> object:
        """Give the key of a headline's group: the day."""
        return day_of(headline)

    def heading(self, headline: Headline, now: datetime) -> str:
        """Give the heading above a headline that begins a group."""
        return day_heading(headline.published or headline.first_seen, now)

    def all(self) -> list[Headline]:
        """Give all headlines of a short list."""
        return [row for row in map(self.get, range(len(self))) if row is not None]

    def change(self, headline: Headline) -> None:
        """Show `headline` instead of the row with its id from now on."""
        self._changed[headline.id] = headline
        self._extras.pop(headline.id, None)

    def extras(self, headline: Headline) -> StoredExtras:
        """Give what is stored beside a headline, nothing where the store can't be read: the list says that itself."""
        if headline.id not in self._extras:
            try:
                self._extras[headline.id] = self._stored_extras(headline)
            except StoreError:
                return NO_EXTRAS
        return self._extras[headline.id]

    def _stored_extras(self, headline: Headline) -> StoredExtras:
        stored = new = 0
        if headline.comment_count:
            stored, new = self._library.queries.comment_counts(headline.id)
        pictures = self._library.pictures
        picture = bool(pictures and headline.image and pictures.held(headline.image))
        note = own_words(self._library, headline) if self._noted else ""
        return StoredExtras(new, stored > 0, picture, note)

    def forget_extras(self) -> None:
        """Look up again from now on what is stored beside the headlines."""
        self._extras.clear()

    def seek(self, start: int, wanted: Callable[[Headline], bool], limit: int) -> int | None:
        """Give the index of the first wanted headline from `start` on, looking at `limit` rows."""
        for index in range(start, start + limit):
            row = self.get(index)
            if row is None:
                return None
            if wanted(row):
                return index
        return None


class FixedRows(Rows):
    """Headlines that were chosen beforehand: what a search found, an edition."""

    def __init__(self, library: Library, items: Sequence[Headline]) -> None:
        super().__init__(library, HeadlineQuery(), len(items))
        self._items = items

    def _find(self, index: int) -> Headline:
        return self._items[index]
