"""RSS 2.0, RSS 1.0 and Atom, the broken ones too, as teasers.

The reader is our own, for robustness more than for its 100 ms shorter import: feedparser's loose mode
loses the entries after an unclosed tag, and knows no Indonesian month. What a portal's
feed needs is nine fields; a linear pass over tags gives them from any text, with no entity to expand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.model.news import Feed, Teaser
from eksread.parse.language.dates import read_moment
from eksread.parse.language.landmarks import shorten, without_invitation
from eksread.parse.text import clean
from eksread.parse.urls import web_url, without_tracking

if TYPE_CHECKING:
    from datetime import datetime


# A feed's text as entries of named fields, read by one linear pass over its tags.

MAX_TEXT: Final = 8_000_000  # characters: twice what a page may weigh on the wire
MAX_ENTRIES: Final = 500  # a real feed has 10 to 100
MAX_VALUES: Final = 20  # of one name in an entry: WordPress writes a category per tag
MAX_FIELD: Final = 100_000  # characters: content:encoded of a long article has 30,000

_TOKEN: Final = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|(?=</(?:item|entry)>)|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<[!?][^<>]*>?"
    r"|<(?P<close>/)?(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:[\s/][^<>]*)?)>"
    r"|(?P<text>[^<]+|<)",
    re.S,
)
_ATTRIBUTE: Final = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>/]+))")
_ENTRY: Final = frozenset(("item", "entry"))
_ROOTS: Final = frozenset(("feed", "rss", "rdf"))
_KNOWN: Final = frozenset(
    "title link guid id pubdate published updated modified date dc:date dc:subject description summary content"
    " content:encoded category enclosure media:content media:thumbnail media:description media:title image url"
    " itunes:image feedburner:origlink author source".split()
)
_NESTED: Final = frozenset(("source", "image", "author", "textinput", "media:group"))
"""Elements whose own title and link are not the entry's."""
_MARKUP: Final = frozenset(("description", "summary", "content", "content:encoded", "title"))
"""Fields that may hold unescaped HTML."""


@dataclass(slots=True)
class Entry:
    """The fields of one entry (or of the feed itself): name in lower case -> texts, and -> attributes.

    `base` is its own `xml:base`, which may be relative to the feed's.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    base: str = ""

    def first(self, *names: str) -> str:
        """Give the first text that is not empty under one of `names`, in their order, else ""."""
        for name in names:
            for text in self.texts.get(name, ()):
                if text.strip():
                    return text
        return ""

    def add(self, name: str, text: str) -> None:
        """Add a text."""
        values = self.texts.setdefault(name, [])
        if len(values) < MAX_VALUES:
            values.append(text[:MAX_FIELD])

    def add_attributes(self, name: str, found: dict[str, str]) -> None:
        """Add a tag's attributes."""
        values = self.attributes.setdefault(name, [])
        if found and len(values) < MAX_VALUES:
            values.append(found)


@dataclass(slots=True)
class _Reader:
    """Where the pass stands: the entry, the field being filled, and an element whose fields don't count."""

    head: Entry = field(default_factory=Entry)
    entries: list[Entry] = field(default_factory=list)
    entry: Entry | None = None
    name: str = ""
    parts: list[str] = field(default_factory=list)
    nested: str = ""
    prefix: str = ""

    def target(self) -> Entry:
        return self.entry if self.entry is not None else self.head

    def finish(self) -> None:
        """End the field being filled."""
        if self.name:
            self.target().add(self.name, "".join(self.parts).strip())
        self.name, self.parts = "", []

    def open(self, name: str, raw: str, attributes: str) -> None:
        local = name.rpartition(":")[2]
        if local in _ROOTS or (local == "channel" and self.entry is None):
            self.prefix = name[: -len(local)]
            self.head.base = _read_attributes(attributes).get("xml:base", self.head.base)
            return
        if local in _ENTRY:
            self.finish()
            self.nested = ""
            self.prefix = name[: -len(local)]
            found = _read_attributes(attributes)
            self.entry = Entry(base=found.get("xml:base", ""))
            if "rdf:about" in found:
                self.entry.add("id", found["rdf:about"])
            self.entries.append(self.entry)
            return
        name = name.removeprefix(self.prefix) if self.prefix else name
        if name not in _KNOWN:
            if self.name in _MARKUP:
                self.parts.append(raw)
            return
        self.finish()
        alone = attributes.rstrip().endswith("/")
        found = _read_attributes(attributes)
        shadowed = f"{self.nested}/{name}" if self.nested else name
        self.target().add_attributes(shadowed, found)
        if alone and not (name == "link" and "href" not in found):
            return  # <link/>https://…: what an HTML parser makes of RSS, its address outside the tag
        if name in _NESTED and not self.nested:
            self.nested = name
        self.name = shadowed

    def close(self, name: str, raw: str) -> None:
        local = name.rpartition(":")[2]
        if local in _ENTRY:
            self.finish()
            self.entry, self.nested = None, ""
            return
        name = name.removeprefix(self.prefix) if self.prefix else name
        if name == self.nested:
            self.finish()
            self.nested = ""
        elif self.name.rpartition("/")[2] == name:
            self.finish()
        elif self.name in _MARKUP:
            self.parts.append(raw)


