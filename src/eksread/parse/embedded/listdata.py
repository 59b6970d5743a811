"""Headlines that stand only in the data of a page's scripts: an app that shows nothing before its scripts have run."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.model.news import Listing, Teaser
from eksread.parse.embedded.articledata import described, resolve
from eksread.parse.embedded.pagestate import MAX_VALUES, read_state, scripts_of
from eksread.parse.html.metadata import ld_address, ld_text
from eksread.parse.language.dates import find_printed, read_moment
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.html.metadata import Json

MIN_ITEMS: Final = 3
"""Objects with a title and an address, side by side in one list, that are headlines."""

MAX_ITEMS: Final = 400
"""Headlines of a page."""

MIN_TITLE: Final = 12
"""Characters of a headline; a menu's entries are shorter."""

_TITLES: Final = ("title", "judul", "headline")
_ADDRESSES: Final = ("url", "link", "href", "permalink", "path", "uri")


def embedded_listing(tree: LexborHTMLParser, url: str, now: datetime) -> Listing | None:
    """The longest list of headlines in the page's data, as a listing; None when there is none."""
    best: list[Teaser] = []
    for script in scripts_of(tree):
        data, flat = read_state(script)
        for things in _lists(data, flat):
            items = _items(things, flat, url, now)
            if len(items) >= MIN_ITEMS and len(items) > len(best):
                best = items
    title = tree.css_first("title")
    name = clean(title.text()) if title is not None else ""
    return Listing(url=url, items=tuple(best), title=name or None) if best else None


def _lists(data: Json, flat: list[Json] | None) -> Iterator[list[Json]]:
    """The lists of the data that are long enough; in flat data all of its values are looked at as they stand."""
    waiting: list[Json] = [data]
    seen = 0
    while waiting and seen < MAX_VALUES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
            if len(value) >= MIN_ITEMS and value is not flat:
                yield [resolve(item, flat) for item in value[:MAX_ITEMS]]


def _items(things: list[Json], flat: list[Json] | None, url: str, now: datetime) -> list[Teaser]:
    items: dict[str, Teaser] = {}
    for thing in things:
        if not isinstance(thing, dict):
            continue
        title = _text(thing, _TITLES, flat)
        address = web_url(url, _text(thing, _ADDRESSES, flat)) if title else None
        if address is None or len(title) < MIN_TITLE or address in items:
            continue
        about = described(thing, flat)
        when = ld_text(about.get("datePublished")) or ld_text(about.get("dateCreated")) or ""
        moment = (read_moment(when, now=now) or find_printed(when, now=now)) if when else None
        picture = ld_address(about.get("image"))
        items[address] = Teaser(
            title,
            address,
            moment,
            Source.LIST if moment else None,
            ld_text(about.get("articleSection")),
            ld_text(about.get("description")),
            web_url(url, picture) if picture else None,
            len(items),
        )
    return list(items.values())


def _text(thing: dict[str, Json], names: tuple[str, ...], flat: list[Json] | None) -> str:
    for name in names:
        value = resolve(thing.get(name), flat)
        if isinstance(value, str) and value.strip():
            return clean(html.unescape(value))
    return ""
