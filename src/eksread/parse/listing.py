"""A page of headlines: which of its links lead to articles, in what order, and what stands beside them.

What an article's address looks like is learned, from the feed when there is one (`shapes`), else from the
page's own surest headlines. Then every link of that shape with a headline's text is an item, whatever
the markup: cards, WordPress loops, bare lists and tables are all the same to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Final

from eksread.model import Listing, Source, Teaser
from eksread.parse.addresses import Addresses
from eksread.parse.alike import MIN_ROWS, find_alike
from eksread.parse.boxes import find_boxes
from eksread.parse.cards import add_machine_dates, add_pictures, find_cards
from eksread.parse.cardsections import add_classed_sections
from eksread.parse.cardtext import LineDates, fill
from eksread.parse.clean import clean
from eksread.parse.dates import find_printed
from eksread.parse.headlines import MAX_ITEMS, choose
from eksread.parse.linkscan import scan
from eksread.parse.navigation import read_feeds, read_next, read_page_date, read_sections
from eksread.parse.rowpattern import Known
from eksread.parse.rows import fitting, likely_addresses, read_rows
from eksread.parse.shapes import matcher
from eksread.parse.zones import NAV, SIDE
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import tzinfo

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from eksread.model import SectionLink
    from eksread.parse.alike import Alike
    from eksread.parse.boxes import Boxes
    from eksread.parse.cards import Card, Owners
    from eksread.parse.linkscan import Scan, Target
    from eksread.parse.rows import Read

MAX_LINKS: Final = 3000  # of a page: an index page has 600
TRIES: Final = 2  # to read a page by its first rows, before it is read in full


def read_listing(
    tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str] = (), zone: tzinfo = WITA
) -> Listing:
    """Read a page of headlines whose address is `url`.

    `shapes` are what the feed taught (`shapes.learn`), () when there is none. The main list comes first, side
    boxes (popular, latest) after it; an article linked several times is one item. Never raises.
    """
    links = tree.css("a[href]")[:MAX_LINKS]
    page = _Page(
        tree,
        url,
        links,
        {link.mem_id: link.attributes.get("href") or "" for link in links},
        Addresses(url),
        LineDates(now, zone),
        matcher(shapes) if shapes else None,
    )
    found = _find_headlines(page)
    cards, owners = found.cards, found.owners
    body = tree.body
    text = body.text(separator="\n") if body is not None else ""
    alone = (card.nodes[0] for card in cards.values() if card.section is None)
    boxes = find_boxes(owners, alone, found.names)
    items: list[Teaser] = []
    for rank, target in enumerate(_ordered(found.chosen, boxes)):
        card = cards[target.key]
        day = boxes.days.over(target.nodes[target.primary]) if boxes.days else None
        if day:
            card.published = _on_day(day, card.published, now, zone)
        section = card.section
        if section is None and boxes.sections:
            section = boxes.sections.over(target.nodes[target.primary])
        source = Source.LIST if card.published else None
        # By position: a third less than by name.
        items.append(
            Teaser(target.title, target.url, card.published, source, section, card.summary, card.image, rank)
        )
    titles = {target.title for target in found.chosen}
    first = found.chosen[0].title if found.chosen else ""
    return Listing(
        url=url,
        items=tuple(items),
        next_url=read_next(tree, found.scan, url, cards),
        title=_title(tree, titles),
        sections=found.sections,
        feeds=read_feeds(tree, found.scan, url),
        page_date=read_page_date(text, first, now, zone),
    )


@dataclass(slots=True)
class _Page:
    """A page whose headlines are looked for; `hrefs` are its links' by `mem_id`, `taught` tells the addresses of articles where a feed taught them."""

    tree: LexborHTMLParser
    url: str
    links: list[LexborNode]
    hrefs: dict[int, str]
    addresses: Addresses
    dates: LineDates
    taught: Callable[[str], bool] | None


