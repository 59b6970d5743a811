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

from eksread.errors import AskedOffline, EksreadError, NoText, RefreshRunning
from eksread.holdings import Holdings
from eksread.pool import Hands, in_thread

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from eksread.doctor import Finding
    from eksread.model import Page, Parsed, Plan, Progress, RelatedLink, StoredArticle, Summary
    from eksread.ports import Fetcher, Lease, PageParser, Pictures, Store
    from eksread.refresh import Job

    Steps: TypeAlias = AsyncGenerator[Progress | Summary, None]


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
        from eksread.model import Plan

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
        from eksread.refresh.again import reparse

        if self._make_parser is None:
            raise EksreadError("no parser was given")
        return reparse(self._store.upkeep, self._store.archive, self._store.notes, self._make_parser())

    async def examine(self) -> AsyncGenerator[Finding, None]:
        """Look at everything between the portal and the reader; yields findings, keeps nothing."""
        from eksread.doctor import Doctor

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
