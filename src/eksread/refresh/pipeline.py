"""A refresh from its first page to its summary, stage by stage."""

from __future__ import annotations

from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.concurrency import map_unordered
from eksread.model.enums import Stage
from eksread.model.lists import HeadlineQuery
from eksread.model.news import SectionLink
from eksread.model.progress import Progress
from eksread.refresh import articles, headline_lists
from eksread.store.database.connection import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from eksread.model.lists import Headline
    from eksread.model.progress import Plan, Summary
    from eksread.refresh.session import Session
    from eksread.store import Store
    from eksread.store.picture_files import PictureFolder

    Item = TypeVar("Item")

MAX_ARTICLES: Final = 200
"""Texts fetched in one refresh: some minutes on a slow connection; the rest comes with the next one."""
MAX_PLANNED_ARTICLES: Final = 5000
"""Texts fetched when the user planned for days offline and waits for it."""
MAX_RECHECKS: Final = 30
"""Held articles asked again for edits and comments in one refresh; mostly answered by 304."""
RECHECK_AGE: Final = timedelta(days=3)
"""Articles are edited and commented in their first days."""
RECHECK_EVERY: Final = timedelta(minutes=30)
RENAMED_AGE: Final = timedelta(days=7)
"""A headline that changed this long ago is no reason to ask for the text any more: each refresh since has tried."""
MAX_BOOKMARK_CHECKS: Final = 20
"""Bookmarked articles of any age asked again in one refresh: with a refresh every half hour, 900 a day, mostly by 304."""
BOOKMARK_CHECK_EVERY: Final = timedelta(days=1)
"""What was worth keeping is worth knowing of when it is corrected or withdrawn."""
WORKERS: Final = 8
"""Pages in work at once, parsing and storing included; the fetcher itself keeps to four requests a host."""


async def refresh(session: Session, plan: Plan) -> AsyncGenerator[Progress | Summary, None]:
    """Refresh as planned; yield progress and at last a summary. Raises `FetchError` when nothing can be had."""
    session.max_bytes = plan.max_bytes
    if plan.section is None:
        yield Progress(Stage.FRONT)
        front = await headline_lists.read_front_page(session)
        if session.affords():
            yield Progress(Stage.FEED, bytes=session.bytes)
            await headline_lists.read_feed(session, front)
        session.raise_if_nothing_came()
    for stage in (_read_sections, _fetch_articles, _fetch_pictures):
        async with aclosing(stage(session, plan)) as events:
            async for event in events:
                yield event
    await session.threads.run(session.store.facts.set, FRESH_FACT, session.clock().isoformat())
    yield session.summary()


async def _read_sections(session: Session, plan: Plan) -> AsyncGenerator[Progress, None]:
    """Read the lists of the sections."""
    links = await session.threads.run(section_links, session.store, plan.section)
    reach = decide.Reach.of(plan, session.at)

    async def read(link: SectionLink) -> str:
        return await headline_lists.read_section(session, link, reach)

    async with aclosing(_each(session, Stage.SECTIONS, links, read, share=headline_lists.SHARE)) as events:
        async for event in events:
            yield event
    session.raise_if_nothing_came()


async def _fetch_articles(session: Session, plan: Plan) -> AsyncGenerator[Progress, None]:
    """Fetch the texts that are missing, newest first, then ask again for those that may have changed."""
    run = session.threads.run
    limit = MAX_ARTICLES if plan.days is None else MAX_PLANNED_ARTICLES
    wanted = await run(session.store.portal_data.wanted, limit=limit, at=session.at, section=plan.section)
    if plan.days is not None:
        wanted = await run(_published_since, session.store, wanted, session.at - timedelta(days=plan.days))
    if len(wanted) >= limit:
        session.reason = session.reason or "limit"
    again = await run(_to_check_again, session)
    held = frozenset(again)
    urls = tuple(dict.fromkeys(wanted + again))
    await session.read_states(urls)
    if plan.days is None:
        urls = decide.limit_retries(urls, session.states)

    asked: set[str] = set()

    async def update(url: str) -> str:
        asked.add(url)
        return await articles.update(session, url, held=url in held)

    async with aclosing(_each(session, Stage.BODIES, urls, update)) as events:
        async for event in events:
            yield event
    if session.feed_entries and asked.issuperset(again):
        await run(headline_lists.keep_entries, session.store.facts, session.feed_entries)
    left = [url for url in wanted if url not in asked]
    session.wanted, session.left = len(wanted), len(left)
    session.reached = await run(_newest_date, session.store, left)


