"""A page's tree as one flat sequence of text runs, each knowing the block element it stands in.

Everything after this works on the sequence, not on the tree: `<p>`, `<br><br>`, `<div>`, table cells and bare text all
come out as the same runs. An element covers the runs `start` to `end`, so a sum over any subtree is a difference of two
prefix sums, and the whole parse stays linear in the size of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.parse.clean import clean
from eksread.parse.flow import SOFT_BREAK, Element, Flow, Piece, Run
from eksread.parse.layouts import is_caption_name
from eksread.parse.weights import weigh

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre section "
    "summary table tbody td tfoot th thead tr ul amp-sidebar amp-carousel amp-list amp-accordion".split()
)
"""Tags that end a line of text; every other tag is inline, as browsers do with unknown tags."""

SILENT: Final = frozenset(
    "script style template svg math select option button input textarea canvas audio map area head title object "
    "applet embed amp-ad amp-embed amp-analytics amp-social-share amp-auto-ads amp-sticky-ad ins-ad rp rt".split()
)
"""Tags whose content is never a page's text."""

PICTURES: Final = frozenset(("img", "amp-img", "amp-anim"))
FRAMES: Final = frozenset(
    ("iframe", "amp-youtube", "amp-twitter", "amp-instagram", "amp-facebook", "amp-iframe", "video")
)
LABELS: Final = frozenset(("span", "small", "em", "i", "label"))
"""Inline tags that stand as a line of their own when they are named as a caption."""

BOLD: Final = frozenset(("b", "strong"))
ITALIC: Final = frozenset(("i", "em", "cite"))
LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
MAX_RUNS: Final = 20_000
"""A page with more lines than this is cut: the longest real article measured has under 1,500."""

MAX_NOSCRIPT: Final = 200_000
"""Characters of one `<noscript>` that are read: a whole article at most."""

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Walker:
    """Collects runs while the tree is walked in document order."""

    __slots__ = ("bold", "current", "elements", "href", "in_noscript", "italic", "pieces", "runs", "times")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.runs: list[Run] = []
        self.times: list[tuple[int, str]] = []
        self.pieces: list[Piece] = []
        self.current = -1
        self.bold = False
        self.italic = False
        self.href: str | None = None
        self.in_noscript = False

    def flush(self) -> None:
        pieces = self.pieces
        if not pieces:
            return
        self.pieces = []
        text = clean("".join([piece.text for piece in pieces]).replace(SOFT_BREAK, " "))
        if text and len(self.runs) < MAX_RUNS:
            linked = 0
            for piece in pieces:
                if piece.href is not None:
                    linked += len(" ".join(piece.text.split()))
            linked = min(linked, len(text))
            self.runs.append(Run(self.current, text, pieces, linked, None, weigh(len(text), linked)))

    def say(self, text: str) -> None:
        self.pieces.append(Piece(text, self.bold, self.italic, self.href))

    def line_break(self) -> None:
        """One `<br>` is a soft break, two in a row end the run."""
        for piece in reversed(self.pieces):
            if piece.text == SOFT_BREAK:
                self.flush()
                return
            if not piece.text.isspace():
                break
        if self.pieces:
            self.say(SOFT_BREAK)

    def thing(self, node: LexborNode) -> None:
        """A picture or embed: a run of its own, in the middle of a paragraph as well."""
        self.flush()
        if len(self.runs) < MAX_RUNS:
            piece = Piece("", self.bold, self.italic, self.href)
            self.runs.append(Run(self.current, "", [piece], 0, node))

    def enter(self, node: LexborNode, tag: str) -> None:
        """Open a block element."""
        self.flush()
        given = node.attributes
        marks = f"{given.get('class') or ''} {given.get('id') or ''}".lower() if given else ""
        element = Element(tag, marks, self.current, len(self.runs), node)
        if self.current >= 0:
            above = self.elements[self.current]
            element.quote, element.hidden = above.quote, above.hidden
            element.list_depth, element.ordinal = above.list_depth, above.ordinal
            element.table, element.row, element.cell = above.table, above.row, above.cell
        self._place(element, given)
        self.current = len(self.elements)
        self.elements.append(element)

    def _place(self, element: Element, given: dict[str, str | None]) -> None:
        tag = element.tag
        if given and ("style" in given or "hidden" in given):
            element.hidden |= "hidden" in given or bool(_HIDDEN.search(given.get("style") or ""))
        if tag == "blockquote":
            element.quote = True
        elif tag in LISTS:
            element.list_depth += 1
            start = given.get("start") if given else None
            element.counted = int(start) - 1 if start and start.isdecimal() and len(start) < 6 else 0
        elif tag == "li":
            above = self.elements[element.parent] if element.parent >= 0 else None
            element.ordinal = None
            if above is not None:
                above.counted += 1
                element.ordinal = above.counted if above.tag == "ol" else None
            element.list_depth = max(0, element.list_depth)
        elif tag == "table":
            element.table, element.row, element.cell = len(self.elements), -1, -1
            element.list_depth = -1
        elif tag == "tr" and element.table >= 0:
            table = self.elements[element.table]
            element.row, element.cell = table.counted, -1
            table.counted += 1
        elif tag in {"td", "th"} and element.parent >= 0:
            row = self.elements[element.parent]
            element.cell = row.counted
            row.counted += 1

    def without_script(self, node: LexborNode, text: str) -> None:
        """Take markup in `<noscript>` that the HTML parser gave as text."""
        inner = None if self.in_noscript else LexborHTMLParser(text[:MAX_NOSCRIPT]).body
        if inner is None:
            return
        self.enter(node, "noscript")
        self.in_noscript = True
        walk_into(self, inner)
        self.in_noscript = False
        self.leave()

    def leave(self) -> None:
        """Close the current block element."""
        self.flush()
        element = self.elements[self.current]
        element.end = len(self.runs)
        self.current = element.parent


