"""Finding words in a text on the screen: every match is marked, one of them is the present one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from eksread.tui.render import Run
from eksread.tui.widgets.textview import TOP, TextView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


class FindView(TextView):
    """A text in which words can be found."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
        self.needles: tuple[str, ...] = ()
        self.matches: list[tuple[Span, ...]] = []
        self.match = 0
        self._waiting = -1
        self._looks: dict[int, list[tuple[int, int, str]]] = {}

    def find(self, *needles: str, block: int = -1) -> bool:
        """Mark all matches and go to the first from `block` on, or from the top of the screen on; give whether there is one."""
        self.needles = needles
        self._waiting = block if not self.size.height else -1
        self._mark()
        row = self.scroll_offset.y - TOP
        after = [
            index
            for index, spans in enumerate(self.matches)
            if (self.lines[spans[0].row].block >= block if block >= 0 else spans[0].row >= row)
        ]
        if self.matches:
            self._show(after[0] if after else 0)
        return bool(self.matches)

    def find_next(self, step: int) -> bool:
        """Go to the next match (or the one before), around the end; give whether there are any."""
        if self.matches:
            self._show((self.match + step) % len(self.matches))
        return bool(self.matches)

    def resized(self) -> None:
        """Go to the match that was asked for before there was a size."""
        if self._waiting >= 0 and self.size.height:
            self.find(*self.needles, block=self._waiting)

    def end_find(self) -> bool:
        """Take the marks away; give whether there were any."""
        had = bool(self.needles)
        self.needles, self.matches, self._waiting = (), [], -1
        self._strips.clear()
        self.refresh()
        return had

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is being found is marked in them as well."""
        super().set_lines(lines)
        self._mark()

    def _mark(self) -> None:
        self.matches = spans_of(self.lines, self.needles) if self.needles else []
        self.match = min(self.match, max(0, len(self.matches) - 1))
        self._strips.clear()
        self._looks = defaultdict(list)
        for index, spans in enumerate(self.matches):
            for row, start, end in spans:
                self._looks[row].append((start, end, "current" if index == self.match else "match"))

    def _show(self, index: int) -> None:
        self.match = index
        self._mark()
        row = self.matches[index][0].row
        if not self.scroll_offset.y <= row + TOP < self.scroll_offset.y + self.size.height - 1:
            self._go(row + TOP - self.size.height // 3)
        self.refresh()

    def runs_of(self, row: int) -> Sequence[Run]:
        """Give a line's runs with its matches marked."""
        runs = super().runs_of(row)
        return tuple(overlaid(runs, self._looks[row])) if self.matches and row in self._looks else runs
