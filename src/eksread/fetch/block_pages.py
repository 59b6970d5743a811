"""Block pages: captive portals, consent and challenge pages, maintenance notices and error pages with status 200.

Recognised on bytes, before anything is parsed or stored: a block page is a *thin* page (little text, few links, no sign
of an article) that says what it is in its title or by its form. A news article about maintenance or logins is not thin, or has the signs of an article, or
carries the portal's marks.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from eksread.errors import CaptivePortal, EmptyResponse, ErrorPage, Maintenance, Truncated, UnexpectedContent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.fetched import Page

LOOKED_AT: Final = 64 * 1024
"""Bytes of a page that are looked at; a block page is short."""
THIN_TEXT: Final = 1500
"""Characters of visible text below which a page may be a notice instead of news."""
THIN_LINKS: Final = 5
"""Links below which a page may be a notice: every page of a portal has a navigation."""

_WISPR: Final = re.compile(rb"<wispaccessgatewayparam", re.I)
_FEED: Final = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.I)
_ARTICLE: Final = re.compile(
    rb"<article\b|[\"'](?:news)?article[\"']|articlebody|og:type[\"'][^>]{0,40}article|baca juga", re.I
)
_HIDDEN: Final = re.compile(rb"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG: Final = re.compile(rb"<[^<>]{0,2000}>")
_LINK: Final = re.compile(rb"<a\s[^<>]{0,400}?href", re.I)
_TITLE: Final = re.compile(rb"<(title|h1|h2)\b[^>]{0,400}>([^<]{0,300})", re.I)
_META_REFRESH: Final = re.compile(
    rb"<meta\b(?=[^<>]{0,300}refresh)[^<>]{0,300}?url\s*+=\s*+[\"']?([^\"'>\s]{1,1000})", re.I
)
_SCRIPT_AWAY: Final = re.compile(
    rb"location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*[\"']([^\"']{1,1000})[\"']", re.I
)
_FORM: Final = re.compile(rb"<form\b", re.I)
_SECRET: Final = re.compile(
    rb"type\s*=\s*[\"']?password|name\s*=\s*[\"']?(?:room|voucher|kamar|username|userid|passcode|pin|msisdn)\b",
    re.I,
)
_NETWORK: Final = re.compile(
    rb"wi-?fi|hotspot|captive|\blog ?in\b|\bsign ?in\b|\bmasuk\b|voucher|guest network|internet access|akses internet",
    re.I,
)
_WORKS: Final = re.compile(
    rb"maintenance|pemeliharaan|perbaikan|under construction|segera kembali|be right back|back soon|sedang diperbarui",
    re.I,
)
_ERROR: Final = re.compile(
    rb"\b(?:40[0-9]|50[0-9]|52[0-9])\b|not found|tidak ditemukan|internal server error|bad gateway|gateway time-?out"
    rb"|service unavailable|access denied|forbidden|fatal error|database (?:connection )?error"
    rb"|error establishing|account suspended|site (?:is )?suspended|domain (?:is )?(?:expired|for sale|parked)"
    rb"|terjadi kesalahan|kesalahan server",
    re.I,
)
_CHALLENGE: Final = re.compile(
    rb"just a moment|checking your browser|attention required|cf-chl|captcha|verify (?:that )?you are human"
    rb"|consent|persetujuan",
    re.I,
)
_LOGIN_ADDRESS: Final = re.compile(
    r"login|captive|hotspot|wi-?fi|guest|portal-?auth|/auth\b|splash|generate_204", re.I
)
_PROVEN: Final = re.compile(rb"</(?:html|body|rss|feed)\s*>", re.I)
_TAIL: Final = 4096


def is_login_address(url: str) -> bool:
    """Whether an address that a network redirects to looks like its login page."""
    return _LOGIN_ADDRESS.search(url[:1000]) is not None


def check(page: Page, marks: Sequence[str] = (), *, complete: bool = True) -> None:
    """Raise the `UnexpectedContent` error that fits a block page, else return.

    `marks` are words of the portal's own pages (any case); only visible text counts, since login pages carry the
    address that was asked for. `complete` says that the transport proved the length;
    without that, an HTML page must have an end.
    """
    if page.not_modified:
        return
    body = page.body
    head = body[:LOOKED_AT]
    if not body.strip():
        raise EmptyResponse("nothing but white space", url=page.url)
    if _WISPR.search(head):
        raise CaptivePortal("WISPr", url=page.url)
    if not complete and not _PROVEN.search(body[-_TAIL:]):
        raise Truncated("no end of the page, and no length to prove it", url=page.url)
    if b"\0" in head[:200] or _FEED.match(head) or len(body) > LOOKED_AT or _has_substance(head):
        return
    text = b" ".join(_TAG.sub(b" ", _HIDDEN.sub(b" ", head)).split()).lower()
    if len(text) >= THIN_TEXT:
        return
    own = any(mark and mark.lower().encode() in text for mark in marks)
    _judge(page.url, head, own=own)


def _has_substance(head: bytes) -> bool:
    """Whether a page has the signs of an article, or links enough for a portal's navigation."""
    if _ARTICLE.search(head):
        return True
    return sum(1 for _ in islice(_LINK.finditer(head), THIN_LINKS)) == THIN_LINKS


def _judge(url: str, head: bytes, *, own: bool) -> None:
    """Raise for a thin page that says what it is. A page with the portal's marks may still be its notice."""
    titles = b" ".join(match[2] for match in _TITLE.finditer(head))
    away = _away(url, head)
    if not own:
        if away is not None or (_FORM.search(head) and (_SECRET.search(head) or _NETWORK.search(head))):
            raise CaptivePortal(f"login form, or leads to {away}", url=url)
        if _CHALLENGE.search(titles) or b"cf-chl" in head:
            raise UnexpectedContent("a challenge or consent page", url=url)
    if _WORKS.search(titles):
        raise Maintenance(url=url)
    if _ERROR.search(titles) or (not titles and _ERROR.search(head[:500])):
        raise ErrorPage(url=url)


def _away(url: str, head: bytes) -> str | None:
    """Give the foreign address that a page sends its reader on to, by meta refresh or script."""
    for pattern in (_META_REFRESH, _SCRIPT_AWAY):
        match = pattern.search(head)
        if match is None:
            continue
        written = str(match[1], "latin-1")
        try:
            target = urljoin(url, written)
            host = urlsplit(target).hostname
        except ValueError:
            return written
        if host != urlsplit(url).hostname:
            return target
    return None
