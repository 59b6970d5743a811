"""The section that a card names: by its class, its link, a label before it, or the head of its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.html.names import HEADINGS
from eksread.parse.language.sections import can_be_section, is_section_label, is_section_or_place
from eksread.parse.listing.zones import MAX_CLIMB
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from eksread.model.news import SectionLink
    from eksread.parse.listing.cards import Card, Owners


MIN_NAME: Final = 3  # characters of a section's name: "PPU", but not the "di" before it
MAX_LABEL: Final = 30  # characters of a section's name
MAX_COLUMNS: Final = 20  # cells of a row; a list has three to six
MAX_TEXT_CLIMB: Final = 4  # elements between a text and its cell

_DIGIT: Final = re.compile(r"\d")
_COMMAS: Final = re.compile(r"\s*[|•·,]\s*|\s+[-–—/]\s+")
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
_WHEN: Final = re.compile(r"\s+(?=\d|(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|oleh|by)\b)", re.I)
"""Where a date or an author follows a section without a sign between them."""
_COLUMN: Final = re.compile(
    r"(?:nama )?(?:kategori|category|rubrik|kanal|channel|section|seksi|daerah|wilayah)", re.I
)


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


def opens_section(heading: LexborNode, name: str) -> bool:
    """Whether a heading names a group of cards as a section: "Lihat semua" stands beside it."""
    if heading.tag not in HEADINGS or not can_be_section(name):
        return False
    beside = heading.next
    while beside is not None and beside.tag == "-text":
        beside = beside.next
    return beside is not None and beside.tag == "a" and _ALL.fullmatch(clean(beside.text())) is not None


_ALL: Final = re.compile(r"(?i)\W*(?:lihat|selengkapnya|indeks|semua|view|see|more|lainnya)\b.{0,20}")


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
    """Let the class of a card name its section: WordPress writes `category-kukar` where the menu leads to `/kukar/`."""
    names = {section.url.rstrip("/").rpartition("/")[2].lower(): section.name for section in sections}
    for card in cards.values():
        classes = (card.nodes[0].attributes.get("class") or "") if card.section is None else ""
        slugs = _CLASSED.findall(classes.lower()) if "category-" in classes else []
        card.section = next((names[slug] for slug in slugs if slug in names), card.section)


_CLASSED: Final = re.compile(r"(?<![\w-])category-([\w-]+)")


def section_of_column(row: LexborNode | None, heads: dict[int, int]) -> str | None:
    """What stands in the column that a table's first row names for sections; `heads` keeps which that is, by table."""
    table = _climb(row, "table")
    if row is None or table is None:
        return None
    if table.mem_id not in heads:
        first = table.css_first("tr")
        names = [clean(cell.text()) for cell in _cells(first)] if first is not None else []
        heads[table.mem_id] = next((at for at, name in enumerate(names) if _COLUMN.fullmatch(name)), -1)
    column = heads[table.mem_id]
    cells = _cells(row) if column >= 0 else []
    if column >= len(cells) or column < 0:
        return None
    name = clean(cells[column].text())
    return name if 0 < len(name) <= MAX_LABEL and not _DIGIT.search(name) else None


def row_of(node: LexborNode) -> LexborNode | None:
    """The table's row that a headline stands in."""
    return _climb(node, "tr")


def _climb(node: LexborNode | None, tag: str) -> LexborNode | None:
    for _ in range(MAX_TEXT_CLIMB):
        if node is None or node.tag == tag:
            return node
        node = node.parent
    return node if node is not None and node.tag == tag else None


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")][:MAX_COLUMNS]


# The names over groups of headlines: "Terpopuler", a section's, a day's, and which headlines stand under
# them.

MAX_NAME: Final = 60  # characters of a side box's name

