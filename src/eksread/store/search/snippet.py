"""The place of an article that a search found, with the words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread.model.lists import MATCH_END, MATCH_START
from eksread.store.rows import fold, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH: Final = 28
"""Words of a snippet: two lines of a terminal."""

LEAD: Final = 6
"""Words before the first match."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: runs of folded words, by their first word."""

    runs: dict[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, runs: Iterable[tuple[str, ...]]) -> Wanted:
        """Sort runs by first word, the longest first."""
        table: dict[str, set[tuple[str, ...]]] = {}
        for run in runs:
            table.setdefault(run[0], set()).add(run)
        return cls({word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()})

    def count(self, text: str) -> int:
        """Give how many of the first words have a run whose words all stand in the text."""
        folded = spaced(text)
        near = [runs for word, runs in self.runs.items() if word in folded]
        if not near:
            return 0
        words = set(folded.split())
        return sum(any(words.issuperset(run) for run in runs) for runs in near)


def spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Give where the matches stand in the text, as character ranges, in order and apart."""
    places = _words(text)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(places):
        length = 1
        for run in wanted.runs.get(places[at][2], ()):
            if tuple(word for _, _, word in places[at : at + len(run)]) == run:
                length = len(run)
                found.append((places[at][0], places[at + length - 1][1]))
                break
        at += length
    return found


def _words(text: str) -> list[tuple[int, int, str]]:
    """Give the words with where they stand, folded."""
    if text.isascii() and "'" not in text and "`" not in text:  # folding moves nothing: once is enough
        return [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text.lower())]
    return [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]


def marked(text: str, wanted: Wanted) -> str:
    """Give a window of the text around its first match, matches marked; its beginning where there is none."""
    text = " ".join(text.split())
    found = spans(text, wanted)
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    if not words:
        return ""
    first = next((i for i, (_, end) in enumerate(words) if found and end > found[0][0]), 0)
    begin = max(0, min(first - LEAD, len(words) - WIDTH))
    last = min(len(words), begin + WIDTH) - 1
    start, stop = words[begin][0], words[last][1]
    out = ["… " if begin else ""]
    for left, right in found:
        if left >= start and right <= stop:
            out += [text[start:left], MATCH_START, text[left:right], MATCH_END]
            start = right
    out += [text[start:stop], " …" if last + 1 < len(words) else ""]
    return "".join(out)


def best(texts: Iterable[str], wanted: Wanted) -> str:
    """Give the snippet of the text with the most matches, the first of several."""
    chosen, most = "", -1
    for text in texts:
        if not text:
            continue
        count = wanted.count(text)
        if count > most:
            chosen, most = text, count
    return marked(chosen, wanted)
