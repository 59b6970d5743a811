"""An article and its comments as the data of a page's scripts, or JSON-LD, describes them.

Portals built as apps hand their article to their scripts as one object: `{"title": …, "content": …, "published_at": …,
"reporter": {"name": …}}`. Its keys are the site's own, but what they can be called is language, English or Indonesian.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from eksread.model.news import Comment
from eksread.parse.comments.threads import MAX_COMMENT, MAX_COMMENTS, MAX_DEPTH
from eksread.parse.language.dates import find_printed, read_moment
from eksread.parse.text import clean

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.parse.html.metadata import Json


MAX_LEVELS: Final = 4
"""Levels below the article's object that are followed: `tags[0].name` in a flat list needs three."""

MAX_ITEMS: Final = 1000
"""Items of one list that are followed: no article has more comments on its page."""

_NAMES: Final = ("name", "nama", "title", "judul", "label", "full_name", "fullname", "display_name", "text")
"""What the name of a thing is called inside of it."""

_KEYS: Final = {
    "datePublished": r"(?:date_?)?publish(?:ed)?(?:_?(?:at|date|time|on))?|(?:tanggal|tgl|waktu)(?:_?(?:terbit|publish|publikasi|tayang))?|terbit|tayang|release_?date|first_?published_?at",
    "dateCreated": r"(?:date_?)?created(?:_?(?:at|date|time))?|date|datetime|posted_?at",
    "author": r"(?:authors?|reporters?|penulis|wartawan|pewarta|jurnalis|writers?|kontributor|by_?line)(?:_?(?:name|nama))?",
    "editor": r"(?:editors?|redaktur|penyunting)(?:_?(?:name|nama))?",
    "articleSection": r"(?:category|categories|kategori|section|rubrik|kanal|channel)(?:_?(?:name|nama))?",
    "keywords": r"tags?|topics?|topik|keywords?|kata_?kunci",
    "image": r"(?:(?:featured?|cover|main|hero|lead|head(?:line)?)_?)?(?:image|picture|photo|media|foto|gambar)(?:_?(?:url|src|utama))?|cover|thumbnail",
    "caption": r"(?:(?:image|photo|foto|gambar|cover|thumbnail)_?)?(?:caption|keterangan)(?:_?(?:foto|gambar))?",
    "description": r"excerpt|summary|ringkasan|teaser|desc(?:ription)?|deskripsi|lead|intro|sinopsis|cuplikan|kutipan",
    "alternativeHeadline": r"sub_?title|sub_?judul|sub_?headline|deck|dek|standfirst|teras",
    "comment": r"comments?|komentar",
    "commentCount": r"comments?_?count|total_?comments?|jumlah_?komentar|num_?comments?",
}
"""What a key can be called, without its hyphens and case, by its name in JSON-LD."""

_READ: Final = {name: re.compile(rf"(?i)(?:{keys})") for name, keys in _KEYS.items()}


def described(record: dict[str, Json], flat: list[Json] | None) -> dict[str, Json]:
    """The fields of an article's object in a script's data, under their names in JSON-LD.

    In `flat` data (Nuxt) values are places in that list. Keys that are not understood are left out.
    """
    found: dict[str, Json] = {}
    for name, read in _READ.items():
        for key, value in record.items():
            if read.fullmatch(key.replace("-", "_")):
                resolved = _resolved(value, flat, 0)
                if resolved not in (None, "", [], {}):
                    found.setdefault(name, resolved)
    for name in ("author", "editor", "articleSection", "keywords"):
        if name in found:
            found[name] = _names(found[name])
    caption = found.pop("caption", None)
    if "image" in found:
        found["image"] = _picture(found["image"], caption)
    return found


def _resolved(value: Json, flat: list[Json] | None, level: int) -> Json:
    """A value with its places in flat data followed."""
    if level > MAX_LEVELS:
        return None
    value = resolve(value, flat)
    if isinstance(value, list):
        return [_resolved(item, flat, level + 1) for item in value[:MAX_ITEMS]]
    if isinstance(value, dict):
        return {key: _resolved(item, flat, level + 1) for key, item in value.items()}
    return value


def resolve(value: Json, flat: list[Json] | None) -> Json:
    """A value of flat data (Nuxt), in which a number is the place of the value; any other value as it is."""
    if flat is None or not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < len(flat):
        return value
    return flat[value]


def name_of(thing: Json) -> str | None:
    """What a thing is called: the text that it is, or the name inside of it."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, dict):
        for key in _NAMES:
            inner = thing.get(key)
            if isinstance(inner, str) and inner.strip():
                return inner
    return None


def _names(value: Json) -> Json:
    things = value if isinstance(value, list) else [value]
    names: list[Json] = [name for name in map(name_of, things) if name]
    return names


def _picture(value: Json, caption: Json) -> Json:
    """A picture with the address and caption that it is given, whatever their keys are called."""
    if isinstance(value, list):
        value = value[0] if value else None
    given = value if isinstance(value, dict) else {"url": value}
    address = next(
        (
            given[key]
            for key in ("url", "src", "path", "original", "large")
            if isinstance(given.get(key), str)
        ),
        None,
    )
    text = next(
        (given[key] for key in ("caption", "keterangan", "description") if isinstance(given.get(key), str)),
        caption,
    )
    return {"url": address, "caption": text if isinstance(text, str) else None}


# Comments that stand only in data.

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
