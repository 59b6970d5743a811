"""Readers' reactions: `Apa Reaksi Anda ?` and per cents, with or without names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_REACTIONS: Final = 16
"""Reactions of one article; the portal has eight."""

MAX_LINES: Final = 3 * MAX_REACTIONS
"""Lines after the heading that can belong to it: a picture, a name and a number for each."""

_HEADING: Final = re.compile(r"(?i)^\W*(?:apa|bagaimana)\s+(?:reaksi|reaksimu|perasaan|perasaanmu)\b.{0,30}$")
_ONLY: Final = re.compile(r"^[\s]*(?:\d{1,3}\s?%\s*)+$")
_ONE: Final = re.compile(r"(\d{1,3})\s?%")
_NAMED: Final = re.compile(
    r"^(?P<name>[^\W\d_][^%\d]{0,30}?)?\s*[:(]?\s*(?P<percent>\d{1,3})\s?%\s*\)?\s*(?P<after>[^\W\d_][^%\d]{0,30})?$"
)
_NAME: Final = re.compile(r"^[^\W\d_][\w !-]{1,24}$")


def find_heading(lines: Sequence[str]) -> int | None:
    """The index of the line that asks for a reaction."""
    for index, line in enumerate(lines):
        if len(line) < 60 and _HEADING.match(line):
            return index
    return None


def read_reactions(lines: Sequence[str]) -> tuple[tuple[Reaction, ...], int]:
    """The reactions at the start of `lines` (those after the heading) and how many lines they take."""
    found: list[Reaction] = []
    name: str | None = None
    used = 0
    for index, line in enumerate(lines[:MAX_LINES]):
        if _ONLY.match(line):
            for number in _ONE.findall(line):
                found.append(Reaction(name, min(100, int(number))))
                name = None
        elif pair := _NAMED.match(line):
            label = (pair["name"] or pair["after"] or name or "").strip(" :-(") or None
            found.append(Reaction(label, min(100, int(pair["percent"]))))
            name = None
        elif _NAME.match(line) and name is None:
            name = line
            continue
        else:
            break
        used = index + 1
        if len(found) >= MAX_REACTIONS:
            break
    return tuple(found[:MAX_REACTIONS]), used
