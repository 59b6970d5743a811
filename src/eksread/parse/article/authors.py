"""The authors that a page names for machines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.article.context import NEAR_TITLE
from eksread.parse.article.title import site_names
from eksread.parse.html.metadata import ld_text
from eksread.parse.html.names import AUTHOR, is_named
from eksread.parse.language.bylines import is_full_name, is_person
from eksread.parse.language.datelines import is_place
from eksread.parse.language.dates import find_printed, is_age, read_moment
from eksread.parse.language.landmarks import fold
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.article.context import Reading
    from eksread.parse.html.flow import Run
    from eksread.parse.html.metadata import Json, Metadata


MAX_NAME: Final = 60
_NOBODY: Final = frozenset(
    ("admin", "administrator", "redaksi", "editor", "author", "redaktur", "staff", "newsroom", "unknown")
)
_BETWEEN: Final = re.compile(r"\s*[;|•·]\s*|\s+(?:and|dan)\s+|\s+[-–—]\s+")
_DATED: Final = re.compile(r"\d{4}|\d:\d\d|^\W*$")
_BY: Final = re.compile(r"(?i)^(?:by|oleh|penulis|reporter|author|editor)\s*:?\s+")


def authors(
    tree: LexborHTMLParser, metadata: Metadata, site: Sequence[str]
) -> tuple[tuple[str, ...], Source]:
    """The authors' names: JSON-LD, then a meta element, then what is marked as author in the page."""
    told = _names(metadata.ld.get("author")) or _names(metadata.ld.get("creator"))
    names = _people(told, site)
    if names:
        return names, Source.JSON_LD
    for name in (
        "author",
        "article:author",
        "content_author",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "twitter:data1",
    ):
        said = metadata.meta.get(name)
        if said and not said.startswith(("http", "@")) and len(said) <= 2 * MAX_NAME:
            names = _people(re.split(r"\s*[;,]\s*|\s+(?:and|dan)\s+", said), site)
            if names and not any(char.isdigit() for char in said):
                return names, Source.META
    marked = [
        clean(node.text())
        for node in tree.css('[rel="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]')[:6]
    ]
    return _people(marked, site), Source.MARKUP


def _names(value: Json) -> list[str]:
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    text = ld_text(value)
    return [text] if text else []


def _people(names: Sequence[str], site: Sequence[str]) -> tuple[str, ...]:
    folded = {name.casefold() for name in site}
    kept: dict[str, str] = {}
    for raw in (part for name in names for part in _BETWEEN.split(name)):
        name = _BY.sub("", raw).strip(" ,;|")
        key = name.casefold()
        if (
            name
            and len(name) <= MAX_NAME
            and key not in _NOBODY
            and key not in folded
            and not _DATED.search(name)
            and not key.startswith("http")
        ):
            kept.setdefault(key, name)
    return tuple(kept.values())


# The author that nothing but the place of the name tells: near the title, beside the date.


def named_authors(reading: Reading) -> tuple[str, ...]:
    """A name near the title in an element that is called author."""
    near = _near_title(reading)
    for run in near:
        marks = reading.flow.elements[run.owner].marks
        if run.node is None and len(run.text) <= MAX_AUTHOR and is_named(marks, AUTHOR):
            name = re.split(r"\s+[-–|•·]\s+", run.text)[0].strip(" ,-|")
            if is_person(name):
                return (name,)
    return _beside_date(reading, near)


def author_inside(run: Run) -> str | None:
    """The name behind `oleh` in the middle of a line about the article: `Ditulis pada 2 Mei 2024 oleh Ani Lestari`."""
    if len(run.text) > MAX_ABOUT or not any(char.isdigit() for char in run.text):
        return None
    found = _BY_INSIDE.search(run.text)
    if found is None:
        return None
    parts = [clean(piece.text) for piece in run.pieces]
    for before, name in pairwise(part for part in parts if part):
        if _BY_ENDS.search(before) and is_person(name):
            return name
    name = found["name"] or found["other"]
    return str(name) if is_person(name) else None


MAX_ABOUT: Final = 160
"""Characters of a line about the article."""

_NAME: Final = r"(?P<name>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3})"
_BY_INSIDE: Final = re.compile(
    rf"(?:\b[Oo]leh\s*:?\s+{_NAME}|\b[Dd]itulis\s+(?P<other>[A-Z]\w+(?: [A-Z]\w+){{0,3}})\s+pada\b)"
)
_BY_ENDS: Final = re.compile(r"(?i)\b(?:oleh|by|ditulis)\s*:?$")


def _near_title(reading: Reading) -> list[Run]:
    """The runs below the title that are no comments."""
    start = reading.title_run + 1
    end = min([start + NEAR_AUTHOR, *(area.start for area in reading.areas if area.start >= start)])
    return reading.flow.runs[start:end]


def _beside_date(reading: Reading, near: Sequence[Run]) -> tuple[str, ...]:
    """A name that stands alone above, below or before the date under the title, as in `Ani Lestari | 2 Mei 2024`."""
    above = reading.flow.runs[max(0, reading.title_run - NEAR_TITLE) : max(0, reading.title_run)]
    runs = [run for run in (*near, *above) if run.node is None]
    sites = {fold(name) for name in site_names(reading.metadata, reading.url)}
    for at, run in enumerate(runs):
        when = _moment(run.text, reading.now) if len(run.text) <= MAX_AUTHOR else None
        if when is None or (at >= len(near) and when.date() == reading.now.date() and not is_age(run.text)):
            continue  # today's date above the title is the page's
        before = _PARTED.split(run.text)[0]
        beside = [
            other.text
            for other in (*runs[max(0, at - 1) : at], *runs[at + 1 : at + 2])
            if other.owner != run.owner
            and (not other.linked or any(_PERSON.search(piece.href or "") for piece in other.pieces))
        ]
        for text in (before, *beside):
            if is_full_name(text) and not is_place(text) and fold(text) not in sites:
                return (text.strip(),)
        return ()
    return ()


def _moment(text: str, now: datetime) -> datetime | None:
    """The moment that a line shows: a date, or how long ago."""
    first = _PARTED.split(text)[0]
    return find_printed(text, now=now) or (read_moment(first, now=now) if first[:1].isdigit() else None)


_PERSON: Final = re.compile(
    r"(?i)(?:author|penulis|profile?|users?|redaksi|reporter|member|wartawan|kontributor|jurnalis|editor)"
)
"""Where the link of a name leads; other short links beside a date are a menu's."""
_PARTED: Final = re.compile(r"\s*[|•·/]\s*|\s+[-–—]\s+|,\s+(?=[A-Z][a-z']+,)|\s+(?=\d)")

NEAR_AUTHOR: Final = 15
"""Runs below the title in which its author stands."""

MAX_AUTHOR: Final = 80
