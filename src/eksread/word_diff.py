"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.model.news import Article

_WORDS: Final = re.compile(r"\S+\s*|\s+")


class Op(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


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


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Op.SAME, "".join(new[start:end]))
            continue
        if last > first:
            yield Piece(Op.REMOVED, "".join(old[first:last]))
        if end > start:
            yield Piece(Op.ADDED, "".join(new[start:end]))
