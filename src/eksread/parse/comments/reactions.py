"""Readers' reactions: `Apa Reaksi Anda ?` and per cents, with or without names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model.news import Reaction
from eksread.parse.language.landmarks import ends_article
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

MAX_REACTIONS: Final = 16
"""Reactions of one article; the portal has eight."""

MAX_LINES: Final = 3 * MAX_REACTIONS
"""Lines after the heading that can belong to it: a picture, a name and a number for each."""

MAX_LEVELS: Final = 3
"""Elements around the heading in which the reactions stand."""

MAX_TEXTS: Final = 400
"""Texts of such an element that are read."""

_HEADING: Final = re.compile(
    r"(?i)^\W*(?:(?:apa|bagaimana|berikan?|pilih|what.{1,6}s your)\s+(?:reaksi|reaksimu|perasaan|perasaanmu|reaction)\b.{0,40}"
    r"|(?:reaksi|perasaan)(?:mu)?(?:\s+(?:anda|kamu|pembaca|netizen|warga)\b.{0,30})?)\W*$"
)
_ONLY: Final = re.compile(r"^(?:\d{1,3}\s?(?:%|persen)\s*)+$")
_ONE: Final = re.compile(r"(\d{1,3})\s?(?:%|persen)")
_NAMED: Final = re.compile(
    r"^(?P<name>[^\W\d_][^%\d]{0,30}?)?\s*+(?:[:(–-]\s*+)?(?P<percent>\d{1,3})\s?(?:%|persen\b)\s*+(?:\)\s*+)?(?P<after>[^\W\d_][^%\d]{0,30})?$"
)
_NAME: Final = re.compile(r"^[^\W\d_][\w !-]{1,24}$")
_SIGNS: Final = re.compile(r"^[^\w]+")
_SILENT: Final = frozenset(("script", "style", "svg", "template"))


def find_heading(lines: Sequence[str]) -> int | None:
    """The index of the line that asks for a reaction."""
    for index, line in enumerate(lines):
        if len(line) < 60 and _HEADING.match(line):
            return index
    return None


def read_reactions(lines: Sequence[str]) -> tuple[Reaction, ...]:
    """The reactions at the start of `lines`, those after the heading.

    A name may stand before its number or behind it; signs that stand for a picture are passed over.
    """
    found: list[Reaction] = []
    names: list[str] = []
    behind = False
    for raw in lines[:MAX_LINES]:
        line = _SIGNS.sub("", raw)
        if not line:
            continue
        if _ONLY.match(line):
            numbers = _ONE.findall(line)
            behind = len(numbers) == 1 and not names and (behind if found and found[-1].name else not found)
            for number in numbers:
                found.append(Reaction(names.pop(0) if names else None, min(100, int(number))))
        elif pair := _NAMED.match(line):
            label = (pair["name"] or pair["after"] or (names.pop(0) if names else "")).strip(" :-–(") or None
            found.append(Reaction(label, min(100, int(pair["percent"]))))
        elif _NAME.match(line) and behind and found[-1].name is None and not ends_article(line):
            found[-1] = Reaction(line, found[-1].percent)
        elif _NAME.match(line) and not names:
            names.append(line)
        else:
            break
        if len(found) >= MAX_REACTIONS:
            break
    return tuple(found[:MAX_REACTIONS])


def lines_beside(heading: LexborNode) -> list[str]:
    """The texts behind a heading, those of buttons too, in the smallest element around it that has a per cent in it."""
    node = heading.parent
    for _ in range(MAX_LEVELS):
        if node is None or node.tag == "body":
            return []
        texts = [
            clean(text.text())
            for text in node.traverse(include_text=True, skip_empty=True)
            if text.tag == "-text" and text.parent is not None and text.parent.tag not in _SILENT
        ][:MAX_TEXTS]
        start = find_heading(texts)
        if start is not None and any(_ONE.search(text) for text in texts[start + 1 :]):
            return [text for text in texts[start + 1 :] if text]
        node = node.parent
    return []
