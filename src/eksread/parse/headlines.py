"""Which links of a page are headlines of articles.

What an article's address looks like is learned, from the feed when there is one, else from the page's own surest
headlines. Then every link of that shape with a headline's text is one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from eksread.parse.linkscan import MIN_TITLE
from eksread.parse.shapes import learn, link_key, matcher
from eksread.parse.zones import FOOT, MAIN, NAV

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selectolax.lexbor import LexborNode

    from eksread.parse.linkscan import Scan, Target

MAX_ITEMS: Final = 400  # headlines of a page: a month's index has 200
MIN_SURE: Final = 3  # headlines that teach an address's shape
FAIR_TITLE: Final = 16  # characters of a text that may be a headline, with three words
MIN_LIKE: Final = 2  # headlines in one kind of place that make a short one there a headline too
PLACE_LEVELS: Final = 4  # link, heading, card, list
MIN_TAUGHT: Final = 2  # links of the feed's shape: fewer mean that this page's addresses differ


def choose(
    found: Scan, url: str, fits: Callable[[str], bool] | None, likely: Iterable[tuple[int, str]]
) -> tuple[list[Target], Callable[[str], bool] | None]:
    """Give the targets that are articles, in the page's order, and what tells their addresses from others.

    `fits` is the same where it was learned before; `likely` are the places and addresses of links
    that seem to be headlines and are not in `found`.
    """
    here = link_key(url)
    possible = [
        target
        for key, target in found.targets.items()
        if target.local and target.title and key != here and ("/" in key or "?" in key)
    ]
    if found.taught is not None:
        known = [target for target in possible if found.taught(target.url)]
        if len(known) >= MIN_TAUGHT:
            return known[:MAX_ITEMS], found.taught
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
    if fits is None and len(sure) >= MIN_SURE:
        told = sorted([*((target.orders[target.primary], target.url) for target in sure), *likely])
        own = learn([address for _, address in told])
        fits = matcher(own) if own else None
    if fits is None:
        return sure[:MAX_ITEMS], None
    chosen = [
        target
        for target in possible
        if target.zone != FOOT
        and (target.heading or (len(target.title) >= MIN_TITLE and " " in target.title))
        and not (target.zone == NAV and not target.wordy)
        and (fits(target.url) or (target.heading and target.wordy and target.zone == MAIN))
    ]
    return _with_like(chosen, possible)[:MAX_ITEMS], fits


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
