"""The door for benchmarks: a page's title, body text, date and authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from eksread.parse.drafts import drafts_of
from eksread.parse.metadata import read_metadata
from eksread.parse.region import find_region
from eksread.parse.walk import read_flow

if TYPE_CHECKING:
    from datetime import datetime


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
    metadata = read_metadata(tree)
    root = tree.body or tree.root
    if root is None:
        return Extract(None, "", None, ())
    flow = read_flow(root)
    region = find_region(flow)
    body = "\n".join(draft.text for draft in drafts_of(flow, region.kept, url) if not draft.caption)
    return Extract(metadata.said("headline"), body, None, ())
