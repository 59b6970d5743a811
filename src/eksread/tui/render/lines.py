"""Portal text made harmless, measured and broken into lines: the one place where strings become something shown.

Nothing here parses markup. A string becomes a `Run` (text and the name of a style), runs become `Line`s, and a
widget turns lines into strips.
Cleaning happens a second time here (parse did it once) because the archive may have been written by anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from eksread.model.display_text import clean
from eksread.model.lists import MATCH_END, MATCH_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ELLIPSIS: Final = "…"
HINT_GAP: Final = 3
"""Cells between two hints of keys."""

_WORD: Final = re.compile(r"[^ ]+")


# ---- runs and lines ---------------------------------------------------------------------------------


class Run(NamedTuple):
    """A piece of a line. `style` names styles of `colours.STYLES`, parted by spaces."""

    text: str
    style: str = ""


class Line(NamedTuple):
    """A line to show. `block` is the index of the body's block it belongs to (-1: none); `link` a link's index (-1).

    `picture` is the row of the lead picture that is drawn there (-1: none); such a line has no words.
    """

    runs: tuple[Run, ...] = ()
    block: int = -1
    link: int = -1
    picture: int = -1

    @property
    def text(self) -> str:
        """The line's plain text."""
        return "".join(run.text for run in self.runs)


BLANK: Final = Line()


def run(text: str, style: str = "") -> Run:
    """Give a run of portal text, cleaned."""
    return Run(clean(text), style)


def _breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Give the offsets in `text` at which each line of at most `width` cells starts and ends."""
    lines: list[tuple[int, int]] = []
    start = end = 0
    used = 0
    narrow = text.isascii()
    for match in _WORD.finditer(text):
        at, stop = match.span()
        cells = stop - at if narrow else cell_len(match.group())
        if used and used + (at - end) + cells > width:
            lines.append((start, end))
            used = 0
        if not used:
            if cells > width:
                while (cut := _fitting(text, at, stop, width)) < stop:
                    lines.append((at, cut))
                    at = cut
                cells = cell_len(text[at:stop])
            start, used = at, cells
        else:
            used += (at - end) + cells
        end = stop
    if used:
        lines.append((start, end))
    return lines


def _fitting(text: str, at: int, stop: int, room: int) -> int:
    """Give the offset up to which the word from `at` to `stop` fits into `room` cells: at least one character."""
    cells = 0
    for index in range(at, stop):
        cells += cell_len(text[index])
        if cells > room and index > at:
            return index
    return stop


def wrap(runs: Sequence[Run], width: int) -> list[tuple[Run, ...]]:
    """Break runs into lines of at most `width` cells, at spaces; only a word wider than a line is cut."""
    text = "".join(piece.text for piece in runs)
    spans = _breaks(text, max(1, width))
    if len(runs) == 1:
        style = runs[0].style
        return [(Run(text[start:end], style),) for start, end in spans]
    lines: list[tuple[Run, ...]] = []
    for start, end in spans:
        line: list[Run] = []
        offset = 0
        for piece in runs:
            left, right = max(start, offset), min(end, offset + len(piece.text))
            if left < right:
                line.append(Run(piece.text[left - offset : right - offset], piece.style))
            offset += len(piece.text)
        lines.append(tuple(line))
    return lines


def paragraph(
    runs: Sequence[Run],
    width: int,
    first: Sequence[Run] = (),
    other: Sequence[Run] | None = None,
    *,
    link: int = -1,
) -> Iterator[Line]:
    """Give runs as lines of `width` cells, `first` before the first one and `other` (as wide; blanks) before the others."""
    indent = width_of(first)
    if other is None:
        other = (Run(" " * indent),) if indent else ()
    for index, line in enumerate(wrap(runs, width - indent)):
        yield Line((*(other if index else first), *line), link=link)


def text_lines(text: str, style: str, width: int) -> Iterator[Line]:
    """Give a text in one style as lines of `width` cells, cleaned."""
    return paragraph((run(text, style),), width)


def wrap_title(text: str, width: int, lines: int) -> list[str]:
    """Break a title into at most `lines` lines; what does not fit ends with an ellipsis after a whole word."""
    harmless = clean(text)
    width = max(2, width)
    spans = _breaks(harmless, width)
    shown = [harmless[start:end] for start, end in spans[:lines]]
    if len(spans) > lines:
        last = shown[-1]
        while cell_len(last) > width - 1 and " " in last:
            last = last.rpartition(" ")[0]
        shown[-1] = fit(last, width - 1) + ELLIPSIS
    return shown or [""]


def fit(text: str, cells: int) -> str:
    """Give `text` in at most `cells` cells, ending with an ellipsis after a whole word where it is cut."""
    if cell_len(text) <= cells:
        return text
    if cells < 1:
        return ""
    cut = set_cell_size(text, cells - 1).rstrip()
    word = cut.rpartition(" ")[0]
    return (word if cell_len(word) > cells // 2 else cut) + ELLIPSIS


def pad(runs: Iterable[Run], cells: int) -> tuple[Run, ...]:
    """Give runs filled with spaces to at least `cells` cells."""
    line = tuple(runs)
    missing = cells - width_of(line)
    return (*line, Run(" " * missing)) if missing > 0 else line


def width_of(runs: Iterable[Run]) -> int:
    """Give the width of runs in cells."""
    return sum(cell_len(piece.text) for piece in runs)


def hint_runs(hints: Iterable[tuple[str, str]], gap: int = HINT_GAP) -> tuple[Run, ...]:
    """Give keys, each with the word of what it does, as two runs a hint; `gap` cells lie between two hints, none at the end."""
    runs: list[Run] = []
    for key, word in hints:
        if runs:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + " " * gap)
        runs += (Run(key, "key"), Run(f" {word}", "hint"))
    return tuple(runs)


def matches(snippet: str, style: str, match_style: str) -> tuple[Run, ...]:
    """Give a search snippet as runs, its matches in `match_style`."""
    runs: list[Run] = []
    for index, part in enumerate(snippet.split(MATCH_START)):
        inside, mark, outside = part.partition(MATCH_END) if index else ("", "", part)
        if index and not mark:
            inside, outside = part, ""
        runs += [
            piece for piece in (Run(clean(inside), match_style), Run(clean(outside), style)) if piece.text
        ]
    return tuple(runs)


def marked(snippet: str) -> tuple[str, ...]:
    """Give the matches of a search snippet, as in the text."""
    return tuple(run.text for run in matches(snippet, "", "match") if run.style and run.text.strip())
