"""The next page of an article that is cut into several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from eksread.parse.clean import clean, web_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.metadata import Metadata

_PARAMETER: Final = frozenset(("page", "halaman", "hal", "p", "pg", "paged"))
_PATH_NUMBER: Final = re.compile(r"/(?:(?:page|halaman|hal)[/-]?)?(\d{1,2})/?$")
_PAGED: Final = re.compile(r"(?:[?&/](?:page|halaman|hal|p|pg|paged)[=/-]?|/)\d{1,2}/?(?:[&#].*)?$", re.IGNORECASE)
_FORWARD: Final = re.compile(
    r"(?i)^\W*(?:(?:halaman|page)\s+)?(?:selanjutnya|berikutnya|next(?:\s+page)?|lanjut|\d{1,2})\W*$"
)

MAX_LINKS: Final = 3000
"""Links of a page that are looked at."""


def page_number(url: str, base: str) -> int | None:
    """Which page of the article `base` an address is, from 2; None when it is another article."""
    there, here = urlsplit(url), urlsplit(base)
    if there.hostname != here.hostname:
        return None
    own = _PATH_NUMBER.sub("", here.path).rstrip("/")
    path = there.path.rstrip("/")
    if path == here.path.rstrip("/") or path == own:
        for name, value in parse_qsl(there.query):
            if name.lower() in _PARAMETER and value.isdecimal() and len(value) <= 2:
                return int(value)
        return None
    found = _PATH_NUMBER.search(path)
    if found and path[: found.start()] in {own, here.path.rstrip("/")} and own:
        return int(found[1])
    return None


def next_page(tree: LexborHTMLParser, metadata: Metadata, url: str) -> str | None:
    """The address of the page after this one, when it is the same article: by `rel=next` or a pager's number."""
    current = page_number(url, url) or 1
    if metadata.next_link:
        link = web_url(url, metadata.next_link)
        if link and page_number(link, url) == current + 1:
            return link
    for node in tree.css("a[href]")[:MAX_LINKS]:
        href = node.attributes.get("href") or ""
        if not _PAGED.search(href):
            continue
        link = web_url(url, href)
        if link and page_number(link, url) == current + 1 and _FORWARD.match(clean(node.text())):
            return link
    return None
