"""One refresh while it runs: the parts it works with, the pages it loads, and what it counts."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import Busy
from eksread.model.progress import Failure, Summary
from eksread.model.stored import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Literal

    from eksread.concurrency import ThreadPool
    from eksread.errors import FetchError
    from eksread.fetch.client import Client
    from eksread.model.fetched import Expected, Page
    from eksread.model.news import Parsed
    from eksread.model.stored import PageState
    from eksread.refresh.parser_process import ParserProcess
    from eksread.store import Store
    from eksread.store.picture_files import PictureFolder

log = logging.getLogger(__name__)

SHAPES_FACT: Final = "article_shapes"
"""The URL shapes learned from the feed, separated by newlines."""
PAGE_BYTES: Final = 40_000
"""Bytes on the wire of a usual news page: what one is taken for until a larger one came."""


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A page with the state of its URL before; `parsed` is None when it has not changed."""

    url: str
    page: Page
    state: PageState | None
    parsed: Parsed | None


@dataclass(slots=True)
class Session:
    """Loads pages for one refresh, conditionally where their validators are known. The store is called in `threads`.

    A page's validators are remembered with its contents or after them: the other way round, a kill in between
    would make the next run take a 304 for contents that were never kept. So `remember` is a call of its own.

    `bytes` are those on the wire, of `max_bytes` at most (None: as many as it takes), `largest` those of the largest page (at
    least those of a usual one).
    `under_way` pages are being fetched. `wanted`, `left`, `reached` and `reason` are the summary's. `shapes` are those learned
    from the feed, None until a page needs them; `feed_entries` are marks of what the feed says of each address. `states` is
    what is known of URLs that will be asked for (None: never visited).
    """

    fetcher: Client
    parser: ParserProcess
    store: Store
    pictures: PictureFolder | None
    base_url: str
    clock: Callable[[], datetime]
    threads: ThreadPool
    at: datetime = field(init=False)
    started: float = field(default_factory=time.monotonic)
    changes: Counter[Change] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    errors: list[FetchError] = field(default_factory=list)
    pages: int = 0
    not_modified: int = 0
    max_bytes: int | None = None
    bytes: int = 0
    largest: int = PAGE_BYTES
    under_way: int = 0
    wanted: int = 0
    left: int = 0
    reached: datetime | None = None
    reason: Literal["budget", "limit"] | None = None
    headlines: int = 0
    images: int = 0
    gone: int = 0
    shapes: tuple[str, ...] | None = None
    feed_entries: dict[str, str] = field(default_factory=dict)
    states: dict[str, PageState | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.clock()

    async def load(
        self,
        url: str,
        *,
        expected: Expected | None = None,
        conditional: bool = True,
        by_user: bool = False,
    ) -> LoadedPage:
        """Fetch and parse a page; `by_user` says that the user wants this very page. Raises `FetchError`."""
        if url in self.states:
            state = self.states.pop(url)
        else:
            state = await self.threads.run(self.store.portal_data.page_state, url)
        if state is not None and state.error == Busy.code and not decide.may_try(state, self.clock()):
            raise Busy("still within the time that the server asked for", url=url)
        known = state.validators if state and conditional else None
        page = await self.fetcher.get(url, known=known, by_user=by_user)
        self.count(page)
        if page.not_modified:
            return LoadedPage(url, page, state, None)
        return LoadedPage(url, page, state, await self.threads.run(self._parse, page, expected))

    def _parse(self, page: Page, expected: Expected | None) -> Parsed:
        if self.shapes is None:
            self.shapes = learned_shapes(self.store)
        return self.parser.parse(page, shapes=self.shapes, expected=expected)

    async def read_states(self, urls: Sequence[str]) -> None:
        """Read at once what is known of many URLs that are about to be asked for."""
        known = await self.threads.run(self.store.portal_data.page_states, urls)
        self.states.update({url: known.get(url) for url in urls})

    async def remember(self, loaded: LoadedPage) -> None:
        """Store the visit, with its validators; only after the contents are stored."""
        await self.threads.run(self.store.portal_data.page_checked, visit(loaded))

    async def fail(self, url: str, error: FetchError) -> None:
        """Count a failure and store when to try again."""
        self.count_failure(url, error)
        state = await self.threads.run(self.store.portal_data.page_state, url)
        wait = error.retry_after if isinstance(error, Busy) else None
        failed = decide.state_after_failure(url, error, state, self.clock(), wait)
        await self.threads.run(self.store.portal_data.page_checked, failed)

    def count(self, page: Page) -> None:
        """Count a page that came."""
        self.pages += 1
        self.not_modified += page.not_modified
        self.bytes += page.wire_bytes
        self.largest = max(self.largest, page.wire_bytes)

    def affords(self, *, share: float = 1.0, beside: int = 0) -> bool:
        """Whether the plan's bytes, or a share of them, allow another page.

        They do while those under way (without `beside` of them) would leave some of it even if all were as large as the
        largest so far: so no more than one page goes beyond.
        """
        if self.max_bytes is None:
            return True
        return self.bytes + (self.under_way - beside) * self.largest < self.max_bytes * share

    def count_failure(self, url: str, error: FetchError) -> None:
        """Count a page that could not be had."""
        log.warning("%s: %s %s", url, error.code, error.detail)
        self.failures.append(Failure(url, error.code, error.message))
        self.errors.append(error)

    def raise_if_nothing_came(self) -> None:
        """Raise the first `FetchError` when there were only failures so far."""
        if self.errors and not self.pages:
            raise self.errors[0]

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
            pictures=self.images,
            not_modified=self.not_modified,
            bytes=self.bytes,
            seconds=time.monotonic() - self.started,
            wanted=self.wanted,
            left=self.left,
            reached=self.reached,
            reason=self.reason,
            failures=tuple(self.failures),
        )


def visit(loaded: LoadedPage) -> PageState:
    """Give the state of a page's URL after it was loaded."""
    return decide.state_after_visit(loaded.url, loaded.page, loaded.state)


def learned_shapes(store: Store) -> tuple[str, ...]:
    """Give the URL shapes of articles that an earlier feed taught."""
    return tuple((store.facts.get(SHAPES_FACT) or "").split())
