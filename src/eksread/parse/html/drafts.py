"""Drafts: the blocks of a body before the landmarks are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType
from eksread.model.news import Span
from eksread.parse.html.flow import SOFT_BREAK
from eksread.parse.html.names import HEADINGS
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.flow import Element, Flow, Piece, Run

LONG_LINE: Final = 60
"""Characters from which a line that ends no sentence was wrapped by its `<br>` rather than ended."""

BULLETS: Final = ("•", "·", "‣", "▪", "►", "●", "◦")
"""Signs that begin a list item typed by hand."""

ANCHORS: Final = frozenset("#¶§🔗")
"""Signs that link to the heading they stand behind."""

_GLUED: Final = re.compile(r"[a-zß-ÿ][.!?:]$")
_SENTENCE_END: Final = re.compile(r"[.!?:\"”’)\]]$")
_SENTENCE_START: Final = re.compile(r"[\"“‘(\[]?[A-Z0-9À-Þ*•-]")


@dataclass(slots=True)
class BlockDraft:
    """One block in the making. `caption` marks a picture's caption; `linked` counts characters inside links."""

    type: BlockType
    text: str
    spans: list[Span] = field(default_factory=list)
    url: str | None = None
    level: int = 0
    ordinal: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    caption: bool = False
    run: int = -1
    owner: int = -1
    table: tuple[int, int, int] | None = None

    @property
    def linked(self) -> int:
        """Characters of the text that stand in links."""
        return sum(len(span.text) for span in self.spans if span.url)

    def part(self, start: int, end: int) -> BlockDraft:
        """The same draft with only the text from `start` to `end`, its looks kept."""
        spans = cut_spans(self.spans, start, end)
        text = "".join(span.text for span in spans) if spans else self.text[start:end].strip()
        return replace(self, text=text, spans=spans)


def cut_spans(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans of a part of a text, trimmed at both ends."""
    kept: list[Span] = []
    at = 0
    for span in spans:
        text = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if text:
            kept.append(replace(span, text=text))
    while kept and not kept[0].text.lstrip():
        kept.pop(0)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def make_spans(pieces: Sequence[Piece], base: str) -> list[Span]:
    """Pieces of raw text as clean spans: white space folded across their borders, equal neighbours joined."""
    if len(pieces) == 1:  # most lines
        piece = pieces[0]
        text = clean(piece.text)
        url = web_url(base, piece.href) if piece.href else None
        return [Span(text, piece.bold, piece.italic, url)] if text else []
    spans: list[Span] = []
    parts: list[str] = []
    look: tuple[bool, bool, str | None] = (False, False, None)
    gap = False
    for piece in pieces:
        raw = piece.text
        text = clean(raw)
        if not text:  # white space, or a break that parts nothing
            gap = gap or bool(raw)
            continue
        if parts and (gap or raw[0].isspace() or _is_glued(parts[-1], text)):
            parts.append(" ")
        gap = raw[-1].isspace()
        own = (piece.bold, piece.italic, web_url(base, piece.href) if piece.href else None)
        if parts and own != look:
            # The space between a link and the text behind it is not part of the link.
            space = parts.pop() if look[2] and not own[2] and parts[-1] == " " else ""
            spans.append(Span("".join(parts), *look))
            parts = [space] if space else []
        look = own
        parts.append(text)
    if parts:
        spans.append(Span("".join(parts), *look))
    return spans


def _is_glued(before: str, text: str) -> bool:
    """Whether two sentences stand side by side without a space: they were parted by their elements."""
    return (text[0].isupper() or text[0] == "(") and bool(_GLUED.search(before[-2:]))


def drafts_of(flow: Flow, kept: Sequence[int], base: str) -> list[BlockDraft]:
    """The runs with these indices as drafts, in order."""
    drafts: list[BlockDraft] = []
    wrapped = _is_wrapped([flow.runs[index] for index in kept])
    for index in kept:
        run = flow.runs[index]
        owner = flow.elements[run.owner]
        for pieces in _lines(run, whole=wrapped or owner.tag in HEADINGS):
            draft = _draft(owner, make_spans(pieces, base), run) if run.node is None else None
            if draft is None or not draft.text:
                continue
            draft.run = index
            drafts.append(draft)
    return drafts


MIN_WRAPPED: Final = 3
"""Lines broken inside a sentence from which all `<br>` of a text are taken for wrapped lines."""


def _is_wrapped(runs: Sequence[Run]) -> bool:
    """Whether a text's lines are wrapped by `<br>`, as in mail: several break in the middle of a sentence."""
    broken = 0
    for run in runs:
        if not run.is_broken():
            continue
        lines = run.lines()
        for line, after in pairwise(lines):
            if (
                len(line) >= LONG_LINE - 15
                and after
                and after[0] not in BULLETS
                and not _SENTENCE_END.search(line)
            ):
                broken += 1
    return broken >= MIN_WRAPPED


def _draft(owner: Element, spans: list[Span], run: Run) -> BlockDraft:
    if owner.tag in HEADINGS and len(spans) > 1 and spans[-1].url and spans[-1].text.strip() in ANCHORS:
        spans = cut_spans(spans[:-1], 0, sum(len(span.text) for span in spans))
    text = "".join([span.text for span in spans])
    place = owner.place
    kind, level, ordinal = BlockType.PARAGRAPH, 0, None
    if owner.tag in HEADINGS:
        kind, level = BlockType.HEADING, max(2, HEADINGS[owner.tag])
    elif text[:1] in BULLETS and len(text) > 2:
        spans = cut_spans(spans, len(text) - len(text[1:].lstrip()), len(text))
        text = "".join(span.text for span in spans)
        kind = BlockType.LIST_ITEM
    elif place.list_depth >= 0:
        kind, level, ordinal = BlockType.LIST_ITEM, place.list_depth, place.ordinal
    elif place.quote:
        kind = BlockType.QUOTE
    table = (place.table, place.row, place.cell) if place.table >= 0 else None
    return BlockDraft(kind, text, spans, None, level, ordinal, owner=run.owner, table=table)


def _lines(run: Run, *, whole: bool) -> list[list[Piece]]:
    """A run cut at those single `<br>` that part lines, not at those that wrap a long one (or a heading)."""
    pieces = run.pieces
    if not run.is_broken():
        return [pieces]
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == SOFT_BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    texts = [" ".join("".join(piece.text for piece in line).split()) for line in lines]
    joined: list[list[Piece]] = [lines[0]]
    before = texts[0]
    for line, text in zip(lines[1:], texts[1:], strict=True):
        ended = _SENTENCE_END.search(before) or (len(before) < LONG_LINE and not before.endswith(","))
        parted = (not whole and ended and _SENTENCE_START.match(text)) or text[:1] in BULLETS
        if parted or not before:
            joined.append(line)
        else:
            joined[-1] += [*_break(line), *line]
        before = text
    return joined


def _break(line: list[Piece]) -> list[Piece]:
    return [replace(line[0], text=" ", href=None)] if line else []
