"""What the store gives beside lists: articles as held, hits, bookmarks, what became of a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from eksread.model.page import Validators

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model.news import Article
    from eksread.model.shelf import Headline


class Change(StrEnum):
    """What became of a fetched article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as held, with its headline row and when its page was last fetched."""

    headline: Headline
    article: Article
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result. `snippet` has each match between U+E000 and U+E001 (private use, never from a page)."""

    headline: Headline
    snippet: str


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a query that looks like a filter and is none, so that it is searched for as words.

    `piece` is as it was typed (`is:odd`), what can't be shown left off; `values` are those that its filter knows, none
    where it wants a date.
    """

    piece: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A saved article with the reader's own note and labels."""

    headline: Headline
    saved_at: datetime
    note: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of the last visit of an address, for conditional requests and for trying again later.

    `failures` counts in a row; `retry_at` is when to try next; `content_hash` is of what was parsed, not of bytes.
    """

    url: str
    validators: Validators = Validators()  # noqa: RUF009 - frozen
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    error: str | None = None
