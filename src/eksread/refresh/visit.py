"""One page: asked for, parsed, and remembered once its contents are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import Busy
from eksread.model.fetched import Expected
from eksread.model.news import Article
from eksread.model.stored import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from eksread.concurrency import Hands
    from eksread.errors import FetchError
    from eksread.model.fetched import Page
    from eksread.model.news import Parsed
    from eksread.model.stored import PageState
    from eksread.ports import Fetcher, PageParser
    from eksread.refresh.tally import Tally
    from eksread.store.database.facts import Facts
    from eksread.store.maintenance import Maintenance
    from eksread.store.portal_data import PortalData


SHAPES_FACT: Final = "article_shapes"
"""The URL shapes learned from the feed, one a line."""
NOTED_AT_ONCE: Final = 50
"""Visits without news that are noted in one transaction: one each would cost as much as the asking."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page with what was known of its address before; `parsed` is None when it has not changed."""

    url: str
    page: Page
    state: PageState | None
    parsed: Parsed | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Asks for pages, conditionally where their validators are known.

    A page's validators are remembered with its contents or after them: the other way round, a kill in between
    would make the next run take a 304 for contents that were never kept. So `remember` is a call of its own.
    """

    fetcher: Fetcher
    parser: PageParser
    portal_data: PortalData
    facts: Facts
    clock: Callable[[], datetime]
    hands: Hands

    async def ask(
        self,
        url: str,
        tally: Tally,
        *,
        expected: Expected | None = None,
        conditional: bool = True,
        asked: bool = False,
    ) -> Answer:
        """Fetch and parse a page; `asked` says that a person wants this very page. Raises `FetchError`."""
        if url in tally.states:
            state = tally.states.pop(url)
        else:
            state = await self.hands.do(self.portal_data.page_state, url)
        if state is not None and state.error == Busy.code and not decide.may_try(state, self.clock()):
            raise Busy("still within the time that the server asked for", url=url)
        known = state.validators if state and conditional else None
        page = await self.fetcher.get(url, known=known, asked=asked)
        tally.answered(page)
        if page.not_modified:
            return Answer(url, page, state, None)
        return Answer(url, page, state, await self.hands.do(self._parse, page, expected, tally))

    def _parse(self, page: Page, expected: Expected | None, tally: Tally) -> Parsed:
        if tally.shapes is None:
            tally.shapes = tuple((self.facts.get(SHAPES_FACT) or "").split())
        return self.parser.parse(page, shapes=tally.shapes, expected=expected)

    async def remember(self, answer: Answer) -> None:
        """Note the visit, with its validators; only after the contents are stored."""
        await self.hands.do(
            self.portal_data.page_checked, decide.visited(answer.url, answer.page, answer.state)
        )

    async def read_ahead(self, urls: Sequence[str], tally: Tally) -> None:
        """Learn at once what is known of many addresses that are about to be asked for."""
        known = await self.hands.do(self.portal_data.page_states, urls)
        tally.states.update({url: known.get(url) for url in urls})

    async def unchanged(self, answer: Answer, tally: Tally) -> None:
        """Note a visit that brought nothing new, some time later: if that gets lost, the page is just asked again."""
        tally.unchanged.append(decide.visited(answer.url, answer.page, answer.state))
        if len(tally.unchanged) >= NOTED_AT_ONCE:
            await self.note_unchanged(tally)

    async def note_unchanged(self, tally: Tally) -> None:
        """Note what `unchanged` has gathered."""
        states, tally.unchanged = tally.unchanged, []
        if states:
            await self.hands.do(self.portal_data.page_checked, *states)

    async def failed(self, url: str, error: FetchError, tally: Tally) -> None:
        """Count a failure and note when to try again."""
        tally.failed(url, error)
        state = await self.hands.do(self.portal_data.page_state, url)
        wait = error.retry_after if isinstance(error, Busy) else None
        await self.hands.do(
            self.portal_data.page_checked, decide.failed(url, error, state, self.clock(), wait)
        )


# Pages that were kept as they came, read once more.


def reparse(
    maintenance: Maintenance, portal_data: PortalData, facts: Facts, parser: PageParser
) -> tuple[int, int]:
    """Store what the parser reads today in the kept pages; give how many there were and how many texts changed.

    The first page of a longer article is left alone: its other pages were not kept.
    """
    shapes = tuple((facts.get(SHAPES_FACT) or "").split())
    pages = changed = 0
    for page in maintenance.raw_pages():
        pages += 1
        article = parser.parse(page, shapes=shapes, expected=Expected.ARTICLE)
        if not isinstance(article, Article) or article.next_page or not decide.article_is_whole(article):
            continue
        change = portal_data.save_article(article, page.fetched_at, url=page.requested_url or page.url)
        changed += change is not Change.UNCHANGED
    return pages, changed
