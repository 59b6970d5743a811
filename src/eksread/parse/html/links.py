"""The site of an address, and the addresses of a page that names a base for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.parse.html.images import LAZY
from eksread.parse.text import web_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


_SECOND_LEVEL: Final = frozenset(
    ("co", "or", "go", "ac", "sch", "web", "my", "net", "com", "org", "desa", "mil")
)


def site_of(url: str) -> str:
    """Give the registrable name of an http(s) address's host: `berita.kaltim.co.id` and `kaltim.co.id` are one site."""
    return _site(url.split("/", 3)[2])


@lru_cache(maxsize=256)
def _site(netloc: str) -> str:
    host = urlsplit(f"//{netloc}").hostname or ""
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit():
        return host
    return ".".join(labels[-3:] if labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else labels[-2:])


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
