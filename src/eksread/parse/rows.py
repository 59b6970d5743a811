"""The rows of a list that need not be read in full, because they are built like rows that were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from eksread.parse.alike import Alike
from eksread.parse.rowpattern import learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eksread.parse.addresses import Addresses
    from eksread.parse.alike import Row
    from eksread.parse.cards import Card
    from eksread.parse.linkscan import Target
    from eksread.parse.rowpattern import Known

MAX_TOLD: Final = 60  # addresses: `shapes.learn` looks at no more


def likely_addresses(
    groups: Sequence[Alike], addresses: Addresses, places: Mapping[int, int]
) -> list[tuple[int, str]]:
    """Give where the headlines of rows that are not read in full seem to lead, with the places of their links."""
    links = [row[group.title] for group in groups for row in group.rest][:MAX_TOLD]
    found = [(places.get(link.mem_id), addresses.of(link.attributes.get("href") or "")) for link in links]
    return [(place, address[2]) for place, address in found if place is not None and address is not None]


def read_rows(
    groups: Sequence[Alike], known: Known, places: Mapping[int, int]
) -> list[list[tuple[Row, Target, Card]]]:
    """Give, for each group, the rows behind its samples that say what they say where those do.

    `places` are those of the rows' links among the page's, by `mem_id`. Rows that lead to the same article are left out.
    """
    read: list[list[tuple[Row, Target, Card]]] = []
    for group in groups:
        pattern = learn(group, known)
        read.append([])
        if pattern is None:
            continue
        for row in group.rest:
            place = places.get(row[group.links[0]].mem_id)
            found = pattern.read(row, place) if place is not None else None
            if found is not None:
                read[-1].append((row, *found))
    heads = Counter(target.key for rows in read for _, target, _ in rows)
    return [[found for found in rows if heads[found[1].key] == 1] for rows in read]


def fitting(group: Alike, found: Sequence[tuple[Row, Target, Card]]) -> Alike:
    """Give a group without the rows that were not found to fit."""
    return Alike(group.samples, [row for row, _, _ in found], group.links, group.title)
