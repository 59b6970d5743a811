"""The one API between everything that shows and everything that works.

A `Library` is made in `cli` from concrete parts. What may need the network is async. The network's parts are made on first
use: showing the cached headlines loads neither httpx nor the parser.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.concurrency import ThreadPool, in_thread
from eksread.errors import AskedOffline, Gone, NoText, NotFound, RefreshRunning
from eksread.store.database.connection import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
    from datetime import timedelta

    from eksread.diagnosis import Finding
    from eksread.errors import StoreError
    from eksread.export.collection import Collection
    from eksread.fetch.client import Client
    from eksread.model.fetched import Page
    from eksread.model.lists import Headline
    from eksread.model.news import Parsed, RelatedLink
    from eksread.model.progress import Plan, Progress, Summary
    from eksread.model.stored import Bookmark, Change, Pruned, StoredArticle
    from eksread.refresh.parser_process import ParserProcess
    from eksread.refresh.session import Session
    from eksread.store import Store
    from eksread.store.database.locks import RefreshLock
    from eksread.store.history import History
    from eksread.store.maintenance import Maintenance
    from eksread.store.picture_files import PictureFolder
    from eksread.store.portal_data import PortalData
    from eksread.store.user_data import UserData

    Steps: TypeAlias = AsyncGenerator[Progress | Summary, None]


REFRESHERS: Final = 2
"""Threads of a refresh: while one waits (for another process that writes, for a page that is read apart) one goes on."""


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Library:
    """What a screen or command may ask.

    Its parts `queries`, `user_data`, `history`, `portal_data`, `facts` and `maintenance` are the store's: what they read comes
    in milliseconds, what they write may wait for a lock, so the screens write in a thread. `network` makes the network's
    parts, or is None when the reader asked for `--offline`: then nothing is fetched, and what is not held raises
    `AskedOffline` or `NoText`. `base_url` is the portal's front page. With `pictures_unasked`
    the lead picture of an article that is shown is fetched where it is not held. `refresh_lock` keeps refreshes of several
    processes apart.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Callable[[], Client] | None,
        base_url: str,
        *,
        parser: ParserProcess | None = None,
        pictures: PictureFolder | None = None,
        pictures_unasked: bool = False,
        refresh_lock: RefreshLock | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._store = store
        self.queries, self.facts = store.queries, store.facts
        self._make_fetcher = fetcher
        self._given_parser = parser
        self.pictures = pictures
        self.pictures_unasked = pictures_unasked
        self._refresh_lock = refresh_lock
        self.base_url = base_url
        self.clock = clock
        self._refreshers = ThreadPool(REFRESHERS)
        self._helper = ThreadPool(1)  # for what the user asks for: it does not wait for a refresh

    # ---- what is held ----

    @property
    def user_data(self) -> UserData:
        """The reader's own."""
        return self._store.user_data

    @property
    def history(self) -> History:
        """What the portal changed, and who and where."""
        return self._store.history

    @property
    def portal_data(self) -> PortalData:
        """What a refresh writes."""
        return self._store.portal_data

    @property
    def maintenance(self) -> Maintenance:
        """The archive as a file."""
        return self._store.maintenance

    @property
    def trouble(self) -> StoreError | None:
        """What a person should be told about the saved news: damaged and set aside, or not writable. Mostly None."""
        return self._store.trouble

    def headline(self, ref: int | str) -> Headline:
        """One headline by its number or address. Raises `NotFound`."""
        found = self.queries.headline(ref)
        if found is None:
            raise NotFound(ref=ref)
        return found

    def target(self, link: RelatedLink) -> Headline | None:
        """The held headline that a related link means, by address or by title."""
        found = self.queries.headline(link.url) if link.url else None
        return found or self.queries.find_title(link.title)

    def collection(self, title: str, headlines: Sequence[Headline]) -> Collection:
        """Give articles to export, with what the reader wrote about them."""
        from eksread.export.collection import Collection

        def find(url: str) -> int | None:
            found = self.queries.headline(url)
            return found.id if found else None

        return Collection(
            title=title,
            source=self.base_url,
            made=self.clock(),
            headlines=headlines,
            read=self.queries.article,
            find=find,
            picture=self.pictures.jpeg if self.pictures is not None else lambda _url: None,
            bookmarks={bookmark.headline.id: bookmark for bookmark in self.user_data.bookmarks()},
        )

    def fresh_at(self) -> datetime | None:
        """When the portal was last reached by a refresh."""
        return self.facts.moment(FRESH_FACT)

    # ---- what the reader does, at this moment ----

    def mark_read(self, ids: Iterable[int], *, read: bool = True) -> tuple[int, ...]:
        """Mark articles; give those that changed, for undo."""
        return self.user_data.set_read(ids, read, self.clock())

    def mark_all_read(self, section: str | None = None) -> tuple[int, ...]:
        """Mark everything (of a section) read; give those that changed, for undo."""
        return self.user_data.mark_all_read(self.clock(), section)

    def add_bookmark(
        self, article_id: int, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        """Save an article; give whether it was not saved before. None leaves note or labels as they are."""
        return self.user_data.add_bookmark(article_id, self.clock(), note, labels)

    def remove_bookmark(self, article_id: int) -> Bookmark | None:
        """Unsave an article; give what was removed, for undo."""
        return self.user_data.remove_bookmark(article_id, self.clock())

    def set_position(self, article_id: int, block: int) -> None:
        """Keep the block at which reading stopped."""
        self.user_data.set_position(article_id, block, self.clock())

    def want(self, title: str, url: str) -> None:
        """Have a related article fetched with the next refresh. Blocks to write."""
        from eksread.model.news import Teaser

        self.portal_data.save_teasers((Teaser(title=title, url=url),), self.clock())

    def prune(self, older_than: datetime, *, comments: bool = False, dry_run: bool = False) -> Pruned:
        """Let go of old articles' texts (see `Maintenance.prune`) and of their pictures; give what goes."""
        found = self.maintenance.prune(older_than, at=self.clock(), comments=comments, dry_run=dry_run)
        folder = self.pictures
        if folder is None:
            return replace(found, pictures=())
        held = tuple(url for url in found.pictures if folder.held(url))
        size = found.bytes + sum(map(folder.size, held))
        for url in () if dry_run else held:
            folder.drop(url)
        return replace(found, pictures=held, bytes=size)

    # ---- what may need the network ----

    @property
    def offline(self) -> bool:
        """Whether the reader asked to stay off the network."""
        return self._make_fetcher is None

    @cached_property
    def _fetcher(self) -> Client:
        if self._make_fetcher is None:
            raise AskedOffline("asked to stay offline")
        return self._make_fetcher()

    @property
    def _parser(self) -> ParserProcess:
        from eksread.refresh.parser_process import shared_parser

        return self._given_parser or shared_parser()

    def refresh(self, section: str | None = None, *, plan: Plan | None = None) -> Steps:
        """Fetch what is new (of a section, or as a plan says), yielding progress and one `Summary` at the end.

        Closing the iterator stops the refresh without loss. Raises `FetchError` when not even the front page or
        feed can be had, `RefreshRunning` when another process refreshes.
        """
        from eksread.model.progress import Plan
        from eksread.refresh.pipeline import refresh

        return self._alone(lambda session: refresh(session, plan or Plan(section)))

    def walk(self, since: datetime, section: str | None = None) -> Steps:
        """Bring old news, back to `since`, from where an earlier walk stopped. Yields and raises as `refresh` does."""
        from eksread.refresh.archive_walk import walk

        return self._alone(lambda session: walk(session, since, section))

    async def _alone(self, steps: Callable[[Session], Steps]) -> Steps:
        """Take the steps while no other process takes any. Raises `RefreshRunning`."""
        session = await in_thread(self._session, self._refreshers)
        if self._refresh_lock is not None and not await in_thread(self._refresh_lock.acquire):
            raise RefreshRunning
        try:
            async with aclosing(steps(session)) as events:
                async for event in events:
                    yield event
        finally:
            if self._refresh_lock is not None:
                self._refresh_lock.release()

    async def read(self, article_id: int) -> StoredArticle:
        """An article with its text, fetched now when it is not held.

        Raises `NotFound`, `NoText` (not held and offline) or another `FetchError`.
        """
        held = await in_thread(self.queries.article, article_id)
        if held is not None:
            return held
        headline = await in_thread(self.headline, article_id)
        if self.offline:
            raise NoText(title=headline.title)
        await self.fetch_article(headline.url)
        held = await in_thread(self.queries.article, article_id)
        if held is None:
            raise NoText(title=headline.title)
        return held

    async def follow(self, link: RelatedLink) -> StoredArticle:
        """The article that a related link means, fetched now when it is not held. Raises as `read` does."""
        headline = await in_thread(self.target, link)
        if headline is None:
            if link.url is None or self.offline:
                raise NoText(title=link.title)
            await in_thread(self.want, link.title, link.url)
            headline = await in_thread(self.headline, link.url)
        return await self.read(headline.id)

    async def fetch_article(self, url: str) -> None:
        """Fetch one article now and keep it, whether its text is held or not. Raises `FetchError`."""
        from eksread.refresh import articles

        session = await in_thread(self._session, self._helper)
        await articles.fetch(session, url, held=False, by_user=True)

    async def fetch_picture(self, url: str) -> None:
        """Fetch a picture that the user asked for, and keep it. Raises `FetchError` or `StoreError`."""
        from eksread.refresh import articles

        session = await in_thread(self._session, self._helper)
        await articles.keep_picture(session, url, by_user=True)

    async def check(self, article_id: int, *, unless_within: timedelta | None = None) -> Change:
        """Ask the portal whether a held article has changed, and keep what it gives.

        With `unless_within` it is not the user who asks: then not within that time of the last visit, and robots.txt counts.
        Raises `NotFound` or `FetchError`; of an article that is `Gone` that is noted.
        """
        from eksread.model.stored import Change
        from eksread.refresh import articles

        headline = await in_thread(self.headline, article_id)
        url, by_user = headline.url, unless_within is None
        if unless_within is not None:
            state = await in_thread(self.portal_data.page_state, url)
            if state and state.checked_at and self.clock() - state.checked_at < unless_within:
                return Change.UNCHANGED
        session = await in_thread(self._session, self._helper)
        try:
            change, _title = await articles.fetch(session, url, held=headline.has_text, by_user=by_user)
        except Gone:
            await in_thread(self.portal_data.mark_gone, url, self.clock())
            raise
        return change

    def _session(self, threads: ThreadPool) -> Session:
        """Make what a refresh works with. Loads the network's parts: run in a thread, so that a screen goes on answering."""
        from eksread.refresh.session import Session

        return Session(
            fetcher=self._fetcher,
            parser=self._parser,
            store=self._store,
            pictures=self.pictures,
            base_url=self.base_url,
            clock=self.clock,
            threads=threads,
        )

    def reparse(self) -> tuple[int, int]:
        """Read the kept pages again with the parser of today; give how many there were and how many texts changed."""
        from eksread.refresh.articles import reparse

        return reparse(self._store, self._parser)

    def examine(self) -> AsyncGenerator[Finding, None]:
        """Look at everything between the portal and the reader; yields findings, keeps nothing."""
        from eksread.diagnosis import Doctor

        return Doctor(self._fetcher, self._parser, self._store, self.base_url).examine()

    async def look(self, url: str) -> tuple[Page, Parsed]:
        """Fetch a page and read it, without keeping anything. Raises `FetchError`."""
        page = await self._fetcher.get(url, by_user=True)
        return page, await in_thread(self._parser.parse, page)

    async def disconnect(self) -> None:
        """Close the connections that were made; the next use makes new ones (each event loop needs its own)."""
        fetcher = self.__dict__.pop("_fetcher", None)
        if fetcher is not None:
            await fetcher.aclose()

    def close(self) -> None:
        """Close the store, and let the threads end."""
        self._refreshers.close()
        self._helper.close()
        self._store.close()
