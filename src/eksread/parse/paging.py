"""The next page of an article that is cut into several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from eksread.parse.clean import web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.parse.flow import Flow
    from eksread.parse.metadata import Metadata

_PARAMETER: Final = frozenset(("page", "halaman", "hal", "p", "pg", "paged"))
_PATH_NUMBER: Final = re.compile(r"/(?:(?:page|halaman|hal)[/-]?)?(\d{1,2})/?$")
_PAGED: Final = re.compile(
    r"(?:[?&/](?:page|halaman|hal|p|pg|paged|start)[=/-]?|/)\d{1,2}/?(?:amp/?)?(?:[&#].*)?$", re.IGNORECASE
)
_AMP: Final = re.compile(r"(?:/amp)?/*$")
"""What an address may end in beside the number of its page."""

_FORWARD: Final = re.compile(
    r"(?i)^\W*(?:(?:halaman|page)\s+)?(?:selanjutnya|berikutnya|next(?:\s+page)?|lanjut|\d{1,2})\W*$"
)

MAX_WORD: Final = 40
"""Characters of a pager's link: a number or "Halaman selanjutnya", with the white space around it."""


def page_number(url: str, base: str) -> int | None:
    """Which page of the article `base` an address is, from 2; None when it is another article."""
    there, here = urlsplit(url), urlsplit(base)
    if there.hostname != here.hostname:
        return None
    whole = _AMP.sub("", here.path)
    own = _PATH_NUMBER.sub("", whole).rstrip("/")
    path = _AMP.sub("", there.path)
    if path in {whole, own}:
        for name, value in parse_qsl(there.query):
            if value.isdecimal() and len(value) <= 2:
                if name.lower() in _PARAMETER:
                    return int(value)
                if name.lower() == "start":  # Joomla counts from 0
                    return int(value) + 1
        return None
    found = _PATH_NUMBER.search(path)
    if found and path[: found.start()] in {own, whole} and own:
        return int(found[1])
    return None


def next_page(flow: Flow, metadata: Metadata, url: str) -> str | None:
    """The address of the page after this one, when it is the same article: by `rel=next` or a pager's number."""
    for href in _onward(flow, metadata):
        link = web_url(url, href)
        if link and page_number(link, url) == (page_number(url, url) or 1) + 1:
            return link
    return None


def _onward(flow: Flow, metadata: Metadata) -> Iterator[str]:
    """Where the page's links to what comes next lead."""
    if metadata.next_link:
        yield metadata.next_link
    for run in flow.runs:
        for piece in run.pieces if run.linked else ():
            if (
                piece.href
                and len(piece.text) <= MAX_WORD
                and _FORWARD.match(piece.text)
                and _PAGED.search(piece.href)
            ):
                yield piece.href
