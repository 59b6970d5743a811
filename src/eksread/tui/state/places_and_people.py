"""Sidebar items that are asked for: all articles of a place, or of a person. The sidebar lists them while they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.model.lists import HeadlineQuery
from eksread.tui.state.headline_pages import FixedRows, Rows
from eksread.tui.state.sidebar_items import PERSON, PLACE, SidebarItem

if TYPE_CHECKING:
    from eksread.library import Library

PERSON_LIMIT: Final = 1000
"""Articles of a person that are listed, the newest: what the store gives at once."""


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
