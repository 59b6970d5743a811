"""What the store gives: the portal's news as held, with the reader's own marks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from eksread.model.page import Validators

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model.kinds import Source
    from eksread.model.news import Article


class Change(StrEnum):
    """What became of a fetched article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Headline:
    """A row of a list of headlines, as the store holds it, with the reader's own marks.

    `has_text` says that the body is held and can be read offline. `revisions` counts the distinct versions seen.
    `comment_count` is the number the page stated, or of those held; None is unknown.
    """

    id: int
    url: str
    title: str
    published: datetime | None
    published_source: Source | None
    section: str | None
    place: str | None
    summary: str | None
    image: str | None
    advertorial: bool
    has_text: bool
    comment_count: int | None
    revisions: int
    first_seen: datetime
    read: bool
    saved: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as held, with its headline row and when its page was last fetched."""

    headline: Headline
    article: Article
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the portal as the store knows it; `key` is stable and made from the name (casefolded)."""

    key: str
    name: str
    url: str
    rank: int
    total: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class HeadlineQuery:
    """Which headlines: newest first, or from the other end. None means "any".

    `after` is a cursor given by `HeadlinePage.next` for the same query. `oldest_first` lets a long list be entered
    from its end without reading it through.
    """

    section: str | None = None
    place: str | None = None
    unread: bool | None = None
    saved: bool | None = None
    advertorial: bool | None = None
    limit: int = 100
    after: str | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class HeadlinePage:
    """A window of headlines and the cursor of the next one (None at the end)."""

    items: tuple[Headline, ...]
    next: str | None = None


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
class Counts:
    """The numbers of the side bar."""

    total: int
    unread: int
    saved: int


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
