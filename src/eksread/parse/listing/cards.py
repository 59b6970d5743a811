"""The surroundings of a headline's link: its date, section, summary and picture.

A card is the largest part of the page that holds links to one article only. On pages without cards (a heading, a
date and a paragraph side by side in one cell) the nodes up to the next headline take its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.parse.html.images import first, picture_url
from eksread.parse.html.names import HEADINGS
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from eksread.parse.listing.candidates import Target

MAX_DEPTH: Final = 60  # ancestors; deeper pages are refused before
MAX_SIBLINGS: Final = 12  # nodes beside a bare headline that may belong to it
MAX_CARD_ROWS: Final = 4  # of a table that holds one headline: picture, date, title, summary
MAX_LEADING: Final = 80  # characters of a date that stands before its headline

_SHARED: Final = ""
_CEILING: Final = frozenset(("body", "html", "main", "tbody", "table", "ul", "ol"))
MAX_STYLE: Final = 4000
"""Characters of a `style` that are looked at: an address of 2,000 and what stands around it."""
_BACKGROUND: Final = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.I)


@dataclass(slots=True)
class Card:
    """What stands around one headline; `timed` is set where the date is only a time of day, which day being open."""

    nodes: list[LexborNode]
    published: datetime | None = None
    timed: bool = False
    section: str | None = None
    summary: str | None = None
    image: str | None = None


@dataclass(slots=True)
class Owners:
    """For each node above a headline's link: the key of the one article it belongs to, or that it is shared.

    `shared` are the elements above the headlines of several articles, each once; `beside` has the nodes next to a bare
    headline that belong to it, `leading` whether they stand before the bare headlines in an element.
    """

    of: dict[int, str] = field(default_factory=dict)
    shared: list[LexborNode] = field(default_factory=list)
    beside: dict[int, str] = field(default_factory=dict)
    leading: dict[int, bool] = field(default_factory=dict)

    def claim(self, target: Target) -> None:
        """Mark all ancestors of the target's links as belonging to it, or as shared."""
        key, owned = target.key, self.of
        for link in target.nodes:
            current: LexborNode | None = link
            for _ in range(MAX_DEPTH):
                if current is None:
                    break
                ident = current.mem_id
                owner = owned.get(ident)
                if owner is None:
                    owned[ident] = key
                elif owner in (_SHARED, key):
                    break  # all above it is marked already
                else:
                    owned[ident] = _SHARED
                    self.shared.append(current)
                current = current.parent

    def card_of(self, node: LexborNode | None) -> str | None:
        """Give the key of the card that `node` stands in."""
        owned, beside = self.of, self.beside
        for _ in range(MAX_DEPTH):
            if node is None:
                return None
            owner = owned.get(node.mem_id) or beside.get(node.mem_id, owned.get(node.mem_id))
            if owner is not None:
                return owner or None
            node = node.parent
        return None


def find_cards(targets: Iterable[Target], owners: Owners) -> dict[str, Card]:
    """Give the card of each target, by its key; the `owners` know the claims of all."""
    leading = owners.leading
    cards: dict[str, Card] = {}
    for target in targets:
        top = _prefer_full_card(target, owners)
        parent = top.parent
        nodes = [top]
        if parent is not None and top.tag not in ("li", "article", "td"):
            if parent.mem_id not in leading:
                leading[parent.mem_id] = _leads_with_text(top, owners)
            nodes = (
                [*_beside(top, owners, back=True), top]
                if leading[parent.mem_id]
                else [top, *_beside(top, owners, back=False)]
            )
        cards[target.key] = Card(nodes)
        for extra in nodes:
            owners.beside.setdefault(extra.mem_id, target.key)
    return cards


def _top(link: LexborNode, key: str, owners: Owners) -> LexborNode:
    """The largest element around a link that belongs to its article alone."""
    top, parent = link, link.parent
    while (
        parent is not None
        and owners.of.get(parent.mem_id) == key
        and (parent.tag not in _CEILING or _is_small_table(parent))
    ):
        top, parent = parent, parent.parent
    return top


