"""Headlines of a list page: minimal for now, links with a headline's length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.model import Listing, Teaser
from eksread.parse.clean import clean, web_url

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser


def read_listing(tree: LexborHTMLParser, url: str, now: datetime, shapes: Sequence[str]) -> Listing:
    """Read the links of a page that can be headlines."""
    seen: dict[str, Teaser] = {}
    for node in tree.css("a[href]"):
        title = clean(node.text())
        link = web_url(url, node.attributes.get("href") or "")
        if link and len(title) >= 25:
            seen.setdefault(link, Teaser(title, link, rank=len(seen)))
    return Listing(url, tuple(seen.values()))
