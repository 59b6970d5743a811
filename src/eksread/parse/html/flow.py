"""A page as a flat sequence: text runs in reading order, and the block elements that cover them.

An element covers the runs `start` to `end`, so a sum over any subtree is a difference of two prefix sums, and what
comes after the walk stays linear in the size of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from eksread.parse.html.names import (
    BLOCKS,
    BOLD,
    GLUED,
    ICONS,
    ITALIC,
    LABELS,
    LISTS,
    PLACING,
    SILENT,
    TEXTUAL,
    THINGS,
    is_icon_name,
    is_line_name,
    is_named,
)
from eksread.parse.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


SOFT_BREAK: Final = "\x00"
"""Stands for one `<br>` inside a run's raw text: a NUL can't come out of an HTML parser."""


SENTENCE: Final = 40
"""Characters from which a line without links counts as running text."""

LINK_COST: Final = 20
"""What one line of links takes from a region: about what a short sentence gives."""


def weigh(length: int, linked: int) -> int:
    """What a line of `length` characters, `linked` of them in links, adds to a region's gain."""
    plain = length - linked
    if length >= SENTENCE and plain >= linked:
        return plain - linked // 2
    if linked * 2 > length:
        return -LINK_COST - linked // 4
    return plain // 4


class Place(NamedTuple):
    """What a run inside an element needs to know of its surroundings; -1 is "none". Shared by all that inherit it."""

    quote: bool = False
    hidden: bool = False
    list_depth: int = -1
    ordinal: int | None = None
    table: int = -1
    row: int = -1
    cell: int = -1

    def in_cell(self, row: int, cell: int) -> Place:
        """The same place in another row or cell: half the time of `_replace`, and old pages have thousands."""
        return Place(self.quote, self.hidden, self.list_depth, self.ordinal, self.table, row, cell)


@dataclass(slots=True)
class Element:
    """A block element: the runs `start` to `end`, the index of its parent, its class and id in lower case.

    `counted` numbers what it has counted so far: list items, rows, cells.
    """

    tag: str
    marks: str
    parent: int
    start: int
    node: LexborNode
    place: Place
    end: int = 0
    counted: int = 0


@dataclass(slots=True)
class Piece:
    """Raw text with one look."""

    text: str
    bold: bool
    italic: bool
    href: str | None


@dataclass(slots=True)
class Run:
    """A line of text, a picture or an embed. `linked` counts the characters inside links."""

    owner: int
    text: str
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    node: LexborNode | None = None
    weight: int = 0

    def is_broken(self) -> bool:
        """Whether a `<br>` parts the text; one behind a single piece parts nothing."""
        return len(self.pieces) > 2 and SOFT_BREAK in [piece.text for piece in self.pieces]

    def lines(self) -> list[str]:
        """The text cut at every `<br>`."""
        if not self.is_broken():
            return [self.text]
        return [clean(line) for line in "".join(piece.text for piece in self.pieces).split(SOFT_BREAK)]


@dataclass(slots=True)
class Flow:
    """A whole page: its block elements in document order and its runs in reading order.

    `times` are the moments that `<time>` and `<abbr>` say, each with the run that it stands in and its node.
    """

    elements: list[Element]
    runs: list[Run]
    times: list[tuple[int, str, LexborNode]]

    def last_inside(self, index: int) -> int:
        """One past the last element inside the element with this index."""
        end = index + 1
        while end < len(self.elements) and self.elements[end].parent >= index:
            end += 1
        return end

    def is_inside(
        self, index: int, pattern: re.Pattern[str], levels: int, unless: re.Pattern[str] | None = None
    ) -> bool:
        """Whether this element, or one of the next around it, has a name of `pattern` and none of `unless`."""
        while index >= 0 and levels:
            element = self.elements[index]
            if element.marks != " " and is_named(element.marks, pattern, unless):
                return True
            index = element.parent
            levels -= 1
        return False

    def aside_runs(self) -> set[int]:
        """The runs inside any `<aside>`: they are about other articles."""
        return {
            at
            for element in self.elements
            if element.tag == "aside"
            for at in range(element.start, element.end)
        }

    def ancestors(self, index: int, limit: int = 64) -> list[Element]:
        """The element with this index and what it stands in, innermost first, at most `limit`."""
        found: list[Element] = []
        while index >= 0 and len(found) < limit:
            found.append(self.elements[index])
            index = self.elements[index].parent
        return found


# A page's tree as one flat sequence of text runs, each knowing the block element it stands in.

NOWHERE: Final = Place()