def _to_check_again(session: Session) -> tuple[str, ...]:
    """Give the addresses of held articles to ask for again: changed in lists or feed, recent ones, bookmarks."""
    portal_data, at = session.store.portal_data, session.at
    found = (
        portal_data.renamed(limit=MAX_RECHECKS, at=at, since=at - RENAMED_AGE),
        headline_lists.changed_entries(session.store, session.feed_entries)[:MAX_RECHECKS],
        portal_data.stale(
            limit=MAX_RECHECKS, checked_before=at - RECHECK_EVERY, published_after=at - RECHECK_AGE
        ),
        portal_data.bookmarked(limit=MAX_BOOKMARK_CHECKS, at=at, checked_before=at - BOOKMARK_CHECK_EVERY),
    )
    return tuple(dict.fromkeys(chain.from_iterable(found)))


async def _fetch_pictures(session: Session, plan: Plan) -> AsyncGenerator[Progress, None]:
    """Fetch the lead pictures of the planned headlines, where the plan wants them."""
    if not plan.images or session.pictures is None:
        return
    missing = await session.threads.run(_missing_pictures, session.store, session.pictures, plan, session.at)

    async def fetch(url: str) -> str:
        return await articles.fetch_picture(session, url)

    async with aclosing(_each(session, Stage.PICTURES, missing, fetch)) as events:
        async for event in events:
            yield event


async def _each(
    session: Session,
    stage: Stage,
    items: Sequence[Item],
    work: Callable[[Item], Awaitable[str]],
    share: float = 1.0,
) -> AsyncGenerator[Progress, None]:
    """Do `work` on the items, as far as the plan's bytes go; yield progress with the note that each gives.

    Of a budget `share` may be used up by then. Towards its end fewer pages are fetched at once.
    """
    waiting = iter(items)
    done = started = 0

    def affordable() -> Iterator[Item]:
        nonlocal started
        while started < len(items) and session.affords(share=share):
            started += 1
            session.under_way += 1
            yield next(waiting)

    async def counted(item: Item) -> str:
        try:
            return await work(item)
        finally:
            session.under_way -= 1

    yield Progress(stage, 0, len(items), bytes=session.bytes)
    while started < len(items) and session.affords(share=share):
        async with aclosing(map_unordered(counted, affordable(), WORKERS)) as notes:
            async for note in notes:
                done += 1
                yield Progress(stage, done, len(items), note, session.bytes)
    if started < len(items):
        session.reason = "budget"


def section_links(store: Store, key: str | None) -> tuple[SectionLink, ...]:
    """Give the sections that have an address: one by its key, or all."""
    held = store.queries.sections()
    return tuple(SectionLink(item.name, item.url) for item in held if key in (None, item.key) and item.url)


def _published_since(store: Store, urls: Iterable[str], since: datetime) -> tuple[str, ...]:
    """Keep the addresses of headlines that are new enough; one without a date counts from when it was seen."""
    return tuple(url for url in urls if (item := store.queries.headline(url)) and _moment(item) >= since)


def _missing_pictures(store: Store, pictures: PictureFolder, plan: Plan, at: datetime) -> tuple[str, ...]:
    """Give the addresses of the planned headlines' pictures that are not held, each once.

    Without planned days those of the newest headlines count, as many as texts are fetched.
    """
    found: Iterator[Headline]
    if plan.days is None:
        found = islice(_newest(store, datetime.min.replace(tzinfo=UTC), plan.section), MAX_ARTICLES)
    else:
        found = _newest(store, at - timedelta(days=plan.days), plan.section)
    wanted = dict.fromkeys(item.image for item in found if item.image)
    return tuple(url for url in wanted if not pictures.held(url))


def _newest(store: Store, since: datetime, section: str | None) -> Iterator[Headline]:
    cursor: str | None = None
    while True:
        page = store.queries.headlines(HeadlineQuery(section=section, after=cursor))
        yield from takewhile(lambda item: _moment(item) >= since, page.items)
        if page.next is None or _moment(page.items[-1]) < since:
            return
        cursor = page.next


def _newest_date(store: Store, urls: Sequence[str]) -> datetime | None:
    """Give the first date of headlines that are given newest first."""
    found = (store.queries.headline(url) for url in urls)
    return next((item.published for item in found if item and item.published), None)


def _moment(item: Headline) -> datetime:
    return item.published or item.first_seen
