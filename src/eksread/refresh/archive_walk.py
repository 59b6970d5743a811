"""The walk back through the years: section pages from where the last walk stopped, each with its articles."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.concurrency import pooled
from eksread.errors import FetchError, Unreadable
from eksread.model.enums import Stage
from eksread.model.fetched import Expected
from eksread.model.news import Listing, SectionLink
from eksread.model.progress import Progress

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from datetime import datetime

    from eksread.model.news import Teaser
    from eksread.model.progress import Summary
    from eksread.refresh.article_pages import Bodies
    from eksread.refresh.list_pages import Lists
    from eksread.refresh.tally import Tally
    from eksread.refresh.visit import Visitor
    from eksread.store.database.facts import Facts
    from eksread.store.queries import Queries

MARK_FACT: Final = "walk:{url}"
"""Where the walk through a section (by its address) stands: the next page, or `END` with the day it reached."""
END: Final = "end"
WORKERS: Final = 4
MAX_PAGES: Final = 20_000
"""Pages of one section in one walk: more than fifty years of a busy section; a list that never ends is a loop."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Reads old news, politely and resumable to the page."""

    visitor: Visitor
    lists: Lists
    bodies: Bodies
    queries: Queries
    facts: Facts

    async def run(
        self, links: Sequence[SectionLink], since: datetime, tally: Tally
    ) -> AsyncGenerator[Progress | Summary, None]:
        """Walk each section back to `since`; yield progress by page, and at last a summary."""
        for done, link in enumerate(links):
            async with aclosing(self._section(link, since, tally)) as events:
                async for note in events:
                    yield Progress(Stage.SECTIONS, done, len(links), note, tally.bytes)
        yield tally.summary()

    async def _section(self, link: SectionLink, since: datetime, tally: Tally) -> AsyncGenerator[str, None]:
        mark = MARK_FACT.format(url=link.url)
        url = await self.visitor.hands.do(self.facts.get, mark) or link.url
        seen: set[str] = set()
        while url.startswith("http") and url not in seen and len(seen) < MAX_PAGES:
            seen.add(url)
            try:
                answer = await self.visitor.ask(url, tally, expected=Expected.LIST, conditional=False)
                if not isinstance(answer.parsed, Listing):
                    raise Unreadable(f"parsed as {type(answer.parsed).__name__}", url=url)
            except FetchError as error:
                await self.visitor.failed(url, error, tally)
                return
            items = decide.in_section(answer.parsed.items, link.name)
            await self.lists.keep(items, tally)
            async with aclosing(self._bodies(items, tally)) as titles:
                async for title in titles:
                    yield f"{link.name}: {title}"
            if decide.older_than(items, since):
                return  # the mark stays on this page: a later walk that goes further back begins here
            url = answer.parsed.next_url or END
            await self.visitor.hands.do(self.facts.set, mark, url)

    async def _bodies(self, items: Sequence[Teaser], tally: Tally) -> AsyncGenerator[str, None]:
        urls = await self.visitor.hands.do(self._missing, items)
        async with aclosing(
            pooled(urls, lambda url: self.bodies.bring(url, tally, held=False), WORKERS)
        ) as titles:
            async for title in titles:
                yield title

    def _missing(self, items: Sequence[Teaser]) -> list[str]:
        found = ((item.url, self.queries.headline(item.url)) for item in items)
        return [url for url, held in found if held is None or not (held.has_text or held.gone)]
