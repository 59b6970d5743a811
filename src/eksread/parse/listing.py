"""A page of headlines: which of its links lead to articles, in what order, and what stands beside them.

What an article's address looks like is learned, from the feed when there is one (`shapes`), else from the
page's own surest headlines. Then every link of that shape with a headline's text is an item, whatever
the markup: cards, WordPress loops, bare lists and tables are all the same to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from eksread.model import Listing, Source, Teaser
from eksread.parse.boxes import find_boxes
from eksread.parse.clean import clean
from eksread.parse.dates import find_printed
from eksread.parse.listreading import read_headlines
from eksread.parse.navigation import read_feeds, read_next, read_page_date
from eksread.parse.zones import NAV, SIDE
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import tzinfo

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.boxes import Boxes
    from eksread.parse.linkscan import Target


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
