"""The rows of a list that need not be read in full, because they are built like rows that were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.parse.rowpattern import learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eksread.parse.alike import Alike, Row
    from eksread.parse.cards import Card
    from eksread.parse.linkscan import Target
    from eksread.parse.rowsamples import Known

MAX_TOLD: Final = 60  # addresses: `shapes.learn` looks at no more


def likely_addresses(groups: Sequence[Alike], places: Mapping[int, int]) -> list[tuple[int, str]]:
    """Give where the headlines of rows that are not read in full seem to lead, with the places of their links."""
    found: list[tuple[int, str]] = []
    for group in groups:
        link = group.links[group.title]
        for row in group.rest[:MAX_TOLD]:
            lead = row.leads[group.title]
            if lead is not None:
                found.append((places[row.nodes[link].mem_id], lead[2]))
    return found


def read_rows(
    groups: Sequence[Alike], known: Known, places: Mapping[int, int]
) -> tuple[list[tuple[Target, Card]], list[Row]]:
    """Read the rows behind each group's samples; give those that do not say the same at the same places apart.

    `places` are those of the page's links among each other, by `mem_id`.
    """
    read: list[tuple[Target, Card]] = []
    odd: list[Row] = []
    for group in groups:
        pattern = learn(group, known)
        link = group.links[group.title]
        for row in group.rest:
            found = pattern.read(row, places[row.nodes[link].mem_id]) if pattern is not None else None
            if found is None:
                odd.append(row)
            else:
                read.append(found)
    return read, odd
