"""Rows that are built alike: the cards of a list, the rows of a table, of which a few tell how to read all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.cards import ENDS
from eksread.parse.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

SAMPLES: Final = 3  # rows read in full
MIN_ROWS: Final = 12  # fewer are read in full sooner than they are learned from
MAX_NODES: Final = 80  # elements and texts of a row; a card has some 30
EVERY: Final = MIN_ROWS // 2  # links between two from which rows are looked for: each has one at least
LONG_TEXT: Final = 20  # characters of a headline rather than of a label

Row: TypeAlias = "list[LexborNode]"
"""The elements and texts of a row in the page's order, itself first, blank texts left out."""


class Alike:
    """Rows side by side with the same elements and texts in the same order.

    `links` are the places of links among a row's nodes, `title` that of the link which looks like a headline. The first
    rows are `samples`, to be read in full; the links in the `rest` have the `mem_id`s of `passed`.
    """

    def __init__(self, samples: Sequence[Row], rest: Sequence[Row], links: Sequence[int], title: int) -> None:
        self.samples = samples
        self.rest = rest
        self.links = links
        self.title = title
        self.passed = frozenset([row[at].mem_id for row in rest for at in links])


def find_alike(links: Sequence[LexborNode]) -> list[Alike]:
    """Find the groups of rows with headlines in them that the links of a page stand in. Takes linear time."""
    groups: list[Alike] = []
    seen: set[int] = set()
    grouped: frozenset[int] = frozenset()
    for link in links[::EVERY]:
        if link.mem_id in grouped:
            continue
        node = link.parent
        while node is not None and node.mem_id not in seen:
            seen.add(node.mem_id)
            children = list(node.iter(include_text=True, skip_empty=True))
            if len(children) >= MIN_ROWS:
                found = _groups(children)
                grouped = grouped.union(*(group.passed for group in found))
                groups += found
            node = node.parent
    return groups


def _groups(children: Sequence[LexborNode]) -> list[Alike]:
    """Give the groups among the elements and texts side by side in one element."""
    rows = [list(islice(child.traverse(include_text=True, skip_empty=True), MAX_NODES)) for child in children]
    kinds = [tuple([node.tag_id for node in row]) for row in rows]
    alike: dict[tuple[int, ...], list[int]] = {}
    for at, kind in enumerate(kinds):
        alike.setdefault(kind, []).append(at)
    titles = {
        kind: title
        for kind, places in alike.items()
        if (title := _headline([rows[at] for at in places])) is not None
    }
    groups: list[Alike] = []
    for kind, title in titles.items():
        members = alike[kind]
        first = rows[members[0]]
        # What stands behind a row and is no row may belong to it, so that such a one is no row of the rest.
        rest = [
            rows[at]
            for at in members[SAMPLES:]
            if at + 1 == len(rows) or kinds[at + 1] in titles or children[at + 1].tag in ENDS
        ]
        links = [at for at, node in enumerate(first) if node.tag == "a"]
        groups.append(Alike([rows[at] for at in members[:SAMPLES]], rest, links, title))
    return groups


def _headline(rows: Sequence[Row]) -> int | None:
    """Give the place of the first link that looks like a headline in the first of many rows."""
    if len(rows) < MIN_ROWS or len(rows[0]) >= MAX_NODES:
        return None
    for at, node in enumerate(rows[0]):
        if node.tag == "a":
            texts = [clean(row[at].text()) for row in rows[:SAMPLES]]
            if all(len(text) >= LONG_TEXT and text.count(" ") >= 2 for text in texts):
                return at
    return None
