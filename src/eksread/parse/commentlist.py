"""The comments in an area of a page: each repeated element one comment, replies one deeper than what they answer.

WordPress lists, nested lists, hand-made lists and tables are all read the same way. Who and when stand above the text,
buttons below. Depth comes from nesting, from a class or attribute, from an indent, or from "membalas @nama".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eksread.model import Comment
from eksread.parse.clean import clean
from eksread.parse.comments import NO_AREA, is_dated
from eksread.parse.dates import find_printed, read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from eksread.parse.comments import Area
    from eksread.parse.flow import Element, Flow, Run

MAX_COMMENTS: Final = 1000
"""Comments kept of one page."""

MAX_COMMENT: Final = 10_000
"""Characters kept of one comment."""

MAX_DEPTH: Final = 12
"""Levels of replies kept apart; deeper ones are shown at this depth."""

MAX_RUNS: Final = 8000
"""Runs of an area that are read: eight for each of a thousand comments."""

MAX_HEAD: Final = 120
"""Characters of the line that names a comment's author and time."""

MAX_NAME: Final = 60

_ITEM: Final = re.compile(
    r"(?<![a-z0-9-])(?:comment|komentar|media|reply|balasan)(?![a-z-])|(?<![a-z])(?:comment|komentar)[-_]?\d+|"
    r"(?<![a-z])(?:(?:comment|komentar|tanggapan)[-_]*(?:item|entry|row|single|post|isi)|"
    r"(?:item|single|isi)[-_]*(?:comment|komentar))(?![a-z])"
)
_AUTHOR: Final = re.compile(
    r"(?<![a-z])(?:authors?|comment-?author|names?|nama|user(?:name)?|fn|vcard|penulis|pengirim|oleh)(?![a-z])"
)
_CONTROL: Final = re.compile(
    r"(?i)^\W*(?:balas|reply|jawab|suka|like|dislike|laporkan|report|share|bagikan|edit|hapus|delete|log in to reply|"
    r"masuk untuk membalas|permalink|\d+\s*(?:suka|likes?|balasan|repl(?:y|ies))?|(?:tampilkan|lihat) balasan.{0,12})"
    r"(?:\s*[\d()|·]*)\W*$"
)
_BUTTON: Final = re.compile(r"\s+(?:Balas|Reply|Jawab|Laporkan)$")
_SAYS: Final = re.compile(r"(?i)\s*(?:says|berkata|mengatakan|menulis|wrote|said|pada|on)?\s*[:,|·•–-]*\s*$")
_BY: Final = re.compile(r"(?i)^\s*(?:oleh|by|dari|from)\s*:?\s+")
_ANSWERS: Final = re.compile(
    r"(?i)^(?P<who>.{0,60}?)\s*\b(?:membalas|menjawab|replying to|in reply to|@)\s*@?(?P<name>[\w.-]{2,40})\s*"
)
_FORM: Final = re.compile(
    r"(?i)^\W*(?:tinggalkan|leave|tulis|beri|kirim|batalkan|cancel|alamat email|your email|nama|email|situs web|website|"
    r"simpan nama|save my name|login|masuk)\b.{0,160}$"
)
_MAY_BE_DATED: Final = re.compile(r"(?i)\d|lalu|ago|kemarin|baru|hari ini|now|today|yesterday")
_DEPTH: Final = re.compile(r"(?<![a-z])(?:depth|level)-?(\d{1,2})(?!\d)")
_INDENT: Final = re.compile(r"(?i)(?:margin|padding)-left\s*:\s*(\d{1,4})")
_WEEKDAY: Final = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|\w{3,9}day)\s*,?\s*)?"
_WHEN_STARTS: Final = re.compile(
    rf"(?i)(?<!\w){_WEEKDAY}(?:\d{{1,4}}[\s/.-]|[a-z]{{3,9}} \d{{1,2}}, \d{{4}})"
)


_WHEN_GLUED: Final = re.compile(r"(?<=[a-z])\d{1,2} [A-Z][a-z]{2,8} \d{4}")


