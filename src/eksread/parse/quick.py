"""A page that is plainly a list is told before it is read as an article: half of a refresh is front pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.model import Expected
from eksread.parse.addresses import Addresses
from eksread.parse.shapes import matcher, matches, without_tracking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.metadata import Metadata

MANY_HEADLINES: Final = 8  # linked headings; an article's "related" grid has 3 to 6
HEADLINE: Final = 25  # characters of a linked text that can be a headline
MAX_RUNNING: Final = 2  # paragraphs after paragraphs, or line breaks: an article's text has more

_FRONT_PATH: Final = re.compile(r"/?(?:index\.\w+)?")
_STORY_PATH: Final = re.compile(r"\d{3,}|(?:[^/-]+-){3,}[^/-]+|\.html?$")
# `:is` looks for headings above links only; four selectors would go through all elements four times.
_LINKED_HEADINGS: Final = (":is(h2, h3, h4, h5) a", "a :is(h2, h3, h4)")


def plainly_list(
    tree: LexborHTMLParser,
    metadata: Metadata,
    url: str,
    shapes: Sequence[str],
    expected: Expected | None,
) -> bool:
    """Whether address, metadata and markup all say list; when one of them doubts it, `kinds.is_article` weighs."""
    if expected is Expected.ARTICLE or metadata.ld or "article:published_time" in metadata.meta:
        return False
    if metadata.meta.get("og:type", "").lower() in {"article", "news", "newsarticle"}:
        return False
    if not (expected is Expected.LIST or _is_list_address(url, shapes)):
        return False
    if shapes and _leads_to_many(tree, url, shapes):
        return True
    if (
        _never_an_article(url, shapes, expected)
        and len(tree.css("p + p")) <= MAX_RUNNING
        and _has_long_links(tree)
    ):
        return True
    return len(tree.css("p + p, br")) <= MAX_RUNNING and _has_many_headings(tree)


def _never_an_article(url: str, shapes: Sequence[str], expected: Expected | None) -> bool:
    """Whether address and request outweigh in `kinds.is_article` all that a text can say, so that none need be read.

    The front page's address takes off 3, a request for a list 4, and a text gives 3 at most (`kinds._by_text`).
    Reading a table of 400 links as an article first cost twice as much as reading the list.
    """
    if expected is not Expected.LIST and not _is_front(url):
        return False
    return not matches(shapes, url)


def _has_long_links(tree: LexborHTMLParser) -> bool:
    """Whether many links have a headline's length, as on none of the pages that `kinds.unusable` refuses."""
    found = 0
    for node in tree.css("a[href]"):
        found += len(node.text()) >= HEADLINE
        if found >= MANY_HEADLINES:
            return True
    return False


def _has_many_headings(tree: LexborHTMLParser) -> bool:
    inner, outer = _LINKED_HEADINGS
    found = len(tree.css(inner))
    return found >= MANY_HEADLINES or found + len(tree.css(outer)) >= MANY_HEADLINES


def _leads_to_many(tree: LexborHTMLParser, url: str, shapes: Sequence[str]) -> bool:
    """Whether the page, itself of another shape, links to many articles: tables and bare lists have no headings."""
    fits = matcher(shapes)
    addresses = Addresses(url)
    hrefs: set[str] = set()
    found = 0
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if href in hrefs:
            continue
        hrefs.add(href)
        address = addresses.absolute(href)
        found += address is not None and fits(address)
        if found >= MANY_HEADLINES:
            return True
    return False


def _is_list_address(url: str, shapes: Sequence[str]) -> bool:
    if _is_front(url):
        return not matches(shapes, url)
    parts = urlsplit(url)
    return bool(shapes) and not matches(shapes, url) and not _STORY_PATH.search(f"{parts.path}?{parts.query}")


def _is_front(url: str) -> bool:
    """Whether an address is the front page's: `index.php?id=412` is not."""
    parts = urlsplit(without_tracking(url))
    return not parts.query and _FRONT_PATH.fullmatch(parts.path) is not None
