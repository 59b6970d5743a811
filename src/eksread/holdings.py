"""What can be asked without the network: the saved news, and everything of the reader's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from eksread.errors import NotFound
from eksread.model import HeadlineQuery
from eksread.ports import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from eksread.errors import StoreError
    from eksread.model import (
        Bookmark,
        Counts,
        Headline,
        HeadlinePage,
        Hit,
        Misread,
        RelatedLink,
        Section,
        StoredArticle,
    )
    from eksread.ports import Store


class Holdings:
    """What is held, and what the reader did with it.

    Reading methods answer in milliseconds; writing ones may wait for a lock, so the TUI calls them in a thread. `kept`
    are the store's further doors: history, indexes, the reader's state, upkeep.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = self.kept = store
        self.clock = clock

    @property
    def trouble(self) -> StoreError | None:
        """What a person should be told about the saved news: damaged and set aside, or not writable. Mostly None."""
        return self._store.trouble

    def headlines(self, query: HeadlineQuery | None = None) -> HeadlinePage:
        """A window of headlines, newest first."""
        return self._store.shelf.headlines(query or HeadlineQuery())

    def sections(self) -> tuple[Section, ...]:
        """The sections in the portal's order, with their counts."""
        return self._store.shelf.sections()

    def counts(self) -> Counts:
        """The numbers over all sections."""
        return self._store.shelf.counts()

    def headline(self, ref: int | str) -> Headline:
        """One headline by its number or address. Raises `NotFound`."""
        found = self._store.shelf.headline(ref)
        if found is None:
            raise NotFound(ref=ref)
        return found

    def article(self, article_id: int) -> StoredArticle | None:
        """An article whose text is held, else None."""
        return self._store.shelf.article(article_id)

    def search(self, text: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Search all that is held. Any text is a valid query."""
        return self._store.shelf.search(text, limit=limit)

    def found(self, text: str, *, limit: int) -> tuple[Headline, ...]:
        """The headlines of what a search finds, without excerpts."""
        return self._store.shelf.found(text, limit=limit)

    def misread(self, text: str) -> tuple[Misread, ...]:
        """What in a query looks like a filter and is none, so that it is searched for as words."""
        return self._store.searches.misread(text)

    def target(self, link: RelatedLink) -> Headline | None:
        """The held headline that a related link means, by address or by title."""
        found = self._store.shelf.headline(link.url) if link.url else None
        return found or self._store.shelf.find_title(link.title)

    def fresh_at(self) -> datetime | None:
        """When the portal was last reached by a refresh."""
        value = self._store.notes.fact(FRESH_FACT)
        return datetime.fromisoformat(value) if value else None

    def mark_read(self, ids: Iterable[int], *, read: bool = True) -> tuple[int, ...]:
        """Mark articles; give those that changed, for undo."""
        return self._store.desk.set_read(ids, read, self.clock())

    def mark_all_read(self, section: str | None = None) -> tuple[int, ...]:
        """Mark everything (of a section) read; give those that changed, for undo."""
        return self._store.desk.mark_all_read(self.clock(), section)

    def add_bookmark(
        self, article_id: int, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        """Save an article; give whether it was not saved before. None leaves note or labels as they are."""
        return self._store.desk.add_bookmark(article_id, self.clock(), note, labels)

    def remove_bookmark(self, article_id: int) -> Bookmark | None:
        """Unsave an article; give what was removed, for undo."""
        return self._store.desk.remove_bookmark(article_id, self.clock())

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, newest first."""
        return self._store.desk.bookmarks()

    def bookmark(self, article_id: int) -> Bookmark | None:
        """The bookmark of an article, None where it is not saved."""
        return self._store.desk.bookmark(article_id)

    def position(self, article_id: int) -> int:
        """The block at which reading stopped."""
        return self._store.desk.position(article_id)

    def set_position(self, article_id: int, block: int) -> None:
        """Keep the block at which reading stopped."""
        self._store.desk.set_position(article_id, block, self.clock())

    def want(self, link: RelatedLink) -> bool:
        """Have a related article fetched with the next refresh; give whether its address is known. Blocks to write."""
        if link.url is not None:
            from eksread.model import Teaser

            self._store.archive.save_teasers((Teaser(title=link.title, url=link.url),), self.clock())
        return link.url is not None

    def close(self) -> None:
        """Close the store."""
        self._store.close()
