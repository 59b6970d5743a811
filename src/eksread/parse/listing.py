"""A page of headlines: which of its links lead to articles, in what order, and what stands beside them.

What an article's address looks like is learned, from the feed when there is one (`shapes`), else from the
page's own surest headlines. Then every link of that shape with a headline's text is an item, whatever
the markup: cards, WordPress loops, bare lists and tables are all the same to it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eksread.model import Listing, Source, Teaser
from eksread.parse.addresses import Addresses
from eksread.parse.boxes import find_boxes, name_over
from eksread.parse.cards import add_machine_dates, add_pictures, find_cards
from eksread.parse.cardsections import add_classed_sections
from eksread.parse.cardtext import LineDates, fill
from eksread.parse.clean import clean
from eksread.parse.dates import find_printed
from eksread.parse.linkscan import scan
from eksread.parse.navigation import read_feeds, read_next, read_page_date, read_sections
from eksread.parse.shapes import learn, link_key, matcher
from eksread.parse.zones import FOOT, MAIN, NAV, SIDE
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from eksread.parse.boxes import Boxes
    from eksread.parse.linkscan import Scan, Target

MAX_ITEMS: Final = 400  # headlines of a page: a month's index has 200
MIN_SURE: Final = 3  # headlines that teach an address's shape
FAIR_TITLE: Final = 16  # characters of a text that may be a headline, with three words
MIN_LIKE: Final = 2  # headlines in one kind of place that make a short one there a headline too
PLACE_LEVELS: Final = 4  # link, heading, card, list
MIN_TAUGHT: Final = 2  # links of the feed's shape: fewer mean that this page's addresses differ
MIN_TITLE: Final = 12  # characters of a headline when only the page itself taught the shape


def read_listing(
    tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str] = (), zone: tzinfo = WITA
) -> Listing:
    """Read a page of headlines whose address is `url`.

    `shapes` are what the feed taught (`shapes.learn`), () when there is none. The main list comes first, side
    boxes (popular, latest) after it; an article linked several times is one item. Never raises.
    """
    addresses = Addresses(url)
    taught = matcher(shapes) if shapes else None
    found = scan(tree, addresses, taught)
    chosen = _choose(found, url, taught)
    keys = {target.key for target in chosen}
    sections = read_sections(found, url, keys)
    cards, owners = find_cards(chosen)
    titles = {target.key: target.title for target in chosen}
    names = frozenset(section.name.casefold() for section in sections)
    dates = LineDates(now, zone)
    fill(cards, titles, names, dates)
    add_classed_sections(cards, sections)
    add_machine_dates(tree, cards, owners, dates.at)
    add_pictures(tree, cards, owners, addresses)
    body = tree.body
    text = body.text(separator="\n") if body is not None else ""
    boxes = find_boxes(owners, (card.nodes[0] for card in cards.values() if card.section is None), names)
    items: list[Teaser] = []
    for rank, target in enumerate(_ordered(chosen, boxes)):
        card = cards[target.key]
        day = name_over(target.nodes[target.primary], boxes.days) if boxes.days else None
        if day:
            card.published = _on_day(day, card.published, now, zone)
        section = card.section
        if section is None and boxes.sections:
            section = name_over(target.nodes[target.primary], boxes.sections)
        source = Source.LIST if card.published else None
        # By position: a third less than by name.
        items.append(
            Teaser(target.title, target.url, card.published, source, section, card.summary, card.image, rank)
        )
    return Listing(
        url=url,
        items=tuple(items),
        next_url=read_next(tree, found, url, keys),
        title=_title(tree, titles),
        sections=sections,
        feeds=read_feeds(tree, found, url),
        page_date=read_page_date(text, chosen[0].title if chosen else "", now, zone),
    )


def _choose(found: Scan, url: str, taught: Callable[[str], bool] | None) -> list[Target]:
    """Give the targets that are articles, in the page's order."""
    here = link_key(url)
    possible = [
        target
        for key, target in found.targets.items()
        if target.local and target.title and key != here and ("/" in key or "?" in key)
    ]
    if taught is not None:
        known = [target for target in possible if taught(target.url)]
        if len(known) >= MIN_TAUGHT:
            return known[:MAX_ITEMS]
    possible = [target for target in possible if not target.service]
    fair = [
        target
        for target in possible
        if (target.heading or (len(target.title) >= FAIR_TITLE and target.title.count(" ") >= 2))
        and target.zone not in (NAV, FOOT)
    ]
    sure = [target for target in fair if target.wordy or (target.heading and len(target.title) >= MIN_TITLE)]
    if len(sure) < MIN_SURE:
        sure = fair
    own = learn([target.url for target in sure]) if len(sure) >= MIN_SURE else ()
    if not own:
        return sure[:MAX_ITEMS]
    is_own = matcher(own)
    chosen = [
        target
        for target in possible
        if target.zone != FOOT
        and (target.heading or (len(target.title) >= MIN_TITLE and " " in target.title))
        and not (target.zone == NAV and not target.wordy)
        and (is_own(target.url) or (target.heading and target.wordy and target.zone == MAIN))
    ]
    return _with_like(chosen, possible)[:MAX_ITEMS]


def _with_like(chosen: list[Target], possible: list[Target]) -> list[Target]:
    """Add headings in the very place that several chosen ones have in theirs: their title or address may be short."""
    known = {target.key for target in chosen}
    others = [
        target
        for target in possible
        if target.heading and target.key not in known and target.zone not in (NAV, FOOT)
    ]
    if not others:
        return chosen
    places = Counter(_place(target) for target in chosen if target.heading)
    known.update(target.key for target in others if places[_place(target)] >= MIN_LIKE)
    return [target for target in possible if target.key in known] if len(known) > len(chosen) else chosen


_NUMBERS: Final = re.compile(r"\d+")
"""What differs between the classes of like places: `post-4100`."""


def _place(target: Target) -> tuple[str, ...]:
    """Give the tags and classes of a title's link and of what stands around it."""
    place: list[str] = []
    node: LexborNode | None = target.nodes[target.primary]
    for _ in range(PLACE_LEVELS):
        if node is None:
            break
        place.append(f"{node.tag}.{_NUMBERS.sub('', node.attributes.get('class') or '')}")
        node = node.parent
    return tuple(place)


def _ordered(chosen: list[Target], boxes: Boxes) -> list[Target]:
    """Put articles in the order of their cards, side boxes after the main list, unless there is nothing else."""
    chosen = sorted(chosen, key=lambda target: target.orders[target.primary])
    aside = {
        target.key
        for target in chosen
        if target.zone in (SIDE, NAV)
        or (boxes.popular and all(name_over(node, boxes.popular) for node in target.nodes))
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


def _title(tree: LexborHTMLParser, titles: dict[str, str]) -> str | None:
    """Give the list's own heading, else the page's title."""
    known = set(titles.values())
    for node in tree.css("h1"):
        text = clean(node.text())
        if text and text not in known:
            return text
    title = tree.css_first("title")
    return (clean(title.text()) or None) if title is not None else None
