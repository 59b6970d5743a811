"""What the store offers beyond a refresh and a list: history, indexes, the reader's state, upkeep.

Methods block and raise only errors of `errors`, as those of the stages' ports do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.model import (
        ArchiveStats,
        Bookmark,
        FrontPage,
        HeadlinePage,
        HeadlineVariant,
        Merged,
        Misread,
        NamedCount,
        Page,
        Pruned,
        ReactionSample,
        ReadingState,
        Relative,
        Revision,
        SavedSearch,
        SeenComment,
    )


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
