"""A page as a flat sequence: text runs in reading order, and the block elements that cover them.

An element covers the runs `start` to `end`, so a sum over any subtree is a difference of two prefix sums, and what
comes after the walk stays linear in the size of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.parse.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

SOFT_BREAK: Final = "\x00"
"""Stands for one `<br>` inside a run's raw text: a NUL can't come out of an HTML parser."""


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

    def is_inside(self, index: int, test: Callable[[str], bool], levels: int) -> bool:
        """Whether the class and id of this element, or of one of the next around it, pass the test."""
        while index >= 0 and levels:
            element = self.elements[index]
            if element.marks != " " and test(element.marks):
                return True
            index = element.parent
            levels -= 1
        return False

    def ancestors(self, index: int, limit: int = 64) -> list[Element]:
        """The element with this index and what it stands in, innermost first, at most `limit`."""
        found: list[Element] = []
        while index >= 0 and len(found) < limit:
            found.append(self.elements[index])
            index = self.elements[index].parent
        return found
