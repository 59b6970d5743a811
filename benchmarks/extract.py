"""What a benchmark of article extraction asks for, by the parts of the parser: title, body text, date, authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model.enums import BlockType
from eksread.parse.article.authors import add_bylines, authors_near_title, stated_authors
from eksread.parse.article.body import read_body
from eksread.parse.article.context import read_page
from eksread.parse.article.published import find_published
from eksread.parse.html.flow import read_flow
from eksread.parse.html.metadata import read_metadata

LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""No fetch time is known here, so no date is too new."""

WORDLESS: Final = frozenset((BlockType.RELATED, BlockType.IMAGE, BlockType.EMBED))


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read. `body` has one line for each paragraph."""

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
    page = read_page(tree, read_metadata(tree), read_flow(root), url, LATEST)
    body = read_body(page.drafts, page.title, page.body_flow)
    add_bylines(page, body)
    published, _ = find_published(page, body.blocks())
    names, _ = stated_authors(page)
    people = names or tuple(body.byline.names.get("reporter", ())) or authors_near_title(page)
    text = "\n".join(draft.text for draft in body.drafts if draft.type not in WORDLESS)
    return Extract(page.title, text, published, people)
