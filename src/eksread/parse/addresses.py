"""The addresses of a page's links and pictures, each spelling read once."""

from __future__ import annotations

import re
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from eksread.parse.clean import web_url
from eksread.parse.shapes import link_key, without_tracking

MAX_PLAIN: Final = (
    1000  # characters of an address that is taken as it stands; longer ones are looked at in full
)

# No query, no fragment, no dots but an extension's, no second slash at the start: nothing that `web_url`,
# `link_key` and `without_tracking` would change. Most links are such; joining two strings costs a fifth of those three.
_ROOTED: Final = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_/-]*(?:\.[A-Za-z0-9]{2,5})?)?")
_SECOND_LEVEL: Final = frozenset(
    ("co", "or", "go", "ac", "sch", "web", "my", "net", "com", "org", "desa", "mil")
)


Address: TypeAlias = tuple[str, str, str, bool]
"""An absolute http(s) address, its key (`shapes.link_key`), itself without campaign marks, whether it stays on the site."""


def site_of(url: str) -> str:
    """Give the registrable name of an address's host: `berita.kaltim.co.id` and `kaltim.co.id` are one site."""
    host = urlsplit(url).hostname or ""
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit():
        return host
    return ".".join(labels[-3:] if labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else labels[-2:])


class Addresses:
    """Reads the links of the page whose own address is `base`."""

    def __init__(self, base: str) -> None:
        self._base = base
        home = web_url(base, "/")
        self._origin = home[:-1] if home else ""
        self._start = link_key(home) if home else ""
        self._site = site_of(base)
        self._hosts: dict[str, bool] = {}
        self._known: dict[str, Address | None] = {}

    def of(self, href: str) -> Address | None:
        """Give what `href` leads to; None for what is no address to open."""
        known = self._known
        if href in known:
            return known[href]
        found = known[href] = self._read(href)
        return found

    def absolute(self, href: str) -> str | None:
        """Give only the absolute address, as `clean.web_url` does."""
        if href[:1] == "/" and self._origin and len(href) <= MAX_PLAIN and _ROOTED.fullmatch(href):
            return self._origin + href
        return web_url(self._base, href)

    def _read(self, href: str) -> Address | None:
        origin = self._origin
        if origin and len(href) <= MAX_PLAIN:
            path = href if href[:1] == "/" else href[len(origin) :] if href.startswith(origin) else ""
            if _ROOTED.fullmatch(path):
                absolute = origin + path
                return absolute, self._start + path.rstrip("/"), absolute, True
        if not href or href[0] == "#":
            return None
        found = web_url(self._base, href)
        if found is None:
            return None
        host = found.split("/", 3)[2]
        local = self._hosts.get(host)
        if local is None:
            local = self._hosts[host] = site_of(found) == self._site
        return found, link_key(found), without_tracking(found), local