def _read_attributes(text: str) -> dict[str, str]:
    return {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(text)} if text else {}


def read_fields(text: str) -> tuple[Entry, list[Entry]]:
    """Give the feed's own fields and its entries in order. Unclosed fields end where the next begins."""
    reader = _Reader()
    for token in _TOKEN.finditer(text[:MAX_TEXT]):
        name = token["name"]
        if name:
            if token["close"]:
                reader.close(name.lower(), token[0])
            else:
                reader.open(name.lower(), token[0], token["attributes"])
                if len(reader.entries) > MAX_ENTRIES:
                    reader.entries.pop()
                    break
        elif reader.name:
            if token["cdata"] is not None:
                reader.parts.append(token["cdata"])
            elif token["text"]:
                reader.parts.append(unescape(token["text"]))
    reader.finish()
    return reader.head, reader.entries


MAX_SUMMARY: Final = 600  # characters: a teaser, not the article that some feeds put there
MAX_TITLE: Final = 500  # characters: longer is no headline
HEAD: Final = 4096  # characters in which a feed's root element stands; PHP warnings may stand before
SHORT_TITLE: Final = 80  # characters of the summary that stand for a missing title

_ROOT: Final = re.compile(r"<(?:rss|(?:\w+:)?rdf|(?:\w+:)?feed|channel)[\s>]", re.I)
_PAGE: Final = re.compile(r"<(?:html|body|!doctype\s+html)\b", re.I)
_TAG: Final = re.compile(r"</?(?P<name>[a-zA-Z][\w:-]*)(?:\s[^<>]*)?/?>|<!--.*?(?:-->|\Z)", re.S)
_SILENT: Final = re.compile(r"<(script|style|figcaption)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_INLINE: Final = frozenset("a abbr b big cite code em font i mark s small span strong sub sup u".split())
_PICTURE: Final = re.compile(r"<img\b[^<>]*?\ssrc\s*=\s*[\"']?([^\"'\s<>]+)", re.I)
_PICTURE_URL: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.I)
_CREDIT: Final = re.compile(
    r"(?:(?<!\s)\s++)?The post .{1,400} (?:appeared first on|first appeared on) .*$", re.S
)
_NO_SECTION: Final = frozenset(("uncategorized", "tak berkategori", "tanpa kategori", "umum", "berita"))


def looks_like_feed(text: str) -> bool:
    """Whether `text` is a feed: its root element stands near its start and no page's does."""
    head = text[:HEAD]
    page = _PAGE.search(head)
    return _ROOT.search(head, 0, page.start() if page else HEAD) is not None


def read_feed(text: str, url: str, now: datetime) -> Feed:
    """Read a feed whose own address is `url`; dates are read against `now`. Never raises.

    Entries without an address are left out, and so are repeated ones; the order is the feed's.
    """
    head, entries = read_fields(text)
    items: list[Teaser] = []
    seen: set[str] = set()
    base = _base(url, head)
    for entry in entries:
        teaser = _teaser(entry, _base(base, entry), now, len(items))
        if teaser is not None and teaser.url not in seen:
            seen.add(teaser.url)
            items.append(teaser)
    following = _link(head, base, "next")
    return Feed(
        url=url, items=tuple(items), title=_plain(head.first("title"))[:MAX_TITLE] or None, next_url=following
    )


def _base(above: str, entry: Entry) -> str:
    """Give the address that an element's links are relative to (XML Base)."""
    return (web_url(above, entry.base) if entry.base else None) or above


