"""The text around a headline, piece by piece: which piece is the date, which the section, which the summary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.parse.html.names import BLOCKS, GLUED, SILENT
from eksread.parse.language.dates import find_printed, read_moment
from eksread.parse.language.landmarks import shorten, without_invitation
from eksread.parse.language.sections import is_section_label
from eksread.parse.listing.card_sections import (
    META,
    look_of,
    may_be_section,
    section_in,
)
from eksread.parse.listing.cards import MAX_DEPTH
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from eksread.parse.listing.card_sections import Look
    from eksread.parse.listing.cards import Card

MAX_PIECES: Final = 40  # pieces of text of a card; a card has 3 to 8
MIN_SUMMARY: Final = 40  # characters: shorter lines are labels
MIN_SENTENCE: Final = 25  # characters of a paragraph that is one short sentence
MAX_SUMMARY: Final = 600
TITLE_START: Final = (
    60  # characters by which the headline itself is known: its text may be cut in either place
)
MAX_TIME: Final = 20  # characters of a time of day: "Pukul 10.30 WITA"
MIN_DATE: Final = 7  # characters of a date beside something else
MAX_META: Final = 120  # characters of a line that holds date, section and author
_INLINE: Final = frozenset("b strong i em u font mark sup sub wbr small".split())
_JOINED: Final = frozenset("p h1 h2 h3 h4 h5 h6 blockquote".split())
_NO_TEXT: Final = SILENT | {"noscript", "figcaption"}
_PARTS: Final = re.compile(r"(?:(?<!\s)\s++)?[|•·]\s*|(?<!\s)\s++[-–—/]\s+")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+$|[\w-]+(?:\.[\w-]+)+\s*(?:[/›»>]\s*[^\s.]+\s*)+[.…]*$")
"""A line that is an address, in full or as crumbs: search results show them below the title."""


def fill(
    cards: Mapping[str, Card], titles: Mapping[str, str], sections: frozenset[str], dates: LineDates
) -> None:
    """Read the date, section and summary out of each card's text. `sections` are names of the navigation, casefolded."""
    looks: set[Look] = set()
    for key, card in cards.items():
        start, summary = titles[key][:TITLE_START], ""
        announced, above = False, True
        for text, holder, inner in _pieces(card.nodes):
            if text.startswith(start):
                above = False
                continue
            moment, dated = _take_date(card, text, dates) if len(text) <= MAX_META else (None, False)
            if card.section is None and len(text) <= MAX_META and not dated:
                card.section = section_in(text, holder, sections, announced=announced, above=above)
                if card.section == text:
                    looks.add(look_of(inner))
            announced = is_section_label(text)
            longer = moment is None and len(text) > len(summary)
            if longer and can_be_summary(text, paragraph=holder.tag == "p"):
                summary = text
        if summary:
            card.summary = shorten(without_invitation(summary), MAX_SUMMARY) or None
    _fill_like(cards, looks)


def _take_date(card: Card, text: str, dates: LineDates) -> tuple[datetime | None, bool]:
    """Set a card's date from a line; give the moment in the line, and whether the line is nothing but that."""
    if card.published is None:
        card.published, dated = dates.of(text)
        card.timed = dated and is_time(text)
        return card.published, dated
    if not card.timed and len(text) <= MAX_TIME and is_time(text):
        card.published = dates.on(card.published, text)
    return None, False


def _fill_like(cards: Mapping[str, Card], looks: set[Look]) -> None:
    """Take for a section what looks like that of another card: the menu need not have them all."""
    known = {look for look in looks if any(look[1:])}
    for card in cards.values() if known else ():
        if card.section is None:
            found = (
                text
                for text, _, inner in _pieces(card.nodes)
                if may_be_section(text) and look_of(inner) in known
            )
            card.section = next(found, None)


