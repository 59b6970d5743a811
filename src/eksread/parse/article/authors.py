"""Who made an article: what the page states for machines, and the bylines outside of the body."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.article.context import NEAR_TITLE
from eksread.parse.article.title import site_names
from eksread.parse.html.metadata import ld_text
from eksread.parse.html.names import AUTHOR, is_named
from eksread.parse.language.bylines import head_author, is_full_name, is_person, label_role, read_line
from eksread.parse.language.datelines import is_place
from eksread.parse.language.dates import find_printed, is_age, read_moment
from eksread.parse.language.landmarks import adv_span, fold
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.parse.article.body import Body
    from eksread.parse.article.context import PageContext
    from eksread.parse.html.flow import Run
    from eksread.parse.html.metadata import Json


MAX_NAME: Final = 60
_NOBODY: Final = frozenset(
    ("admin", "administrator", "redaksi", "editor", "author", "redaktur", "staff", "newsroom", "unknown")
)
_BETWEEN: Final = re.compile(r"(?:(?<!\s)\s++)?[;|•·]\s*|(?<!\s)\s++(?:and|dan|[-–—])\s+")
_DATED: Final = re.compile(r"\d{4}|\d:\d\d|^\W*$")
META_AUTHORS: Final = (
    "author", "article:author", "content_author", "dc.creator", "parsely-author", "sailthru.author", "byl", "twitter:data1",
)  # fmt: skip
"""Meta elements that hold an author's name, the surest first."""

_COMMAS: Final = re.compile(r"(?:(?<!\s)\s++)?[;,]\s*|(?<!\s)\s++(?:and|dan)\s+")
_BY: Final = re.compile(r"(?i)^(?:by|oleh|penulis|reporter|author|editor)\s*:?\s+")


def stated_authors(page: PageContext) -> tuple[tuple[str, ...], Source]:
    """The authors that the page states: in JSON-LD, then in a meta element, then in what is marked as author."""
    metadata = page.metadata
    site = site_names(metadata, page.url)
    names = _people(_names(metadata.ld.get("author")) or _names(metadata.ld.get("creator")), site)
    if names:
        return names, Source.JSON_LD
    for name in META_AUTHORS:
        value = metadata.meta.get(name, "")
        if value.startswith(("http", "@")) or len(value) > 2 * MAX_NAME or any(map(str.isdigit, value)):
            continue
        names = _people(_COMMAS.split(value), site)
        if names:
            return names, Source.META
    marked = [
        clean(node.text())
        for node in page.tree.css(
            '[rel="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]'
        )[:6]
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


def add_bylines(page: PageContext, body: Body) -> None:
    """Add to the body the names and the advertorial marker that stand outside of it."""
    byline = body.byline
    shown = {draft.run for draft in body.drafts}
    for at in page.region.kept[:NEAR_TITLE]:
        if at not in shown:
            byline.add_reporter(author_inside(page.flow.runs[at]))
    for line in page.title_lines():
        pairs = read_line(line)
        for role, name in pairs or ():
            byline.add(role, name)
        if not pairs:
            byline.add("reporter", head_author(line))
    head = [run for run in page.head() if run.node is None]
    runs = head + [run for run in page.tail() if run.node is None]
    for at, run in enumerate(runs):
        if len(run.text) > MAX_BYLINE:
            continue
        for role, name in _pairs_of(run, runs[at + 1 : at + 3]):
            byline.add(role, name)
        if at < len(head):
            for line in run.lines():
                byline.add_reporter(head_author(line))
            byline.add_reporter(author_inside(run))
        if len(run.text) < 40 and adv_span(run.text) == (0, len(run.text)):
            body.advertorial = True


def _pairs_of(run: Run, below: Sequence[Run]) -> list[tuple[str, str]]:
    """The roles and names that a line says; a label alone names what stands below it."""
    role = label_role(run.text)
    if role and not run.linked:
        name = next((text for other in below if (text := other.text.lstrip(" :"))), "")
        if is_person(name):
            return [(role, name)]
    return read_line(run.text) or []


MAX_BYLINE: Final = 200
"""Characters of a line outside of the body that is a byline."""

# The author whom only the place of the name shows: near the title, beside the date.


def authors_near_title(page: PageContext) -> tuple[str, ...]:
    """A name near the title in an element that is called author."""
    near = _near_title(page)
    for run in near:
        marks = page.flow.elements[run.owner].marks
        if run.node is None and len(run.text) <= MAX_AUTHOR and is_named(marks, AUTHOR):
            name = re.split(r"(?<!\s)\s++[-–|•·]\s+", run.text)[0].strip(" ,-|")
            if is_person(name):
                return (name,)
    return _beside_date(page, near)


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
    rf"(?:\b[Oo]leh(?:\s*+:)?\s++{_NAME}|\b[Dd]itulis\s+(?P<other>[A-Z]\w+(?: [A-Z]\w+){{0,3}})\s+pada\b)"
)
_BY_ENDS: Final = re.compile(r"(?i)\b(?:oleh|by|ditulis)\s*:?$")


def _near_title(page: PageContext) -> list[Run]:
    """The runs below the title that are no comments."""
    start = page.title_run + 1
    end = min([start + NEAR_AUTHOR, *(area.start for area in page.areas if area.start >= start)])
    return page.flow.runs[start:end]


def _beside_date(page: PageContext, near: Sequence[Run]) -> tuple[str, ...]:
    """A name that stands alone above, below or before the date under the title, as in `Ani Lestari | 2 Mei 2024`."""
    above = page.flow.runs[max(0, page.title_run - NEAR_TITLE) : max(0, page.title_run)]
    runs = [run for run in (*near, *above) if run.node is None]
    sites = {fold(name) for name in site_names(page.metadata, page.url)}
    for at, run in enumerate(runs):
        when = _moment(run.text, page.now) if len(run.text) <= MAX_AUTHOR else None
        if when is None or (at >= len(near) and when.date() == page.now.date() and not is_age(run.text)):
            continue  # today's date above the title is the page's
        before = _PARTED.split(run.text)[0]
        beside = [
            other.text
            for other in (*runs[max(0, at - 1) : at], *runs[at + 1 : at + 2])
            if other.owner != run.owner and not other.linked
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


_PARTED: Final = re.compile(
    r"(?:(?<!\s)\s++)?[|•·/]\s*|(?<!\s)\s++(?:[-–—]\s+|(?=\d))|,\s++(?=[A-Z][a-z']+,)"
)

NEAR_AUTHOR: Final = 15
"""Runs below the title in which its author stands."""

MAX_AUTHOR: Final = 80
