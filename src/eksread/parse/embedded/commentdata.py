"""Comments that stand only in data: in JSON-LD, or in what a page's scripts are given."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from eksread.model.news import Comment
from eksread.parse.comments.threads import MAX_COMMENT, MAX_COMMENTS, MAX_DEPTH
from eksread.parse.embedded.articledata import name_of
from eksread.parse.language.dates import find_printed, read_moment
from eksread.parse.text import clean

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.parse.html.metadata import Json

_TEXTS: Final = ("text", "body", "content", "comment", "message", "isi", "komentar", "pesan", "rendered")
_AUTHORS: Final = (
    "author",
    "name",
    "nama",
    "user",
    "username",
    "author_name",
    "pengirim",
    "penulis",
    "creator",
)
_TIMES: Final = (
    "dateCreated",
    "datePublished",
    "created_at",
    "createdAt",
    "date",
    "tanggal",
    "waktu",
    "posted_at",
    "time",
)
_REPLIES: Final = ("children", "replies", "balasan", "comment", "comments", "answers", "childs")

_TAGS: Final = re.compile(r"<[^<>]{1,400}>")


def embedded_comments(value: Json, now: datetime) -> tuple[Comment, ...]:
    """The comments of a list of objects, each with its replies behind it."""
    found: list[Comment] = []
    waiting = [(thing, 0) for thing in reversed(_things(value))]
    while waiting and len(found) < MAX_COMMENTS:
        thing, depth = waiting.pop()
        text = _first_text(thing, _TEXTS)
        if text:
            author = next((name for key in _AUTHORS if (name := name_of(thing.get(key)))), None)
            when = _first_text(thing, _TIMES)
            posted = (read_moment(when, now=now) or find_printed(when, now=now)) if when else None
            found.append(
                Comment(clean(author) or None if author else None, posted, text[:MAX_COMMENT], depth)
            )
        for key in _REPLIES:
            replies = _things(thing.get(key))
            waiting.extend((reply, min(depth + 1, MAX_DEPTH)) for reply in reversed(replies))
    return tuple(found)


def _things(value: Json) -> list[dict[str, Json]]:
    if isinstance(value, dict):
        value = value.get("data") or value.get("items") or [value]
    return [thing for thing in value if isinstance(thing, dict)] if isinstance(value, list) else []


def _first_text(thing: dict[str, Json], keys: tuple[str, ...]) -> str:
    for key in keys:
        inner = thing.get(key)
        if isinstance(inner, dict):
            inner = inner.get("rendered")
        if isinstance(inner, str) and inner.strip():
            return clean(html.unescape(_TAGS.sub(" ", inner)))
    return ""
