"""The comments in an area of a page: each repeated element one comment, replies one deeper than what they answer.

WordPress lists, nested lists, hand-made lists and tables are all read the same way. Who and when stand above the text,
buttons below. Depth comes from nesting, from an attribute, from an indent, or from "membalas @nama".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from eksread.model.news import Comment
from eksread.parse.comments.comment_markup import divisions
from eksread.parse.html.flow import SOFT_BREAK
from eksread.parse.language.dates import date_span, find_printed, read_moment
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.parse.comments.comment_markup import Area, Item
    from eksread.parse.html.flow import Flow, Run

MAX_COMMENTS: Final = 1000
"""Comments kept of one page."""

MAX_COMMENT: Final = 10_000
"""Characters kept of one comment."""

MAX_DEPTH: Final = 12
"""Levels of replies kept apart; deeper ones are shown at this depth."""

MAX_HEAD: Final = 120
"""Characters of the line that names a comment's author and time."""

MAX_CONTROL: Final = 180
"""Characters of a line that is a button, or a form's label."""

MAX_NAME: Final = 60
MAX_NAME_WORDS: Final = 6

_CONTROL: Final = re.compile(
    r"(?i)^\W*(?:balas|reply|jawab|kutip|quote|tanggapi|suka|like|dislike|tidak suka|setuju|laporkan|lapor|report|share|bagikan|edit|hapus|delete|log in to reply|"
    r"masuk untuk membalas|perma-?link|(?:salin |copy )?(?:tautan|link)(?: permanen| komentar)?|(?:balas|reply|jawab)(?: komentar| pesan)? ini|(?:belum|tidak|ter|sudah) ?(?:di|ter)?verifikasi|(?:kirim|tulis|tinggalkan|beri|poskan|tambah(?:kan)?|isi|post) (?:komentar|balasan|tanggapan|comment)(?: anda| baru)?|\d+\s*(?:suka|likes?|balasan|repl(?:y|ies))?|(?:(?:tampilkan|lihat|sembunyikan|show|hide) )?(?:balasan|replies).{0,12})"
    r"(?:\s*[\d()|·]*)\W*$"
)
_STATUS: Final = re.compile(
    r"(?i)(?:(?<!\s)\s++)?[(\[](?:(?:belum|tidak|sudah|not|un)[ -]?)?(?:(?:di|ter)?verifi\w+|tamu|guest|anonim|anonymous|anggota|member|pengunjung|visitor)[)\]]\W*$"
)
"""What a site says of an author behind the name: `Ani (belum diverifikasi)`."""
_NUMBER: Final = re.compile(
    r"^(?:[+-]\d{1,4}\s*(?=\D)|\d{1,4}\s+(?=#))?(?:#\s?\d{1,5}(?:\.\d{1,4})*[.:)]?(?:\s+|$)|\d{1,3}[.)]\s+)?"
)
"""A vote and the number of a comment before its author's name: `+2 #1 Ani`."""
_SAYING: Final = tuple(
    "says berkata mengatakan menulis berkomentar menanggapi bilang wrote said pada on".split()
)
_SAYS: Final = re.compile(
    rf"(?:(?<!\s)\s++)?(?:(?:{'|'.join(_SAYING)})\s*+)?(?:(?:(?<![:,|·•–-])[:,|·•–-]++|(?<!\.)\.{{2,}}|…)\s*+)?$"
)
_BY: Final = re.compile(
    r"(?i)^\s*(?:(?:ditulis|dikirim|diposting|posted|komentar|comment)\s+)?(?:oleh|by|dari|from|nama|pengirim)\s*(?::\s*|\s+)"
)
_MAY_BE_DATED: Final = re.compile(r"(?i)\d|lalu|ago|kemarin|baru|hari ini|now|today|yesterday")


def read_comments(flow: Flow, areas: Sequence[Area], now: datetime) -> tuple[Comment, ...]:
    """The comments in these areas, in order: of each area by the first way to cut it that finds dates."""
    found: list[Comment] = []
    for area in areas:
        best: list[Comment] = []
        for items in divisions(flow, area):
            comments = _read_items(flow, area, items[: MAX_COMMENTS - len(found)], now)
            dated = any(comment.posted for comment in comments)
            if dated or not best:
                best = comments
            if dated:
                break
        found.extend(best)
    lowest = min((comment.depth for comment in found), default=0)
    return tuple(
        Comment(comment.author, comment.posted, comment.text, min(comment.depth - lowest, MAX_DEPTH))
        for comment in found
    )


