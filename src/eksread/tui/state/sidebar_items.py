"""What the sidebar offers: all news, unread, saved, the edition, the portal's sections, saved searches, a place, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.model.lists import HeadlineQuery, SavedSearch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.lists import Counts, Section

ALL: Final = "all"
UNREAD: Final = "unread"
SAVED: Final = "saved"
EDITION: Final = "edition"
SECTION: Final = "section:"
SEARCH: Final = "search:"
PLACE: Final = "place:"
PERSON: Final = "person:"


class SidebarItem(NamedTuple):
    """A choice of headlines: `total` rows, `shown` is the number beside the name."""

    key: str
    name: str
    shown: int
    total: int


def sidebar_items(
    counts: Counts, sections: Sequence[Section], searches: Sequence[SavedSearch], *, edition: bool
) -> tuple[SidebarItem, ...]:
    """Give the sidebar items in the order of the pane, with an `edition` if there is one to read. What a search finds is not counted: that would be to search."""
    return (
        SidebarItem(ALL, _("All news"), counts.unread, counts.total),
        SidebarItem(UNREAD, _("Unread"), counts.unread, counts.unread),
        SidebarItem(SAVED, _("Bookmarks"), counts.saved, counts.saved),
        *((SidebarItem(EDITION, _("Edition"), 0, 0),) if edition else ()),
        *(SidebarItem(SECTION + item.key, item.name, item.unread, item.total) for item in sections),
        *(SidebarItem(SEARCH + search.query, f"/ {search.name}", 0, 0) for search in searches),
    )


def query_for(key: str) -> HeadlineQuery:
    """Give the query of a sidebar item."""
    if key == UNREAD:
        return HeadlineQuery(unread=True)
    if key == SAVED:
        return HeadlineQuery(saved=True)
    if key.startswith(SECTION):
        return HeadlineQuery(section=key.removeprefix(SECTION))
    return HeadlineQuery()


def search_of(key: str) -> str | None:
    """Give the query of a sidebar item that is a saved search, else None."""
    return key.removeprefix(SEARCH) if key.startswith(SEARCH) else None


def within(item: SidebarItem) -> str:
    """Give the search query of what an item holds, to be narrowed by more words; "" for those that hold all."""
    key = item.key
    if key in {UNREAD, SAVED}:
        return f"{_('is:unread') if key == UNREAD else _('is:saved')} "
    if key.startswith(SEARCH):
        return f"{key.removeprefix(SEARCH)} "
    for start, name in ((SECTION, _("section:")), (PLACE, _("place:")), (PERSON, _("by:"))):
        if key.startswith(start):
            value = item.name if start == SECTION else key.removeprefix(start)
            return f'{name}"{value}" ' if '"' not in value else ""
    return ""


def is_gathered(key: str) -> bool:
    """Whether a sidebar item holds what was gathered from all sections: by a search, of a place, of a person."""
    return key.startswith((SEARCH, PLACE, PERSON))


def section_of(key: str) -> str | None:
    """Give the section's key of a sidebar item, None for those that span all sections."""
    return key.removeprefix(SECTION) if key.startswith(SECTION) else None
