"""The section of an article, as its page says: for machines, in its crumbs, by a label, or in a line above the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.html.flow import SOFT_BREAK
from eksread.parse.html.metadata import ld_text
from eksread.parse.html.names import CATEGORY, CRUMBS, HEADINGS, MENU
from eksread.parse.language.landmarks import fold
from eksread.parse.language.sections import MAX_SECTION, can_be_section, is_section_label, is_usual_section
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eksread.parse.article.context import PageContext
    from eksread.parse.html.flow import Flow, Run

MENU_RUNS: Final = 60
"""Runs above the title in which a site's menu stands."""

MAX_LINE: Final = 200
"""Characters of a line with crumbs; the title may be the last of them."""

NEAR: Final = 5
"""Runs between the title and the label of its section."""

CLOSE: Final = 3
"""Runs above the title in which a line that is nothing but a short link is its section."""

BEHIND: Final = 12
"""Runs below the title in which a line says `Kategori: …`."""

LEVELS: Final = 4
"""Elements around a line in which its box may be named."""

_TRAIL: Final = re.compile(
    r"(?i)(?:anda (?:berada )?di ?sini\s*+(?::\s*+)?)?(?:beranda|home|depan)\s*+[/»›>→]++\s*+\S"
)
"""Crumbs without a name: a menu has no such signs between its links."""
_COLON: Final = re.compile(
    r"(?i)^\W*(?:kategori|category|rubrik|kanal|section|seksi|filed under)\s*+:\s*+(?P<name>[^|•·»/:]{2,40}?)\s*(?:[|•·»/,]|\s[-–]\s|$)"
)


def find_section(page: PageContext) -> tuple[str | None, Source]:
    """The section: JSON-LD, meta, `rel="category tag"`, the last crumb, a label near the title, JSON-LD's crumbs."""
    metadata, flow, title_run = page.metadata, page.flow, page.title_run
    value = metadata.value("articleSection")
    if value and len(value) <= MAX_SECTION:
        return value, Source.JSON_LD
    value = metadata.first(
        "article:section", "og:article:section", "section", "content_category", "dtk:namakanal"
    )
    if value and len(value) <= MAX_SECTION:
        return value, Source.META
    for node in page.tree.css('a[rel~="category"]')[:1]:
        name = clean(node.text())
        if 0 < len(name) <= MAX_SECTION:
            return name, Source.MARKUP
    title = fold(page.title or "")
    shown = _crumb(flow, title_run, title) or _label(flow, title_run, title)
    if shown:
        return shown, Source.MARKUP
    crumbs = [text for item in metadata.crumbs if (text := ld_text(item)) and can_be_section(text, title)]
    return (crumbs[-1], Source.JSON_LD) if crumbs else (None, Source.MARKUP)


def _crumb(flow: Flow, title_run: int, title: str) -> str | None:
    """The last crumb above the title or shortly below it that is not the title itself."""
    crumb: str | None = None
    linked = False
    for index, run in enumerate(flow.runs[: max(title_run, 0) + NEAR + 1]):
        if run.node is not None or len(run.text) > MAX_LINE:
            continue
        trail = _TRAIL.match(run.text) is not None and (run.linked > 0 or index > title_run - NEAR)
        if not trail and not flow.is_inside(run.owner, CRUMBS, LEVELS):
            continue
        for name, href in _crumbs_of(run):
            # A crumb without a link is the last one: the section itself, or the title.
            if can_be_section(name, title) and not (linked and href is None and title.startswith(fold(name))):
                crumb, linked = name, linked or href is not None
    return crumb


def _crumbs_of(run: Run) -> list[tuple[str, str | None]]:
    return [(clean(piece.text.replace(SOFT_BREAK, " ")), piece.href) for piece in run.pieces]


def _label(flow: Flow, title_run: int, title: str) -> str | None:
    """What a line near the title says or is named to say; else a short link alone above it."""
    top = max(0, title_run)
    for index in [*range(top, top - NEAR - 1, -1), *range(top + 1, top + BEHIND)]:
        run = flow.runs[index] if 0 <= index < len(flow.runs) else None
        if run is None or run.node is not None or len(run.text) > MAX_LINE:
            continue
        lines = run.lines()
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            found = _COLON.match(line)
            if found is not None and can_be_section(found["name"]):
                return str(found["name"])
            if is_section_label(line) and index + 1 < len(flow.runs):
                name = below or flow.runs[index + 1].text.strip(" :")
                if index != title_run and index + 1 != title_run and can_be_section(name):
                    return str(name)
            if index == title_run and title and fold(below) == title and can_be_section(line):
                return str(line)
        if (
            index != title_run
            and abs(index - title_run) <= NEAR
            and flow.is_inside(run.owner, CATEGORY, LEVELS, unless=MENU)
        ):
            linked = [clean(piece.text) for piece in run.pieces if piece.href and piece.text.strip()]
            name = linked[-1] if linked else run.text
            if can_be_section(name):
                return name
    for index in range(title_run - 1, max(-1, title_run - CLOSE - 1), -1):
        if _is_lone_link(flow, index):
            return flow.runs[index].text
    return _before_date(flow, title_run)


def _before_date(flow: Flow, title_run: int) -> str | None:
    """What a menu's link above says as well: a line over the title, a link below it, or a part of the date line `Wisata - 26 April 2016`."""
    menu: dict[str, str] = {}
    for run in flow.runs[: max(0, title_run)][:MENU_RUNS]:
        for piece in run.pieces if run.linked else ():
            if piece.href:
                name = clean(piece.text)
                menu[name.casefold()] = name
    beside = [run for run in flow.runs[max(0, title_run - 2) : max(0, title_run)] if not run.linked]
    beside += [run for run in flow.runs[title_run + 1 : title_run + NEAR] if run.linked == len(run.text)]
    for run in beside:
        if run.node is None and (name := _named_in(menu, run.text)):
            return name
    for run in flow.runs[max(0, title_run - 1) : title_run + NEAR]:
        for line in run.lines() if run.node is None and len(run.text) <= MAX_LINE else ():
            parts = [part.strip() for part in _PARTS.split(line)]
            if len(parts) == 1 or not any(char.isdigit() for char in line):
                continue
            for part in parts:
                name = _named_in(menu, part) or (part if is_usual_section(part) else "")
                if name:
                    return name
    return None


def _named_in(menu: Mapping[str, str], text: str) -> str:
    """The section of this name as the menu spells it, "" when there is none."""
    name = menu.get(text.casefold(), "")
    return name if can_be_section(name) else ""


def _is_lone_link(flow: Flow, index: int) -> bool:
    """Whether a line is one short link that no other link stands beside: the section above a title, not a menu."""
    run = flow.runs[index]
    if run.node is not None or run.linked < len(run.text) or not can_be_section(run.text):
        return False
    owner = flow.elements[run.owner]
    href = next((piece.href for piece in run.pieces if piece.href), "")
    if owner.tag in HEADINGS or not _LEADS.search(href):
        return False
    beside = owner.tag == "li" and flow.elements[owner.parent].counted > 1
    menu = any(element.tag == "nav" for element in flow.ancestors(run.owner, 2 * LEVELS))
    return not beside and not menu and not flow.is_inside(run.owner, MENU, LEVELS)


_PARTS: Final = re.compile(r"(?:(?<!\s)\s++)?[|•·/]\s*|(?<!\s)\s++[-–—]\s+|,\s+")
_LEADS: Final = re.compile(r"^(?:https?://[^/]+/|/|(?!https?:))[^#\s]*\w")
"""An address with a path or a query: the site's name leads home."""
