"""Finds the pages that would make the HTML parser slow or huge, before it sees them (docs/architecture.md, safety).

Measured on lexbor: its time grows with the square of the nesting depth (30,000 deep: 0.7 s) and of a tag's
attributes (20,000: 0.5 s), and each unclosed formatting tag with attributes of its own is opened anew in every later
block (600 `<b id=n><p>`, 8 kB: 180,000 nodes; 2,000: 1 GB). Ordinary pages are recognised by two counts and
one search for formatting tags; only a page that has enough of anything is looked at tag by tag. Each formatting tag that is closed
out of turn moves what stands in the block below it (900 `<b id=n>`, a `<div>` with 200,000 `<br>`, 900 `</b>`: 2 s).

The scan knows tags but not all of HTML's tree rules, so it can be fooled: the limits of the process in which pages are
parsed hold for the rest. It spares them 2 s of work and much memory for most pages of that kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

FEW_TAGS: Final = 400  # opening tags: no rule of HTML makes more than 40,000 nodes of so few
MANY_TAGS: Final = 5_000  # opening tags: as deep as all of them may be nested, lexbor takes 20 ms
CHEAP_NODES: Final = 150_000  # formatting tags x opening tags: 60 MB at worst
REFUSED_DEPTH: Final = 10_000  # 0.1 s; real pages nest 20 to 60 deep
REFUSED_NODES: Final = 400_000  # 150 MB
LONG_TAG: Final = 30_000  # bytes of one tag: inline pictures reach 100,000, in a single attribute
REFUSED_ATTRIBUTES: Final = 20_000  # of one tag: 0.5 s
REFUSED_FORMATTING: Final = 3_000  # formatting tags open at once: closing them is a search
REFUSED_MOVES: Final = 20_000_000  # nodes moved by formatting closed out of turn (`<b><div>…</b>`): 0.3 s
NOAHS_ARK: Final = 3  # equal formatting tags that a parser keeps open
MAX_IMPLIED: Final = 6  # open tags that a new row may close: tr, td, p and formatting
CHECKED_EVERY: Final = 256  # tags between two looks at the costs
MAX_TAGS: Final = 1_500_000  # opening tags: 12 MB of `<br>` have twice as many, and nothing to read

_FORMATTING_NAMES: Final = rb"b|i|s|u|em|tt|big|code|font|small|strike|strong|nobr"
# The first two letters alone turn most tags away: a third of the cost of the names without them.
_FORMATTING: Final = re.compile(rb"<(?=[bcefinstuBCEFINSTU][\s/imotIMOT])(?i:%b)[\s/]" % _FORMATTING_NAMES)
_MARKS: Final = re.compile(rb"[<>]")
# Possessive: otherwise the search keeps a way back for every character, 370 MB for a tag of 1.9 MB.
_TAG: Final = re.compile(rb"<(/?)([a-z][a-z0-9]*+)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)", re.I)
_ATTRIBUTE: Final = re.compile(rb"[\s/][^\s/=\"'<>]+")
_FORMATTING_SET: Final = frozenset((b"a", *_FORMATTING_NAMES.split(b"|")))
_VOID: Final = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_SELF_CLOSED: Final = frozenset(b"p li td tr th dt dd option optgroup tbody thead tfoot".split())
"""Tags that a tag of the same name closes, so that a row of them is no depth."""
_CELLS: Final = frozenset(b"td th caption applet marquee object template".split())
"""Tags in which formatting that was open outside is not opened anew."""


def is_hopeless(body: bytes) -> bool:
    """Whether a page would cost the HTML parser too much to be parsed at all."""
    # All tags first, since most pages have few enough of both kinds: counting closing ones takes three times as long.
    opening, closing = body.count(b"<"), -1
    if opening > MANY_TAGS:
        closing = body.count(b"</")
        opening -= closing
    if opening > MAX_TAGS:
        return True
    if not _has_long_tag(body):
        if opening <= FEW_TAGS:
            return False
        if opening <= MANY_TAGS:
            formatting = len(_FORMATTING.findall(body))
            if formatting * opening > CHEAP_NODES and closing < 0:
                opening -= body.count(b"</")
            if opening <= FEW_TAGS or formatting * opening <= CHEAP_NODES:
                return False
    return _weigh(body)


def _has_long_tag(body: bytes) -> bool:
    """Whether some tag is longer than `LONG_TAG`: such a one has no other's start or end in half its length."""
    half = LONG_TAG // 2
    for start in range(0, len(body) - half + 1, half):
        end = start + half
        if body.find(b"<", start, end) >= 0 or body.find(b">", start, end) >= 0:
            continue
        tag = body.rfind(b"<", max(0, start - half - 2), start)
        if tag < 0 or body.find(b">", tag, start) >= 0 or not body[tag + 1 : tag + 2].isalpha():
            continue  # text, a style or a script
        if not _MARKS.search(body, end, tag + 2 + LONG_TAG) and len(body) >= tag + 2 + LONG_TAG:
            return True
    return False