@dataclass(slots=True)
class _Item:
    """One comment's element and where its own runs end (a reply inside begins there)."""

    element: Element
    stop: int
    nesting: int
    indent: int = 0


def read_comments(flow: Flow, areas: Sequence[Area], now: datetime) -> tuple[Comment, ...]:
    """The comments in these areas, in order."""
    found: list[Comment] = []
    for area in areas:
        items = _items(flow, area)
        indents = sorted({item.indent for item in items})
        depths: dict[str, int] = {}
        for item in items:
            if len(found) >= MAX_COMMENTS:
                break
            comment = _read_one(flow, item, now)
            if comment is None or (area.headed and comment.posted is None):
                continue
            told, answered = comment.depth, depths.get(_answered(item, flow))
            depth = max(
                item.nesting, told, indents.index(item.indent), 0 if answered is None else answered + 1
            )
            comment = replace(comment, depth=min(depth, MAX_DEPTH))
            depths[(comment.author or "").casefold()] = comment.depth
            found.append(comment)
    return tuple(found)


def _items(flow: Flow, area: Area) -> list[_Item]:
    """The elements that are one comment each: by name, else list items, else what holds one date each."""
    inside = [index for index in range(area.index, area.last) if flow.elements[index].start >= area.start]
    for test in (_is_named_item, _is_list_item):
        items = _nested(flow, inside, area.index, test)
        if items:
            return items
    return _dated(flow, inside, area)


def _nested(flow: Flow, inside: Sequence[int], top: int, test: Callable[[Element], bool]) -> list[_Item]:
    """The elements that pass, each with how many others it stands in."""
    items: list[_Item] = []
    nesting: dict[int, int] = {}
    for index in inside:
        element = flow.elements[index]
        depth = nesting.get(element.parent, -1)
        if index != top and element.end > element.start and test(element):
            depth += 1
            if items and items[-1].stop > element.start:
                items[-1].stop = element.start
            items.append(_Item(element, element.end, depth))
        nesting[index] = depth
    return items


def _is_named_item(element: Element) -> bool:
    named = bool(_ITEM.search(element.marks)) and not NO_AREA.search(element.marks)
    return named and element.tag in {"li", "div", "article", "tr", "section", "dd", "blockquote", "p"}


def _is_list_item(element: Element) -> bool:
    return element.tag == "li"


def _dated(flow: Flow, inside: Sequence[int], area: Area) -> list[_Item]:
    """The largest elements with one date each: rows of a table, hand-made boxes, whatever their names."""
    dates = [0]
    for run in flow.runs[area.start : min(area.end, area.start + MAX_RUNS)]:
        dates.append(dates[-1] + is_dated(run))

    def count(element: Element) -> int:
        start, end = (min(max(at - area.start, 0), len(dates) - 1) for at in (element.start, element.end))
        return dates[end] - dates[start]

    items: list[_Item] = []
    done = area.start
    for index in inside:
        element = flow.elements[index]
        if (
            element.start >= done
            and element.end > element.start
            and count(element) == 1
            and index != area.index
        ):
            items.append(_Item(element, element.end, 0, _indent(flow, index)))
            done = element.end
    return items


def _indent(flow: Flow, index: int) -> int:
    """How far an element is indented: by style, attribute, or an empty cell before its text."""
    element = flow.elements[index]
    given = element.node.attributes
    if (given.get("data-depth") or "").isdecimal():
        return min(MAX_DEPTH, int((given.get("data-depth") or "0")[:2]))
    style = _INDENT.search(given.get("style") or "")
    if style:
        return int(style[1])
    spacer = element.node.css_first("td[width]")
    if spacer is not None and not spacer.text(strip=True).strip():
        width = spacer.attributes.get("width") or ""
        return int(width) if width.isdecimal() and len(width) < 4 else 0
    return 0


