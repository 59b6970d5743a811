"""A feed's text as entries of named fields, read by one linear pass over its tags.

No XML parser stands behind this: the feeds of small portals are seldom well-formed, and what is not is lost to one.
There are no entities beyond HTML's own names, so nothing can expand, and no external reference is ever followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

MAX_TEXT: Final = 8_000_000  # characters: twice what a page may weigh on the wire
MAX_ENTRIES: Final = 500  # an honest feed has 10 to 100
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
_ATTRIBUTE: Final = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>/]+))")
_ENTRY: Final = frozenset(("item", "entry"))
_ROOTS: Final = frozenset(("feed", "rss", "rdf"))
_KNOWN: Final = frozenset(
    "title link guid id pubdate published updated modified date dc:date dc:subject description summary content"
    " content:encoded category enclosure media:content media:thumbnail media:description media:title image url"
    " itunes:image feedburner:origlink author name dc:creator source comments language generator lastbuilddate"
    " subtitle logo icon".split()
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
        if self.name in _MARKUP and self.name != "title" and name in ("title", "link", "source", "image"):
            self.parts.append(raw)  # HTML or SVG inside the description
            if name != "link" or "href" in attributes:
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
