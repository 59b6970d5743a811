"""Articles: fetched, parsed, joined from their pages, stored; and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread import decide
from eksread.errors import FetchError, Gone, UnexpectedContent, Unreadable
from eksread.model.fetched import Expected
from eksread.model.news import Article
from eksread.model.stored import Change
from eksread.refresh.session import learned_shapes, visit

if TYPE_CHECKING:
    from eksread.refresh.parser_process import ParserProcess
    from eksread.refresh.session import LoadedPage, Session
    from eksread.store import Store


async def update(session: Session, url: str, *, held: bool) -> str:
    """Fetch one article in the background; give its title or address. A failure is recorded and stops no other."""
    try:
        change, title = await fetch(session, url, held=held)
    except Gone:
        await session.threads.run(session.store.portal_data.mark_gone, url, session.at)
        session.gone += 1
        return url
    except FetchError as error:
        await session.fail(url, error)
        return url
    session.changes[change] += 1
    return title


async def fetch(session: Session, url: str, *, held: bool, by_user: bool = False) -> tuple[Change, str]:
    """Fetch, parse, join and store one article; give what changed, and its title. Raises `FetchError`.

    `held` says that its text is in the store: only then may the answer be "not modified". `by_user` says that the user
    wants this very article.
    """
    loaded = await session.load(url, expected=Expected.ARTICLE, conditional=held, by_user=by_user)
    article = loaded.parsed
    if article is None:
        await session.remember(loaded)
        return Change.UNCHANGED, url
    if not isinstance(article, Article) or not decide.article_is_whole(article):
        raise Unreadable(f"parsed as {type(article).__name__}", url=url)
    if article.next_page:
        article = await _joined(session, article, by_user=by_user)
    change = await session.threads.run(_store, session.store, article, loaded)
    return change, article.title or url


async def _joined(session: Session, first: Article, *, by_user: bool) -> Article:
    """Read the further pages of an article. One that can't be had fails the whole: half a text deceives."""
    pages = [first]
    seen = {first.url}
    url = first.next_page
    while url and url not in seen and len(pages) < decide.MAX_ARTICLE_PAGES:
        seen.add(url)
        loaded = await session.load(url, expected=Expected.ARTICLE, conditional=False, by_user=by_user)
        if not isinstance(loaded.parsed, Article):
            raise Unreadable(f"page {len(pages) + 1} parsed as {type(loaded.parsed).__name__}", url=url)
        pages.append(loaded.parsed)
        url = loaded.parsed.next_page
    return decide.join_pages(pages)


def _store(store: Store, article: Article, loaded: LoadedPage) -> Change:
    """Store the article and the visit; where the text is new also the page as it came: a better parser may read it again.

    Raises `UnexpectedContent` when the page is none of this article's.
    """
    if _is_foreign(store, article, loaded):
        raise UnexpectedContent("has nothing of what is known of the article", url=loaded.url)
    with store.portal_data.transaction():
        change = store.portal_data.save_article(article, loaded.page.fetched_at, url=loaded.url)
        if change is not Change.UNCHANGED:
            store.maintenance.keep_raw(loaded.page)
        store.portal_data.page_checked(visit(loaded))
    return change


def _is_foreign(store: Store, article: Article, loaded: LoadedPage) -> bool:
    """Whether a page at an article's address is none of that article, by what the store knows of it."""
    moved = loaded.page.url != loaded.url
    if decide.has_signs_of_news(article) and not moved:
        return False
    headline = store.queries.headline(loaded.url)
    if headline is None:
        return False
    if moved and decide.is_other_article(article, headline.title):
        other = store.queries.headline(loaded.page.url)
        if other is not None and other.id != headline.id:
            return True
    stored = store.queries.article(headline.id) if headline.has_text else None
    return decide.is_unrelated(article, headline.title, stored.article if stored else None)


async def fetch_picture(session: Session, url: str) -> str:
    """Fetch and keep one picture; give its address. A failure is counted and stops no other."""
    try:
        await keep_picture(session, url)
    except FetchError as error:
        session.count_failure(url, error)
    return url


async def keep_picture(session: Session, url: str, *, by_user: bool = False) -> None:
    """Fetch and keep one picture. Raises `FetchError` or `StoreError`."""
    if session.pictures is not None:
        page = await session.fetcher.get_picture(url, by_user=by_user)
        session.count(page)
        await session.threads.run(session.pictures.keep, url, page.body)
        session.images += 1


def reparse(store: Store, parser: ParserProcess) -> tuple[int, int]:
    """Parse the kept pages again and store what is read; give how many there were and how many texts changed.

    The first page of a longer article is left alone: its other pages were not kept.
    """
    shapes = learned_shapes(store)
    pages = changed = 0
    for page in store.maintenance.raw_pages():
        pages += 1
        article = parser.parse(page, shapes=shapes, expected=Expected.ARTICLE)
        if not isinstance(article, Article) or article.next_page or not decide.article_is_whole(article):
            continue
        url = page.requested_url or page.url
        change = store.portal_data.save_article(article, page.fetched_at, url=url)
        changed += change is not Change.UNCHANGED
    return pages, changed
