"""Headlines as plain text, for the terminal and for pipes. No escape sequences."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from eksread import formatting
from eksread.export.article_text import wrap
from eksread.i18n import _, ngettext
from eksread.model.enums import Source
from eksread.model.lists import MATCH_END, MATCH_START

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model.lists import Headline
    from eksread.model.stored import Bookmark, Hit

WIDEST: Final = 80
"""Cells: longer lines are hard to read."""
NARROWEST: Final = 30


def width() -> int:
    """Give the width for wrapped text: the terminal's, up to `WIDEST`; `WIDEST` if there is no terminal."""
    if not sys.stdout.isatty():
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))


def headline(item: Headline, now: datetime, columns: int | None) -> str:
    """Give a headline as two or more lines: number, mark and title; then place, section, time and badges."""
    mark = " " if item.read else "*"
    title = wrap(item.title, columns, " " * 9, f"{item.id:>6} {mark} ")
    section = None if item.section == item.place else item.section
    facts = [item.place, section, _moment(item, now), *badges(item)]
    return f"{title}\n{wrap(' · '.join(fact for fact in facts if fact), columns, ' ' * 9)}"


def _moment(item: Headline, now: datetime) -> str:
    if item.published is None:
        return _("date unknown")
    if item.published_source is Source.INFERRED:
        return formatting.published(item.published, item.published_source)
    return formatting.relative(item.published, now)


def badges(item: Headline) -> list[str]:
    """Give the words for an advertorial, a revision, comments, a bookmark and what is missing."""
    found = []
    if item.advertorial:
        found.append("ADV")
    if item.revisions > 1:
        found.append(_("updated"))
    if item.comment_count:
        found.append(ngettext("{n} comment", "{n} comments", item.comment_count).format(n=item.comment_count))
    if item.saved:
        found.append(_("bookmarked"))
    if item.gone:
        found.append(_("no longer on the portal"))
    if not item.has_text:
        found.append(_("text not saved yet"))
    return found


def hit(found: Hit, now: datetime, columns: int | None) -> str:
    """Give a headline with the place in its text that was found, if that is known."""
    text = headline(found.headline, now, columns)
    return f"{text}\n{wrap(snippet(found.snippet), columns, ' ' * 9)}" if found.snippet else text


def bookmark(item: Bookmark, now: datetime, columns: int | None) -> str:
    """Give a headline with the reader's labels and note."""
    lines = [headline(item.headline, now, columns)]
    if item.labels:
        lines.append(wrap(", ".join(item.labels), columns, " " * 9, " " * 9 + "# "))
    if item.note:
        lines.append(wrap(item.note, columns, " " * 11, " " * 9 + "> "))
    return "\n".join(lines)


def snippet(text: str) -> str:
    """Give a snippet with its matches between asterisks."""
    return text.replace(MATCH_START, "*").replace(MATCH_END, "*")
