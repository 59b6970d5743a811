"""What is no article text by the name that its site gives it, or by its shape: cards of other articles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.parse import layouts
from eksread.parse.weights import Weights, weights_of

if TYPE_CHECKING:
    from eksread.parse.flow import Element, Flow

JUNK_SHARE: Final = 0.4
"""A part with this much of the text is never thrown away for its name or shape."""

MIN_CARDS: Final = 3
"""Like elements side by side from which they are cards of a list."""

MAX_CARD: Final = 420
"""Characters of the text of one card besides its link."""

CARD_LINK: Final = 18
"""Characters from which a linked line is the headline of a card."""

_POST: Final = re.compile(r"(?<![a-z])(?:hentry|type-post|status-publish|post-\d+)(?![a-z])")
_POST_WORDS: Final = re.compile(r"(?<![a-z-])(?:tag|category|kategori|has|format|author|term|pmpro|cat)-\S+")
_TEXT_WIDGET: Final = re.compile(
    r"(?<![\w-])(?:elementor|so|fusion|tve)-widget(?:-(?:container|wrap|text-editor|theme-post-content|heading|image|html|blockquote|icon-list))?(?![\w-])|(?<![\w-])widget-image-caption(?![\w-])"
)
"""Page builders call every part of a page a widget, its text as well."""
_EMBEDDED: Final = re.compile(
    r"(?<![a-z])(?:twitter-tweet|instagram-media|embed\w*|oembed|fb-post|tiktok-embed)(?![a-z])"
)


@lru_cache(maxsize=4096)
def is_junk_name(marks: str) -> bool:
    """Whether a class or id says that this is no article text."""
    if _EMBEDDED.search(marks):
        return False
    if _POST.search(marks):
        marks = _POST_WORDS.sub("", marks)
    if "widget" in marks:
        marks = _TEXT_WIDGET.sub("", marks)
    return bool(layouts.JUNK.search(marks))


def _is_junk(flow: Flow, element: Element) -> bool:
    if element.tag == "noscript" and _is_picture_again(flow, element):
        return False
    if element.tag in layouts.JUNK_TAGS or element.place.hidden:
        return True
    if element.tag in {"body", "main", "html"} or element.marks == " ":
        return False
    return is_junk_name(element.marks)


def _is_picture_again(flow: Flow, element: Element) -> bool:
    """Whether a `<noscript>` only says which picture its placeholder, the run before it, stands for."""
    runs = flow.runs[max(0, element.start - 1) : element.end]
    return element.start > 0 and all(run.node is not None and not run.text for run in runs)


def _is_related_box(flow: Flow, element: Element) -> bool:
    """Whether a small part says `Baca juga`: an editor put it between the paragraphs, whatever it is called."""
    if element.end - element.start > MAX_RELATED_RUNS:
        return False
    first = next((run for run in flow.runs[element.start : element.end] if run.node is None), None)
    return first is not None and _RELATED.match(first.text) is not None


MAX_RELATED_RUNS: Final = 12
"""Runs of such a box: its heading, and a picture and a title for each of a few links."""

_RELATED: Final = re.compile(r"(?i)^\W*(?:baca|lihat|simak)\s*(?:juga|pula)\b")


def mark_junk(flow: Flow, dropped: list[bool], weights: Weights, first: int, last: int) -> None:
    """Mark what is junk by name inside elements `first` to `last` - unless most of the text stands in it.

    `weights` are those of the runs that are not dropped yet.
    """
    whole = flow.elements[first]
    total = weights.text_of(whole)
    done = whole.start
    for element in flow.elements[first + 1 : last]:
        if element.start < done or element.start == element.end or not _is_junk(flow, element):
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
        if len(members) < MIN_CARDS or (before is not None and _RELATED.match(before.text)):
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
