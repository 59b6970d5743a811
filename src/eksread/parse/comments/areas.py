"""Where a page's comments are: the number it states, the parts that hold them, boxes whose comments stand elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.parse.html.flow import SENTENCE
from eksread.parse.language.dates import date_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eksread.parse.html.flow import Element, Flow, Run

AREA: Final = re.compile(
    r"(?<![a-z])(?:comments?|commentlist|comment-?(?:list|area|section|wrap\w*|box|thread|container|block)s?|komentar|"
    r"(?:list|daftar|kolom|box|area|wrap)[-_]?(?:komentar|comments?)|tanggapan|diskusi|discussion|disqus_thread|fb-comments)(?![a-z])"
)
NO_AREA: Final = re.compile(
    r"comments?-(?:link|count|number|open|closed|off|form|enabled|disabled|icon|bubble)|has-comment|no-comment"
)
_WORDS: Final = r"(?:komentar|komen|comments?|tanggapan|balasan|responses?|diskusi)"
_COUNT: Final = re.compile(
    rf"(?i)^\W*(?:(?:jumlah|total|ada|lihat|baca|tampilkan|buka|semua|view|show|read|all|see)\s+)*(?:{_WORDS}(?:\s+(?:pembaca|anda|berita|artikel|untuk\b.{{0,200}}))?\s*[:(\[]?\s*(\d{{1,6}})\s*(?:{_WORDS})?\s*[)\]]?|"
    rf"[(\[]?(\d{{1,6}})[)\]]?\s+(?:{_WORDS}|thoughts? on|pemikiran pada|orang berkomentar)\b.{{0,200}})\W*$"
)
_NONE: Final = re.compile(
    r"(?i)^\W*(?:(?:belum|tidak) ada (?:komentar|tanggapan)|no comments(?: yet)?|jadilah (?:orang |yang )*pertama .{0,20}(?:komentar|tanggapan)\w*)\b.{0,30}$"
)
_HEADING: Final = re.compile(
    r"(?i)^\W*(?:(?:kolom|ruang|daftar|isi)\s+)?(?:komentar|comments?|tanggapan|diskusi)(?:\s+(?:pembaca|anda|terbaru|netizen|warga|berita|artikel))?\W*$"
)
_FRAME: Final = re.compile(
    r"//[^/?#]*\bfacebook\.com/plugins/comments|(?://[^/?#]*\b|/)(disqus)(?:\.com|[\w./-]*\.html)"
)
"""The address of a frame with comments."""

_ELSEWHERE: Final = re.compile(r"(?i)\b(?:komentar|comments?)\b.{0,40}\b(disqus|facebook)\b")
"""A link to comments that stand elsewhere."""

_TAGS: Final = frozenset(("amp-facebook-comments", "fb:comments"))
"""Elements that are Facebook's box by their own name."""

MAX_DATED: Final = 70
"""Characters in which a comment's date stands: behind its author's name at most."""

MAX_LINE: Final = 300
"""Characters of a line that states a number of comments; it may quote the title."""


ABOVE: Final = 2
"""Lines of running text that stand above a heading of comments, if the article has any text at all."""


@lru_cache(maxsize=4096)
def is_area_name(marks: str) -> bool:
    """Whether a class or id says that comments stand here."""
    return bool(AREA.search(marks)) and not NO_AREA.search(marks)


@dataclass(slots=True)
class Area:
    """A part of the page that holds comments: runs `start` to `end`, inside elements `index` to `last`.

    `headed`: only a line above announces comments, so an item without a date may be something else. `single`:
    the named elements are one comment each, so `index` is what they stand in.
    """

    index: int
    last: int
    start: int
    end: int
    headed: bool = False
    single: bool = False


def read_count(lines: Iterable[str]) -> int | None:
    """The number of comments that a line states: `Komentar: 3`, `3 Komentar`."""
    for line in lines:
        found = _COUNT.match(line) if len(line) < MAX_LINE else None
        if found is not None:
            return int(found[1] or found[2])
        if len(line) < MAX_LINE and _NONE.match(line):
            return 0
    return None