def read_flow(root: LexborNode) -> Flow:
    """Walk `root` once, without recursion, and give its runs and block elements."""
    walker = _Walker()
    walker.enter(root, root.tag or "body")
    walk_into(walker, root)
    walker.leave()
    return Flow(walker.elements, walker.runs, walker.times)


def walk_into(walker: _Walker, root: LexborNode) -> None:
    """Walk everything inside `root`."""
    # Each open element: None for a block, else the inline look to restore on the way out.
    opened: list[tuple[LexborNode, tuple[bool, bool, str | None] | None]] = []
    node = root.first_child
    while True:
        while node is None:
            if not opened:
                return
            done, look = opened.pop()
            if look is None:
                walker.leave()
            else:
                walker.bold, walker.italic, walker.href = look
            node = done.next
        inner = _step(walker, node, opened)
        node = node.next if inner is None else inner


def _step(
    walker: _Walker, node: LexborNode, opened: list[tuple[LexborNode, tuple[bool, bool, str | None] | None]]
) -> LexborNode | None:
    """Take one node; give its first child if the walk goes down into it."""
    tag = node.tag or ""
    if tag == "-text":
        walker.say(node.text_content or "")
        return None
    if tag == "br":
        walker.line_break()
        return None
    if tag in SILENT or not tag or tag[0] == "-":
        return None
    if tag in PICTURES or tag in FRAMES:
        walker.thing(node)
        return None
    inner = node.first_child
    if (
        tag == "noscript"
        and inner is not None
        and inner.tag == "-text"
        and "<" in (text := inner.text_content or "")
    ):
        walker.without_script(node, text)
        return None
    if tag in BLOCKS:
        walker.enter(node, tag)
        if inner is None:
            walker.leave()
        else:
            opened.append((node, None))
        return inner
    if inner is None:
        return None
    if tag in LABELS and is_caption_name(node.attributes.get("class") or ""):
        walker.enter(node, tag)
        opened.append((node, None))
        return inner
    opened.append((node, (walker.bold, walker.italic, walker.href)))
    if tag == "a":
        walker.href = node.attributes.get("href") or ""
    elif tag == "time":
        walker.times.append((len(walker.runs), node.attributes.get("datetime") or ""))
    elif tag in BOLD:
        walker.bold = True
    elif tag in ITALIC:
        walker.italic = True
    return inner
