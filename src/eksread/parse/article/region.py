"""The main region: which runs of a page are the article's text.

Every run weighs something: running text its length, lines of links less than nothing. The region is the element
whose runs weigh most together, so a body cut in two by an advert is taken whole and a side bar is left out. Names
given by the site (`html/names.py`) are used where they agree with the weights, or with the place of the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from eksread.parse.html import names
from eksread.parse.html.names import is_named
from eksread.parse.language.related import opens_related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.flow import Element, Flow, Run


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


def weights_of(runs: Sequence[Run], dropped: Sequence[bool]) -> Weights:
    """The sums over the runs that are not dropped."""
    values = [0 if gone else run.weight for run, gone in zip(runs, dropped, strict=True)]
    text = accumulate([value if value > 0 else 0 for value in values], initial=0)
    return Weights(list(text), list(accumulate(values, initial=0)))


# What is no article text by the name that its site gives it, or by its shape: cards of other articles.

JUNK_SHARE: Final = 0.4
"""A part with this much of the text is never thrown away for its name or shape."""

MIN_CARDS: Final = 3
"""Like elements side by side from which they are cards of a list."""

MAX_CARD: Final = 420
"""Characters of the text of one card besides its link."""

CARD_LINK: Final = 18
"""Characters from which a linked line is the headline of a card."""


def _is_junk(element: Element) -> bool:
    if element.tag in names.JUNK_TAGS or element.place.hidden:
        return True
    if element.tag in {"body", "main", "html"} or element.marks == " ":
        return False
    return names.is_junk_name(element.marks)


def _is_related_box(flow: Flow, element: Element) -> bool:
    """Whether a small part says `Baca juga`: an editor put it between the paragraphs, whatever it is called."""
    if element.end - element.start > MAX_RELATED_RUNS:
        return False
    first = next((run for run in flow.runs[element.start : element.end] if run.node is None), None)
    return first is not None and opens_related(first.text)


MAX_RELATED_RUNS: Final = 12
"""Runs of such a box: its heading, and a picture and a title for each of a few links."""


def mark_junk(flow: Flow, dropped: list[bool], weights: Weights, first: int, last: int) -> None:
    """Mark what is junk by name inside elements `first` to `last` - unless most of the text stands in it.

    `weights` are those of the runs that are not dropped yet.
    """
    whole = flow.elements[first]
    total = weights.text_of(whole)
    done = whole.start
    for element in flow.elements[first + 1 : last]:
        if element.start < done or element.start == element.end or not _is_junk(element):
            continue
        if _is_related_box(flow, element):
            continue
        if weights.text_of(element) < JUNK_SHARE * total or total == 0:
            dropped[element.start : element.end] = [True] * (element.end - element.start)
            done = element.end


def mark_cards(flow: Flow, dropped: list[bool], title_run: int) -> None:
    """Mark cards: like elements side by side, each with a linked headline of its own and little else."""
    groups: dict[tuple[int, str, str], list[Element]] = {}
    for element in flow.elements:
        if element.end > element.start and element.tag in {
            "li",
            "div",
            "article",
            "tr",
            "section",
            "td",
            "dl",
            "a",
            "table",
        }:
            groups.setdefault((element.parent, element.tag, element.marks), []).append(element)
    weights = weights_of(flow.runs, dropped)
    total = weights.text[-1]
    for members in groups.values():
        before = flow.runs[members[0].start - 1] if members[0].start else None
        if len(members) < MIN_CARDS or (before is not None and opens_related(before.text)):
            continue
        cards = [element for element in members if _is_card(flow, element, title_run)]
        if len(cards) < MIN_CARDS or len(cards) < 0.6 * len(members):
            continue
        if sum(weights.text_of(element) for element in cards) < 0.75 * total:
            for element in cards:
                dropped[element.start : element.end] = [True] * (element.end - element.start)


MAX_CARD_RUNS: Final = 14
"""Runs of one card: picture, section, headline, date, a few lines of text, buttons."""


def _is_card(flow: Flow, element: Element, title_run: int) -> bool:
    if element.end - element.start > MAX_CARD_RUNS or element.start <= title_run < element.end:
        return False
    headline = 0
    plain = 0
    for run in flow.runs[element.start : element.end]:
        if run.node is None and run.linked >= CARD_LINK and run.linked >= 0.9 * len(run.text):
            headline += 1
        else:
            plain += len(run.text) - run.linked
    return headline > 0 and plain <= MAX_CARD


TRUSTED_SHARE: Final = 0.6
"""A named region must hold this part of the page's running text to be believed."""

