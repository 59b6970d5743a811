"""When a comment was written: what its `<time>` says, or a date in the line that names its author."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from eksread.parse.clean import clean
from eksread.parse.dates import find_printed, read_moment

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.parse.commentitems import Item
    from eksread.parse.flow import Flow

ANSWERS: Final = re.compile(
    r"(?i)^(?P<who>.{0,60}?)\s*\b(?:membalas|menjawab|replying to|in reply to|@)\s*@?(?P<name>[\w.-]{2,40})\s*"
)
"""Whom a comment says that it answers: `Ani membalas @budi`."""
_WEEKDAY: Final = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|\w{3,9}day)\s*,?\s*)?"
_WHEN_STARTS: Final = re.compile(
    rf"(?i)(?<!\w){_WEEKDAY}(?:\d{{1,4}}[\s/.-]|[a-z]{{3,9}} \d{{1,2}}, \d{{4}})"
)
_AGO: Final = re.compile(r"(?i)\s\d{1,3} \w{3,8} (?:yang )?(?:lalu|ago)$")
_BEHIND: Final = re.compile(r"(?i)\b(?:oleh|by|dari|from)\s*:?\s+\S.*$")
"""A name behind the date."""
_WHEN_GLUED: Final = re.compile(r"(?<=[a-z])\d{1,2} [A-Z][a-z]{2,8} \d{4}")


def exact_moment(flow: Flow, item: Item, now: datetime) -> tuple[datetime | None, str]:
    """What the first `<time datetime>` of a comment says, and how it is shown."""
    for at, told, node in flow.times[bisect_left(flow.times, item.start, key=itemgetter(0)) :][:MAX_TIMES]:
        if not item.start <= at < item.stop:
            break
        if told:
            return read_moment(told, now=now), clean(node.text())
    return None, ""


MAX_TIMES: Final = 4
"""Moments of one comment that are looked at: when it was written, when it was changed."""


def without_answer(line: str) -> str:
    """A line that says who answers whom, without whom."""
    found = ANSWERS.match(line)
    return f"{found['who']} {line[found.end() :]}" if found else line


def take_moment(line: str, now: datetime) -> tuple[datetime | None, str]:
    """A date in a short line and what stands before it."""
    line = line.strip(" |·•")
    whole = read_moment(line, now=now)
    if whole is not None:
        return whole, ""
    if "membalas" in line:
        line = without_answer(line).strip()
        whole = read_moment(line, now=now)
        if whole is not None:
            return whole, ""
    if not any(char.isdigit() for char in line):
        return None, line
    moment = find_printed(line, now=now)
    if moment is None and (found := _AGO.search(line)):
        ago = read_moment(line[found.start() :].strip(), now=now)
        if ago is not None:
            return ago, line[: found.start()]
    if moment is None:
        for mark in (" - ", " | ", " · ", ", ", " — ", " – ", " • "):
            head, _, tail = line.partition(mark)
            ago = read_moment(tail, now=now) if tail else None
            if ago is not None:
                return ago, head
        return None, line
    cut = _WHEN_STARTS.search(line) or _WHEN_GLUED.search(line)
    before = line[: cut.start()].strip() if cut else ""
    behind = _BEHIND.search(line) if not before else None
    return moment, behind[0] if behind else before
