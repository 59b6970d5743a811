"""A real archive for the screens: an SQLite file filled through the store's own door."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from eksread.library import Library
from eksread.model.news import Teaser
from eksread.store import open_store
from tests.tui.fakes import NOW, article, headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.model.news import Article


def news(number: int, **changes: object) -> Article:
    """Make an article; 1 is the newest."""
    return replace(article(headline(number), paragraphs=6), **changes)  # type: ignore[arg-type]


def take(library: Library, *articles: Article, at: datetime = NOW) -> None:
    """Bring articles in as a refresh does."""
    archive = library.portal_data
    archive.save_teasers(
        [
            Teaser(one.title or "", one.url, one.published, one.published_source, one.section)
            for one in articles
        ],
        at,
    )
    for one in articles:
        archive.save_article(one, at, url=one.url)


@contextmanager
def archive(folder: Path, *articles: Article, at: datetime = NOW) -> Iterator[Library]:
    """Open an archive that holds these articles; it stays off the network."""
    library = Library(open_store(folder), None, "https://portal.example/", clock=lambda: NOW)
    try:
        take(library, *articles, at=at)
        yield library
    finally:
        library.close()