def _read_items(flow: Flow, area: Area, items: Sequence[Item], now: datetime) -> list[Comment]:
    """The comments of one way to cut an area."""
    found: list[Comment] = []
    indents = sorted({item.indent for item in items})
    for item in items:
        depth = max(item.nesting, indents.index(item.indent))
        comment = _read_one(flow, item, depth, now)
        if comment is None or (area.headed and comment.posted is None):
            continue
        found.append(comment)
    return found


def _read_one(flow: Flow, item: Item, depth: int, now: datetime) -> Comment | None:
    """One comment, of a depth that is known."""
    runs = flow.runs[item.start : item.stop]
    if any(_is_headline(run) for run in runs):
        return None
    author: str | None = None
    posted, stamp = exact_moment(flow, item, now)
    text: list[str] = []
    for run in runs:
        if run.node is not None:
            continue
        bold = _bold_start(run)
        lines = _lines(run)
        for number, raw in enumerate(lines):
            line = raw if text or raw[:1].isalpha() else _NUMBER.sub("", raw)
            if stamp and not text and stamp in line:
                line = without_answer(line.replace(stamp, "")).strip(" -|,·•")
            if not line or (author is None and not text and _INITIALS.fullmatch(line)):
                continue
            if _is_control(line):
                continue
            if number == 0 and author is None and not text and bold and line.startswith(bold):
                author, line = _name(bold), line[len(bold) :].strip(" :–-|,·•")
            if posted is None and len(line) < MAX_HEAD and _MAY_BE_DATED.search(line):
                when, left = take_moment(line, now)
                if when is not None and len(left) < MAX_NAME:
                    posted = when
                    author = author or _name(left)
                    continue
            if author is None and not text and (name := _author_of(line, len(runs) + len(lines) - 1)):
                author = name
            elif not _SAYS.fullmatch(line):
                text.append(line)
    body = "\n".join(text)[:MAX_COMMENT]
    return Comment(author, posted, body, depth) if body else None


def _is_headline(run: Run) -> bool:
    """Whether a line is the linked title of an article: a side list that stands where comments could."""
    return run.linked >= HEADLINE and run.linked >= 0.75 * len(run.text) and not _STAMP.search(run.text)


_STAMP: Final = re.compile(r"://|(?:19|20)\d\d|\d[:.]\d\d")
"""An address or a moment: what a comment's own links show."""

HEADLINE: Final = 25
"""Characters of a link's text from which it is a title rather than a name or a button."""

_INITIALS: Final = re.compile(r"[A-Z]{1,2}")
"""What stands for the picture of an author."""


def _is_control(line: str) -> bool:
    """Whether a line is the buttons below a comment."""
    return len(line) < MAX_CONTROL and _CONTROL.match(line) is not None


def _lines(run: Run) -> list[str]:
    """The lines of a run without the links that are buttons; a comment's number is none."""
    pieces = [
        piece
        for piece in run.pieces
        if piece.href is None or piece.text.startswith("#") or not _is_control(clean(piece.text))
    ]
    text = "".join(piece.text for piece in pieces)
    return [clean(line).strip(" |·•,-") for line in text.split(SOFT_BREAK)]


def _bold_start(run: Run) -> str:
    """The bold text that a run begins with."""
    bold: list[str] = []
    for piece in run.pieces:
        if not piece.bold and piece.text.strip():
            break
        bold.append(piece.text)
    text = " ".join("".join(bold).split())
    return text if len(text) <= MAX_NAME else ""


def _author_of(line: str, runs: int) -> str | None:
    """The author that a line names: `… berkata`, or a short first line."""
    if len(line) > MAX_NAME or len(line.split()) > MAX_NAME_WORDS:
        return None
    bare = _without_says(line)
    named = runs > 1 or bare != line
    return _name(line) if named and not bare.endswith((".", "!", "?")) else None


def _without_says(text: str) -> str:
    """A name without the "berkata:" behind it."""
    return _SAYS.sub("", text)


def _name(text: str) -> str | None:
    name = _STATUS.sub("", _BY.sub("", _without_says(text))).strip(" -|,:·•()–»›")
    return f"{name})" if name.count("(") > name.count(")") else name or None


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