_NAMES: Final = (
    "h1, h2, h3, h4, h5, h6, b, strong, th, legend, caption, [class*=title], [class*=judul], [class*=head],"
    " [class*=label], [class*=rubrik], [class*=kanal], [class*=kategori]"
)
_DAY_LINE: Final = re.compile(r"\b\d{1,2}\b.*\b(?:19|20)\d\d\b")
_POPULAR: Final = re.compile(
    r"^[\s#:.-]*(?:berita |artikel |paling |most )?(?:terpopuler|populer|popular|trending|paling banyak dibaca|banyak dibaca|sering dibaca|dibaca|read|viewed)"
    r"(?: berita| artikel| minggu ini| hari ini| post| posts| news)?[\s:.]*$",
    re.I | re.M,
)


class Names:
    """The names over nodes: of all that stands in a marked node the innermost mark is the name."""

    def __init__(self) -> None:
        self._marked: dict[int, str] = {}

    def __bool__(self) -> bool:
        return bool(self._marked)

    def mark(self, ident: int, name: str) -> None:
        """Let the node with this `mem_id` stand under a name; all marks come before the first question."""
        self._marked[ident] = name

    def over(self, node: LexborNode) -> str | None:
        """Give the name that a node stands under."""
        above: LexborNode | None = node
        for _ in range(MAX_CLIMB):
            if above is None:
                break
            if above.mem_id in self._marked:
                return self._marked[above.mem_id]
            above = above.parent
        return None


@dataclass(slots=True)
class Boxes:
    """What stands under the name of a box of popular articles, of a section, and of a day; or under a line with a day."""

    popular: Names = field(default_factory=Names)
    sections: Names = field(default_factory=Names)
    days: Names = field(default_factory=Names)
    day_lines: Names = field(default_factory=Names)


def find_boxes(owners: Owners, alone: Iterable[LexborNode], sections: Collection[str]) -> Boxes:
    """Find what stands under a name, up to the next heading beside it.

    Names stand beside headlines, in the elements that several articles share, or in the box of a single article:
    `alone` are the cards in which to look for one. `sections` are the menu's, casefolded.
    """
    boxes = Boxes()
    for shared in owners.shared:
        _mark_children(shared, owners.of, sections, boxes)
    for card in alone:
        for node in _widest(card, owners.of).traverse():
            if node.mem_id in owners.of:
                _mark_children(node, owners.of, sections, boxes)
    return boxes


def _widest(card: LexborNode, owned: Mapping[int, str]) -> LexborNode:
    """Give the largest element around a card that holds no other article: a list of one, and the box around it."""
    parent = card.parent
    while parent is not None and owned.get(parent.mem_id):
        card, parent = parent, parent.parent
    return card


def _mark_children(
    shared: LexborNode, owned: Mapping[int, str], sections: Collection[str], boxes: Boxes
) -> None:
    """Mark the children of an element that hold headlines with the names that stand before them."""
    before: list[LexborNode] = []
    under: dict[Names, str] = {}
    for child in shared.iter():
        ident = child.mem_id
        if ident not in owned:
            if child.tag in HEADINGS:
                before, under = [], {}
            before.append(child)
            continue
        for node in before:
            under.update(_names_in(node, sections, boxes))
        before = []
        for names, name in under.items():
            names.mark(ident, name)


def _names_in(top: LexborNode, sections: Collection[str], boxes: Boxes) -> Iterator[tuple[Names, str]]:
    """Give the names in an element that holds no headline, each with what is marked with it."""
    whole = top.text()
    if len(whole) <= MIN_NAME:
        return
    if len(whole) < MAX_NAME and _DAY_LINE.search(whole):
        yield boxes.day_lines, clean(whole)
    for node in top.css(_NAMES):
        text = node.text()
        if not MIN_NAME < len(text) < MAX_NAME:
            continue
        name = clean(text).strip(" »›:#")
        if name.casefold() in sections or is_section_or_place(name) or opens_section(node, name):
            yield boxes.sections, name
        elif _POPULAR.fullmatch(name):
            yield boxes.popular, name
        elif _DAY_LINE.search(name) and node.tag in HEADINGS:
            yield boxes.days, name
