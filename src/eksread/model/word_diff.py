"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eksread.model.news import Article

_WORDS: Final = re.compile(r"\S+\s*|\s+")


class Op(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


MARKS: Final = {Op.SAME: ("", ""), Op.REMOVED: ("[-", "-]"), Op.ADDED: ("{+", "+}")}
"""As wdiff writes them: readable without colours, and by other programs."""


AROUND: Final = 1
"""Unchanged paragraphs kept as context on either side of a changed one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with what became of it."""

    op: Op
    text: str


def text_of(article: Article) -> str:
    """Give an article as one text: headline, then a paragraph a line."""
    return "\n".join([article.title or "", *(block.text for block in article.blocks)])


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """Give the new text in pieces, with what was removed where it stood."""
    return tuple(_pieces(_WORDS.findall(old), _WORDS.findall(new)))


def marked(pieces: Iterable[Piece]) -> str:
    """Give the text with its changes marked; white space stays outside the marks."""
    parts = []
    for piece in pieces:
        start, end = MARKS[piece.op]
        body = piece.text.rstrip()
        parts.append(f"{start}{body}{end}{piece.text[len(body) :]}" if body else piece.text)
    return "".join(parts)


def shortened(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Give the changed paragraphs (lines) with those beside them; an empty one stands for what is left out."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = (Piece(piece.op, text) for text in piece.text.split("\n"))
        lines[-1].append(first)
        lines += [[line] for line in rest]
    paragraphs = [line for line in lines if any(piece.text.strip() for piece in line)]
    near = {
        index + step
        for index, line in enumerate(paragraphs)
        if any(piece.op is not Op.SAME and piece.text.strip() for piece in line)
        for step in range(-AROUND, AROUND + 1)
    }
    skipped = False
    for index, line in enumerate(paragraphs):
        if index in near:
            yield tuple(line)
        elif not skipped:
            yield ()
        skipped = index not in near


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Op.SAME, "".join(new[start:end]))
            continue
        if last > first:
            yield Piece(Op.REMOVED, "".join(old[first:last]))
        if end > start:
            yield Piece(Op.ADDED, "".join(new[start:end]))
