"""The door for benchmarks: a page's title, body text, date and authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from eksread.parse.assemble import article_text, read_article
from eksread.parse.metadata import read_metadata
from eksread.parse.people import authors
from eksread.parse.reading import read_page
from eksread.parse.titles import site_names
from eksread.parse.walk import read_flow

LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""No fetch time is known here, so no date is too new."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a benchmark of article extraction asks for. `body` has one line for each paragraph."""

    title: str | None
    body: str
    date: datetime | None
    authors: tuple[str, ...]


def extract(html: str, url: str) -> Extract:
    """Read an article page given as text."""
    tree = LexborHTMLParser(html)
    root = tree.body or tree.root
    if root is None:
        return Extract(None, "", None, ())
    metadata = read_metadata(tree)
    reading = read_page(tree, metadata, read_flow(root), url, LATEST)
    article = read_article(reading)
    names, _ = authors(tree, metadata, site_names(metadata, url))
    people = names or tuple(name for name in (article.reporter or "").split(", ") if name)
    return Extract(article.title, article_text(reading), article.published, people)
