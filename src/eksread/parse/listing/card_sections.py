"""The section that a card names: by its class, its link, or a label before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.language.sections import is_section_label, is_section_or_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from eksread.model.news import SectionLink
    from eksread.parse.listing.cards import Card


MIN_NAME: Final = 3  # characters of a section's name: "PPU", but not the "di" before it
MAX_LABEL: Final = 30  # characters of a section's name

_DIGIT: Final = re.compile(r"\d")
_COMMAS: Final = re.compile(r"(?:(?<!\s)\s++)?[|•·,]\s*|(?<!\s)\s++[-–—/]\s+")
_LABEL_NAME: Final = re.compile(
    r"(?<![a-z])(?:cat|cats|category|kategori|rubrik|kanal|section|label|post-?_?cat\w*|cat-?links?|channel|topic|subtitle)(?![a-z])"
)
META: Final = re.compile(
    r"(?i)(?:oleh|by|penulis|reporter|editor|dibaca|dilihat|views?)\b|\d+ (?:komentar|comments?|views?|kali)"
)
_LABELLED: Final = re.compile(
    r"(?:kategori|categor(?:y|ies)|labels?|rubrik|kanal|channel|section|seksi|topik)\s*[:：]\s*(?=\S)|(?:posted in|filed under|ditulis dalam)\s+(?=\S)",
    re.I,
)
_WHEN: Final = re.compile(
    r"(?<!\s)\s++(?=\d|(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|oleh|by)\b)", re.I
)
"""Where a date or an author follows a section without a sign between them."""


def section_in(
    text: str, holder: LexborNode, sections: frozenset[str], *, announced: bool, above: bool
) -> str | None:
    """The section that a piece of a card names; `sections` are the menu's, casefolded; a label may have `announced` it.

    `above` the headline a usual name counts, and a place's: regional portals name their sections so.
    """
    if above and is_section_or_place(text):
        return text
    if len(text) <= MAX_LABEL and text.casefold() in sections:
        return text
    if text.endswith(":"):
        return None  # it announces something else: "Tanggal:"
    label = announced or _LABEL_NAME.search((holder.attributes.get("class") or "").lower())
    for part in _COMMAS.split(text):
        label_before = _LABELLED.match(part)
        value = _WHEN.split(part[label_before.end() :], maxsplit=1)[0] if label_before else part
        name = value.strip(" ,:/-()[]")
        if not MIN_NAME <= len(name) <= MAX_LABEL:
            continue
        if name.casefold() in sections:
            return name
        if (label or label_before) and may_be_section(name):
            return name
    return None


def may_be_section(text: str) -> bool:
    """Whether a text is short enough for a section's name, and no date, author or count."""
    return (
        0 < len(text) <= MAX_LABEL
        and text.count(" ") <= MAX_SPACES
        and not _DIGIT.search(text)
        and not META.match(text)
        and not is_section_label(text)
    )


MAX_SPACES: Final = 2  # in a section's name: "Hukum dan Kriminal"


def look_of(text: LexborNode) -> Look:
    """What a text looks like: the tag of its element, and the class and colour of that and of the one around it."""
    node = text.parent
    if node is None:
        return "", "", ""
    around = node.parent
    return node.tag or "", _look(node), _look(around) if around is not None and around.tag in _DRESSES else ""


def _look(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''}{attributes.get('color') or ''}".strip()


Look: TypeAlias = tuple[str, str, str]
_DRESSES: Final = frozenset(("font", "span", "a", "b", "strong", "small", "i", "em"))


def add_classed_sections(cards: Mapping[str, Card], sections: Sequence[SectionLink]) -> None:
    """Take a card's section from its class: WordPress writes `category-kukar` where the menu leads to `/kukar/`."""
    names = {section.url.rstrip("/").rpartition("/")[2].lower(): section.name for section in sections}
    for card in cards.values():
        classes = (card.nodes[0].attributes.get("class") or "") if card.section is None else ""
        slugs = _CLASSED.findall(classes.lower()) if "category-" in classes else []
        card.section = next((names[slug] for slug in slugs if slug in names), card.section)


_CLASSED: Final = re.compile(r"(?<![\w-])category-([\w-]+)")
