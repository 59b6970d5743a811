"""The door for benchmarks: a page's title, body text, date and authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from eksread.parse.assemble import take_around
from eksread.parse.body import read_words
from eksread.parse.dating import take_published
from eksread.parse.facts import Facts
from eksread.parse.metadata import read_metadata
from eksread.parse.nearnames import named_authors
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
    body = read_words(reading.drafts, reading.title, reading.body_flow)
    take_around(reading, body)
    facts = Facts(url, reading.title, blocks=body.blocks())
    take_published(reading, facts)
    names, _ = authors(tree, metadata, site_names(metadata, url))
    people = names or tuple(body.byline.names.get("reporter", ())) or named_authors(reading)
    return Extract(reading.title, "\n".join(draft.text for draft in body.drafts), facts.published, people)
