"""A text laid out as lines: the rows of its blocks and links, and where words are found in it. Independent of Textual."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import set_cell_size

from eksread.tui.render.lines import Run
from eksread.tui.state.screen_state import HEAD, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eksread.tui.render.lines import Line


FOOT: Final = sys.maxsize
"""The part of a text behind its last block."""


_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
"""A word as one searches it: letters and digits, also joined by a hyphen or an apostrophe."""


class LaidText:
    """Lines, asked for by block, by link and by row. Rows count from 0 at the first line."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def block_at(self, row: int) -> int:
        """Give the block of the first line with words from `row` on, 0 where there is none."""
        return next((line.block for line in self.lines[row:] if line.block >= 0 and line.runs), 0)

    def place_at(self, row: int) -> Place:
        """Give the place of a row."""
        part = self._part(row)
        first = self._first(part)
        return Place(part, sum(_letters(line) for line in self.lines[first:row]))

    def row_at(self, place: Place) -> int:
        """Give the row on which a place is."""
        row, above = self._first(place.part), place.above
        while above > 0 and row + 1 < len(self.lines) and self._part(row + 1) == place.part:
            letters = _letters(self.lines[row])
            if letters > above:
                break
            above -= letters
            row += 1
        return row

    def _part(self, row: int) -> int:
        if not 0 <= row < len(self.lines):
            return HEAD
        block = self.lines[row].block
        if block >= 0:
            return block
        return FOOT if any(line.block >= 0 for line in self.lines[:row]) else HEAD

    def _first(self, part: int) -> int:
        """Give the first row of a part."""
        if part == HEAD:
            return 0
        if part < FOOT:
            return next((row for row, line in enumerate(self.lines) if line.block >= part), 0)
        last = max((row for row, line in enumerate(self.lines) if line.block >= 0), default=-1)
        return min(last + 1, max(0, len(self.lines) - 1))

    def link_at(self, row: int) -> int:
        """Give the link on a row, -1 where there is none."""
        return self.lines[row].link if 0 <= row < len(self.lines) else -1

    def word_at(self, row: int, cell: int) -> str:
        """Give the word at a cell of a row, "" where there is none."""
        if not 0 <= row < len(self.lines) or cell < 0:
            return ""
        text = self.lines[row].text
        at = len(set_cell_size(text, cell)) if not text.isascii() else cell
        return next((word.group() for word in _WORD.finditer(text) if word.start() <= at < word.end()), "")

    def row_of_link(self, link: int) -> int | None:
        """Give the row at which a link begins; None for -1, which is no link, or where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.link == link >= 0), None)

    def text(self, left: int) -> str:
        """Give the text with `left` blanks before every line, as in the pane."""
        margin = " " * left
        return "\n".join(margin + line.text for line in self.lines)


def _letters(line: Line) -> int:
    """Give the letters and digits of a line: what is the same however it is wrapped and framed."""
    return sum(map(str.isalnum, line.text))


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
    """Give the matches of the needles, in reading order; one that goes on in the next line has several spans."""
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
    """Give runs with further styles on parts of their text; `spans` are (start, end, style), in order and apart."""
    places = list(spans)
    offset = 0
    for piece in runs:
        end = offset + len(piece.text)
        at = offset
        for start, stop, style in places:
            left, right = max(start, at), min(stop, end)
            if left < right:
                if at < left:
                    yield Run(piece.text[at - offset : left - offset], piece.style)
                yield Run(piece.text[left - offset : right - offset], f"{piece.style} {style}")
                at = right
        if at < end:
            yield Run(piece.text[at - offset :], piece.style)
        offset = end
