"""Pages that were kept as they came, read once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread import decide
from eksread.model import Article, Change, Expected
from eksread.refresh.visit import SHAPES_FACT

if TYPE_CHECKING:
    from eksread.ports import Archive, Notes, PageParser, Upkeep


def reparse(upkeep: Upkeep, archive: Archive, notes: Notes, parser: PageParser) -> tuple[int, int]:
    """Store what the parser reads today in the kept pages; give how many there were and how many texts changed.

    The first page of a longer article is left alone: its other pages were not kept.
    """
    shapes = tuple((notes.fact(SHAPES_FACT) or "").split())
    pages = changed = 0
    for page in upkeep.raw_pages():
        pages += 1
        article = parser.parse(page, shapes=shapes, expected=Expected.ARTICLE)
        if not isinstance(article, Article) or article.next_page or not decide.article_is_whole(article):
            continue
        change = archive.save_article(article, page.fetched_at, url=page.requested_url or page.url)
        changed += change is not Change.UNCHANGED
    return pages, changed
