"""The names over groups of headlines, "Terpopuler", a section's, a day's, and which headlines stand under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.parse.html.names import HEADINGS
from eksread.parse.language.sections import is_section_or_place
from eksread.parse.listing.zones import MAX_CLIMB
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from eksread.parse.listing.cards import Owners

MIN_NAME: Final = 3  # characters of a group's name
MAX_NAME: Final = 60  # and of one

_NAMES: Final = (
    "h1, h2, h3, h4, h5, h6, b, strong, th, legend, caption, [class*=title], [class*=judul], [class*=head],"
    " [class*=label], [class*=rubrik], [class*=kanal], [class*=kategori]"
)
_DAY_LINE: Final = re.compile(r"\b\d{1,2}\b.{0,200}\b(?:19|20)\d\d\b")
_POPULAR: Final = re.compile(
    r"^[\s#:.-]*(?:berita |artikel |paling |most )?(?:terpopuler|populer|popular|trending|paling banyak dibaca|banyak dibaca|sering dibaca|dibaca|read|viewed)"
    r"(?: berita| artikel| minggu ini| hari ini| post| posts| news)?[\s:.]*$",
    re.I | re.M,
)


class Names:
    """The names over nodes: of all that stands in a marked node the innermost mark is the name."""

    def __init__(self) -> None:
        self._marked: dict[int, str] = {}

    def __bool__(self) -> bool:
        return bool(self._marked)

    def mark(self, ident: int, name: str) -> None:
        """Let the node with this `mem_id` stand under a name; all marks come before the first question."""
        self._marked[ident] = name

    def over(self, node: LexborNode) -> str | None:
        """Give the name that a node stands under."""
        above: LexborNode | None = node
        for _ in range(MAX_CLIMB):
            if above is None:
                break
            if above.mem_id in self._marked:
                return self._marked[above.mem_id]
            above = above.parent
        return None


@dataclass(slots=True)
class Boxes:
    """What stands under the name of a box of popular articles, of a section, and of a day; or under a line with a day."""

    popular: Names = field(default_factory=Names)
    sections: Names = field(default_factory=Names)
    days: Names = field(default_factory=Names)
    day_lines: Names = field(default_factory=Names)


def find_boxes(owners: Owners, alone: Iterable[LexborNode], sections: Collection[str]) -> Boxes:
    """Find what stands under a name, up to the next heading beside it.

    Names stand beside headlines, in the elements that several articles share, or in the box of a single article:
    `alone` are the cards in which to look for one. `sections` are the menu's, casefolded.
    """
    boxes = Boxes()
    for shared in owners.shared:
        _mark_children(shared, owners.of, sections, boxes)
    for card in alone:
        for node in _widest(card, owners.of).traverse():
            if node.mem_id in owners.of:
                _mark_children(node, owners.of, sections, boxes)
    return boxes


def _widest(card: LexborNode, owned: Mapping[int, str]) -> LexborNode:
    """Give the largest element around a card that holds no other article: a list of one, and the box around it."""
    parent = card.parent
    while parent is not None and owned.get(parent.mem_id):
        card, parent = parent, parent.parent
    return card


def _mark_children(
    shared: LexborNode, owned: Mapping[int, str], sections: Collection[str], boxes: Boxes
) -> None:
    """Mark the children of an element that hold headlines with the names that stand before them."""
    before: list[LexborNode] = []
    under: dict[Names, str] = {}
    for child in shared.iter():
        ident = child.mem_id
        if ident not in owned:
            if child.tag in HEADINGS:
                before, under = [], {}
            before.append(child)
            continue
        for node in before:
            under.update(_names_in(node, sections, boxes))
        before = []
        for names, name in under.items():
            names.mark(ident, name)


def _names_in(top: LexborNode, sections: Collection[str], boxes: Boxes) -> Iterator[tuple[Names, str]]:
    """Give the names in an element that holds no headline, each with what is marked with it."""
    whole = top.text()
    if len(whole) <= MIN_NAME:
        return
    if len(whole) < MAX_NAME and _DAY_LINE.search(whole):
        yield boxes.day_lines, clean(whole)
    for node in top.css(_NAMES):
        text = node.text()
        if not MIN_NAME < len(text) < MAX_NAME:
            continue
        name = clean(text).strip(" »›:#")
        if name.casefold() in sections or is_section_or_place(name):
            yield boxes.sections, name
        elif _POPULAR.fullmatch(name):
            yield boxes.popular, name
        elif _DAY_LINE.search(name) and node.tag in HEADINGS:
            yield boxes.days, name