MAX_RUNS: Final = 20_000
"""A page with more lines than this is cut: the longest real article measured has under 1,500."""

MAX_NOSCRIPT: Final = 200_000
"""Characters of one `<noscript>` that are read: a whole article at most."""

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Walker:
    """Collects runs while the tree is walked in document order."""

    __slots__ = ("current", "elements", "in_noscript", "look", "pieces", "runs", "times")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.runs: list[Run] = []
        self.times: list[tuple[int, str, LexborNode]] = []
        self.pieces: list[Piece] = []
        self.current = -1
        self.look: _Look = (False, False, None)
        self.in_noscript = False

    def flush(self) -> None:
        """End the current run, if it has any text."""
        pieces = self.pieces
        self.pieces = []
        if len(self.runs) >= MAX_RUNS:
            return
        if len(pieces) == 1:
            text = clean(pieces[0].text)
            linked = 0 if pieces[0].href is None else len(text)
        else:
            text = clean("".join([piece.text for piece in pieces]).replace(SOFT_BREAK, " "))
            linked = sum([len(" ".join(piece.text.split())) for piece in pieces if piece.href is not None])
            linked = min(linked, len(text))
        if text:
            self.runs.append(Run(self.current, text, pieces, linked, None, weigh(len(text), linked)))

    def space(self) -> None:
        """Part what stands on both sides of an icon, or of two elements that only style sets apart."""
        if self.pieces:
            self.pieces.append(Piece(" ", *self.look))

    def line_break(self) -> None:
        """One `<br>` is a soft break, two in a row end the run."""
        for piece in reversed(self.pieces):
            if piece.text == SOFT_BREAK:
                self.flush()
                return
            if not piece.text.isspace():
                break
        if self.pieces:
            self.pieces.append(Piece(SOFT_BREAK, *self.look))

    def thing(self, node: LexborNode) -> None:
        """A picture or embed: a run of its own, in the middle of a paragraph as well."""
        if self.pieces:
            self.flush()
        if len(self.runs) < MAX_RUNS:
            piece = Piece("", *self.look)
            self.runs.append(Run(self.current, "", [piece], 0, node))

    def enter(self, node: LexborNode, tag: str) -> Element:
        """Open a block element."""
        if self.pieces:
            self.flush()
        given = node.attributes
        place = self.elements[self.current].place if self.current >= 0 else NOWHERE
        if given:
            marks = f"{given.get('class') or ''} {given.get('id') or ''}".lower()
            if ("style" in given or "hidden" in given) and not place.hidden:
                hidden = "hidden" in given or _HIDDEN.search(given.get("style") or "") is not None
                place = place._replace(hidden=hidden)
        else:
            marks = " "
        element = Element(tag, marks, self.current, len(self.runs), node, place)
        if tag in PLACING:
            self._place(element, given)
        self.current = len(self.elements)
        self.elements.append(element)
        return element

    def _place(self, element: Element, given: dict[str, str | None]) -> None:
        """Set what the runs inside a quotation, list or table need to know."""
        tag, place = element.tag, element.place
        above = self.elements[element.parent] if element.parent >= 0 else element
        if tag == "blockquote":
            element.place = place._replace(quote=True)
        elif tag in LISTS:
            element.place = place._replace(list_depth=place.list_depth + 1)
            start = given.get("start")
            element.counted = int(start) - 1 if start and start.isdecimal() and len(start) < 6 else 0
        elif tag == "li":
            above.counted += 1
            ordinal = above.counted if above.tag == "ol" else None
            if place.list_depth < 0 or ordinal != place.ordinal:
                element.place = place._replace(list_depth=max(0, place.list_depth), ordinal=ordinal)
        elif tag == "table":
            element.place = place._replace(list_depth=-1, table=len(self.elements), row=-1, cell=-1)
        elif tag == "tr" and place.table >= 0:
            table = self.elements[place.table]
            element.place = place.in_cell(table.counted, -1)
            table.counted += 1
        elif tag in {"td", "th"}:
            element.place = place.in_cell(place.row, above.counted)
            above.counted += 1

    def without_script(self, node: LexborNode) -> bool:
        """Take a `<noscript>` whose markup the HTML parser gave as text; say whether it is one."""
        first = node.first_child
        text = first.text_content or "" if first is not None and first.tag == "-text" else ""
        if "<" not in text:
            return False
        inner = None if self.in_noscript else LexborHTMLParser(text[:MAX_NOSCRIPT]).body
        if inner is not None:
            self.enter(node, "noscript")
            self.in_noscript = True
            walk_into(self, inner)
            self.in_noscript = False
            self.leave()
        return True

    def leave(self) -> None:
        """Close the current block element."""
        if self.pieces:
            self.flush()
        element = self.elements[self.current]
        element.end = len(self.runs)
        self.current = element.parent


