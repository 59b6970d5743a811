"""`<base href>`: what a page's relative addresses stand against when that is not its own address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.parse.html.images import LAZY
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_HELD: Final = ("href", "data-href", *LAZY)
"""Attributes that hold addresses which eksread reads."""
_ANY: Final = ":is(" + ", ".join(f"[{name}]" for name in _HELD) + "):not(base)"
_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[wxh],?")


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
