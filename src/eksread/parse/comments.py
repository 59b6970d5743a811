"""Readers' comments: the number a page states, those it holds, and boxes whose comments stand elsewhere.

WordPress lists, nested lists, hand-made lists and tables are all read the same way: inside a part of the page that
is named for comments, the repeated element is one comment; an element inside another is a reply to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eksread.model import Comment
from eksread.parse.dates import find_printed, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from eksread.parse.walk import Element, Flow, Run

MAX_COMMENTS: Final = 1000
"""Comments kept of one page."""

MAX_COMMENT: Final = 10_000
"""Characters kept of one comment."""

MAX_DEPTH: Final = 12
"""Levels of replies kept apart; deeper ones are shown at this depth."""

_AREA: Final = re.compile(
    r"(?<![a-z])(?:comments?|commentlist|comment-?(?:list|area|section|wrap\w*|box|thread|container|block)s?|komentar|"
    r"(?:list|daftar|kolom|box|area|wrap)[-_]?(?:komentar|comments?)|tanggapan|disqus_thread|fb-comments)(?![a-z])"
)
_NO_AREA: Final = re.compile(
    r"comments?-(?:link|count|number|open|closed|off|form|enabled|disabled|icon|bubble)|has-comment|no-comment"
)
_ITEM: Final = re.compile(
    r"(?<![a-z])(?:comment|komentar|(?:comment|komentar|tanggapan)[-_]*(?:item|entry|row|single|post|isi)|(?:item|single|isi)[-_]*(?:comment|komentar)|media|reply|balasan)(?![a-z]|-(?:body|content|text|author|meta|reply|list|form|metadata))"
)
_AUTHOR: Final = re.compile(
    r"(?<![a-z])(?:authors?|comment-?author|names?|nama|user(?:name)?|fn|vcard|penulis|pengirim|oleh)(?![a-z])"
)
_CONTROL: Final = re.compile(
    r"(?i)^\W*(?:balas|reply|jawab|suka|like|dislike|laporkan|report|share|bagikan|edit|hapus|delete|log in to reply|masuk untuk membalas|"
    r"permalink|\d+\s*(?:suka|likes?|balasan|repl(?:y|ies))?|tampilkan balasan|lihat balasan.{0,12}|[·|•\s]+)(?:\s*[\d()|·]*)\W*$"
)
_SAYS: Final = re.compile(r"(?i)\s*(?:says|berkata|mengatakan|menulis|wrote|said|pada|on)?\s*[:,|·•–-]*\s*$")
_BY: Final = re.compile(r"(?i)^\s*(?:oleh|by|dari|from)\s*:?\s+")
_FORM: Final = re.compile(
    r"(?i)^\W*(?:tinggalkan|leave|tulis|beri|kirim|batalkan|cancel|alamat email|your email|nama|email|situs web|website|simpan nama|save my name|login|masuk)\b.{0,160}$"
)
_COUNT: Final = re.compile(
    r"(?i)^\W*(?:(?:jumlah\s+)?(?:komentar|comments?|tanggapan|balasan)\s*[:(\[]?\s*(\d{1,6})\s*[)\]]?|"
    r"(\d{1,6})\s+(?:komentar|comments?|tanggapan|balasan|responses?|thoughts? on|pemikiran pada)\b.{0,200})\W*$"
)
_DEPTH: Final = re.compile(r"(?<![a-z])depth-(\d{1,2})(?!\d)")


@dataclass(slots=True)
class Area:
    """A part of the page that holds comments: element index, and its runs from `start` to `end`."""

    index: int
    start: int
    end: int


def read_count(lines: Iterable[str]) -> int | None:
    """The number of comments that a line states: `Komentar: 3`, `3 Komentar`."""
    for line in lines:
        found = _COUNT.match(line) if len(line) < 300 else None
        if found is not None:
            return int(found[1] or found[2])
    return None


def find_external(flow: Flow) -> str | None:
    """The name of a comments box whose content stands on another server."""
    for element in flow.elements:
        marks = element.marks
        if "disqus_thread" in marks:
            return "disqus"
        if "fb-comments" in marks or "facebook-comment" in marks or "fb_comments" in marks:
            return "facebook"
    return None


def find_areas(flow: Flow, title_run: int) -> list[Area]:
    """The parts of a page named for comments, behind the title and without the article in them."""
    areas: list[Area] = []
    done = -1
    for index, element in enumerate(flow.elements):
        if (
            element.start < done
            or element.start <= title_run
            or element.tag in {"body", "html", "article", "main"}
        ):
            continue
        marks = element.marks
        if not marks or not _AREA.search(marks) or _NO_AREA.search(marks):
            continue
        if element.node.attributes.get("itemprop") == "articleBody":
            continue
        if element.end > element.start:
            areas.append(Area(index, element.start, element.end))
            done = element.end
    return areas


def read_comments(flow: Flow, areas: Sequence[Area], now: datetime) -> tuple[Comment, ...]:
    """The comments in these areas, in order, replies one deeper than what they answer."""
    found: list[Comment] = []
    for area in areas:
        items = _items(flow, area)
        starts = sorted(items)
        for place, index in enumerate(starts):
            element = flow.elements[index]
            inner = [
                flow.elements[other]
                for other in starts[place + 1 :]
                if flow.elements[other].start < element.end
            ]
            stop = inner[0].start if inner else element.end
            comment = _read_one(flow, flow.runs[element.start : stop], now, min(items[index], MAX_DEPTH))
            exact = element.node.css_first("time[datetime]")
            moment = read_moment(exact.attributes.get("datetime") or "", now=now) if exact else None
            if comment is not None and moment is not None:
                comment = replace(comment, posted=moment)
            if comment is not None and len(found) < MAX_COMMENTS:
                found.append(comment)
    return tuple(found)


def _items(flow: Flow, area: Area) -> dict[int, int]:
    """The elements that are one comment each, with their depth."""
    last = area.index + 1
    while last < len(flow.elements) and flow.elements[last].parent >= area.index:
        last += 1
    inside = range(area.index, last)
    for test in (_is_named_item, _is_list_item, _is_row):
        chosen: dict[int, int] = {}
        holders: dict[int, int] = {}
        for index in inside:
            element = flow.elements[index]
            depth = holders.get(element.parent, -1)
            if element.end > element.start and test(element, index != area.index):
                depth += 1
                stated = _DEPTH.search(element.marks)
                chosen[index] = max(depth, int(stated[1]) - 1) if stated else depth
            holders[index] = depth
        if chosen:
            return chosen
    return {}


def _is_named_item(element: Element, inner: bool) -> bool:
    named = bool(element.marks) and bool(_ITEM.search(element.marks)) and not _NO_AREA.search(element.marks)
    return (
        named and inner and element.tag in {"li", "div", "article", "tr", "section", "dd", "blockquote", "p"}
    )


def _is_list_item(element: Element, inner: bool) -> bool:
    return inner and element.tag == "li"


def _is_row(element: Element, inner: bool) -> bool:
    return inner and element.tag in {"tr", "p", "dd"}


def _read_one(flow: Flow, runs: Sequence[Run], now: datetime, depth: int) -> Comment | None:
    """One comment from its runs: who and when stand above the text, buttons below."""
    author: str | None = None
    posted: datetime | None = None
    text: list[str] = []
    for run in runs:
        if run.node is not None:
            continue
        marks = " ".join(element.marks for element in flow.ancestors(run.owner, 3))
        bold = " ".join("".join(piece.text for piece in run.pieces if piece.bold).split())
        for line in run.lines():
            if not line or _CONTROL.match(line) or (not text and _FORM.match(line)):
                continue
            when, left = _take_moment(line, now) if posted is None and len(line) < MAX_HEAD else (None, line)
            if when is not None and len(left) < MAX_NAME:
                posted = when
                author = author or _name(left)
            elif author is None and not text and (name := _author_of(line, bold, marks, len(runs))):
                author = name
                rest = line[len(bold) :].strip(" :–-|") if bold and line.startswith(bold) else ""
                if rest and _SAYS.sub("", rest):
                    text.append(rest)
            else:
                text.append(line)
    body = "\n".join(text)[:MAX_COMMENT]
    return Comment(author, posted, body, depth) if body else None


MAX_HEAD: Final = 120
"""Characters of the line that names a comment's author and time."""

MAX_NAME: Final = 60


def _author_of(line: str, bold: str, marks: str, runs: int) -> str | None:
    """The author that a line names: its bold start, an element called author, `… berkata`, or a short first line."""
    if bold and line.startswith(bold) and len(bold) <= MAX_NAME:
        return _name(bold)
    short = len(line) <= MAX_NAME and len(line.split()) <= 6 and not line.endswith((".", "!", "?"))
    if short and (_AUTHOR.search(marks) or _SAYS.sub("", line) != line or runs > 1):
        return _name(line)
    return None


def _take_moment(line: str, now: datetime) -> tuple[datetime | None, str]:
    """A date in a short line and what else stands in it."""
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
    cut = re.search(
        r"(?i)(?:(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)\s*,?\s*)?\d{1,4}[\s/.-]", line
    )
    return moment, line[: cut.start()] if cut else ""


def _name(text: str) -> str | None:
    name = _BY.sub("", _SAYS.sub("", text)).strip(" -|,:·•()–")
    return name or None