def is_heading(text: str) -> bool:
    """Whether a line opens comments: it states how many there are, or is their heading."""
    return len(text) < MAX_LINE and bool(_COUNT.match(text) or _HEADING.match(text))


def says_facebook(lines: Sequence[str]) -> bool:
    """Whether the two headings stand there that Facebook's box leaves where it can't be shown: `Comments`, `comments`."""
    return "Comments" in lines and ("Comments", "comments") in pairwise(lines)


def is_dated(run: Run) -> bool:
    """Whether a line begins as the head of a comment does: with a date, or a name and a date."""
    return run.node is None and date_span(run.text[:MAX_DATED]) is not None


def find_external(flow: Flow) -> str | None:
    """The name of a comments box whose content stands on another server: "disqus" or "facebook"."""
    for element in flow.elements:
        if "disqus_thread" in element.marks:
            return "disqus"
        if element.tag in _TAGS or "fb-comments" in element.marks:
            return "facebook"
    for run in flow.runs:
        if run.node is not None:
            found = _FRAME.search(run.node.attributes.get("src") or "")
            if found:
                return "disqus" if found[1] else "facebook"
        if run.linked and len(run.text) <= MAX_LINE and (found := _ELSEWHERE.search(run.text)):
            return found[1].lower()
    return "facebook" if says_facebook([run.text for run in flow.runs]) else None


def find_areas(flow: Flow, title_run: int) -> list[Area]:
    """The parts of a page for comments: by their name, else behind a line that says so."""
    return _named_areas(flow, title_run) or _headed_areas(flow, title_run)


def _named_areas(flow: Flow, title_run: int) -> list[Area]:
    """Elements named for comments, behind the title and without the article in them."""
    areas: list[Area] = []
    done = -1
    for index, element in enumerate(flow.elements):
        if element.start < done or element.start <= title_run or element.end == element.start:
            continue
        if not is_area_name(element.marks):
            continue
        areas.append(Area(index, flow.last_inside(index), element.start, element.end))
        done = element.end
    return _joined(flow, areas)


def _joined(flow: Flow, areas: list[Area]) -> list[Area]:
    """The areas, those that are one comment each as one area: they stand side by side, or hold others of their name."""
    result: list[Area] = []
    for area in areas:
        element = flow.elements[area.index]
        last = flow.elements[result[-1].index] if result else None
        parent = element.parent
        kin = [flow.elements[index] for index in range(area.index + 1, area.last)]
        if last is not None and result[-1].index == parent and result[-1].single:
            result[-1].end = area.end
        elif last is not None and last.parent == parent and _kind(last) == _kind(element):
            result[-1] = Area(parent, flow.last_inside(parent), result[-1].start, area.end, single=True)
        elif parent >= 0 and any(_kind(other) == _kind(element) for other in kin):
            result.append(Area(parent, flow.last_inside(parent), area.start, area.end, single=True))
        else:
            result.append(area)
    return result


def _kind(element: Element) -> tuple[str, str]:
    return element.tag, element.marks.split(maxsplit=1)[0] if element.marks.strip() else ""


def _headed_areas(flow: Flow, title_run: int) -> list[Area]:
    """What stands behind a line such as `Komentar: 3`, up to the end of what that line stands in.

    Under the title such a line is a number beside the date.
    """
    above = sum(1 for run in flow.runs[title_run + 1 :] if _is_running(run.text, run.linked))
    seen = 0
    for at in range(title_run + 1, len(flow.runs)):
        run = flow.runs[at]
        if _is_running(run.text, run.linked):
            seen += 1
        if seen < min(ABOVE, above) or not is_heading(run.text):
            continue
        index = run.owner
        while index >= 0 and flow.elements[index].end <= at + 1:
            index = flow.elements[index].parent
        if index < 0:
            continue
        return [Area(index, flow.last_inside(index), at + 1, flow.elements[index].end, headed=True)]
    return []


def _is_running(text: str, linked: int) -> bool:
    return len(text) >= SENTENCE and linked * 2 < len(text)
