"""Sidebar items that are asked for: all articles of a place, or of a person. They stand in the side pane while shown."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.model.lists import HeadlineQuery
from eksread.tui.render.lines import clean
from eksread.tui.state.headline_pages import FixedRows, Rows
from eksread.tui.state.sidebar_items import PERSON, PLACE, SidebarItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.news import Article

PERSON_LIMIT: Final = 1000
"""Articles of a person that are listed, the newest: what the store gives at once."""
PEOPLE_LISTED: Final = 500
"""People to choose among, those with most articles first: further ones wrote a handful."""


class Gathering(NamedTuple):
    """A place or person to choose: the sidebar item's key, the name, how many articles, and why it is offered."""

    key: str
    name: str
    total: int | None
    why: str


def gathered(library: Library, key: str) -> SidebarItem:
    """Give the sidebar item of a place (`place:Kutim`) or a person (`person:Rahma`)."""
    kind, _colon, name = key.partition(":")
    if kind + ":" == PERSON:
        return SidebarItem(key, _("By {name}").format(name=clean(name)), 0, 0)
    found = library.history.place(name)
    return SidebarItem(
        key,
        _("Place: {name}").format(name=clean(name)),
        found.unread if found else 0,
        found.total if found else 0,
    )


def rows_of(library: Library, key: str) -> Rows:
    """Give the rows of a place, by any of its names, or of a person."""
    if key.startswith(PERSON):
        page = library.history.by_person(key.removeprefix(PERSON), limit=PERSON_LIMIT)
        return FixedRows(library, page.items)
    return Rows(library, HeadlineQuery(place=key.removeprefix(PLACE)), gathered(library, key).total)


def each_once(*offered: Iterable[Gathering]) -> tuple[Gathering, ...]:
    """Give what is offered, each place and person once, where it comes first."""
    seen: dict[str, Gathering] = {}
    for item in chain(*offered):
        seen.setdefault(item.key.casefold(), item)
    return tuple(seen.values())


def nearby(library: Library, headline: Headline | None) -> tuple[Gathering, ...]:
    """Give the place and the people of an article, then all places."""
    return each_once(_nearby(library, headline))


def people(library: Library) -> tuple[Gathering, ...]:
    """Give the people of the archive, which takes a second where there are a million articles."""
    found = library.history.people(limit=PEOPLE_LISTED)
    return tuple(Gathering(PERSON + one.name, one.name, one.total, _("People")) for one in found)


def _nearby(library: Library, headline: Headline | None) -> Iterator[Gathering]:
    indexes = library.history
    if headline is not None:
        held = library.queries.article(headline.id)
        place = (held.article.place if held else None) or headline.place
        if place:
            found = indexes.place(place)
            # The name under which the place is listed below, so that it stands there once.
            name = found.name if found else place
            yield Gathering(PLACE + name, name, found.total if found else None, _("Of this article"))
        for name in _people(held.article) if held else ():
            yield Gathering(PERSON + name, name, None, _("Of this article"))
    for one in indexes.places():
        yield Gathering(PLACE + one.name, one.name, one.total, _("Places"))


def _people(article: Article) -> Iterator[str]:
    return (name for name in (article.reporter, article.editor, article.photographer) if name)