MIN_HEADLINES: Final = 5
"""Links of a headline's length in a side box; fewer may be an editor's choice beside the paragraphs."""

HEADLINE: Final = 25
"""Characters of a linked text that can be a headline."""

_SIDE: Final = re.compile(r"(?<!\S)side[-_]?bar(?!\S)")
_OWN: Final = re.compile(
    r"(?i)\btags?\b|topik|label|komen|comment|tanggapan|reaksi|(?:baca|lihat|simak) (?:juga|pula)"
)
"""Words by which a side box is about the article itself: its tags, comments, reactions, `Baca juga`."""


def is_side_box(element: Element) -> bool:
    """Whether an `<aside>` or side bar is headlines of other articles and little else, so that it needs no walk."""
    if element.tag != "aside" and (element.tag == "body" or not is_named(element.marks, _SIDE)):
        return False
    node = element.node
    text = " ".join(node.text().split())
    linked = [len(link.text()) for link in node.css("a[href]")]
    return (
        sum([length >= HEADLINE for length in linked]) >= MIN_HEADLINES
        and sum(linked) * 2 >= len(text)
        and not _OWN.search(text)
        and node.css_first("h1, [rel~=tag]") is None
    )


def read_flow(root: LexborNode) -> Flow:
    """Walk `root` once, without recursion, and give its runs and block elements."""
    walker = _Walker()
    walker.enter(root, root.tag or "body")
    walk_into(walker, root)
    walker.leave()
    return Flow(walker.elements, walker.runs, walker.times)


def walk_into(walker: _Walker, root: LexborNode) -> None:
    """Walk everything inside `root`."""
    opened: list[_Open] = []
    node = root.first_child
    while True:
        while node is None:
            if not opened:
                return
            done, look = opened.pop()
            if look is None:
                walker.leave()
            else:
                walker.look = look
            node = done.next
        tag = node.tag or "-"
        inner: LexborNode | None = None
        if tag == "-text":  # two of five nodes: not worth a call
            text = node.text_content or ""
            pieces = walker.pieces
            if pieces or not text.isspace():
                pieces.append(Piece(text, *walker.look))
        elif tag in BLOCKS:
            if tag != "noscript" or not walker.without_script(node):
                element = walker.enter(node, tag)
                if (tag == "aside" or "side" in element.marks) and is_side_box(element):
                    walker.leave()
                else:
                    opened.append((node, None))
                    node = node.first_child
                    continue
        elif tag == "br":
            walker.line_break()
        elif tag in THINGS:
            walker.thing(node)
        elif tag in SILENT:
            if tag in ICONS:
                walker.space()
        elif tag[0] != "-":
            inner = _step_inline(walker, node, tag, opened)
        node = node.next if inner is None else inner


_Look: TypeAlias = tuple[bool, bool, str | None]
"""Bold, italic, and where a link leads."""

_Open: TypeAlias = tuple["LexborNode", _Look | None]
"""An element that the walk is in: None for a block, else the inline look to restore on the way out."""


def _step_inline(walker: _Walker, node: LexborNode, tag: str, opened: list[_Open]) -> LexborNode | None:
    """Take one inline element; give its first child if the walk goes down into it."""
    inner = node.first_child
    if inner is None:
        if tag == "i":
            walker.space()
        return None
    if tag in LABELS and (named := node.attributes.get("class")):
        if is_icon_name(named):
            walker.space()
            return None
        if is_line_name(named):
            walker.enter(node, tag)
            opened.append((node, None))
            return inner
    if "-" in tag and walker.elements[walker.current].tag not in TEXTUAL:
        walker.enter(node, tag)
        opened.append((node, None))
        return inner
    if (
        walker.pieces
        and (tag in GLUED or tag == "a")
        and (before := node.prev) is not None
        and (before.tag in GLUED or (tag == "time" and before.tag != "-text"))
    ):
        walker.space()
    opened.append((node, walker.look))
    bold, italic, href = walker.look
    if tag == "a":
        walker.look = bold, italic, node.attributes.get("href") or ""
    elif tag in BOLD:
        walker.look = True, italic, href
    elif tag in ITALIC:
        walker.look = bold, True, href
    elif tag == "time" or tag == "abbr":
        moment = node.attributes.get("datetime" if tag == "time" else "title")
        walker.times.append((len(walker.runs), moment or "", node))
    return inner
