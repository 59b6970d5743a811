"""The small doors between the stages: what refresh and library need of fetch, parse and store.

Methods that touch the disk block; callers run them in threads. All raise only errors of `errors.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from eksread.errors import StoreError
    from eksread.model.fetched import Expected, Page, Validators
    from eksread.model.lists import Counts, Headline, HeadlinePage, HeadlineQuery, Section
    from eksread.model.news import Article, Parsed, SectionLink, Teaser
    from eksread.model.stored import (
        ArchiveStats,
        Bookmark,
        Change,
        FrontPage,
        HeadlineVariant,
        Hit,
        Merged,
        Misread,
        NamedCount,
        PageState,
        Pruned,
        ReactionSample,
        ReadingState,
        Relative,
        Revision,
        SavedSearch,
        SeenComment,
        StoredArticle,
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


# What the store offers beyond a refresh and a list: history, indexes, the reader's state, upkeep.


class Reading(Protocol):
    """What the reader did with an article, beyond `Desk`."""

    def reading(self, article_id: int) -> ReadingState:
        """All of it; `block` is where reading stopped, found again after edits."""
        ...

    def set_finished(self, article_id: int, at: datetime | None) -> bool:
        """Note that the article was read to its end, or (None) that it wasn't; give whether that changed anything."""
        ...

    def set_comments_seen(self, article_id: int, at: datetime | None) -> bool:
        """Note when its comments were seen; give whether that changed anything."""
        ...

    def new_comments(self, article_id: int) -> int:
        """How many comments there are that weren't there when they were last seen."""
        ...

    def comment_counts(self, article_id: int) -> tuple[int, int]:
        """How many comments are held, and how many of them came since they were last seen (0 before the first look)."""
        ...

    def restore_bookmark(self, bookmark: Bookmark, at: datetime) -> None:
        """Undo a removal: the bookmark is back with its moment, note and labels."""
        ...


class Searches(Protocol):
    """Searches that stand among the sections."""

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """All of them, by name."""
        ...

    def matches(self, article_id: int, text: str) -> tuple[int, ...]:
        """The blocks of an article in which a query's words stand, by index: to jump to them."""
        ...

    def misread(self, text: str) -> tuple[Misread, ...]:
        """What in a query looks like a filter and is none; its last part only where it can't become one."""
        ...

    def save_search(self, name: str, query: str, at: datetime) -> None:
        """Keep a search; one of the same name is replaced."""
        ...

    def remove_search(self, name: str, at: datetime) -> SavedSearch | None:
        """Remove a search; give it, for undo."""
        ...


class History(Protocol):
    """What the portal changed, and what refers to what."""

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        """Every distinct text, the oldest first."""
        ...

    def headline_variants(self, article_id: int) -> tuple[HeadlineVariant, ...]:
        """Headlines that differ from the present one, the oldest first."""
        ...

    def reactions(self, article_id: int) -> tuple[ReactionSample, ...]:
        """The reactions each time they had changed, the oldest first."""
        ...

    def comments(self, article_id: int) -> tuple[SeenComment, ...]:
        """Every comment ever seen, in the page's order."""
        ...

    def front_pages(self, url: str) -> tuple[FrontPage, ...]:
        """The front pages of an address, the newest first, without their items."""
        ...

    def front_page(self, page_id: int) -> FrontPage | None:
        """One front page with its items."""
        ...

    def relatives(self, article_id: int, *, limit: int) -> tuple[Relative, ...]:
        """Articles beside this one: the editor's picks, those that refer to it, and up to `limit` similar ones."""
        ...


class Indexes(Protocol):
    """Who and where."""

    def places(self) -> tuple[NamedCount, ...]:
        """The places of the datelines, those with most articles first."""
        ...

    def place(self, name: str) -> NamedCount | None:
        """The place that is called so by any of its names, None where no dateline bears it."""
        ...

    def people(self, *, limit: int) -> tuple[NamedCount, ...]:
        """Reporters, editors and photographers, those with most articles first (`unread` is not counted)."""
        ...

    def by_person(self, name: str, *, limit: int, after: str | None = None) -> HeadlinePage:
        """The articles of a person, newest first."""
        ...


class ReaderState(Protocol):
    """The reader's own, as lines of JSON that merge in any order."""

    def export_lines(self) -> Iterator[str]:
        """Marks, positions, bookmarks with their text, saved searches."""
        ...

    def import_lines(self, lines: Iterable[str]) -> Merged:
        """Merge such lines in: the last change of each thing wins."""
        ...


class Upkeep(Protocol):
    """The archive as a file."""

    def stats(self) -> ArchiveStats:
        """The archive in numbers."""
        ...

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, nothing when all is well. Reads all of it."""
        ...

    def rebuild_index(self) -> int:
        """Make everything that is derived anew; give the number of articles."""
        ...

    def vacuum(self) -> int:
        """Give free room back to the disk; give the bytes."""
        ...

    def prune(self, older_than: datetime, *, at: datetime, dry_run: bool = False) -> Pruned:
        """Let go of the texts of old articles, never of bookmarked ones; headlines and marks stay."""
        ...

    def keep_raw(self, page: Page) -> None:
        """Keep a page as it came, for a better parser; only the last ones are kept."""
        ...

    def raw_pages(self) -> Iterator[Page]:
        """The pages kept, the oldest first."""
        ...

    def backup(self, target: Path) -> None:
        """Copy the archive as it is at this moment, while others may write. Raises `StoreError`."""
        ...


__all__ = ["History", "Indexes", "ReaderState", "Reading", "Searches", "Upkeep"]


# The store as a whole, as `library` takes it.


class Store(Protocol):
    """A store: all doors to one database, and an end."""

    @property
    def archive(self) -> Archive:
        """What refresh writes."""
        ...

    @property
    def shelf(self) -> Shelf:
        """What screens read."""
        ...

    @property
    def desk(self) -> Desk:
        """The reader's own."""
        ...

    @property
    def notes(self) -> Notes:
        """Facts kept between refreshes."""
        ...

    @property
    def reading(self) -> Reading:
        """What the reader did with an article."""
        ...

    @property
    def searches(self) -> Searches:
        """Searches that stand among the sections."""
        ...

    @property
    def history(self) -> History:
        """What the portal changed."""
        ...

    @property
    def indexes(self) -> Indexes:
        """Places and people."""
        ...

    @property
    def state(self) -> ReaderState:
        """The reader's own, as lines that merge."""
        ...

    @property
    def upkeep(self) -> Upkeep:
        """The archive as a file."""
        ...

    @property
    def trouble(self) -> StoreError | None:
        """What a person should be told of the file: damaged and set aside, or not writable."""
        ...

    def check(self) -> tuple[str, ...]:
        """Look the whole file over; give what is wrong with it."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
