"""parse(): any page to an article, a list, a feed, or "unknown"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model.fetched import Expected
from eksread.model.news import Article, Listing, Unknown
from eksread.parse.article.assemble import read_article
from eksread.parse.article.context import read_page
from eksread.parse.article.plaintext import as_markup
from eksread.parse.feed import looks_like_feed, read_feed
from eksread.parse.html.flow import read_flow
from eksread.parse.html.metadata import make_absolute, read_metadata
from eksread.parse.kinds import MANY_HEADLINES, is_article, is_surely_no_article, unusable
from eksread.parse.listing.headlines import read_listing
from eksread.parse.text import decode
from eksread.parse.urls import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.fetched import Page
    from eksread.model.news import Parsed


SNIFFED: Final = 2000
"""Characters in which a feed or markup shows itself."""

MAX_TEXT: Final = 4_000_000
"""Characters of a page; the fetcher's cap is 12 MB of bytes, real pages are under one."""

_MARKUP: Final = re.compile(r"<(?:!doctype|html|head|body|[a-z][a-z0-9-]*(?:\s[^<>]*)?/?)>?", re.IGNORECASE)


def parse(page: Page, *, shapes: Sequence[str] = (), expected: Expected | None = None) -> Parsed:
    """Read any page; `shapes` are the addresses of articles learned so far. Never raises.

    `expected` is what the page was asked for, where the caller knows it: it weighs in what kind the page is.
    """
    text = decode(page.body, page.content_type)
    if not text.strip():
        return Unknown(page.url, "empty")
    if len(text) > MAX_TEXT:
        return Unknown(page.url, "too-large")
    if text[:SNIFFED].count("\x00") > SNIFFED // 50 or text[:SNIFFED].count("\ufffd") > SNIFFED // 10:
        return Unknown(page.url, "binary")
    if looks_like_feed(text):
        return read_feed(text, page.url, page.fetched_at)
    if not _MARKUP.search(text):
        return _parse_html(as_markup(text, page.fetched_at), page, shapes, Expected.ARTICLE)
    return _parse_html(text, page, shapes, expected)


def _parse_html(
    text: str, page: Page, shapes: Sequence[str], expected: Expected | None
) -> Article | Listing | Unknown:
    tree = LexborHTMLParser(text)
    root = tree.body or tree.root
    if root is None:
        return Unknown(page.url, "empty")
    metadata = read_metadata(tree)
    base = base_of(page.url, metadata.base)
    if base is not None:
        make_absolute(tree, base)
        metadata = read_metadata(tree)
    if is_surely_no_article(metadata, page.url, shapes, expected):
        listing = read_listing(tree, page.url, page.fetched_at, shapes)
        if len(listing.items) >= MANY_HEADLINES:
            return listing
    context = read_page(tree, metadata, read_flow(root), page.url, page.fetched_at)
    reason = unusable(context)
    if reason is not None:
        return Unknown(page.url, reason, context.title)
    if is_article(context, shapes, expected):
        return read_article(context)
    listing = read_listing(tree, page.url, page.fetched_at, shapes)
    if listing.items:
        return listing
    return read_article(context) if context.region.text else Unknown(page.url, "no-text", context.title)
