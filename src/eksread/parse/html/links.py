"""The addresses of a page's links and pictures, each spelling read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from eksread.parse.html.images import LAZY
from eksread.parse.text import web_url
from eksread.parse.urls import link_key, without_tracking

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


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


# `<base href>`: what a page's relative addresses stand against when that is not its own address.

_HELD: Final = ("href", "data-href", *LAZY)
"""Attributes that hold addresses which eksread reads."""
_ANY: Final = ":is(" + ", ".join(f"[{name}]" for name in _HELD) + "):not(base)"
_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[wxh],?")


def base_of(url: str, href: str | None) -> str | None:
    """Give the address that a page's `<base href>` names, None when there is none or it is the page's own.

    `url` is the page's own address; what is no http(s) address (`clean.web_url`) is ignored.
    """
    base = web_url(url, href) if href else None
    return base if base != url else None


def settle(tree: LexborHTMLParser, base: str) -> None:
    """Make the addresses of a page absolute against its `base`.

    A mark on the same page (`#…`) stays one: nothing is to be fetched for it.
    """
    for node in tree.css(_ANY):
        for name, value in node.attributes.items():
            if name in _HELD and value and not value.startswith("#"):
                node.attrs[name] = _srcset(base, value) if name.endswith("srcset") else _absolute(base, value)


def _absolute(base: str, value: str) -> str:
    """The absolute address, or the value itself when it is none to open: its reader refuses it as ever."""
    return web_url(base, value) or value


def _srcset(base: str, value: str) -> str:
    """The addresses of a list of sizes made absolute, the sizes kept."""
    words = value.split()
    return " ".join(
        word if _SIZE.fullmatch(word) else _absolute(base, word.rstrip(",")) + "," * word.endswith(",")
        for word in words
    )
