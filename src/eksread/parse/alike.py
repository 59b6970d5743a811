"""Rows that are built alike: the cards of a list, the rows of a table, of which a few tell how to read all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from eksread.parse.cards import ENDS
from eksread.parse.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from eksread.parse.addresses import Address

SAMPLES: Final = 3  # rows read in full
MIN_ROWS: Final = 24  # fewer are read in full sooner than they are learned from
MAX_NODES: Final = 80  # elements and texts of a row; a card has some 30
EVERY: Final = MIN_ROWS // 2  # links between two from which rows are looked for: each row has one at least
LONG_TEXT: Final = 20  # characters of a headline rather than of a label


class Row:
    """The elements and texts of a row in the page's order, itself first, blank texts left out; and where its links lead."""

    __slots__ = "leads", "nodes"

    def __init__(self, nodes: list[LexborNode], leads: list[Address | None]) -> None:
        self.nodes = nodes
        self.leads = leads


@dataclass(slots=True)
class Alike:
    """Rows side by side with the same elements and texts in the same order.

    `links` are the places of links among a row's nodes, `title` is which of them looks like a headline. The first rows
    are `samples`, to be read in full; the links in the `rest` have the `mem_id`s of `passed`.
    """

    samples: list[Row]
    rest: list[Row]
    links: list[int]
    title: int
    passed: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Gather what is passed by."""
        self.passed = frozenset([row.nodes[at].mem_id for row in self.rest for at in self.links])


def find_alike(leads: Mapping[int, Address | None], links: Sequence[LexborNode]) -> list[Alike]:
    """Find the groups of rows with headlines in them that the links of a page stand in. Takes linear time.

    `leads` tells where the links lead, by `mem_id`. Rows whose article other links of the page lead to as well are left out.
    """
    groups: list[Alike] = []
    seen: set[int] = set()
    grouped: frozenset[int] = frozenset()
    counts: Counter[str] = Counter()
    for link in links[::EVERY] if len(links) >= MIN_ROWS else ():
        if link.mem_id in grouped:
            continue
        node = link.parent
        while node is not None and node.mem_id not in seen:
            seen.add(node.mem_id)
            children = list(node.iter(include_text=True, skip_empty=True))
            if len(children) >= MIN_ROWS:
                counts = counts or Counter([lead[1] for lead in leads.values() if lead is not None])
                found = _groups(children, leads, counts)
                grouped = grouped.union(*(group.passed for group in found))
                groups += found
            node = node.parent
    return groups


def _groups(
    children: Sequence[LexborNode], leads: Mapping[int, Address | None], counts: Mapping[str, int]
) -> list[Alike]:
    """Give the groups among the elements and texts side by side in one element."""
    rows = [list(islice(child.traverse(include_text=True, skip_empty=True), MAX_NODES)) for child in children]
    kinds = [tuple([node.tag_id for node in row]) for row in rows]
    alike: dict[tuple[int, ...], list[int]] = {}
    for at, kind in enumerate(kinds):
        alike.setdefault(kind, []).append(at)
    many = {
        kind: places for kind, places in alike.items() if len(places) >= MIN_ROWS and len(kind) < MAX_NODES
    }
    groups: list[Alike] = []
    for places in many.values():
        first = rows[places[0]]
        links = [at for at, node in enumerate(first) if node.tag == "a"]
        title = _headline([rows[at] for at in places[:SAMPLES]], links)
        if title is None:
            continue
        alone: list[Row] = []
        for at in places:
            # What stands behind a row and is no row may belong to it.
            if at + 1 < len(rows) and kinds[at + 1] not in many and children[at + 1].tag not in ENDS:
                continue
            nodes = rows[at]
            row = Row(nodes, [leads.get(nodes[link].mem_id) for link in links])
            own = row.leads[title]
            if own is None:
                continue
            links_to_it = counts[own[1]]
            if links_to_it == 1 or links_to_it == sum(
                [lead is not None and lead[1] == own[1] for lead in row.leads]
            ):
                alone.append(row)
        if len(alone) >= MIN_ROWS:
            groups.append(Alike(alone[:SAMPLES], alone[SAMPLES:], links, title))
    return groups


def _headline(rows: Sequence[Sequence[LexborNode]], links: Sequence[int]) -> int | None:
    """Tell which of the rows' links looks like a headline in each."""
    for which, at in enumerate(links):
        texts = [clean(row[at].text()) for row in rows]
        if all(len(text) >= LONG_TEXT and text.count(" ") >= 2 for text in texts):
            return which
    return None
