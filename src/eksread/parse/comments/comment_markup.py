"""How comments are marked up: where they stand on a page, the number it states, and which of its runs are one comment.

One comment is known by the names of elements, by lists, or by what is repeated. Who wrote it when is read in `threads`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.parse.html.flow import SENTENCE
from eksread.parse.language.dates import date_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    rf"(?i)^\W*+(?:(?:jumlah|total|ada|lihat|baca|tampilkan|buka|semua|view|show|read|all|see)\s++)*(?:{_WORDS}(?:\s+(?:pembaca|anda|berita|artikel|untuk\b.{{0,200}}))?\s*+(?:[:(\[]\s*+)?(\d{{1,6}})\s*+(?:{_WORDS})?\s*+[)\]]?|"
    rf"[(\[]?(\d{{1,6}})[)\]]?\s+(?:{_WORDS}|thoughts? on|pemikiran pada|orang berkomentar)\b.{{0,200}})\W*+$"
)
_NONE: Final = re.compile(
    r"(?i)^\W*(?:(?:belum|tidak) ada (?:komentar|tanggapan)|no comments(?: yet)?|jadilah (?:orang |yang )*pertama .{0,20}(?:komentar|tanggapan)\w*)\b.{0,30}$"
)
_HEADING: Final = re.compile(
    r"(?i)^\W*(?:(?:kolom|ruang|daftar|isi)\s+)?(?:komentar|comments?|tanggapan|diskusi)(?:\s+(?:pembaca|anda|terbaru|netizen|warga|berita|artikel))?\W*$"
)
_FRAME: Final = re.compile(
    r"//[^/?#]*\bfacebook\.com/plugins/comments|(?://[^/?#]*\b|/)(disqus)(?:\.com|[\w./-]{0,200}\.html)"
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


# Which runs of an area are one comment.

MAX_RUNS: Final = 8000
"""Runs of an area that are read: eight for each of a thousand comments."""

MAX_LEVEL: Final = 12
"""Levels that an attribute may state."""

MAX_NAME: Final = 60
"""Characters of a line with a name above a date."""

_ITEM: Final = re.compile(
    r"(?<![a-z-])[a-z]{1,3}-(?:comment|komentar)(?![a-z-])|"
    r"(?<![a-z0-9-])(?:comment|komentar|komen|media|reply|balasan|tanggapan)(?![a-z-])|(?<![a-z])(?:comment|komentar)[-_]?\d+|"
    r"(?<![a-z])(?:(?:comment|komentar|komen|tanggapan)[-_]*_?(?:item|entry|row|single|post|isi|card|node)|"
    r"(?:item|single|isi|satu)[-_]*(?:comment|komentar|komen))(?![a-z])"
)
_ITEM_TAGS: Final = frozenset(("li", "div", "article", "tr", "section", "dd", "blockquote", "p", "table"))
_REPLIES: Final = re.compile(
    r"(?<![a-z])(?:indented|children|replies|anak-?komentar|daftar-?balasan|sub-?comments?)(?![a-z])"
)
"""Boxes of replies that stand beside what they answer, not in it."""
_INDENT_CLASS: Final = re.compile(r"(?<![\w:-])[mp][ls]-(\d{1,3})(?![\w-])")
"""The classes by which utility style sheets indent: `ml-10`, `ps-4`."""
_INDENT: Final = re.compile(r"(?i)(?:margin|padding)-left\s*:\s*(\d{1,4})")


@dataclass(slots=True)
class Item:
    """One comment: its runs `start` to `stop` (a reply inside begins there), and how deep it stands."""

    start: int
    stop: int
    nesting: int = 0
    indent: int = 0


def divisions(flow: Flow, area: Area) -> Iterator[list[Item]]:
    """The ways in which an area may be cut into comments, the surest first; none is empty."""
    inside = [
        index
        for index in range(area.index, area.last)
        if area.start <= flow.elements[index].start and flow.elements[index].end <= area.end
    ]
    forms = [flow.elements[index].start for index in inside if flow.elements[index].tag == "form"]
    for items in _ways(flow, area, inside):
        for item in items:
            after = bisect_right(forms, item.start)
            if after < len(forms):
                item.stop = min(item.stop, forms[after])
        if items:
            yield items


def _ways(flow: Flow, area: Area, inside: Sequence[int]) -> Iterator[list[Item]]:
    yield _nested(flow, inside, area.index, _is_named_item)
    yield _nested(flow, inside, area.index, _is_list_item)
    yield _repeated(flow, inside, area)
    yield _flat(flow, area)


def _repeated(flow: Flow, inside: Sequence[int], area: Area) -> list[Item]:
    """The elements of one kind that have one date each of their own, replies inside them as well."""
    dated = [is_dated(run) for run in flow.runs[area.start : min(area.end, area.start + MAX_RUNS)]]

    def dates(start: int, stop: int) -> int:
        return sum(dated[start - area.start : stop - area.start])

    kinds: dict[tuple[str, str], set[int]] = {}
    for index in inside:
        element = flow.elements[index]
        name = element.marks.split(maxsplit=1)
        if name and index != area.index and dates(element.start, element.end):
            kinds.setdefault((element.tag, name[0]), set()).add(id(element))
    best: list[Item] = []
    for members in kinds.values():
        if len(members) <= len(best) or len(members) < MIN_REPEATED:
            continue
        items = _nested(flow, inside, area.index, partial(_is_among, members))
        if all(dates(item.start, item.stop) == 1 and item.stop - item.start > 1 for item in items):
            best = items
    return best


MIN_REPEATED: Final = 2
"""Elements of one kind that are comments; a single one may be anything."""


def _nested(flow: Flow, inside: Sequence[int], top: int, test: Callable[[Element], bool]) -> list[Item]:
    """The elements that pass, each with how many others it stands in."""
    items: list[Item] = []
    nesting: dict[int, int] = {}
    own: set[int] = set()
    for index in inside:
        element = flow.elements[index]
        depth = nesting.get(element.parent, -1)
        if items and element.parent not in own and _holds_replies(element.marks):
            depth += 1
        if index != top and element.end > element.start and test(element):
            depth += 1
            if items and items[-1].start == element.start and items[-1].stop >= element.end:
                depth = items.pop().nesting  # a box around a reply, with nothing of its own
            own.add(index)
            if items and items[-1].stop > element.start:
                items[-1].stop = element.start
            items.append(
                Item(
                    element.start,
                    element.end,
                    max(depth, element.place.list_depth),
                    _indent(element),
                )
            )
        nesting[index] = depth
    return items


def _is_named_item(element: Element) -> bool:
    return element.tag in _ITEM_TAGS and _is_item_name(element.marks)


@lru_cache(maxsize=4096)
def _is_item_name(marks: str) -> bool:
    return bool(_ITEM.search(marks)) and not NO_AREA.search(marks)


@lru_cache(maxsize=4096)
def _holds_replies(marks: str) -> bool:
    return bool(_REPLIES.search(marks))


def _is_list_item(element: Element) -> bool:
    return element.tag == "li"


def _is_among(members: set[int], element: Element) -> bool:
    return id(element) in members


def _flat(flow: Flow, area: Area) -> list[Item]:
    """Comments that no element holds: lines one after the other, a date above or below each text."""
    runs = [
        at
        for at in range(area.start, min(area.end, area.start + MAX_RUNS))
        if flow.runs[at].node is None and not is_heading(flow.runs[at].text)
    ]
    dated = [place for place, at in enumerate(runs) if is_dated(flow.runs[at])]
    if not dated:
        return []
    # A name above the first date, or nothing: the heads of comments. A text above it: the date ends each.
    if dated[0] <= 1:
        starts = [
            place - 1 if dated[0] == 1 and _is_name(flow.runs[runs[place - 1]].text) else place
            for place in dated
        ]
    else:
        starts = [0, *(place + 1 for place in dated[:-1])]
    ends = [*starts[1:], dated[-1] + 1 if dated[0] > 1 else len(runs)]
    return [
        Item(runs[start], runs[end - 1] + 1) for start, end in zip(starts, ends, strict=True) if end > start
    ]


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and not text.endswith((".", "!", "?"))


def _indent(element: Element) -> int:
    """How far an element is indented: by style, attribute, or an empty cell before its text."""
    given = element.node.attributes
    if (given.get("data-depth") or "").isdecimal():
        return min(MAX_LEVEL, int((given.get("data-depth") or "0")[:2]))
    style = _INDENT.search(given.get("style") or "") or _INDENT_CLASS.search(element.marks)
    if style:
        return int(style[1])
    if element.tag not in {"table", "tr"}:
        return 0
    spacer = element.node.css_first("td[width]")
    if spacer is not None and not spacer.text(strip=True).strip():
        width = spacer.attributes.get("width") or ""
        return int(width) if width.isdecimal() and len(width) < 4 else 0
    return 0
