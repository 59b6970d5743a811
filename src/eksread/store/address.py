"""When two addresses are one: RFC 3986 §6 as far as it is safe, and the trackers that links collect."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

_CACHED: Final = 1000
"""Addresses remembered: one article's coming in asks for its own up to six times."""

_PLAIN: Final = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[^?#]*")
"""Addresses that need no work but for the slash at the end: nearly all."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_TRACKERS: Final = ("utm_",)
_TRACKER_NAMES: Final = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid"})


@lru_cache(maxsize=_CACHED)
def normalise(url: str) -> str:
    """Give the one spelling of an address: by it articles are told apart.

    Scheme and host lose their case, the host its default port, the path its trailing slash, the query its trackers
    (`utm_*`, `fbclid` …), and the fragment goes. What can't be read as an address stays as it is.
    """
    url = url.strip()
    if _PLAIN.fullmatch(url):
        return url.rstrip("/") if url.count("/") > 3 else url
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url
    path = parts.path.rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    return f"{parts.scheme}://{host}{path}" + (f"?{query}" if query else "")


def _host(parts: SplitResult) -> str:
    """The host with its port, where that is not the scheme's own. Raises ValueError for a port that is none."""
    name = (parts.hostname or "").lower()
    if ":" in name:
        name = f"[{name}]"
    if parts.port is None or parts.port == _DEFAULT_PORTS.get(parts.scheme):
        return name
    return f"{name}:{parts.port}"


def _tracks(pair: str) -> bool:
    name = pair.split("=", 1)[0].lower()
    return name.startswith(_TRACKERS) or name in _TRACKER_NAMES


def is_root(url: str) -> bool:
    """Whether an address is a site's front page; as a canonical address of an article it is a mistake of the page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query


def same_site(one: str, other: str) -> bool:
    """Whether two addresses have the same host, `www.` aside."""
    try:
        hosts = [(urlsplit(url).hostname or "").lower().removeprefix("www.") for url in (one, other)]
    except ValueError:
        return False
    return hosts[0] == hosts[1]
