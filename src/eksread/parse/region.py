"""The main region: which runs of a page are the article's text.

Every run weighs something: running text its length, links and scraps less than nothing. The region is the element
whose runs weigh most together, so a body cut in two by an advert is taken whole and a side bar is left out. Names
given by the site (`layouts.py`) are used where they agree with the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from eksread.parse import layouts
from eksread.parse.walk import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.walk import Element, Flow, Run

TRUSTED_SHARE: Final = 0.6
"""A named region must hold this part of the page's running text to be believed."""

JUNK_SHARE: Final = 0.4
"""A part with this much of the text is never thrown away for its name."""

SENTENCE: Final = 40
"""Characters from which a line without links counts as running text."""


@dataclass(slots=True)
class Weights:
    """Prefix sums over a flow's runs: `text` of running text only, `gain` of text less links and scraps."""

    text: list[int]
    gain: list[int]

    def text_of(self, element: Element) -> int:
        """Characters of running text inside `element`."""
        return self.text[element.end] - self.text[element.start]

    def gain_of(self, element: Element) -> int:
        """What `element` weighs as a body."""
        return self.gain[element.end] - self.gain[element.start]


@lru_cache(maxsize=4096)
def is_junk_name(marks: str) -> bool:
    """Whether a class or id says that this is no article text."""
    return bool(layouts.JUNK.search(marks))


@lru_cache(maxsize=4096)
def is_body_name(marks: str) -> bool:
    """Whether a class or id says that this is an article's body."""
    return bool(layouts.BODY.search(marks))


@lru_cache(maxsize=4096)
def is_meta_name(marks: str) -> bool:
    """Whether a class or id says that this is about the article (who, when)."""
    return bool(layouts.META.search(marks))


@lru_cache(maxsize=4096)
def is_caption_name(marks: str) -> bool:
    """Whether a class or id says that this is a picture's caption."""
    return bool(layouts.CAPTION.search(marks))


def weigh(run: Run) -> int:
    """What one run adds to a region's gain."""
    if run.node is not None:
        return 0
    length = len(run.text)
    plain = length - run.linked
    if length >= SENTENCE and plain >= run.linked:
        return plain - run.linked // 2
    if run.linked * 2 > length:
        return -20 - run.linked // 4
    return plain // 4 if run.text[-1:] in '.!?"”' else -4


def _weights(runs: Sequence[Run], dropped: Sequence[bool]) -> Weights:
    values = [0 if gone else weigh(run) for run, gone in zip(runs, dropped, strict=True)]
    return Weights(
        list(accumulate((max(0, value) for value in values), initial=0)), list(accumulate(values, initial=0))
    )


def _is_junk(element: Element) -> bool:
    return (
        element.tag in layouts.JUNK_TAGS
        or element.hidden
        or (bool(element.marks.strip()) and is_junk_name(element.marks) and element.tag != "body")
    )


def _mark_junk(flow: Flow, dropped: list[bool], first: int, last: int) -> None:
    """Mark what is junk by name inside elements `first` to `last` - unless most of the text stands in it."""
    weights = _weights(flow.runs, dropped)
    whole = flow.elements[first]
    total = weights.text_of(whole)
    done = whole.start
    for element in flow.elements[first + 1 : last]:
        if element.start < done or not _is_junk(element):
            continue
        if weights.text_of(element) < JUNK_SHARE * total or total == 0:
            dropped[element.start : element.end] = [True] * (element.end - element.start)
            done = element.end


def _last_inside(flow: Flow, index: int) -> int:
    """One past the last element inside the element `index`."""
    end = index + 1
    elements = flow.elements
    while end < len(elements) and elements[end].parent >= index:
        end += 1
    return end


def _heaviest(flow: Flow, weights: Weights, first: int, last: int) -> int:
    """The innermost element with the highest gain."""
    best, most = first, weights.gain_of(flow.elements[first])
    for index in range(first + 1, last):
        gain = weights.gain_of(flow.elements[index])
        if gain > most or (gain == most and gain > 0):
            best, most = index, gain
    return best


def _named(flow: Flow, weights: Weights, total: int) -> int | None:
    """The best element that the site itself calls the body, if it holds enough of the text."""
    ranks: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
    for index, element in enumerate(flow.elements):
        if weights.text_of(element) < TRUSTED_SHARE * total:
            continue
        if element.node.attributes.get("itemprop") == "articleBody":
            ranks[0].append(index)
        elif is_body_name(element.marks):
            ranks[1].append(index)
        elif element.tag == "article":
            ranks[2].append(index)
        elif element.tag == "main":
            ranks[3].append(index)
    for rank in ranks:
        if rank:
            return rank[-1]
    return None


@dataclass(slots=True)
class Region:
    """The runs of the body: indices into the flow, in order. `element` is what they stand in."""

    element: int
    kept: list[int]
    dropped: list[bool]
    text: int
    page_text: int


def find_region(flow: Flow, excluded: Sequence[tuple[int, int]] = (), title_run: int = -1) -> Region:
    """Find the body of a page. `excluded` are ranges of runs that are known to be something else (comments)."""
    dropped = [False] * len(flow.runs)
    for start, end in excluded:
        dropped[start:end] = [True] * (end - start)
    _mark_junk(flow, dropped, 0, len(flow.elements))
    weights = _weights(flow.runs, dropped)
    total = max(0, weights.text_of(flow.elements[0]))
    heaviest = _heaviest(flow, weights, 0, len(flow.elements))
    main_text = weights.text_of(flow.elements[heaviest])
    named = _named(flow, weights, main_text)
    chosen = heaviest
    if named is not None:
        inner = _heaviest(flow, weights, named, _last_inside(flow, named))
        chosen = inner
    element = flow.elements[chosen]
    _mark_junk(flow, dropped, chosen, _last_inside(flow, chosen))
    kept = [index for index in range(element.start, element.end) if not dropped[index]]
    return Region(chosen, kept, dropped, weights.text_of(element), total)


def heading_level(flow: Flow, run: Run) -> int:
    """1 to 6 when the run is a heading, else 0."""
    return HEADINGS.get(flow.elements[run.owner].tag, 0)
