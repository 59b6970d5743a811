"""A page of headlines: which of its links lead to articles, in what order, and what stands beside them.

What an article's address looks like is learned, from the feed when there is one (`shapes`), else from the
page's own surest headlines. Then every link of that shape with a headline's text is an item, whatever
the markup: cards, WordPress loops, bare lists and tables are all the same to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.model.news import Listing, Teaser
from eksread.parse.language.dates import find_printed
from eksread.parse.listing.candidates import MAX_ITEMS, Scan, choose
from eksread.parse.listing.card_sections import add_classed_sections, find_boxes
from eksread.parse.listing.card_text import LineDates, fill
from eksread.parse.listing.cards import Owners, add_machine_dates, add_pictures, find_cards
from eksread.parse.listing.navigation import read_feeds, read_next, read_page_date, read_sections
from eksread.parse.listing.rows import Known, find_alike, likely_addresses, read_rows
from eksread.parse.listing.zones import NAV, SIDE
from eksread.parse.text import clean
from eksread.parse.urls import Addresses, matcher
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import tzinfo

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from eksread.model.news import SectionLink
    from eksread.parse.listing.candidates import Target
    from eksread.parse.listing.card_sections import Boxes, Look
    from eksread.parse.listing.cards import Card
    from eksread.parse.listing.rows import Alike
    from eksread.parse.urls import Address


# The headlines of a page with what stands beside them, most of a long list read like its first rows.

MAX_LINKS: Final = 3000  # of a page: an index page has 600


@dataclass(slots=True)
class Headlines:
    """The articles that a page leads to, in its order, each with its card; and what was seen on the way to them.

    `names` are those of `sections` (the menu), casefolded; `fits` tells an article's address, where anything can.
    """

    tree: LexborHTMLParser
    url: str
    addresses: Addresses
    scan: Scan
    dates: LineDates
    chosen: list[Target] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    owners: Owners = field(default_factory=Owners)
    sections: tuple[SectionLink, ...] = ()
    names: frozenset[str] = frozenset()
    fits: Callable[[str], bool] | None = None
    looks: set[Look] = field(default_factory=set)

    def choose(self, likely: Iterable[tuple[int, str]]) -> None:
        """Choose the articles among the links gathered so far; `likely` is for `headlines.choose`."""
        self.chosen, self.fits = choose(self.scan, self.url, self.fits, likely)

    def read_menu(self) -> None:
        """Read the page's sections; links to the articles chosen so far are none."""
        self.sections = read_sections(self.scan, self.url, {target.key for target in self.chosen})
        self.names = frozenset(section.name.casefold() for section in self.sections)

    def read_cards(self) -> None:
        """Read in full what stands beside the articles that have no card yet."""
        for target in self.chosen:
            self.owners.claim(target)
        new = [target for target in self.chosen if target.key not in self.cards]
        cards = find_cards(new, self.owners)
        fill(cards, {target.key: target.title for target in new}, self.names, self.dates, self.looks)
        add_classed_sections(cards, self.sections)
        add_machine_dates(self.tree, cards, self.owners, self.dates.at)
        add_pictures(self.tree, cards, self.owners, self.addresses)
        self.cards.update(cards)

    def add(self, read: Iterable[tuple[Target, Card]]) -> None:
        """Add articles that were read otherwise."""
        for target, card in read:
            self.chosen.append(target)
            self.cards[target.key] = card
            self.owners.of[card.nodes[0].mem_id] = target.key
        self.chosen.sort(key=lambda target: target.orders[0])
        del self.chosen[MAX_ITEMS:]


def read_headlines(
    tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str], zone: tzinfo
) -> Headlines:
    """Find the articles that a page leads to, and read what stands beside them."""
    links = tree.css("a[href]")[:MAX_LINKS]
    addresses = Addresses(url)
    leads = {link.mem_id: addresses.of(link.attributes.get("href") or "") for link in links}
    groups = find_alike(leads, links)
    scan = Scan(matcher(shapes) if shapes else None)
    found = Headlines(tree, url, addresses, scan, LineDates(now, zone))
    if not groups:
        found.scan.add(zip(range(len(links)), leads.values(), links, strict=True))
        found.choose(())
        found.read_menu()
        found.read_cards()
        return found
    _read_alike(found, groups, leads, links)
    return found


def _read_alike(
    found: Headlines,
    groups: Sequence[Alike],
    leads: Mapping[int, Address | None],
    links: Sequence[LexborNode],
) -> None:
    """Read the first of the rows that are built alike in full, the rest like them, and in full what does not fit."""
    places = {ident: place for place, ident in enumerate(leads)}
    passed = frozenset[int]().union(*(group.passed for group in groups))
    every = list(zip(places.items(), leads.values(), links, strict=True))
    found.scan.add((place, lead, link) for (ident, place), lead, link in every if ident not in passed)
    found.choose(likely_addresses(groups, places))
    found.read_menu()
    for group in groups:
        for row in group.rest:
            found.owners.set_apart(row.nodes[0])
    found.read_cards()
    scan, fits = found.scan, found.fits
    if fits is None:
        read: list[tuple[Target, Card]] = []
        odd = [row for group in groups for row in group.rest]
    else:
        taught = fits is scan.taught
        known = Known(found.addresses, found.dates, fits, taught, found.names, scan.targets, found.cards)
        read, odd = read_rows(groups, known, places)
    if odd:
        for row in odd:
            found.owners.unite(row.nodes[0])
        again = {node.mem_id for row in odd for node in row.nodes if node.tag == "a"}
        scan.add((place, lead, link) for (ident, place), lead, link in every if ident in again)
        found.choose(())
        found.read_cards()
    found.add(read)


def read_listing(
    tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str] = (), zone: tzinfo = WITA
) -> Listing:
    """Read a page of headlines whose address is `url`.

    `shapes` are what the feed taught (`shapes.learn`), () when there is none. The main list comes first, side
    boxes (popular, latest) after it; an article linked several times is one item. Never raises.
    """
    found = read_headlines(tree, url, now, shapes, zone)
    cards = found.cards
    body = tree.body
    text = body.text(separator="\n") if body is not None else ""
    alone = (card.nodes[0] for card in cards.values() if card.section is None)
    boxes = find_boxes(found.owners, alone, found.names)
    items: list[Teaser] = []
    for rank, target in enumerate(_ordered(found.chosen, boxes)):
        card = cards[target.key]
        days = boxes.day_lines if card.timed else boxes.days
        day = days.over(target.nodes[target.primary]) if days else None
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
