"""What a page says about itself for machines: JSON-LD, meta elements, links, headings."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.html.images import LAZY
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborHTMLParser


Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

MAX_LD: Final = 400_000
"""Characters of one JSON-LD block that are read; real ones are under 60,000."""

MAX_DEPTH: Final = 12
"""Levels of JSON-LD that are followed; `@graph` inside a list inside an article needs five."""

MAX_CRUMBS: Final = 8
"""Items of a JSON-LD list that are kept: crumbs have three or four."""

ARTICLE_TYPE: Final = re.compile(r"(?:article|blogposting|report|liveblog|posting)$", re.IGNORECASE)

_COMMENT: Final = re.compile(
    r"^\s*+(?://\s*+)?(?:<!\[CDATA\[|<!--)|(?:(?://|(?<!\s))\s*+)?(?:\]\]>|-->)\s*+(?:;\s*+)?$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_PAIR: Final = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|articleBody|@type|url)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)


@dataclass(slots=True)
class Metadata:
    """`meta`: first content of each meta name or property, lower case. `ld`: the JSON-LD object of the article.

    `base`: the first `<base href>`, which counts, as in browsers.
    """

    meta: dict[str, str] = field(default_factory=dict)
    ld: dict[str, Json] = field(default_factory=dict)
    ld_types: set[str] = field(default_factory=set)
    next_link: str | None = None
    base: str | None = None
    document_title: str = ""
    tags: list[str] = field(default_factory=list)
    crumbs: list[Json] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first of these meta elements that says something."""
        for name in names:
            value = self.meta.get(name)
            if value:
                return value
        return None

    def value(self, name: str) -> str | None:
        """A text of the JSON-LD object: a string, or the name inside an object or list."""
        return ld_text(self.ld.get(name))


def ld_text(value: Json) -> str | None:
    """One line of text from a JSON-LD value (a string, or the name of an object, or the first of a list)."""
    if isinstance(value, str):
        return clean(html.unescape(value)) or None
    if isinstance(value, dict):
        return ld_text(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        for item in value:
            text = ld_text(item)
            if text:
                return text
    return None


def ld_address(value: Json) -> str | None:
    """An address from a JSON-LD value: a string, the url of an object, or the first of a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ld_address(value.get("url") or value.get("contentUrl"))
    return ld_address(value[0]) if isinstance(value, list) and value else None


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """Read all of it; broken JSON-LD is repaired where it can be and skipped where it can't."""
    found = Metadata()
    title: str | None = None
    for node in tree.css('meta, link[rel], base[href], title, script[type="application/ld+json" i]'):
        tag = node.tag
        if tag == "meta":
            _take_meta(found, node.attributes)
        elif tag == "link":
            _take_link(found, node.attributes)
        elif tag == "base":
            found.base = node.attributes.get("href") if found.base is None else found.base
        elif tag == "title":
            title = node.text() if title is None else title
        else:
            _take_ld(found, node.text())
    found.document_title = clean(title or "")
    return found


def _take_meta(found: Metadata, given: Mapping[str, str | None]) -> None:
    name = given.get("property") or given.get("name") or given.get("itemprop")
    content = given.get("content")
    text = clean(content) if name and content else ""
    if name and text:
        found.meta.setdefault(name.lower(), text)
        if name.lower() == "article:tag":
            found.tags.append(text)


def _take_link(found: Metadata, given: Mapping[str, str | None]) -> None:
    rel = (given.get("rel") or "").lower().split()
    if "next" in rel:
        found.next_link = found.next_link or given.get("href")


def _take_ld(found: Metadata, text: str) -> None:
    value = read_json(text[:MAX_LD])
    if value is None:
        pairs: dict[str, Json] = {}
        for name, raw in _PAIR.findall(text[:MAX_LD]):
            pairs.setdefault(name, _unquote(raw))
        value = pairs
    for thing in _objects(value, 0):
        kinds = thing.get("@type")
        names = {
            str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
        }
        found.ld_types |= names
        listed = thing.get("itemListElement") if "BreadcrumbList" in names else None
        for item in listed[:MAX_CRUMBS] if isinstance(listed, list) else ():
            found.crumbs.append((item.get("name") or item.get("item")) if isinstance(item, dict) else item)
        if any(ARTICLE_TYPE.search(name) for name in names):
            for key, item in thing.items():
                found.ld.setdefault(key, item)


def _unquote(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return raw


def read_json(text: str) -> Json:
    """Read JSON as sites write it: in comments, with trailing commas or raw line breaks. None when hopeless."""
    text = text.strip()
    if text[:1] not in "{[" or text[-1:] not in "}]":
        text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            value: Json = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _objects(value: Json, depth: int) -> Iterator[dict[str, Json]]:
    """All JSON-LD objects: in lists, graphs, and as a page's main entity."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            inner = value.get(key)
            if isinstance(inner, dict | list):
                yield from _objects(inner, depth + 1)


META_NAMES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate", "publish-date",
    "publish_date", "pubdate", "published_time", "published-date", "publication_date", "article.published", "dtk:publishdate",
    "content_publisheddate", "content_published_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "dcsext.articlefirstpublished",
    "article_date_original", "originalpublicationdate", "datecreated", "rnews:datepublished", "shareaholic:article_published_time",
    "cse_published", "bt:pubdate", "created", "timestamp", "date", "time",
)  # fmt: skip
"""Meta elements that hold the day of publication, the surest first."""

MODIFIED: Final = ("og:updated_time", "article:modified_time", "datemodified", "lastmod", "last-modified")
"""Meta elements with the day of the last change: better than an estimate, worse than a printed date."""


# `<base href>`: what a page's relative addresses stand against when that is not its own address.

_HELD: Final = ("href", "data-href", *LAZY)
"""Attributes that hold addresses which eksread reads."""
_ANY: Final = ":is(" + ", ".join(f"[{name}]" for name in _HELD) + "):not(base)"
_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[wxh],?")


def make_absolute(tree: LexborHTMLParser, base: str) -> None:
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