def _prefer_full_card(target: Target, owners: Owners) -> LexborNode:
    """Give the card of an article: of several, as in a ticker or a popular box as well, the one with the most text."""
    if len(target.nodes) == 1:
        return _top(target.nodes[0], target.key, owners)
    places = dict.fromkeys((target.primary, *range(min(len(target.nodes), MAX_PLACES))))
    tops = [_top(target.nodes[index], target.key, owners) for index in places]
    if len({top.mem_id for top in tops}) > 1:
        named: dict[int, tuple[LexborNode, int]] = {}
        for index, top in zip(places, tops, strict=True):
            if target.nodes[index].text(strip=True):
                named.setdefault(top.mem_id, (top, index))
        if len(named) > 1:
            top, target.primary = max(named.values(), key=lambda place: len(place[0].text()))
            return top
    return tops[0]


MAX_PLACES: Final = (
    6  # links to one article: picture, title and "Selengkapnya" in a list, ticker, popular box
)


def _is_small_table(node: LexborNode) -> bool:
    """Whether a table (or its body) is one headline's card, with rows for its date, title and summary."""
    if node.tag == "table":
        return all(_is_small_table(child) for child in node.iter())
    return node.tag == "tbody" and sum(1 for _ in node.iter()) <= MAX_CARD_ROWS


def _beside(top: LexborNode, owners: Owners, *, back: bool) -> list[LexborNode]:
    """Give the nodes after (or before) `top` up to the next headline or rule."""
    found: list[LexborNode] = []
    node = top.prev if back else top.next
    while node is not None and len(found) < MAX_SIBLINGS and node.mem_id not in owners.of:
        if node.tag in HEADINGS:
            break
        found.append(node)
        node = node.prev if back else node.next
    return found[::-1] if back else found


def _leads_with_text(top: LexborNode, owners: Owners) -> bool:
    """Whether, in this run of headlines, the date stands before its headline: then one stands before the first."""
    node = top.prev
    while node is not None and node.text().isspace():
        node = node.prev
    if node is None or node.mem_id in owners.of or node.tag in HEADINGS:
        return False
    text = node.text()
    return len(text) <= MAX_LEADING and any(char.isdigit() for char in text)


def add_machine_dates(
    tree: LexborHTMLParser, cards: Mapping[str, Card], owners: Owners, read: Callable[[str], datetime | None]
) -> None:
    """Set a card's date from `<time datetime>` and its like, which are trusted more than what is printed."""
    done: set[str] = set()
    for node in tree.css("time[datetime], time[title], abbr[title], [itemprop=datePublished][content]"):
        key = owners.card_of(node)
        if key is None or key in done or key not in cards:
            continue
        moment = read(_machine_date(node))
        if moment is not None:
            cards[key].published = moment
            done.add(key)


def _machine_date(node: LexborNode) -> str:
    """Give the date that an element holds for machines, "" when there is none."""
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or attributes.get("title") or ""


def add_pictures(tree: LexborHTMLParser, cards: Mapping[str, Card], owners: Owners, url: str) -> None:
    """Give each card its first real picture: lazy ones by their data attributes, backgrounds too.

    A `<source>` is for browsers that know its format; it is taken where the `<img>` is a placeholder.
    """
    sources: dict[str, str | None] = {}
    for node in tree.css("img, amp-img, source[srcset], [style*=background]"):
        key = owners.card_of(node)
        if key is None or key not in cards or cards[key].image is not None:
            continue
        found = _picture_of(node, url)
        if node.tag == "source":
            sources.setdefault(key, found)
        else:
            cards[key].image = found or sources.pop(key, None)
    for key, found in sources.items():
        cards[key].image = cards[key].image or found


def _picture_of(node: LexborNode, url: str) -> str | None:
    """Give the address of the picture that an element shows, or has as background; None for a placeholder."""
    background = _BACKGROUND.search((node.attributes.get("style") or "")[:MAX_STYLE])
    return picture_url(node, url, first) or (web_url(url, background[1]) if background else None)
