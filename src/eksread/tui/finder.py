"""Finding words in lines: every match is marked, one of them is the present one. Free of Textual."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from eksread.tui.render import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from eksread.tui.render import Line


class Span(NamedTuple):
    """A part of a line's text: `start` and `end` count characters."""

    row: int
    start: int
    end: int


def folded(text: str) -> str:
    """Give a text without case and accents, character by character, so that places stay the same."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _fold(char: str) -> str:
    lower = unicodedata.normalize("NFD", char)[0].lower()
    return lower if len(lower) == 1 else char


def spans_of(lines: Sequence[Line], needles: Iterable[str]) -> list[tuple[Span, ...]]:
    """Give where the needles stand, in reading order; a match that goes on in the next line has several spans."""
    patterns = [r"\s+".join(map(re.escape, folded(needle).split())) for needle in needles if needle.strip()]
    if not patterns:
        return []
    # The longest first: of two needles that begin alike the longer one is meant.
    wanted = re.compile("|".join(sorted(patterns, key=len, reverse=True)))
    starts: list[int] = []
    length = 0
    for line in lines:
        starts.append(length)
        length += len(line.text) + 1
    whole = folded("\n".join(line.text for line in lines))
    return [tuple(_parted(lines, starts, *match.span())) for match in wanted.finditer(whole)]


def _parted(lines: Sequence[Line], starts: Sequence[int], start: int, end: int) -> Iterator[Span]:
    row = bisect_right(starts, start) - 1
    while row < len(lines) and starts[row] < end:
        left, right = max(start - starts[row], 0), min(end - starts[row], len(lines[row].text))
        if left < right:
            yield Span(row, left, right)
        row += 1


def overlaid(runs: Iterable[Run], spans: Iterable[tuple[int, int, str]]) -> Iterator[Run]:
    """Give runs with further looks on parts of their text; `spans` are (start, end, look), in order and apart."""
    places = list(spans)
    offset = 0
    for piece in runs:
        end = offset + len(piece.text)
        at = offset
        for start, stop, look in places:
            left, right = max(start, at), min(stop, end)
            if left < right:
                if at < left:
                    yield Run(piece.text[at - offset : left - offset], piece.look)
                yield Run(piece.text[left - offset : right - offset], f"{piece.look} {look}")
                at = right
        if at < end:
            yield Run(piece.text[at - offset :], piece.look)
        offset = end


class Finder:
    """Where the needles stand in a text's lines, and which match is the present one."""

    def __init__(self) -> None:
        self.needles: tuple[str, ...] = ()
        self.matches: list[tuple[Span, ...]] = []
        self.match = 0
        self._looks: dict[int, list[tuple[int, int, str]]] = {}

    def mark(self, lines: Sequence[Line], needles: tuple[str, ...]) -> None:
        """Find `needles` in `lines`; the present match keeps its number where it can."""
        self.needles = needles
        self.matches = spans_of(lines, needles) if needles else []
        self.choose(min(self.match, max(0, len(self.matches) - 1)))

    def choose(self, index: int) -> None:
        """Make a match the present one."""
        self.match = index
        self._looks = defaultdict(list)
        for number, spans in enumerate(self.matches):
            for row, start, end in spans:
                self._looks[row].append((start, end, "current" if number == index else "match"))

    def first(self, wanted: Callable[[int], bool]) -> int:
        """Give the first match that begins on a row as is wanted, else the first of all."""
        return next((index for index, spans in enumerate(self.matches) if wanted(spans[0].row)), 0)

    @property
    def row(self) -> int:
        """The row on which the present match begins."""
        return self.matches[self.match][0].row

    def over(self, row: int, runs: Sequence[Run]) -> Sequence[Run]:
        """Give a row's runs with its matches marked."""
        return tuple(overlaid(runs, self._looks[row])) if row in self._looks else runs
