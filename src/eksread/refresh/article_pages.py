"""Articles: fetched, parsed, joined from their pages, stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eksread import decide
from eksread.errors import FetchError, Gone, UnexpectedContent, Unreadable
from eksread.model.fetched import Expected
from eksread.model.news import Article
from eksread.model.stored import Change

if TYPE_CHECKING:
    from eksread.concurrency import Hands
    from eksread.ports import Fetcher
    from eksread.refresh.tally import Tally
    from eksread.refresh.visit import Answer, Visitor
    from eksread.store.maintenance import Maintenance
    from eksread.store.picture_files import PictureFolder
    from eksread.store.portal_data import PortalData
    from eksread.store.queries import Queries


@dataclass(frozen=True, slots=True)
class Bodies:
    """Brings the texts of headlines."""

    visitor: Visitor
    portal_data: PortalData
    queries: Queries
    maintenance: Maintenance

    async def bring(self, url: str, tally: Tally, *, held: bool) -> str:
        """Fetch one article in the background; give its title or address. A failure is noted and stops no other."""
        try:
            change, title = await self.article(url, tally, held=held)
        except Gone:
            await self.visitor.hands.do(self.portal_data.mark_gone, url, tally.at)
            tally.gone += 1
            return url
        except FetchError as error:
            await self.visitor.failed(url, error, tally)
            return url
        tally.changes[change] += 1
        return title

    async def article(self, url: str, tally: Tally, *, held: bool, asked: bool = False) -> tuple[Change, str]:
        """Fetch, parse, join and store one article; give what changed, and its title. Raises `FetchError`.

        `held` says that its text is in the store: only then may the answer be "not modified".
        """
        answer = await self.visitor.ask(url, tally, expected=Expected.ARTICLE, conditional=held, asked=asked)
        article = answer.parsed
        if article is None:
            await self.visitor.unchanged(answer, tally)
            return Change.UNCHANGED, url
        if not isinstance(article, Article) or not decide.article_is_whole(article):
            raise Unreadable(f"parsed as {type(article).__name__}", url=url)
        if article.next_page:
            article = await self._joined(article, tally, asked=asked)
        change = await self.visitor.hands.do(self._keep, article, answer, url)
        return change, article.title or url

    def _keep(self, article: Article, answer: Answer, url: str) -> Change:
        """Store the article and the visit; where the text is new the page as it came: a better parser may read it again.

        Raises `UnexpectedContent` when the page is none of this article's.
        """
        if self._is_foreign(article, answer, url):
            raise UnexpectedContent("has nothing of what is known of the article", url=url)
        with self.portal_data.transaction():
            change = self.portal_data.save_article(article, answer.page.fetched_at, url=url)
            if change is not Change.UNCHANGED:
                self.maintenance.keep_raw(answer.page)
            self.portal_data.page_checked(decide.visited(answer.url, answer.page, answer.state))
        return change

    def _is_foreign(self, article: Article, answer: Answer, url: str) -> bool:
        moved = answer.page.url != url
        if decide.bears_signs(article) and not moved:
            return False
        headline = self.queries.headline(url)
        if headline is None:
            return False
        if moved and decide.is_anothers(article, headline.title):
            other = self.queries.headline(answer.page.url)
            if other is not None and other.id != headline.id:
                return True
        stored = self.queries.article(headline.id) if headline.has_text else None
        return decide.is_foreign(article, headline.title, stored.article if stored else None)

    async def _joined(self, first: Article, tally: Tally, *, asked: bool) -> Article:
        """Read the further pages of an article. One that can't be had fails the whole: half a text deceives."""
        pages = [first]
        seen = {first.url}
        url = first.next_page
        while url and url not in seen and len(pages) < decide.MAX_ARTICLE_PAGES:
            seen.add(url)
            answer = await self.visitor.ask(
                url, tally, expected=Expected.ARTICLE, conditional=False, asked=asked
            )
            if not isinstance(answer.parsed, Article):
                raise Unreadable(f"page {len(pages) + 1} parsed as {type(answer.parsed).__name__}", url=url)
            pages.append(answer.parsed)
            url = answer.parsed.next_page
        return decide.joined(pages)


# Lead pictures for reading without a line.


@dataclass(frozen=True, slots=True)
class PictureRun:
    """Brings pictures that are not held."""

    fetcher: Fetcher
    pictures: PictureFolder
    hands: Hands

    async def bring(self, url: str, tally: Tally) -> str:
        """Fetch and keep one picture; give its address. A failure is counted and stops no other."""
        try:
            page = await self.fetcher.get_picture(url)
        except FetchError as error:
            tally.failed(url, error)
            return url
        tally.answered(page)
        await self.hands.do(self.pictures.keep, url, page.body)
        tally.pictures += 1
        return url
