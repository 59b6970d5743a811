"""The one door between everything that shows and everything that works.

A `Library` is made in `cli` from concrete parts. What the store alone answers is in `holdings`; what may need the
network is here, and async. The network's parts are made on first use: showing the cached headlines loads neither
httpx nor the parser.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.concurrency import Hands, in_thread
from eksread.errors import AskedOffline, EksreadError, NoText, NotFound, RefreshRunning
from eksread.model.lists import HeadlineQuery
from eksread.ports import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Sequence

    from eksread.diagnosis import Finding
    from eksread.errors import StoreError
    from eksread.model.fetched import Page
    from eksread.model.lists import Counts, Headline, HeadlinePage, Section
    from eksread.model.news import Parsed, RelatedLink
    from eksread.model.progress import Plan, Progress, Summary
    from eksread.model.stored import Bookmark, Hit, Misread, StoredArticle
    from eksread.ports import Fetcher, Lease, PageParser, Pictures, Store
    from eksread.refresh import Job

    Steps: TypeAlias = AsyncGenerator[Progress | Summary, None]


# What can be asked without the network: the saved news, and everything of the reader's own.


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
            from eksread.model.news import Teaser

            self._store.archive.save_teasers((Teaser(title=link.title, url=link.url),), self.clock())
        return link.url is not None

    def close(self) -> None:
        """Close the store."""
        self._store.close()


REFRESHERS: Final = 2
"""Threads of a refresh: while one waits (for another process that writes, for a page that is read apart) one goes on."""


@dataclass(frozen=True, slots=True)
class Network:
    """What a refresh needs beside the store; made once, on first use."""

    fetcher: Fetcher
    parser: PageParser


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Library(Holdings):
    """What a screen or command may ask.

    `network` makes the network's parts, or is None when the reader asked for `--offline`: then nothing is fetched,
    and what is not held raises `AskedOffline` or `NoText`. `base_url` is the portal's front page. `lease` keeps
    refreshes of several processes apart.
    """

    def __init__(
        self,
        store: Store,
        network: Callable[[], Network] | None,
        base_url: str,
        *,
        parser: Callable[[], PageParser] | None = None,
        pictures: Pictures | None = None,
        lease: Lease | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(store, clock)
        self._make_network = network
        self._make_parser = parser
        self.pictures = pictures
        self._lease = lease
        self.base_url = base_url
        self._refreshers = Hands(REFRESHERS)
        self._helper = Hands(1)  # for what a person asks for: it does not wait for a refresh

    @property
    def offline(self) -> bool:
        """Whether the reader asked to stay off the network."""
        return self._make_network is None

    @cached_property
    def _network(self) -> Network:
        if self._make_network is None:
            raise AskedOffline("asked to stay offline")
        return self._make_network()

    async def refresh(self, section: str | None = None, *, plan: Plan | None = None) -> Steps:
        """Fetch what is new (of a section, or as a plan says), yielding progress and one `Summary` at the end.

        Closing the iterator stops the refresh without loss. Raises `FetchError` when not even the front page or
        feed can be had, `RefreshRunning` when another process refreshes.
        """
        from eksread.model.progress import Plan

        job = await self._ready(self._refreshers)
        async with aclosing(self._alone(job.run(plan or Plan(section)))) as events:
            async for event in events:
                yield event

    async def walk(self, since: datetime, section: str | None = None) -> Steps:
        """Bring old news, back to `since`, from where an earlier walk stopped. Yields and raises as `refresh` does."""
        job = await self._ready(self._refreshers)
        async with aclosing(self._alone(job.walk(since, section))) as events:
            async for event in events:
                yield event

    async def _alone(self, steps: Steps) -> Steps:
        """Take the steps while no other process takes any. Raises `RefreshRunning`."""
        if self._lease is not None and not await in_thread(self._lease.acquire):
            await steps.aclose()
            raise RefreshRunning
        try:
            async with aclosing(steps) as events:
                async for event in events:
                    yield event
        finally:
            if self._lease is not None:
                self._lease.release()

    async def read(self, article_id: int) -> StoredArticle:
        """An article with its text, fetched now when it is not held.

        Raises `NotFound`, `NoText` (not held and no line) or another `FetchError`.
        """
        held = await in_thread(self.article, article_id)
        if held is not None:
            return held
        headline = await in_thread(self.headline, article_id)
        if self.offline:
            raise NoText(title=headline.title)
        job = await self._ready(self._helper)
        await job.fetch_one(headline.url)
        held = await in_thread(self.article, article_id)
        if held is None:
            raise NoText(title=headline.title)
        return held

    async def follow(self, link: RelatedLink) -> StoredArticle:
        """The article that a related link means, fetched now when it is not held. Raises as `read` does."""
        headline = await in_thread(self.target, link)
        if headline is None:
            if link.url is None or self.offline:
                raise NoText(title=link.title)
            await in_thread(self.want, link)
            headline = await in_thread(self.headline, link.url)
        return await self.read(headline.id)

    async def _ready(self, hands: Hands) -> Job:
        """Make a job for these hands. The network's parts load in a thread, so that a screen goes on answering."""
        return await in_thread(self._job, hands)

    def _job(self, hands: Hands) -> Job:
        from eksread.refresh import Job

        network, store = self._network, self._store
        return Job(
            fetcher=network.fetcher,
            parser=network.parser,
            archive=store.archive,
            shelf=store.shelf,
            notes=store.notes,
            pictures=self.pictures,
            upkeep=store.upkeep,
            base_url=self.base_url,
            clock=self.clock,
            hands=hands,
        )

    def reparse(self) -> tuple[int, int]:
        """Read the kept pages again with the parser of today; give how many there were and how many texts changed."""
        from eksread.refresh.visit import reparse

        if self._make_parser is None:
            raise EksreadError("no parser was given")
        return reparse(self._store.upkeep, self._store.archive, self._store.notes, self._make_parser())

    async def examine(self) -> AsyncGenerator[Finding, None]:
        """Look at everything between the portal and the reader; yields findings, keeps nothing."""
        from eksread.diagnosis import Doctor

        network, store = self._network, self._store
        doctor = Doctor(network.fetcher, network.parser, store.shelf, store.notes, self.base_url, store.check)
        async with aclosing(doctor.examine()) as findings:
            async for finding in findings:
                yield finding

    async def look(self, url: str) -> tuple[Page, Parsed]:
        """Fetch a page and read it, without keeping anything. Raises `FetchError`."""
        page = await self._network.fetcher.get(url, asked=True)
        return page, await in_thread(self._network.parser.parse, page)

    async def disconnect(self) -> None:
        """Close the connections that were made; the next use makes new ones (each event loop needs its own)."""
        network = self.__dict__.pop("_network", None)
        if network is not None:
            await network.fetcher.aclose()

    def close(self) -> None:
        """Close the store, and let the threads end."""
        self._refreshers.close()
        self._helper.close()
        super().close()