def _answered(item: _Item, flow: Flow) -> str:
    """Whom a comment says that it answers."""
    for run in flow.runs[item.element.start : item.stop][:2]:
        found = _ANSWERS.match(run.text[:MAX_HEAD]) if run.node is None else None
        if found and "membalas" in run.text[:MAX_HEAD].lower():
            return found["name"].casefold()
    return ""


def _read_one(flow: Flow, item: _Item, now: datetime) -> Comment | None:
    """One comment; its depth is only what its element states."""
    runs = flow.runs[item.element.start : item.stop]
    author: str | None = None
    posted, stamp = _exact_moment(item.element, now)
    text: list[str] = []
    for run in runs:
        if run.node is not None:
            continue
        marks = " ".join(element.marks for element in flow.ancestors(run.owner, 3))
        bold = _bold_start(run)
        for number, raw in enumerate(run.lines()):
            line = _BUTTON.sub("", raw)
            if stamp and not text and stamp in line:
                line = _ANSWERS.sub(r"\g<who>", line.replace(stamp, "")).strip(" -|,·•")
            if not line or _CONTROL.match(line) or (not text and _FORM.match(line)):
                continue
            if number == 0 and author is None and not text and bold and line.startswith(bold):
                author, line = _name(bold), line[len(bold) :].strip(" :–-|,·•")
            if posted is None and len(line) < MAX_HEAD and _MAY_BE_DATED.search(line):
                when, left = _take_moment(line, now)
                if when is not None and len(left) < MAX_NAME:
                    posted = when
                    author = author or _name(left)
                    continue
            if author is None and not text and (name := _author_of(line, marks, len(runs))):
                author = name
            elif len(line) > MAX_HEAD or _SAYS.sub("", line):
                text.append(line)
    body = "\n".join(text)[:MAX_COMMENT]
    stated = _DEPTH.search(item.element.marks)
    return Comment(author, posted, body, int(stated[1]) - 1 if stated else 0) if body else None


def _exact_moment(element: Element, now: datetime) -> tuple[datetime | None, str]:
    """What the first `<time datetime>` of a comment says, and how it is shown."""
    node = element.node.css_first("time[datetime]")
    if node is None:
        return None, ""
    return read_moment(node.attributes.get("datetime") or "", now=now), clean(node.text())


def _bold_start(run: Run) -> str:
    """The bold text that a run begins with."""
    bold: list[str] = []
    for piece in run.pieces:
        if not piece.bold and piece.text.strip():
            break
        bold.append(piece.text)
    text = " ".join("".join(bold).split())
    return text if len(text) <= MAX_NAME else ""


def _author_of(line: str, marks: str, runs: int) -> str | None:
    """The author that a line names: an element called author, `… berkata`, or a short first line."""
    short = len(line) <= MAX_NAME and len(line.split()) <= 6 and not line.endswith((".", "!", "?"))
    if short and (_AUTHOR.search(marks) or _SAYS.sub("", line) != line or runs > 1):
        return _name(line)
    return None


def _take_moment(line: str, now: datetime) -> tuple[datetime | None, str]:
    """A date in a short line and what stands before it."""
    whole = read_moment(line, now=now)
    if whole is not None:
        return whole, ""
    if "membalas" in line:
        line = _ANSWERS.sub(r"\g<who> ", line).strip()
        whole = read_moment(line, now=now)
        if whole is not None:
            return whole, ""
    if not any(char.isdigit() for char in line):
        return None, line
    moment = find_printed(line, now=now)
    if moment is None:
        for mark in (" - ", " | ", " · ", ", ", " — ", " – ", " • "):
            head, _, tail = line.partition(mark)
            ago = read_moment(tail, now=now) if tail else None
            if ago is not None:
                return ago, head
        return None, line
    cut = _WHEN_STARTS.search(line) or _WHEN_GLUED.search(line)
    return moment, line[: cut.start()] if cut else ""


def _name(text: str) -> str | None:
    name = _BY.sub("", _SAYS.sub("", text)).strip(" -|,:·•()–")
    return name or None
