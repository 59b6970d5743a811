"""Sidebar items that are asked for: all articles of a place, or of a person. The sidebar lists them while they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.model.lists import HeadlineQuery
from eksread.tui.state.headline_pages import FixedRows, Rows
from eksread.tui.state.sidebar_items import PERSON, PLACE, SidebarItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.news import Article

PERSON_LIMIT: Final = 1000
"""Articles of a person that are listed, the newest: what the store gives at once."""
PEOPLE_LISTED: Final = 500
"""People to choose among, those with most articles first: further ones wrote a handful."""


class IndexEntry(NamedTuple):
    """A place or person to choose: the sidebar item's key, the name, how many articles, and why it is offered."""

    key: str
    name: str
    total: int | None
    why: str


def index_item(library: Library, key: str) -> SidebarItem:
    """Give the sidebar item of a place (`place:Kutim`) or a person (`person:Rahma`)."""
    kind, _colon, name = key.partition(":")
    if kind + ":" == PERSON:
        return SidebarItem(key, _("By {name}").format(name=name), 0, 0)
    found = library.history.place(name)
    return SidebarItem(
        key,
        _("Place: {name}").format(name=name),
        found.unread if found else 0,
        found.total if found else 0,
    )


def index_rows(library: Library, key: str) -> Rows:
    """Give the rows of a place, by any of its names, or of a person."""
    if key.startswith(PERSON):
        page = library.history.by_person(key.removeprefix(PERSON), limit=PERSON_LIMIT)
        return FixedRows(library, page.items)
    return Rows(library, HeadlineQuery(place=key.removeprefix(PLACE)), index_item(library, key).total)


def entries_near(library: Library, headline: Headline | None) -> tuple[IndexEntry, ...]:
    """Give the place and the people of an article, then all places, each once."""
    seen: dict[str, IndexEntry] = {}
    for entry in _entries_near(library, headline):
        seen.setdefault(entry.key.casefold(), entry)
    return tuple(seen.values())


def person_entries(library: Library) -> tuple[IndexEntry, ...]:
    """Give the people of the archive, which takes a second where there are a million articles."""
    found = library.history.people(limit=PEOPLE_LISTED)
    return tuple(IndexEntry(PERSON + one.name, one.name, one.total, _("People")) for one in found)


def _entries_near(library: Library, headline: Headline | None) -> Iterator[IndexEntry]:
    indexes = library.history
    if headline is not None:
        stored = library.queries.article(headline.id)
        place = (stored.article.place if stored else None) or headline.place
        if place:
            found = indexes.place(place)
            # The name under which the place is listed below, so that it stands there once.
            name = found.name if found else place
            yield IndexEntry(PLACE + name, name, found.total if found else None, _("Of this article"))
        for name in _people(stored.article) if stored else ():
            yield IndexEntry(PERSON + name, name, None, _("Of this article"))
    for one in indexes.places():
        yield IndexEntry(PLACE + one.name, one.name, one.total, _("Places"))


def _people(article: Article) -> Iterator[str]:
    return (name for name in (article.reporter, article.editor, article.photographer) if name)
