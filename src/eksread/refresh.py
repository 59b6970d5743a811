"""The pipeline: front page | feed | section lists | what is missing | bodies | store.

    front page ────> sections ─┐
    feed ──────────> headlines ├─> decide what is missing ─> fetch ─> parse ─> join pages ─> store
    section lists ─> headlines ┘

Everything is stored as it comes, each answer in a transaction of its own: stopping at any point, by closing the
iterator or by a kill, loses nothing, and the next run goes on with what is still missing.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import Busy, FetchError, Gone, Offline, Unreadable
from eksread.model import (
    Article,
    Change,
    Expected,
    Failure,
    Feed,
    Listing,
    Progress,
    SectionLink,
    Stage,
    Summary,
)
from eksread.pool import in_thread, pooled
from eksread.portal import EKSPOSKALTIM
from eksread.ports import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

    from eksread.model import Page, PageState, Parsed, Teaser
    from eksread.ports import Archive, Fetcher, Notes, PageParser, Shelf

log = logging.getLogger(__name__)

SHAPES_FACT: Final = "article_shapes"
"""The URL shapes learned from the feed, one a line."""
FEED_FACT: Final = "feed_url"
"""Where the feed was found."""

MAX_BODIES: Final = 200
"""Bodies fetched in one refresh: some minutes on a poor line; the rest comes with the next one."""
MAX_RECHECKS: Final = 30
"""Held articles asked again for edits and comments in one refresh; mostly answered by 304."""
RECHECK_AGE: Final = timedelta(days=3)
"""Articles are edited and commented in their first days."""
RECHECK_EVERY: Final = timedelta(minutes=30)
WORKERS: Final = 8
"""Pages in work at once, parsing and storing included; the fetcher itself keeps to four requests a host."""


@dataclass(slots=True)
class Tally:
    """The running counts of one refresh, which began `at`."""

    at: datetime
    changes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    errors: list[FetchError] = field(default_factory=list)
    pages: int = 0
    not_modified: int = 0
    bytes: int = 0
    headlines: int = 0
    gone: int = 0
    started: float = field(default_factory=time.monotonic)

    def answered(self, page: Page) -> None:
        """Count an answer."""
        self.pages += 1
        self.not_modified += page.not_modified
        self.bytes += page.wire_bytes

    def failed(self, url: str, error: FetchError) -> None:
        """Count a page that could not be had."""
        log.warning("%s: %s %s", url, error.code, error.detail)
        self.failures.append(Failure(url, error.code, error.message))
        self.errors.append(error)

    def summary(self) -> Summary:
        """Give the end of the refresh."""
        return Summary(
            new=self.changes[Change.NEW],
            changed=self.changes[Change.CHANGED],
            unchanged=self.changes[Change.UNCHANGED],
            failed=len(self.failures),
            gone=self.gone,
            headlines=self.headlines,
            pages=self.pages,
            not_modified=self.not_modified,
            bytes=self.bytes,
            seconds=time.monotonic() - self.started,
            failures=tuple(self.failures),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A page with what was known of its address before; `parsed` is None when it has not changed.

    Its validators are remembered only after its contents are stored: the other way round, a kill in between would
    make the next run take a 304 for contents that were never kept.
    """

    url: str
    page: Page
    state: PageState | None
    parsed: Parsed | None


