"""The rows of a list that need not be read in full, because they are built like rows that were."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.rowpattern import learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eksread.parse.addresses import Addresses
    from eksread.parse.alike import Alike, Row
    from eksread.parse.cards import Card
    from eksread.parse.linkscan import Target
    from eksread.parse.rowpattern import Known

MAX_TOLD: Final = 60  # addresses: `shapes.learn` looks at no more

Read: TypeAlias = "tuple[Row, Target, Card]"


def likely_addresses(
    groups: Sequence[Alike], addresses: Addresses, places: Mapping[int, int]
) -> list[tuple[int, str]]:
    """Give where the headlines of rows that are not read in full seem to lead, with the places of their links."""
    found: list[tuple[int, str]] = []
    for group in groups:
        link = group.links[group.title]
        for row in group.rest[:MAX_TOLD]:
            address = addresses.of(row.hrefs[group.title])
            if address is not None:
                found.append((places[row.nodes[link].mem_id], address[2]))
    return found


def read_rows(groups: Sequence[Alike], known: Known, places: Mapping[int, int]) -> list[list[Read]]:
    """Give, for each group, the rows behind its samples that say what they say where those do.

    `places` are those of the rows' links among the page's, by `mem_id`. Rows that lead to the same article are left out.
    """
    read: list[list[Read]] = []
    for group in groups:
        fit: list[Read] = []
        pattern = learn(group, known)
        if pattern is not None:
            link = group.links[group.title]
            for row in group.rest:
                found = pattern.read(row, places[row.nodes[link].mem_id])
                if found is not None:
                    fit.append((row, *found))
        read.append(fit)
    leading = Counter([target.key for rows in read for _, target, _ in rows])
    return [[found for found in rows if leading[found[1].key] == 1] for rows in read]


def fitting(group: Alike, read: Sequence[Read]) -> Alike:
    """Give a group without the rows that were not found to fit."""
    return replace(group, rest=[row for row, _, _ in read])