def can_be_summary(text: str, *, paragraph: bool) -> bool:
    """Whether a text is long enough to sum up an article and neither a date line nor an address; a `paragraph` may be short."""
    if len(text) < MIN_SUMMARY and not (paragraph and len(text) >= MIN_SENTENCE and text[-1] == "."):
        return False
    return not META.match(text) and not _ADDRESS.match(text)


@dataclass(frozen=True, slots=True)
class LineDates:
    """Reads the dates in the lines of one page's cards, against the moment when it was fetched."""

    now: datetime

    @lru_cache(maxsize=1024)  # noqa: B019 - a list repeats its lines: names of authors and sections, days
    def of(self, text: str) -> tuple[datetime | None, bool]:
        """Give the moment in a line, and whether the line is nothing but that."""
        whole = self.at(text)
        if whole is not None:
            return whole, True
        printed = find_printed(text, now=self.now)
        if printed is not None:
            return printed, False
        parts = (part for part in _PARTS.split(text) if len(part) >= MIN_DATE)
        return next((moment for part in parts if (moment := self.at(part))), None), False

    def at(self, value: str) -> datetime | None:
        """Give the moment that is written for machines."""
        return read_moment(value, now=self.now)

    def on(self, day: datetime, time: str) -> datetime:
        """Give a day with the time of day in a line; the moment itself where it has a time already."""
        moment = self.of(time)[0]
        if moment is None or (day.hour, day.minute) != (0, 0):
            return day
        return datetime.combine(day.date(), moment.timetz())


def is_time(text: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    return _TIME.fullmatch(text) is not None


_TIME: Final = re.compile(
    r"(?i)\W*(?:(?:pukul|pkl|jam)\W*)?\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:wib|wita|wit)?\W*"
)


def _pieces(nodes: list[LexborNode]) -> Iterator[tuple[str, LexborNode, LexborNode]]:
    """Give the card's text piece by piece: a paragraph is one piece, and so is each span outside of paragraphs.

    Each comes with its element, and with its first text.
    """
    last = 0
    parts: list[str] = []
    of: LexborNode | None = None
    first = nodes[0]
    count = 0
    for top in nodes:
        for node in top.traverse(include_text=True, skip_empty=True) if top.tag != "-text" else (top,):
            tag = node.tag
            if tag != "-text":
                if tag == "br":
                    last = 0
                continue
            text = node.text_content or ""
            if not text or text.isspace():
                continue
            holder = _holder(node)
            if holder is None:
                continue
            ident = holder.mem_id
            if ident != last and of is not None:
                yield clean("".join(parts) if len(parts) > 1 else parts[0]), of, first
                parts, of = [], None
                count += 1
                if count >= MAX_PIECES:
                    return
            if of is None:
                of, first = holder, node
            elif not text[0].isspace() and not parts[-1][-1].isspace() and _is_apart(node, ident):
                parts.append(" ")
            parts.append(text)
            last = ident
    if of is not None:
        yield clean("".join(parts)), of, first


def _is_apart(text: LexborNode, holder: int) -> bool:
    """Whether white space, which the walk passes over, or the borders of two spans part a text from the one before."""
    node = text
    for _ in range(MAX_DEPTH):
        before, parent = node.prev, node.parent
        if before is not None:
            if before.tag == "-text":
                return (before.text_content or "").isspace()
            return before.tag in GLUED and node.tag in GLUED
        if parent is None or parent.mem_id == holder:
            return False
        node = parent
    return False


def _holder(text: LexborNode) -> LexborNode | None:
    """Give the element whose text this node is a part of; None inside scripts and the like."""
    soft: LexborNode | None = None
    node = text.parent
    for _ in range(MAX_DEPTH):
        if node is None:
            return None
        tag = node.tag or ""
        if tag in _NO_TEXT:
            return None
        if tag in _JOINED:
            return node
        if tag in BLOCKS:
            return soft or node
        if soft is None and tag not in _INLINE:
            soft = node
        node = node.parent
    return soft
