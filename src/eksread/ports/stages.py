"""The small doors between the stages: what refresh and library need of fetch, parse and store.

Methods that touch the disk block; callers run them in threads. All raise only errors of `errors.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from eksread.model import (
        Article,
        Bookmark,
        Change,
        Counts,
        Expected,
        Headline,
        HeadlinePage,
        HeadlineQuery,
        Hit,
        Page,
        PageState,
        Parsed,
        Section,
        SectionLink,
        StoredArticle,
        Teaser,
        Validators,
    )

FRESH_FACT: Final = "refreshed_at"
"""Name of the fact that says when the portal last answered a refresh (ISO 8601, UTC)."""


class Fetcher(Protocol):
    """Bytes from the network."""

    async def get(self, url: str, *, known: Validators | None = None, asked: bool = False) -> Page:
        """Fetch `url`; with `known` validators the answer may be a 304 page without a body.

        `asked` says that a person asked for this very page (robots.txt then doesn't lock them out).
        Raises `FetchError`.
        """
        ...

    async def get_picture(self, url: str) -> Page:
        """Fetch a picture. Raises `FetchError`."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


class PageParser(Protocol):
    """Bytes to values, never raising. `shapes` are the URL shapes of articles learned so far (see `learn`)."""

    def parse(self, page: Page, *, shapes: Sequence[str] = (), expected: Expected | None = None) -> Parsed:
        """Read any page; `expected` is what it was asked for."""
        ...

    def learn(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Give the URL shapes that these article addresses have in common."""
        ...


class Archive(Protocol):
    """The store as refresh sees it: it takes what the portal gave. Each call is one transaction, durable on return."""

    def together(self) -> AbstractContextManager[None]:
        """Make the calls inside, and those of this store's other doors, one transaction of this thread: all or none."""
        ...

    def page_state(self, url: str) -> PageState | None:
        """What is known of the last visit of `url`."""
        ...

    def page_states(self, urls: Sequence[str]) -> Mapping[str, PageState]:
        """The same for many addresses; those never visited are left out."""
        ...

    def page_checked(self, *states: PageState) -> None:
        """Remember visits: their validators, or their failure and when to try again."""
        ...

    def save_sections(self, links: Sequence[SectionLink], at: datetime) -> None:
        """Take the navigation as last seen; sections that vanished stay, ranked last."""
        ...

    def save_teasers(self, items: Sequence[Teaser], at: datetime, *, front_of: str | None = None) -> int:
        """Add headlines not yet known, fill gaps of known ones; give how many were new.

        With `front_of` (the address of a front page or section) the order is kept as a front page seen at `at`.
        """
        ...

    def save_article(self, article: Article, at: datetime, *, url: str) -> Change:
        """Add an article or its new revision, with comments, reactions and edges; `url` is the address it was known by."""
        ...

    def mark_gone(self, url: str, at: datetime) -> None:
        """Note that the portal no longer has this article; what is held stays."""
        ...

    def wanted(self, *, limit: int, at: datetime, section: str | None = None) -> tuple[str, ...]:
        """Addresses of headlines whose text is not held and may be tried at `at`, newest first."""
        ...

    def stale(self, *, limit: int, checked_before: datetime, published_after: datetime) -> tuple[str, ...]:
        """Addresses of held articles worth asking again (recent ones not checked since), newest first."""
        ...


class Notes(Protocol):
    """Small facts that refresh keeps between runs (learned shapes, time of the last refresh)."""

    def fact(self, name: str) -> str | None:
        """Give a fact."""
        ...

    def set_fact(self, name: str, value: str) -> None:
        """Keep a fact."""
        ...


class Pictures(Protocol):
    """Pictures held for reading without a line, by their address."""

    def held(self, url: str) -> bool:
        """Whether this picture is held."""
        ...

    def get(self, url: str) -> bytes | None:
        """Give a picture's file; None where it is not held or can't be read."""
        ...

    def keep(self, url: str, data: bytes) -> None:
        """Keep a picture. Raises `StoreFull` or `StoreReadOnly`."""
        ...


class Lease(Protocol):
    """The right to refresh, held by one process at a time."""

    def acquire(self) -> bool:
        """Take it without waiting; give whether it was free."""
        ...

    def release(self) -> None:
        """Give it back."""
        ...


class Shelf(Protocol):
    """The store as screens and commands read it."""

    def headlines(self, query: HeadlineQuery) -> HeadlinePage:
        """A window of headlines, newest first."""
        ...

    def article(self, article_id: int) -> StoredArticle | None:
        """One article with its text, or None where only the headline is held or nothing at all."""
        ...

    def headline(self, ref: int | str) -> Headline | None:
        """One headline by id or by address."""
        ...

    def sections(self) -> tuple[Section, ...]:
        """The sections in the portal's order, with counts."""
        ...

    def counts(self) -> Counts:
        """The numbers over all sections."""
        ...

    def search(self, text: str, *, limit: int) -> tuple[Hit, ...]:
        """Search everything; any text is a valid query."""
        ...

    def found(self, text: str, *, limit: int) -> tuple[Headline, ...]:
        """The headlines of what a search finds, without the excerpts, which take most of its time."""
        ...

    def find_title(self, title: str) -> Headline | None:
        """The headline with this title (for `Baca juga` without a link)."""
        ...


class Desk(Protocol):
    """The reader's own things. Nothing that comes from the portal touches them."""

    def set_read(self, ids: Iterable[int], read: bool, at: datetime) -> tuple[int, ...]:
        """Mark; give the ids that really changed (for undo)."""
        ...

    def mark_all_read(self, at: datetime, section: str | None = None) -> tuple[int, ...]:
        """Mark everything (of a section) read; give the ids that changed."""
        ...

    def add_bookmark(
        self, article_id: int, at: datetime, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        """Save; give whether it was new. None leaves an existing note or labels as they are."""
        ...

    def remove_bookmark(self, article_id: int, at: datetime) -> Bookmark | None:
        """Unsave; give what was removed (for undo)."""
        ...

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, newest first."""
        ...

    def bookmark(self, article_id: int) -> Bookmark | None:
        """The bookmark of an article, None where it is not saved."""
        ...

    def set_position(self, article_id: int, block: int, at: datetime) -> None:
        """Keep where reading stopped: the index of the topmost block on the screen."""
        ...

    def position(self, article_id: int) -> int:
        """Where reading stopped; 0 when unknown."""
        ...


__all__ = ["FRESH_FACT", "Archive", "Desk", "Fetcher", "Lease", "Notes", "PageParser", "Pictures", "Shelf"]
