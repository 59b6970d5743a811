"""A page of headlines: which of its links lead to articles, in what order, and what stands beside them.

What an article's address looks like is learned, from the feed when there is one (`shapes`), else from the
page's own surest headlines. Then every link of that shape with a headline's text is an item, whatever
the markup: cards, WordPress loops, bare lists and tables are all the same to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from eksread.model.enums import Source
from eksread.model.news import Listing, Teaser
from eksread.parse.language.dates import find_printed
from eksread.parse.listing.candidates import choose, gather_links
from eksread.parse.listing.card_sections import add_classed_sections
from eksread.parse.listing.card_text import LineDates, fill
from eksread.parse.listing.cards import Owners, add_machine_dates, add_pictures, find_cards
from eksread.parse.listing.headline_groups import find_boxes
from eksread.parse.listing.navigation import read_feeds, read_next, read_sections
from eksread.parse.listing.zones import NAV, SIDE
from eksread.parse.text import clean
from eksread.parse.urls import matcher

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.listing.candidates import Target
    from eksread.parse.listing.headline_groups import Boxes


def read_listing(tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str] = ()) -> Listing:
    """Read a page of headlines whose address is `url`.

    `shapes` are what the feed taught (`urls.learn`), () when there is none. The main list comes first, side
    boxes (popular, latest) after it; an article linked several times is one item. Never raises.
    """
    links = gather_links(tree, url, matcher(shapes) if shapes else None)
    chosen = choose(links, url)
    sections = read_sections(links, url, {target.key for target in chosen})
    names = frozenset(section.name.casefold() for section in sections)
    owners = Owners()
    for target in chosen:
        owners.claim(target)
    cards = find_cards(chosen, owners)
    dates = LineDates(now)
    fill(cards, {target.key: target.title for target in chosen}, names, dates)
    add_classed_sections(cards, sections)
    add_machine_dates(tree, cards, owners, dates.at)
    add_pictures(tree, cards, owners, url)
    alone = (card.nodes[0] for card in cards.values() if card.section is None)
    boxes = find_boxes(owners, alone, names)
    items: list[Teaser] = []
    for rank, target in enumerate(_ordered(chosen, boxes)):
        card = cards[target.key]
        days = boxes.day_lines if card.timed else boxes.days
        day = days.over(target.nodes[target.primary]) if days else None
        if day:
            card.published = _on_day(day, card.published, now)
        section = card.section
        if section is None and boxes.sections:
            section = boxes.sections.over(target.nodes[target.primary])
        source = Source.LIST if card.published else None
        items.append(
            Teaser(target.title, target.url, card.published, source, section, card.summary, card.image, rank)
        )
    titles = {target.title for target in chosen}
    return Listing(
        url=url,
        items=tuple(items),
        next_url=read_next(tree, links, url, cards),
        title=_title(tree, titles),
        sections=sections,
        feeds=read_feeds(tree, links, url),
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


def _on_day(day: str, published: datetime | None, now: datetime) -> datetime | None:
    """Give an item's moment under a day's heading: where only times stand beside the items, the day is the heading's."""
    midnight = find_printed(day, now=now)
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
