"""Pictures and embeds: addresses behind lazy loading, and which pictures are news rather than furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from eksread.parse.html.names import FRAMES
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

LAZY: Final = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-srcset",
    "data-lazy-srcset",
    "srcset",
    "data-url",
    "data-full",
    "data-img",
    "src",
)
"""Attributes that hold a picture's address, the true one before the placeholder."""

MIN_SIDE: Final = 100
"""Pixels; a picture that is given as smaller is an icon, an avatar or a counter."""

BANNER: Final = 4
"""Times its height that a banner or a site's head is wide; a panorama is three times."""

EMBEDS: Final = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com|vimeo\.com|dailymotion\.com|"
    r"soundcloud\.com|spotify\.com|vidio\.com|20\.detik\.com|google\.com)$"
)
"""Hosts whose frames are content rather than advertising."""

_FURNITURE: Final = re.compile(
    r"(?:^|[/_.-])(?:icons?|logos?|avatar|gravatar|spacer|blank|pixel|loading|loader|placeholder|sprite|emoji|emoticons?|smiley|1x1|"
    r"banner|iklan|ads?|advert\w*|share|whatsapp|facebook|twitter|telegram|arrow|button|bullet|favicon|googleplay|appstore|"
    r"reaksi|reactions?|medsos|sosmed|qr-?code)(?=[/_.\d-]|$)"
    r"|/(?:wa|fb|tw|ig|tg|yt|x|line|header|rss|e?mail|pdf|ico|btn|play|menu|search|cari|user|admin|loading|lazy|dummy|transparent|clear|kop|print|cetak|"
    r"rating|stars?|close|prev|next|up|down|home)[-_]?\d*\.\w+$"
    r"|/(?:clock|time|jam|calendar|kalender|date|tgl|eyes?|views?|dibaca|users?|author|penulis|comments?|komentar|pencil)[-_]?\d*\.(?:png|gif|svg|ico)$"
)
_PORTRAITS: Final = re.compile(r"(?i)(?:^|\.)(?:ui-avatars|gravatar|pravatar|dicebear)\.")
_SIZED: Final = re.compile(r"(\S+)(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,\s*|$)")


def is_furniture(url: str) -> bool:
    """Whether a picture's address says that it is an icon, a logo, a portrait, a counter or an advert."""
    parts = urlsplit(url)
    return _FURNITURE.search(parts.path.lower()) is not None or _PORTRAITS.search(parts.netloc) is not None


def largest(srcset: str) -> str:
    """The widest picture of a `srcset`."""
    best, size = "", -1.0
    for found in _SIZED.finditer(srcset[:4000]):
        width = float(found[2]) if found[2] else 0.0
        if width > size:
            best, size = found[1].rstrip(","), width
    return best


def first(srcset: str) -> str:
    """The first picture of a `srcset`: beside a headline any size will do, and the first is seldom the widest."""
    return srcset.strip().split(" ", 1)[0].rstrip(",")


def picture_url(node: LexborNode, base: str, pick: Callable[[str], str] = largest) -> str | None:
    """The address of a picture, absolute; None for inline data and trackers. `pick` takes one out of a `srcset`."""
    given = node.attributes
    for name in LAZY:
        value = given.get(name)
        if not value or value.startswith("data:"):
            continue
        if name.endswith("srcset"):
            value = pick(value)
        url = web_url(base, value)
        if url and not is_furniture(url):
            return _unwrapped(url)
    return None


def _unwrapped(url: str) -> str:
    """The picture that a site's own resizer is asked for: `/_next/image?url=https%3A%2F%2F…&w=1920`."""
    parts = urlsplit(url)
    if not _RESIZER.search(parts.path):
        return url
    return next((web_url(url, value) or url for name, value in parse_qsl(parts.query) if name == "url"), url)


_RESIZER: Final = re.compile(r"/_(?:next|vercel|ipx)/image$|/_image$")
"""Where Next, Vercel and Astro put theirs."""


def is_small(node: LexborNode) -> bool:
    """Whether the page says that a picture is too small to be news, or as flat as a banner."""
    given = node.attributes
    sides: list[int] = []
    for name in ("width", "height"):
        value = (given.get(name) or "").removesuffix("px")
        if value.isdecimal() and len(value) < 6:
            if int(value) < MIN_SIDE:
                return True
            sides.append(int(value))
    return len(sides) == 2 and sides[0] >= BANNER * sides[1]


def alt_text(node: LexborNode) -> str:
    """The alternative text of a picture."""
    return clean(node.attributes.get("alt") or "")


def embed_url(node: LexborNode, base: str) -> str | None:
    """The address of a frame with content of another site; None for adverts and the like."""
    tag = node.tag or ""
    if tag not in FRAMES:
        return None
    given = node.attributes
    video = given.get("data-videoid") or given.get("data-tweetid") or given.get("data-shortcode")
    if video and re.fullmatch(r"[\w-]{4,24}", video):
        shape = {
            "amp-youtube": "https://www.youtube.com/watch?v={}",
            "amp-twitter": "https://twitter.com/i/status/{}",
            "amp-instagram": "https://www.instagram.com/p/{}/",
        }
        return shape.get(tag, "").format(video) or None
    source = (
        given.get("data-src")
        or given.get("data-lazy-src")
        or given.get("src")
        or given.get("data-href")
        or ""
    )
    url = web_url(base, source) if source else None
    if url is None or "/plugins/" in url or (tag == "video" and not source):
        return None
    host = urlsplit(url).hostname or ""
    return url if tag == "video" or EMBEDS.search(host) else None