@dataclass(frozen=True, slots=True)
class Job:
    """One refresh of one portal: the parts it works with. Blocking parts are called in threads."""

    fetcher: Fetcher
    parser: PageParser
    archive: Archive
    shelf: Shelf
    notes: Notes
    base_url: str
    clock: Callable[[], datetime]

    async def run(self, section: str | None = None) -> AsyncGenerator[Progress | Summary, None]:
        """Refresh everything, or one section (its key); yield progress and at last a summary.

        Raises `FetchError` when nothing at all could be had.
        """
        tally = Tally(self.clock())
        if section is None:
            yield Progress(Stage.FRONT)
            front = await self._front(tally)
            yield Progress(Stage.FEED, bytes=tally.bytes)
            await self._feed(tally, front)
            self._give_up_if_nothing_answered(tally)
        links = await self._sections(section)
        yield Progress(Stage.SECTIONS, 0, len(links), bytes=tally.bytes)
        async with aclosing(pooled(links, lambda link: self._section(link, tally), WORKERS)) as names:
            done = 0
            async for name in names:
                done += 1
                yield Progress(Stage.SECTIONS, done, len(links), name, tally.bytes)
        self._give_up_if_nothing_answered(tally)
        async with aclosing(self._bodies(tally, section)) as events:
            async for event in events:
                yield event
        await in_thread(self.notes.set_fact, FRESH_FACT, self.clock().isoformat())
        yield tally.summary()

    async def fetch_one(self, url: str) -> Change:
        """Fetch one article that a person asked for, and keep it. Raises `FetchError`."""
        change, _ = await self._article(url, Tally(self.clock()), held=False, asked=True)
        return change

    @staticmethod
    def _give_up_if_nothing_answered(tally: Tally) -> None:
        if tally.errors and not tally.pages:
            raise tally.errors[0]

    # ---- lists ----

    async def _front(self, tally: Tally) -> Listing | None:
        """Read the front page: the navigation, and the order of its headlines. None: unchanged or not had."""
        try:
            answer = await self._ask(self.base_url, tally, expected=Expected.LIST)
            front = answer.parsed
            if front is not None and not (isinstance(front, Listing) and front.items):
                raise Unreadable(f"parsed as {type(front).__name__}", url=self.base_url)
        except Offline:
            raise
        except FetchError as error:
            await self._note_failure(self.base_url, error, tally)
            return None
        if front is not None:
            links = decide.sections_to_read(front.sections, self.base_url)
            await in_thread(self.archive.save_sections, links, tally.at)
            await self._keep(front.items, tally, front_of=self.base_url)
        await self._remember(answer)
        return front

    async def _feed(self, tally: Tally, front: Listing | None) -> None:
        """Read the feed at the first address that has one, and learn what an article's address looks like."""
        known = await in_thread(self.notes.fact, FEED_FACT)
        for url in decide.feed_candidates(front, self.base_url, known, EKSPOSKALTIM.feed_paths):
            try:
                answer = await self._ask(url, tally)
            except Gone:
                continue
            except FetchError as error:
                await self._note_failure(url, error, tally)
                return
            feed = answer.parsed
            if isinstance(feed, Feed) and feed.items:
                shapes = self.parser.learn([item.url for item in feed.items])
                await in_thread(self.notes.set_fact, SHAPES_FACT, "\n".join(shapes))
                await in_thread(self.notes.set_fact, FEED_FACT, url)
                await self._keep(feed.items, tally)
            if feed is None or isinstance(feed, Feed):
                await self._remember(answer)
                return

    async def _sections(self, key: str | None) -> tuple[SectionLink, ...]:
        held = await in_thread(self.shelf.sections)
        return tuple(
            SectionLink(item.name, item.url) for item in held if key in (None, item.key) and item.url
        )

    async def _section(self, link: SectionLink, tally: Tally) -> str:
        """Read a section's list, and its further pages while everything on them is unknown."""
        url: str | None = link.url
        for number in range(1, decide.MAX_LIST_PAGES + 1):
            if url is None:
                break
            try:
                answer = await self._ask(url, tally, expected=Expected.LIST)
                listing = answer.parsed
                if listing is not None and not isinstance(listing, Listing):
                    raise Unreadable(f"parsed as {type(listing).__name__}", url=url)
            except FetchError as error:
                await self._note_failure(url, error, tally)
                break
            if listing is None:
                await self._remember(answer)
                break
            items = decide.in_section(listing.items, link.name)
            await self._keep(items, tally, front_of=url if number == 1 else None)
            await self._remember(answer)
            new = await in_thread(self._new_in_this_run, items, tally)
            if not decide.more_pages(new=new, total=len(items), page=number):
                break
            url = listing.next_url
        return link.name

    async def _keep(self, items: Sequence[Teaser], tally: Tally, front_of: str | None = None) -> None:
        tally.headlines += await in_thread(self.archive.save_teasers, items, tally.at, front_of=front_of)

    def _new_in_this_run(self, items: Sequence[Teaser], tally: Tally) -> int:
        """Count the headlines that were unknown when this refresh began; another list may have brought them first."""
        found = (self.shelf.headline(item.url) for item in items)
        return sum(item is not None and item.first_seen >= tally.at for item in found)

    # ---- bodies ----

    async def _bodies(self, tally: Tally, section: str | None) -> AsyncGenerator[Progress, None]:
        """Fetch the texts that are missing, newest first, then ask recent ones again for edits and comments."""
        at = self.clock()
        wanted = await in_thread(self.archive.wanted, limit=MAX_BODIES, at=at, section=section)
        again = await in_thread(
            self.archive.stale,
            limit=MAX_RECHECKS,
            checked_before=at - RECHECK_EVERY,
            published_after=at - RECHECK_AGE,
        )
        held = frozenset(again)
        urls = tuple(dict.fromkeys(wanted + again))
        done = 0
        yield Progress(Stage.BODIES, 0, len(urls), bytes=tally.bytes)
        async with aclosing(
            pooled(urls, lambda url: self._body(url, tally, held=url in held), WORKERS)
        ) as titles:
            async for title in titles:
                done += 1
                yield Progress(Stage.BODIES, done, len(urls), title, tally.bytes)

    async def _body(self, url: str, tally: Tally, *, held: bool) -> str:
        """Fetch one article in the background; a failure is noted and never stops the others."""
        try:
            change, title = await self._article(url, tally, held=held)
        except Gone:
            await in_thread(self.archive.mark_gone, url, self.clock())
            tally.gone += 1
            return url
        except FetchError as error:
            await self._note_failure(url, error, tally)
            return url
        tally.changes[change] += 1
        return title

    async def _article(
        self, url: str, tally: Tally, *, held: bool, asked: bool = False
    ) -> tuple[Change, str]:
        """Fetch, parse, join and store one article; give what changed, and its title. Raises `FetchError`.

        `held` says that its text is in the store: only then may the answer be "not modified".
        """
        answer = await self._ask(url, tally, expected=Expected.ARTICLE, conditional=held, asked=asked)
        article = answer.parsed
        if article is None:
            await self._remember(answer)
            return Change.UNCHANGED, url
        if not isinstance(article, Article) or not decide.article_is_whole(article):
            raise Unreadable(f"parsed as {type(article).__name__}", url=url)
        if article.next_page:
            article = await self._joined(article, tally, asked=asked)
        change = await in_thread(self.archive.save_article, article, answer.page.fetched_at, url=url)
        await self._remember(answer)
        return change, article.title or url

    async def _joined(self, first: Article, tally: Tally, *, asked: bool) -> Article:
        """Read the further pages of an article. One that can't be had fails the whole: half a text deceives."""
        pages = [first]
        seen = {first.url}
        url = first.next_page
        while url and url not in seen and len(pages) < decide.MAX_ARTICLE_PAGES:
            seen.add(url)
            answer = await self._ask(url, tally, expected=Expected.ARTICLE, conditional=False, asked=asked)
            if not isinstance(answer.parsed, Article):
                raise Unreadable(f"page {len(pages) + 1} parsed as {type(answer.parsed).__name__}", url=url)
            pages.append(answer.parsed)
            url = answer.parsed.next_page
        return decide.joined(pages)

    # ---- one page ----

    async def _ask(
        self,
        url: str,
        tally: Tally,
        *,
        expected: Expected | None = None,
        conditional: bool = True,
        asked: bool = False,
    ) -> Answer:
        """Fetch and parse a page, asking conditionally where its validators are known. Raises `FetchError`."""
        state = await in_thread(self.archive.page_state, url)
        if state is not None and state.error == Busy.code and not decide.may_try(state, self.clock()):
            raise Busy("still within the time that the server asked for", url=url)
        known = state.validators if state and conditional else None
        page = await self.fetcher.get(url, known=known, asked=asked)
        tally.answered(page)
        if page.not_modified:
            return Answer(url, page, state, None)
        shapes = await in_thread(self.notes.fact, SHAPES_FACT) or ""
        parsed = await in_thread(self.parser.parse, page, shapes=tuple(shapes.split()), expected=expected)
        return Answer(url, page, state, parsed)

    async def _remember(self, answer: Answer) -> None:
        state = decide.visited(answer.url, answer.page, answer.state)
        await in_thread(self.archive.page_checked, state)

    async def _note_failure(self, url: str, error: FetchError, tally: Tally) -> None:
        """Count a failure and remember when to try again."""
        tally.failed(url, error)
        state = await in_thread(self.archive.page_state, url)
        wait = error.retry_after if isinstance(error, Busy) else None
        await in_thread(self.archive.page_checked, decide.failed(url, error, state, self.clock(), wait))
