"""The headlines of a page with what stands beside them, most of a long list read like its first rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.parse.addresses import Addresses
from eksread.parse.alike import find_alike
from eksread.parse.cards import Owners, add_machine_dates, add_pictures, find_cards
from eksread.parse.cardsections import add_classed_sections
from eksread.parse.cardtext import LineDates, fill
from eksread.parse.headlines import MAX_ITEMS, choose
from eksread.parse.linkscan import Scan
from eksread.parse.navigation import read_sections
from eksread.parse.rows import likely_addresses, read_rows
from eksread.parse.rowsamples import Known
from eksread.parse.shapes import matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from eksread.model import SectionLink
    from eksread.parse.addresses import Address
    from eksread.parse.alike import Alike
    from eksread.parse.cards import Card
    from eksread.parse.cardsections import Look
    from eksread.parse.linkscan import Target

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
