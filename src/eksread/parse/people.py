"""The authors that a page names for machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model import Source
from eksread.parse.clean import clean
from eksread.parse.metadata import ld_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.metadata import Json, Metadata

MAX_NAME: Final = 60
_NOBODY: Final = frozenset(
    ("admin", "administrator", "redaksi", "editor", "author", "redaktur", "staff", "newsroom", "unknown")
)
_BETWEEN: Final = re.compile(r"\s*[;|•·]\s*|\s+(?:and|dan)\s+|\s+[-–—]\s+")
_DATED: Final = re.compile(r"\d{4}|\d:\d\d|^\W*$")
_BY: Final = re.compile(r"(?i)^(?:by|oleh|penulis|reporter|author|editor)\s*:?\s+")


def authors(
    tree: LexborHTMLParser, metadata: Metadata, site: Sequence[str]
) -> tuple[tuple[str, ...], Source]:
    """The authors' names: JSON-LD, then a meta element, then what is marked as author in the page."""
    told = _names(metadata.ld.get("author")) or _names(metadata.ld.get("creator"))
    names = _people(told, site)
    if names:
        return names, Source.JSON_LD
    for name in (
        "author",
        "article:author",
        "content_author",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "twitter:data1",
    ):
        said = metadata.meta.get(name)
        if said and not said.startswith(("http", "@")) and len(said) <= 2 * MAX_NAME:
            names = _people(re.split(r"\s*[;,]\s*|\s+(?:and|dan)\s+", said), site)
            if names and not any(char.isdigit() for char in said):
                return names, Source.META
    marked = [
        clean(node.text())
        for node in tree.css('[rel="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]')[:6]
    ]
    return _people(marked, site), Source.MARKUP


def _names(value: Json) -> list[str]:
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    text = ld_text(value)
    return [text] if text else []


def _people(names: Sequence[str], site: Sequence[str]) -> tuple[str, ...]:
    folded = {name.casefold() for name in site}
    kept: dict[str, str] = {}
    for raw in (part for name in names for part in _BETWEEN.split(name)):
        name = _BY.sub("", raw).strip(" ,;|")
        key = name.casefold()
        if (
            name
            and len(name) <= MAX_NAME
            and key not in _NOBODY
            and key not in folded
            and not _DATED.search(name)
            and not key.startswith("http")
        ):
            kept.setdefault(key, name)
    return tuple(kept.values())
