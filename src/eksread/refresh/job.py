"""One refresh from its beginning to its summary, and the walk back through the years."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.concurrency import pooled
from eksread.model.enums import Stage
from eksread.model.lists import HeadlineQuery
from eksread.model.news import SectionLink
from eksread.model.progress import Plan, Progress
from eksread.ports import FRESH_FACT
from eksread.refresh.archive_walk import Walk
from eksread.refresh.article_pages import Bodies, PictureRun
from eksread.refresh.list_pages import Lists
from eksread.refresh.tally import Tally
from eksread.refresh.visit import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Iterator

    from eksread.concurrency import Hands
    from eksread.model.lists import Headline
    from eksread.model.progress import Summary
    from eksread.model.stored import Change
    from eksread.ports import Fetcher, PageParser
    from eksread.store.database.facts import Facts
    from eksread.store.maintenance import Maintenance
    from eksread.store.picture_files import PictureFolder
    from eksread.store.portal_data import PortalData
    from eksread.store.queries import Queries

MAX_BODIES: Final = 200
"""Bodies fetched in one refresh: some minutes on a poor line; the rest comes with the next one."""
MAX_PLANNED_BODIES: Final = 5000
"""Bodies fetched when a person planned for days offline and waits for it."""
MAX_RECHECKS: Final = 30
"""Held articles asked again for edits and comments in one refresh; mostly answered by 304."""
RECHECK_AGE: Final = timedelta(days=3)
"""Articles are edited and commented in their first days."""
RECHECK_EVERY: Final = timedelta(minutes=30)
WORKERS: Final = 8
"""Pages in work at once, parsing and storing included; the fetcher itself keeps to four requests a host."""


@dataclass(frozen=True, slots=True)
class Job:
    """One refresh of one portal: the parts it works with. Blocking parts are called in the threads of `hands`."""

    fetcher: Fetcher
    parser: PageParser
    portal_data: PortalData
    queries: Queries
    facts: Facts
    pictures: PictureFolder | None
    maintenance: Maintenance
    base_url: str
    clock: Callable[[], datetime]
    hands: Hands

    async def run(self, plan: Plan = Plan()) -> AsyncGenerator[Progress | Summary, None]:  # noqa: B008 - frozen
        """Refresh as planned; yield progress and at last a summary. Raises `FetchError` when nothing can be had."""
        tally = Tally(self.clock())
        lists = self._lists
        if plan.section is None:
            yield Progress(Stage.FRONT)
            front = await lists.front(tally)
            yield Progress(Stage.FEED, bytes=tally.bytes)
            await lists.feed(tally, front)
            self._give_up_if_nothing_answered(tally)
        links = await self.hands.do(self.sections, plan.section)
        reach = decide.Reach.of(plan, tally.at)
        yield Progress(Stage.SECTIONS, 0, len(links), bytes=tally.bytes)
        async with aclosing(pooled(links, lambda link: lists.section(link, tally, reach), WORKERS)) as names:
            done = 0
            async for name in names:
                done += 1
                yield Progress(Stage.SECTIONS, done, len(links), name, tally.bytes)
        self._give_up_if_nothing_answered(tally)
        for steps in (self._bodies(tally, plan), self._pictures(tally, plan)):
            async with aclosing(steps) as events:
                async for event in events:
                    yield event
        await self.hands.do(self.facts.set, FRESH_FACT, self.clock().isoformat())
        yield tally.summary()

    async def walk(self, since: datetime, section: str | None) -> AsyncGenerator[Progress | Summary, None]:
        """Walk the sections (or one, by its key) back to `since`; yield progress by page and at last a summary."""
        links = await self.hands.do(self.sections, section)
        walk = Walk(
            self._visitor,
            self._lists,
            Bodies(self._visitor, self.portal_data, self.queries, self.maintenance),
            self.queries,
            self.facts,
        )
        async with aclosing(walk.run(links, since, Tally(self.clock()))) as events:
            async for event in events:
                yield event

    async def fetch_one(self, url: str) -> Change:
        """Fetch one article that a person asked for, and keep it. Raises `FetchError`."""
        bodies = Bodies(self._visitor, self.portal_data, self.queries, self.maintenance)
        change, _ = await bodies.article(url, Tally(self.clock()), held=False, asked=True)
        return change

    def sections(self, key: str | None) -> tuple[SectionLink, ...]:
        """Give the sections that have an address: one by its key, or all."""
        held = self.queries.sections()
        return tuple(
            SectionLink(item.name, item.url) for item in held if key in (None, item.key) and item.url
        )

    @property
    def _visitor(self) -> Visitor:
        return Visitor(self.fetcher, self.parser, self.portal_data, self.facts, self.clock, self.hands)

    @property
    def _lists(self) -> Lists:
        return Lists(self._visitor, self.parser, self.portal_data, self.queries, self.facts, self.base_url)

    @staticmethod
    def _give_up_if_nothing_answered(tally: Tally) -> None:
        if tally.errors and not tally.pages:
            raise tally.errors[0]

    async def _bodies(self, tally: Tally, plan: Plan) -> AsyncGenerator[Progress, None]:
        """Fetch the texts that are missing, newest first, then ask recent ones again for edits and comments."""
        bodies = Bodies(self._visitor, self.portal_data, self.queries, self.maintenance)
        limit = MAX_BODIES if plan.days is None else MAX_PLANNED_BODIES
        wanted = await self.hands.do(self.portal_data.wanted, limit=limit, at=tally.at, section=plan.section)
        if plan.days is not None:
            wanted = await self.hands.do(self._published_since, wanted, tally.at - timedelta(days=plan.days))
        again = await self.hands.do(
            self.portal_data.stale,
            limit=MAX_RECHECKS,
            checked_before=tally.at - RECHECK_EVERY,
            published_after=tally.at - RECHECK_AGE,
        )
        held = frozenset(again)
        urls = tuple(dict.fromkeys(wanted + again))
        await bodies.visitor.read_ahead(urls, tally)
        if plan.days is None:
            urls = decide.few_retries(urls, tally.states)
        done = 0
        yield Progress(Stage.BODIES, 0, len(urls), bytes=tally.bytes)
        within = _within_budget(urls, tally, plan)
        async with aclosing(
            pooled(within, lambda url: bodies.bring(url, tally, held=url in held), WORKERS)
        ) as titles:
            async for title in titles:
                done += 1
                yield Progress(Stage.BODIES, done, len(urls), title, tally.bytes)
        await bodies.visitor.note_unchanged(tally)

    async def _pictures(self, tally: Tally, plan: Plan) -> AsyncGenerator[Progress, None]:
        """Fetch the lead pictures of the planned headlines, where the plan wants them."""
        if not plan.images or self.pictures is None:
            return
        urls = await self.hands.do(self._missing_pictures, self.pictures, tally, plan)
        run = PictureRun(self.fetcher, self.pictures, self.hands)
        done = 0
        yield Progress(Stage.PICTURES, 0, len(urls), bytes=tally.bytes)
        within = _within_budget(urls, tally, plan)
        async with aclosing(pooled(within, lambda url: run.bring(url, tally), WORKERS)) as brought:
            async for url in brought:
                done += 1
                yield Progress(Stage.PICTURES, done, len(urls), url, tally.bytes)

    def _published_since(self, urls: Iterable[str], since: datetime) -> tuple[str, ...]:
        """Keep the addresses of headlines that are new enough; one without a date counts from when it was seen."""
        return tuple(url for url in urls if (item := self.queries.headline(url)) and _moment(item) >= since)

    def _missing_pictures(self, pictures: PictureFolder, tally: Tally, plan: Plan) -> tuple[str, ...]:
        days = 1 if plan.days is None else plan.days
        since = tally.at - timedelta(days=days)
        rows = self._newest(since, plan.section)
        wanted = dict.fromkeys(item.image for item in rows if item.image)
        return tuple(url for url in wanted if not pictures.held(url))

    def _newest(self, since: datetime, section: str | None) -> Iterator[Headline]:
        cursor: str | None = None
        while True:
            page = self.queries.headlines(HeadlineQuery(section=section, after=cursor))
            yield from takewhile(lambda item: _moment(item) >= since, page.items)
            if page.next is None or _moment(page.items[-1]) < since:
                return
            cursor = page.next


def _moment(item: Headline) -> datetime:
    return item.published or item.first_seen


def _within_budget(urls: Iterable[str], tally: Tally, plan: Plan) -> Iterable[str]:
    """Give addresses until the plan's bytes are used up; looked at each time the pool takes one."""
    return takewhile(lambda _url: plan.max_bytes is None or tally.bytes < plan.max_bytes, urls)