NEAR_SHARE: Final = 0.2
"""One that begins at the title is believed with this part: the rest may be other articles, or comments."""

NEAR_RUNS: Final = 14
"""Runs between the title and the start of a body: date, byline, share buttons, picture, caption."""

MIN_NEAR: Final = 200
"""Characters of running text of a body that is believed for its place."""


@dataclass(slots=True)
class Region:
    """The runs of the body: `kept` are indices into the flow, in order.

    `text` and `page_text` count characters of running text, of the region and of the page without its junk.
    """

    kept: list[int]
    text: int
    page_text: int


def _heaviest(flow: Flow, weights: Weights, first: int, last: int) -> int:
    """The innermost element with the highest gain."""
    best, most = first, weights.gain_of(flow.elements[first])
    for index in range(first + 1, last):
        gain = weights.gain_of(flow.elements[index])
        if gain > most or (gain == most and gain > 0):
            best, most = index, gain
    return best


def _name_rank(element: Element) -> int:
    if element.node.attributes.get("itemprop") == "articleBody":
        return 0
    if element.tag == "body":
        return 9
    if is_named(element.marks, names.BODY):
        return 1
    return 2 if element.tag == "article" else 3 if element.tag == "main" else 9


def _distance(element: Element, title_run: int) -> int:
    """0 when the title stands in an element, 1 when the element begins soon after it, else `FAR`."""
    if title_run < 0:
        return FAR
    if element.start <= title_run < element.end:
        return 0
    return 1 if 0 <= element.start - title_run <= NEAR_RUNS else FAR


FAR: Final = 2


def _named(flow: Flow, weights: Weights, total: int, title_run: int) -> int | None:
    """The best element that the site itself calls the body, if it holds enough of the text or follows the title."""
    best: tuple[int, int, int, int] | None = None
    for index, element in enumerate(flow.elements):
        text = weights.text_of(element)
        if text < NEAR_SHARE * total:
            continue
        rank = _name_rank(element)
        if rank > 3:
            continue
        enough = text >= TRUSTED_SHARE * total
        near = text >= MIN_NEAR and rank < 3 and _distance(element, title_run) < FAR
        if enough or near:
            # Of one name: the nearest to the title, then the one with the most text, of nested ones the inner.
            key = (rank, _distance(element, title_run), -text, -index)
            if best is None or key < best:
                best = key
    return -best[3] if best else None


def find_region(flow: Flow, excluded: Sequence[tuple[int, int]] = (), title_run: int = -1) -> Region:
    """Find the body of a page. `excluded` are ranges of runs that are known to be something else (comments)."""
    dropped = [False] * len(flow.runs)
    for start, end in excluded:
        dropped[start:end] = [True] * (end - start)
    mark_junk(flow, dropped, weights_of(flow.runs, dropped), 0, len(flow.elements))
    mark_cards(flow, dropped, title_run)
    weights = weights_of(flow.runs, dropped)
    chosen = _heaviest(flow, weights, 0, len(flow.elements))
    named = _named(flow, weights, weights.text_of(flow.elements[chosen]), title_run)
    if named is not None:
        chosen = _heaviest(flow, weights, named, flow.last_inside(named))
    element = flow.elements[chosen]
    mark_junk(flow, dropped, weights, chosen, flow.last_inside(chosen))
    start = element.start
    end = element.end if named is None else _last_end(flow, weights, named, element.end)
    if element.start <= title_run < element.end:
        behind = weights.text[element.end] - weights.text[title_run]
        if behind >= 0.75 * weights.text_of(element):
            start = title_run
    kept = [index for index in range(start, end) if not dropped[index] and index != title_run]
    return Region(kept, weights.text[end] - weights.text[element.start], max(0, weights.text[-1]))


def _last_end(flow: Flow, weights: Weights, named: int, end: int) -> int:
    """Where a body ends that a page's builder cut into several parts of one name, with adverts between them."""
    name = names.BODY.search(flow.elements[named].marks)
    if name is None:
        return end
    for element in flow.elements[flow.last_inside(named) :]:
        if element.start > end + PART_RUNS:
            break
        if element.start < end or name[0] not in element.marks or weights.text_of(element) < MIN_NEAR:
            continue
        between = flow.runs[end : element.start]
        if any(flow.elements[run.owner].tag in {"h1", "h2"} for run in between):
            break  # the title of another article
        end = element.end
    return end


PART_RUNS: Final = 8
"""Runs of an advert or picture between two parts of a body."""
