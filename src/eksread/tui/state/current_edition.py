"""The edition: what is unread since the last one, by section, with an end. What comes meanwhile waits for the next.

An edition is made once and stored in the archive, so that a reader who stops goes on where they were. A
half-day later a new one is made; what was left unread stays among all news, and no edition grows for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from eksread.errors import NotFound
from eksread.formatting import reading_minutes
from eksread.i18n import _
from eksread.model.lists import HeadlineQuery
from eksread.portal import WITA
from eksread.tui.state.headline_pages import FixedRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.library import Library
    from eksread.model.lists import Headline

EDITION_FACT: Final = "edition"
FIRST_SPAN: Final = timedelta(hours=24)
"""What the very first edition looks back on, from the newest unread article: the last day that has news."""
MOST: Final = 60
"""Articles of an edition at most: two hours of reading. A longer one would have no end that is reached."""
LOOKED_THROUGH: Final = 400
"""Unread headlines looked through for those since the last edition: several days of news."""
NOON: Final = 12


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as it was made: the moment, and its articles with their reading minutes, by section."""

    at: datetime
    articles: tuple[tuple[int, int], ...]

    @property
    def minutes(self) -> int:
        """Give the minutes that all of it takes."""
        return sum(minutes for _id, minutes in self.articles)

    @property
    def half_day(self) -> tuple[object, bool]:
        """Give the day and whether it is a morning, at the portal's place."""
        local = self.at.astimezone(WITA)
        return local.date(), local.hour < NOON

    @property
    def name(self) -> str:
        """Give the edition's name."""
        return _("Morning edition") if self.half_day[1] else _("Evening edition")


class EditionRows(FixedRows):
    """The headlines of an edition, under their sections; with `words` those whose titles hold them."""

    by_day = False

    def __init__(self, library: Library, edition: Edition, words: str = "") -> None:
        wanted = words.casefold().split()
        rows = edition_headlines(library, edition)
        super().__init__(
            library, [row for row in rows if all(word in row.title.casefold() for word in wanted)]
        )

    def group(self, headline: Headline) -> object:
        """Give the key of a headline's group: the section."""
        return headline.section or ""

    def heading(self, headline: Headline, now: datetime) -> str:
        """Give the section's name."""
        return headline.section or _("Other news")


def last_edition(library: Library) -> Edition | None:
    """Give the last edition; a fact that makes no sense is none."""
    try:
        value = json.loads(library.facts.get(EDITION_FACT) or "null")
        articles = tuple((int(article_id), int(minutes)) for article_id, minutes in value["articles"])
        return Edition(datetime.fromisoformat(value["at"]), articles)
    except (ValueError, TypeError, KeyError):
        return None


def save_edition(library: Library, edition: Edition) -> None:
    """Keep an edition: the next one begins after it."""
    value = {"at": edition.at.isoformat(), "articles": edition.articles}
    library.facts.set(EDITION_FACT, json.dumps(value))


def edition_to_read(library: Library) -> Edition:
    """Give the edition to read now: the one begun in this half-day while something of it is unread, else a new one."""
    last = last_edition(library)
    new = Edition(library.clock(), ())
    begun = last is not None and last.half_day == new.half_day
    if last is not None and begun and any(not row.read for row in edition_headlines(library, last)):
        return last
    return Edition(new.at, tuple(_chosen(library, new.at, last)))


def edition_headlines(library: Library, edition: Edition) -> tuple[Headline, ...]:
    """Give an edition's headlines; those deleted from the archive are left out."""
    found: list[Headline] = []
    for article_id, _minutes in edition.articles:
        try:
            found.append(library.headline(article_id))
        except NotFound:
            continue
    return tuple(found)


def _chosen(library: Library, now: datetime, last: Edition | None) -> Iterator[tuple[int, int]]:
    rows = library.queries.headlines(HeadlineQuery(unread=True, limit=LOOKED_THROUGH)).items
    with_text = [row for row in rows if row.has_text]
    newest = min(now, max(map(_moment, with_text), default=now))
    fresh = [row for row in with_text if _is_fresh(row, newest, last)][:MOST]
    ranks = {section.name: section.rank for section in library.queries.sections()}
    unknown = len(ranks) + max(ranks.values(), default=0)
    for row in sorted(fresh, key=lambda row: (ranks.get(row.section or "", unknown), row.section or "")):
        stored = library.queries.article(row.id)
        if stored is not None:
            yield row.id, reading_minutes(stored.article.words)


def _moment(row: Headline) -> datetime:
    return row.published or row.first_seen


def _is_fresh(row: Headline, newest: datetime, last: Edition | None) -> bool:
    if last is not None:
        return row.first_seen > last.at
    return _moment(row) > newest - FIRST_SPAN


def unread_left(edition: Edition, rows: Sequence[Headline]) -> tuple[int, int]:
    """Give how many articles are unread, and the minutes they take."""
    unread = {row.id for row in rows if not row.read}
    return len(unread), sum(minutes for article_id, minutes in edition.articles if article_id in unread)