@dataclass(slots=True)
class _Entry:
    """A formatting tag that is open, and how many nodes stood before it."""

    name: bytes
    rest: bytes
    before: int


@dataclass(slots=True)
class _Formatting:
    """The list of active formatting elements of one cell or of the page (HTML standard §13.2.4.3)."""

    tags: list[_Entry] = field(default_factory=list)
    same: dict[tuple[bytes, bytes], list[_Entry]] = field(default_factory=dict)

    def open(self, name: bytes, rest: bytes, before: int) -> None:
        held = self.same.setdefault((name, rest), [])
        if len(held) < NOAHS_ARK:
            held.append(_Entry(name, rest, before))
            self.tags.append(held[-1])
            return
        for older, newer in pairwise(held):
            older.before = newer.before
        held[-1].before = before

    def close(self, name: bytes) -> int | None:
        """Close the last tag of this name; give how many nodes stood before it, None when none is open."""
        for index in range(len(self.tags) - 1, -1, -1):
            if self.tags[index].name == name:
                entry = self.tags.pop(index)
                self.same[name, entry.rest].pop()
                return entry.before
        return None


@dataclass(slots=True)
class _Scan:
    """The open tags as a parser would have them, roughly, and what they cost so far."""

    stack: list[bytes] = field(default_factory=list)
    open_names: dict[bytes, int] = field(default_factory=dict)
    cells: list[_Formatting] = field(default_factory=lambda: [_Formatting()])
    deepest: int = 0
    nodes: int = 0
    attributes: int = 0
    moves: int = 0

    def open(self, name: bytes, rest: bytes) -> None:
        if len(rest) > REFUSED_ATTRIBUTES:
            self.attributes = max(self.attributes, len(_ATTRIBUTE.findall(rest)))
        self.nodes += 1
        if name in _VOID or rest.endswith(b"/"):
            return
        if name in _SELF_CLOSED:
            self._close_row(name)
        if name in _FORMATTING_SET:
            if name == b"a" and self.cells[-1].tags:
                self.cells[-1].close(name)  # a link closes the one before
            self.cells[-1].open(name, rest, self.nodes)
        else:
            self.nodes += len(self.cells[-1].tags)
        if name in _CELLS:
            self.cells.append(_Formatting())
        self.stack.append(name)
        self.open_names[name] = self.open_names.get(name, 0) + 1
        self.deepest = max(self.deepest, len(self.stack))

    def close(self, name: bytes) -> None:
        if name in _FORMATTING_SET:
            before = self.cells[-1].close(name)
            if self.stack and self.stack[-1] == name:
                self._pop()
            elif (
                before is not None
            ):  # the parser moves what stands in the block below that tag: at most all since
                self.moves += self.nodes - before
        elif self.open_names.get(name, 0):
            while self._pop() != name:
                pass

    def _pop(self) -> bytes:
        name = self.stack.pop()
        self.open_names[name] -= 1
        if name in _CELLS:
            self.cells.pop()
        return name

    def _close_row(self, name: bytes) -> None:
        """Close what a new paragraph, item, row or cell closes: its like, with nothing but such tags above."""
        for depth in range(1, min(len(self.stack), MAX_IMPLIED) + 1):
            above = self.stack[-depth]
            if above == name:
                for _ in range(depth):
                    self._pop()
                return
            if above not in _SELF_CLOSED and above not in _FORMATTING_SET:
                return

    @property
    def hopeless(self) -> bool:
        return (
            self.nodes > REFUSED_NODES
            or self.deepest > REFUSED_DEPTH
            or self.attributes > REFUSED_ATTRIBUTES
            or len(self.cells[-1].tags) > REFUSED_FORMATTING
            or self.moves > REFUSED_MOVES
        )


def _weigh(body: bytes) -> bool:
    """Follow the tags one by one; whether they cost too much."""
    scan = _Scan()
    for count, match in enumerate(_TAG.finditer(body)):
        name = match[2].lower()
        if match[1]:
            scan.close(name)
        else:
            scan.open(name, match[3])
        if count % CHECKED_EVERY == 0 and scan.hopeless:
            return True
    return scan.hopeless