@dataclass(slots=True)
class _Found:
    """The headlines of a page with their cards, and the menu; `fits` tells an article's address, where one can."""

    scan: Scan
    chosen: list[Target]
    fits: Callable[[str], bool] | None
    cards: dict[str, Card]
    owners: Owners
    sections: tuple[SectionLink, ...]
    names: frozenset[str]

    def add(self, read: Iterable[Iterable[Read]]) -> None:
        """Add the headlines of rows."""
        for row, target, card in chain.from_iterable(read):
            self.chosen.append(target)
            self.cards[target.key] = card
            self.owners.of[row.nodes[0].mem_id] = target.key
        self.chosen.sort(key=lambda target: target.orders[0])
        del self.chosen[MAX_ITEMS:]


def _find_headlines(page: _Page) -> _Found:
    """Read the headlines of a page: of rows that are built alike the first in full, and the rest like those.

    Where rows turn out not to say the same at the same places, they are read in full at a second time.
    """
    groups = find_alike(page.hrefs, page.links)
    for _ in range(TRIES):
        found = _read_full(page, groups)
        if not groups:
            return found
        if found.fits is None:
            break
        known = Known(
            page.addresses,
            page.dates,
            found.fits,
            found.fits is page.taught,
            found.names,
            found.scan.targets,
            found.cards,
        )
        read = read_rows(groups, known, found.scan.passed)
        if all(len(group.rest) == len(rows) for group, rows in zip(groups, read, strict=True)):
            found.add(read)
            return found
        groups = [
            fitting(group, rows) for group, rows in zip(groups, read, strict=True) if len(rows) >= MIN_ROWS
        ]
    return _read_full(page, [])


def _read_full(page: _Page, groups: Sequence[Alike]) -> _Found:
    """Read the headlines of a page, of rows that are built alike the first alone."""
    passed = frozenset[int]().union(*(group.passed for group in groups))
    found = scan(page.hrefs, page.links, page.addresses, page.taught, passed)
    likely = likely_addresses(groups, page.addresses, found.passed)
    chosen, fits = choose(found, page.url, page.taught, likely)
    sections = read_sections(found, page.url, {target.key for target in chosen})
    names = frozenset(section.name.casefold() for section in sections)
    cards, owners = find_cards(chosen, (row.nodes[0] for group in groups for row in group.rest))
    fill(cards, {target.key: target.title for target in chosen}, names, page.dates)
    add_classed_sections(cards, sections)
    add_machine_dates(page.tree, cards, owners, page.dates.at)
    add_pictures(page.tree, cards, owners, page.addresses)
    return _Found(found, chosen, fits, cards, owners, sections, names)


def _ordered(chosen: list[Target], boxes: Boxes) -> list[Target]:
    """Put articles in the order of their cards, side boxes after the main list, unless there is nothing else."""
    chosen = sorted(chosen, key=lambda target: target.orders[target.primary])
    aside = {
        target.key
        for target in chosen
        if target.zone in (SIDE, NAV)
        or (boxes.popular and all(boxes.popular.over(node) for node in target.nodes))
    }
    main = [target for target in chosen if target.key not in aside]
    if not main:
        return chosen
    return main + [target for target in chosen if target.key in aside]


def _on_day(day: str, published: datetime | None, now: datetime, zone: tzinfo) -> datetime | None:
    """Give an item's moment under a day's heading: where only times stand beside the items, the day is the heading's."""
    midnight = find_printed(day, now=now, zone=zone)
    if midnight is None or published is None:
        return published or midnight
    return datetime.combine(midnight.date(), published.timetz())


def _title(tree: LexborHTMLParser, titles: Collection[str]) -> str | None:
    """Give the list's own heading, else the page's title."""
    for node in tree.css("h1"):
        text = clean(node.text())
        if text and text not in titles:
            return text
    title = tree.css_first("title")
    return (clean(title.text()) or None) if title is not None else None
