"""What each run of a page weighs as a piece of an article, and sums of it over any element."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.flow import Element, Run

SENTENCE: Final = 40
"""Characters from which a line without links counts as running text."""

LINK_COST: Final = 20
"""What one line of links takes from a region: about what a short sentence gives."""


@dataclass(slots=True)
class Weights:
    """Prefix sums over a flow's runs: `text` of running text only, `gain` of text less lines of links."""

    text: list[int]
    gain: list[int]

    def text_of(self, element: Element) -> int:
        """Characters of running text inside `element`."""
        return self.text[element.end] - self.text[element.start]

    def gain_of(self, element: Element) -> int:
        """What `element` weighs as a body."""
        return self.gain[element.end] - self.gain[element.start]


def weigh(length: int, linked: int) -> int:
    """What a line of `length` characters, `linked` of them in links, adds to a region's gain."""
    plain = length - linked
    if length >= SENTENCE and plain >= linked:
        return plain - linked // 2
    if linked * 2 > length:
        return -LINK_COST - linked // 4
    return plain // 4


def weights_of(runs: Sequence[Run], dropped: Sequence[bool]) -> Weights:
    """The sums over the runs that are not dropped."""
    values = [0 if gone else run.weight for run, gone in zip(runs, dropped, strict=True)]
    text = accumulate([value if value > 0 else 0 for value in values], initial=0)
    return Weights(list(text), list(accumulate(values, initial=0)))
