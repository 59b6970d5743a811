"""The text around a headline, piece by piece: which piece is the date, which the section, which the summary."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eksread.parse.html.names import BLOCKS
from eksread.parse.language.dates import find_printed, read_moment
from eksread.parse.language.sections import is_section_label
from eksread.parse.language.summaries import shorten, without_invitation
from eksread.parse.listing.card_sections import (
    MAX_LABEL,
    META,
    look_of,
    may_be_section,
    row_of,
    section_in,
    section_of_column,
)
from eksread.parse.listing.cards import MAX_DEPTH
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from selectolax.lexbor import LexborNode

    from eksread.parse.listing.card_sections import Look
    from eksread.parse.listing.cards import Card

MAX_PIECES: Final = 40  # pieces of text of a card; a card has 3 to 8
MIN_SUMMARY: Final = 40  # characters: shorter lines are labels
MIN_SENTENCE: Final = 25  # characters of a paragraph that is one short sentence
MAX_SUMMARY: Final = 600
# Two searches that each start with a character of their own, the second over lower case: a sixth of the time of one
# that has to try all of it at every letter.
_DATED: Final = re.compile(r"\d(?:\d{3}|[/.:-]\d| \w{3,9} '?\d\d)")
_DATED_IN_WORDS: Final = re.compile(r"lalu|silam|ago\b|kemarin|yesterday|today|hari ini|saja|now")
TITLE_START: Final = (
    60  # characters by which the headline itself is known: its text may be cut in either place
)
MAX_TIME: Final = 20  # characters of a time of day: "Pukul 10.30 WITA"
MAX_META: Final = 120  # characters of a line that holds date, section and author
_INLINE: Final = frozenset(("b", "strong", "i", "em", "u", "font", "mark", "sup", "sub", "wbr", "small"))
_JOINED: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
SILENT: Final = frozenset(
    ("script", "style", "noscript", "template", "button", "select", "svg", "figcaption")
)
_GLUED: Final = frozenset(("span", "small", "time", "label", "cite"))
_HOLDERS: Final = BLOCKS - SILENT
# What a tag means to a text inside it, all in one table: three sets to look in took twice as long a level.
_ISSILENT, _IS_JOINED, _IS_BLOCK, _IS_INLINE = range(4)
_MEANINGS: Final = {
    **dict.fromkeys(_INLINE, _IS_INLINE),
    **dict.fromkeys(BLOCKS, _IS_BLOCK),
    **dict.fromkeys(_JOINED, _IS_JOINED),
    **dict.fromkeys(SILENT, _ISSILENT),
}
_PARTS: Final = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+$|[\w-]+(?:\.[\w-]+)+\s*(?:[/›»>]\s*[^\s.]+\s*)+[.…]*$")
"""A line that is an address, in full or as crumbs: search results show them below the title."""


def fill(
    cards: Mapping[str, Card],
    titles: Mapping[str, str],
    sections: frozenset[str],
    dates: LineDates,
) -> None:
    """Read the date, section and summary out of each card's text. `sections` are names of the navigation, casefolded."""
    looks: set[Look] = set()
    heads: dict[int, int] = {}
    for key, card in cards.items():
        title, summary = titles[key], ""
        announced, above = False, True
        start = title[:TITLE_START]
        for text, holder, inner in _pieces(card.nodes):
            if text.startswith(start):
                above = False
                continue
            moment, dated = None, False
            length = len(text)
            if length <= MAX_META:
                if card.published is None:
                    moment, dated = dates.of(text)
                    card.published = moment
                    card.timed = dated and is_time(text)
                elif not card.timed and length <= MAX_TIME and is_time(text):
                    card.published = dates.on(card.published, text)
                if card.section is None and text:
                    label = length <= MAX_LABEL and is_section_label(text)
                    if not label and not dated:
                        card.section = section_in(
                            text, holder, sections, key, announced=announced, above=above
                        )
                        if card.section == text:
                            looks.add(look_of(inner))
                    announced = label
            if (
                moment is None
                and length >= MIN_SENTENCE
                and length > len(summary)
                and can_be_summary(text, paragraph=holder.tag == "p")
            ):
                summary = text
            if summary and card.published is not None and card.section is not None:
                break
        if card.section is None:
            card.section = section_of_column(row_of(card.nodes[0]), heads)
        if summary:
            card.summary = shorten(without_invitation(summary), MAX_SUMMARY) or None
    _fill_like(cards, titles, looks)


def _fill_like(cards: Mapping[str, Card], titles: Mapping[str, str], looks: set[Look]) -> None:
    """Take for a section what looks like that of another card: the menu need not have them all."""
    known = {look for look in looks if any(look[1:])}
    if not known:
        return
    for key, card in cards.items():
        if card.section is None:
            found = (
                text
                for text, _, inner in _pieces(card.nodes)
                if may_be_section(text) and look_of(inner) in known and text != titles[key]
            )
            card.section = next(found, None)


def can_be_summary(text: str, *, paragraph: bool) -> bool:
    """Whether a text is long enough to sum up an article and neither a date line nor an address; a `paragraph` may be short."""
    if len(text) < MIN_SUMMARY and not (paragraph and len(text) >= MIN_SENTENCE and text[-1] == "."):
        return False
    return not META.match(text) and not _ADDRESS.match(text)


class LineDates:
    """Reads the dates in the lines of one page's cards; a list repeats them."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self._now = now
        self._zone = zone
        self._known: dict[str, tuple[datetime | None, bool]] = {}

    def of(self, text: str) -> tuple[datetime | None, bool]:
        """Give the moment that a line says, and whether it says nothing else."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._read(text) if _may_be_date(text) else (None, False)
        return found

    def at(self, value: str) -> datetime | None:
        """Give the moment that is written for machines."""
        return read_moment(value, now=self._now, zone=self._zone)

    def on(self, day: datetime, time: str) -> datetime:
        """Give the moment on a day that a line with a time says, the day itself where that was more than a date."""
        moment = self.of(time)[0]
        if moment is None or (day.hour, day.minute) != (0, 0):
            return day
        return datetime.combine(day.date(), moment.timetz())

    def _read(self, text: str) -> tuple[datetime | None, bool]:
        whole = self.at(text)
        if whole is not None:
            return whole, True
        printed = find_printed(text, now=self._now, zone=self._zone)
        if printed is not None:
            return printed, False
        for part in _PARTS.split(text):
            moment = self.at(part) if len(part) > 6 else None
            if moment is not None:
                return moment, False
        return None, False


def is_time(text: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    return _TIME.fullmatch(text) is not None


_TIME: Final = re.compile(
    r"(?i)\W*(?:(?:pukul|pkl|jam)\W*)?\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:wib|wita|wit)?\W*"
)


def _may_be_date(text: str) -> bool:
    return _DATED.search(text) is not None or _DATED_IN_WORDS.search(text.lower()) is not None


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
            holder = node.parent
            if holder is None or holder.tag not in _HOLDERS:
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
            return before.tag in _GLUED and node.tag in _GLUED
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
        meaning = _MEANINGS.get(node.tag or "")
        if meaning is None:
            if soft is None:
                soft = node
        elif meaning == _ISSILENT:
            return None
        elif meaning != _IS_INLINE:
            return node if meaning == _IS_JOINED or soft is None else soft
        node = node.parent
    return soft
