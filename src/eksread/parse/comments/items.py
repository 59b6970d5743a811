"""Which runs of a comments area are one comment: by the names of elements, by lists, or by what is repeated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from eksread.parse.comments.areas import NO_AREA, is_dated, is_heading
from eksread.parse.language.dates import date_span, find_printed, read_moment
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from eksread.parse.comments.areas import Area
    from eksread.parse.html.flow import Element, Flow


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
    dates = _Dates(flow, area)
    yield _repeated(flow, inside, area.index, dates)
    yield _dated(flow, inside, area, dates)
    yield _flat(flow, area)


class _Dates:
    """How many lines of an area begin with a date, for any run of it."""

    def __init__(self, flow: Flow, area: Area) -> None:
        runs = flow.runs[area.start : min(area.end, area.start + MAX_RUNS)]
        self._start = area.start
        self._sums = list(accumulate((is_dated(run) for run in runs), initial=0))

    def between(self, start: int, stop: int) -> int:
        """The dated lines from run `start` to before `stop`."""
        first, last = (min(max(at - self._start, 0), len(self._sums) - 1) for at in (start, stop))
        return self._sums[last] - self._sums[first]


def _repeated(flow: Flow, inside: Sequence[int], top: int, dates: _Dates) -> list[Item]:
    """The elements of one kind that have one date each of their own, replies inside them as well."""
    kinds: dict[tuple[str, str], set[int]] = {}
    for index in inside:
        element = flow.elements[index]
        name = element.marks.split(maxsplit=1)
        if name and index != top and dates.between(element.start, element.end):
            kinds.setdefault((element.tag, name[0]), set()).add(id(element))
    best: list[Item] = []
    for members in kinds.values():
        if len(members) <= len(best) or len(members) < MIN_REPEATED:
            continue
        items = _nested(flow, inside, top, partial(_is_among, members))
        if all(dates.between(item.start, item.stop) == 1 and item.stop - item.start > 1 for item in items):
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


def _dated(flow: Flow, inside: Sequence[int], area: Area, dates: _Dates) -> list[Item]:
    """The largest elements with one date each: rows of a table, hand-made boxes, whatever their names."""
    items: list[Item] = []
    done = area.start
    for index in inside:
        element = flow.elements[index]
        if (
            element.start >= done
            and element.end > element.start
            and dates.between(element.start, element.end) == 1
            and index != area.index
        ):
            items.append(Item(element.start, element.end, 0, _indent(element)))
            done = element.end
    return items


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


# When a comment was written: its `<time>`, or a date in the line that names its author.

ANSWERS: Final = re.compile(
    r"(?i)^(?P<who>.{0,60}?)\s*\b(?:membalas|menjawab|replying to|in reply to|@)\s*@?(?P<name>[\w.-]{2,40})\s*"
)
"""The line that names whom a comment answers: `Ani membalas @budi`."""
_BEHIND: Final = re.compile(r"(?i)\b(?:oleh|by|dari|from)\s*:?\s+\S.*$")
"""A name behind the date."""


def exact_moment(flow: Flow, item: Item, now: datetime) -> tuple[datetime | None, str]:
    """The moment of the first `<time datetime>` of a comment, and the text that shows it."""
    for at, value, node in flow.times[bisect_left(flow.times, item.start, key=itemgetter(0)) :][:MAX_TIMES]:
        if not item.start <= at < item.stop:
            break
        if value:
            return read_moment(value, now=now), clean(node.text())
    return None, ""


MAX_TIMES: Final = 4
"""Moments of one comment that are looked at: when it was written, when it was changed."""


def without_answer(line: str) -> str:
    """A line that says who answers whom, without whom."""
    found = ANSWERS.match(line)
    return f"{found['who']} {line[found.end() :]}" if found else line


def take_moment(line: str, now: datetime) -> tuple[datetime | None, str]:
    """A date in a short line and what stands before it."""
    line = without_answer(line.strip(" |·•")).strip()
    whole = read_moment(line, now=now)
    if whole is not None:
        return whole, ""
    span = date_span(line)
    if span is None:
        return None, line
    moment = find_printed(line, now=now) or read_moment(line[span[0] :], now=now)
    if moment is None:
        return None, line
    before = line[: span[0]].strip()
    behind = _BEHIND.search(line) if not before else None
    return moment, behind[0] if behind else before
