"""The walk back through the years: section pages from where the last walk stopped, each with its articles."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.concurrency import map_unordered
from eksread.errors import FetchError, Unreadable
from eksread.model.enums import Stage
from eksread.model.fetched import Expected
from eksread.model.news import Listing, SectionLink
from eksread.model.progress import Progress
from eksread.refresh import articles
from eksread.refresh.headline_lists import save_headlines
from eksread.refresh.pipeline import section_links

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from datetime import datetime

    from eksread.model.news import Teaser
    from eksread.model.progress import Summary
    from eksread.refresh.session import Session
    from eksread.store import Store

MARK_FACT: Final = "walk:{url}"
"""Where the walk through a section (by its address) stands: the next page, or `END` with the day it reached."""
END: Final = "end"
WORKERS: Final = 4
MAX_PAGES: Final = 20_000
"""Pages of one section in one walk: more than fifty years of a busy section; a list that never ends is a loop."""


async def walk(
    session: Session, since: datetime, section: str | None
) -> AsyncGenerator[Progress | Summary, None]:
    """Walk the sections (or one, by its key) back to `since`; yield progress by article and at last a summary."""
    links = await session.threads.run(section_links, session.store, section)
    for done, link in enumerate(links):
        async with aclosing(_walk_section(session, link, since)) as titles:
            async for title in titles:
                yield Progress(Stage.SECTIONS, done, len(links), f"{link.name}: {title}", session.bytes)
    yield session.summary()


async def _walk_section(session: Session, link: SectionLink, since: datetime) -> AsyncGenerator[str, None]:
    facts, run = session.store.facts, session.threads.run
    mark = MARK_FACT.format(url=link.url)
    url = await run(facts.get, mark) or link.url
    seen: set[str] = set()
    while url.startswith("http") and url not in seen and len(seen) < MAX_PAGES:
        seen.add(url)
        try:
            loaded = await session.load(url, expected=Expected.LIST, conditional=False)
            if not isinstance(loaded.parsed, Listing):
                raise Unreadable(f"parsed as {type(loaded.parsed).__name__}", url=url)
        except FetchError as error:
            await session.fail(url, error)
            return
        items = decide.in_section(loaded.parsed.items, link.name)
        await save_headlines(session, items)
        missing = await run(_missing, session.store, items)
        work = map_unordered(lambda url: articles.update(session, url, held=False), missing, WORKERS)
        async with aclosing(work) as titles:
            async for title in titles:
                yield title
        if decide.older_than(items, since):
            return  # the mark stays on this page: a later walk that goes further back begins here
        url = loaded.parsed.next_url or END
        await run(facts.set, mark, url)


def _missing(store: Store, items: Sequence[Teaser]) -> list[str]:
    """Give the addresses of headlines whose text is not held and not gone."""
    found = ((item.url, store.queries.headline(item.url)) for item in items)
    return [url for url, held in found if held is None or not (held.has_text or held.gone)]