def _teaser(entry: Entry, base: str, now: datetime, rank: int) -> Teaser | None:
    address = _address(entry, base)
    if address is None:
        return None
    markup = entry.first("description", "summary", "media:description", "content:encoded", "content")
    summary = without_invitation(_CREDIT.sub("", _plain(markup)))
    title = _plain(entry.first("title", "media:title"))[:MAX_TITLE] or shorten(summary, SHORT_TITLE)
    if not title:
        return None
    published = _published(entry, now)
    return Teaser(
        title=title,
        url=address,
        published=published,
        published_source=Source.FEED if published else None,
        section=_section(entry),
        summary=shorten(summary, MAX_SUMMARY) if summary and summary != title else None,
        image=_image(entry, base),
        rank=rank,
    )


def _published(entry: Entry, now: datetime) -> datetime | None:
    for name in ("pubdate", "published", "dc:date", "date", "updated", "modified"):
        for text in entry.texts.get(name, ()):
            moment = read_moment(text, now=now)
            if moment is not None:
                return moment
    return None


def _address(entry: Entry, base: str) -> str | None:
    candidates = [*entry.texts.get("feedburner:origlink", ()), *entry.texts.get("link", ())]
    for candidate in candidates:
        found = web_url(base, unescape(candidate)) if candidate.strip() else None
        if found:
            return without_tracking(found)
    linked = _link(entry, base, "alternate")
    if linked:
        return without_tracking(linked)
    for candidate in (*entry.texts.get("guid", ()), *entry.texts.get("id", ())):
        if candidate.startswith(("http://", "https://")):
            return web_url(base, candidate)
    return None


def _link(entry: Entry, base: str, relation: str) -> str | None:
    """Give the target of an Atom link of this relation; a link without one is an alternate (RFC 4287 §4.2.7.2)."""
    for name in ("link", "atom:link"):
        for found in entry.attributes.get(name, ()):
            if found.get("href") and found.get("rel", "alternate") == relation:
                return web_url(base, found["href"])
    return None


def _section(entry: Entry) -> str | None:
    terms = [found.get("label") or found.get("term") or "" for found in entry.attributes.get("category", ())]
    for raw in (*entry.texts.get("category", ()), *terms, *entry.texts.get("dc:subject", ())):
        name = _plain(raw)
        if name and name.casefold() not in _NO_SECTION:
            return name
    return None


def _image(entry: Entry, base: str) -> str | None:
    candidates: list[str] = []
    tiny: list[str] = []  # Blogger adds a thumbnail of 72 pixels to every entry
    for name in (
        "media:content",
        "media:group/media:content",
        "enclosure",
        "media:thumbnail",
        "itunes:image",
    ):
        for found in entry.attributes.get(name, ()):
            target = found.get("url") or found.get("href") or ""
            kind = found.get("type", "") + found.get("medium", "")
            if "image" in kind or (not kind and (name != "enclosure" or _PICTURE_URL.search(target))):
                width = found.get("width", "")
                (tiny if width.isdigit() and len(width) < 3 else candidates).append(target)
    candidates += [
        *entry.texts.get("image/url", ()),
        *entry.texts.get("image", ()),
        *entry.texts.get("enclosure", ()),
    ]
    for name in ("link", "atom:link"):  # Atom's enclosures (RFC 4287 §4.2.7.2)
        for found in entry.attributes.get(name, ()):
            target, kind = found.get("href", ""), found.get("type", "")
            if found.get("rel") == "enclosure" and (
                "image" in kind or (not kind and _PICTURE_URL.search(target))
            ):
                candidates.append(target)
    for name in ("description", "summary", "content:encoded", "content"):
        candidates += [unescape(match) for match in _PICTURE.findall(entry.first(name))[:1]]
    for candidate in candidates + tiny:
        found_url = web_url(base, candidate) if candidate.strip() else None
        if found_url:
            return found_url
    return None


def _plain(markup: str) -> str:
    """Give the text of HTML: tags gone, entities read (once more where they were escaped twice), one clean line."""
    if "<" in markup:
        markup = _SILENT.sub(" ", markup)
        markup = _TAG.sub(lambda tag: "" if (tag["name"] or "").lower() in _INLINE else " ", markup)
    if "&" in markup:
        markup = unescape(unescape(markup))
    return clean(markup)
