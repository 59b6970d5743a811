"""What the store gives beside lists: articles as held, hits, bookmarks, what became of a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from eksread.model.fetched import Validators

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model.lists import Headline
    from eksread.model.news import Article, Comment, Reaction


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
    where it wants a date; `unknown` says that there is no such filter at all.
    """

    piece: str
    values: tuple[str, ...] = ()
    unknown: bool = False


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

    `failures` counts in a row; `retry_at` is when to try next.
    """

    url: str
    validators: Validators = Validators()  # noqa: RUF009 - frozen
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    error: str | None = None


# What the archive knows beyond today: what changed, what refers to what, and the reader's own state.


@dataclass(frozen=True, slots=True)
class Revision:
    """One distinct text of an article, with when it was first and last met. `shown` says that it is the present one.

    `article` has neither comments nor reactions.
    """

    number: int
    first_seen: datetime
    last_seen: datetime
    article: Article
    shown: bool


@dataclass(frozen=True, slots=True)
class HeadlineVariant:
    """A headline that the portal used elsewhere or earlier."""

    title: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class ReactionSample:
    """The reactions as they were from `at` on."""

    at: datetime
    items: tuple[Reaction, ...]


@dataclass(frozen=True, slots=True)
class SeenComment:
    """A comment with when it was first and last there; `gone` says that the page no longer shows it.

    `earlier` is its text before it was edited.
    """

    comment: Comment
    first_seen: datetime
    last_seen: datetime
    gone: bool
    earlier: str | None = None


class Kinship(StrEnum):
    """Why an article is named beside another."""

    PICKED = "picked"
    """The portal's editor links to it (`Baca juga`)."""
    REFERRING = "referring"
    """It links here."""
    SIMILAR = "similar"
    """It shares rare words."""


@dataclass(frozen=True, slots=True)
class Relative:
    """An article beside another, and why."""

    headline: Headline
    kinship: Kinship


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A place or person with the number of its articles; `key` is what queries take."""

    key: str
    name: str
    total: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ReadingState:
    """What the reader did with an article; None is never. `block` is where reading stopped."""

    read_at: datetime | None = None
    comments_seen_at: datetime | None = None
    block: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """The archive in numbers; sizes in bytes, `text_bytes` as held (compressed)."""

    articles: int
    texts: int
    revisions: int
    comments: int
    front_pages: int
    links: int
    read: int
    bookmarks: int
    raw_pages: int
    file_bytes: int
    text_bytes: int
    index_bytes: int
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What a pruning took, or would take, and about how many bytes that frees.

    `articles` lose their texts, `revisions` of them in all; `comments` are rows of comments and reactions; `pictures` are
    the addresses of those that no other article shows.
    """

    articles: int
    revisions: int
    comments: int
    raw_pages: int
    bytes: int
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OddLine:
    """A line of an import that could not be understood: its number, and the field that is odd, "" for all of it."""

    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did: records that changed something, lines that could not be understood, the first of those."""

    changed: int
    unreadable: int
    odd: tuple[OddLine, ...] = ()
