"""Bodies in the data that a page's scripts are given: Next, Nuxt, Redux, Apollo, Inertia, in JSON or in JavaScript.

A body is the longest text of the data's object that bears the page's title; only when no object does, of all of it:
the same data holds the beginnings of other articles.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from eksread.model.enums import Source
from eksread.parse.embedded.articledata import described, resolve
from eksread.parse.html.flow import read_flow
from eksread.parse.html.metadata import META_NAMES, read_json
from eksread.parse.language.landmarks import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.parse.html.flow import Flow
    from eksread.parse.html.metadata import Json, Metadata

MIN_BODY: Final = 200
"""Characters from which a string of a script can be a body."""

MAX_NODES: Final = 20
"""Elements with data in an attribute that are read."""

MAX_SCRIPT: Final = 2_000_000
"""Characters of one script that are read."""

MAX_VALUES: Final = 50_000
"""Values of one script's data that are looked at."""

MAX_NESTED: Final = 2
"""Levels of JSON inside a string of JSON."""

MAX_HEAD: Final = 4000
"""Characters of a string in which it shows that it is data."""

MAX_BLOCKS: Final = 500
"""Paragraphs of a body given as a list."""

MAX_DEPTH: Final = 8
"""Levels of such a list in which text stands."""

_LISTED: Final = re.compile(
    r"(?i)^(?:blocks|paragraphs?|paragraf|content|body|isi|children|nodes|components|json)$"
)
_TEXTS: Final = ("text", "value", "html", "content", "children", "data", "nodes", "items")
_NO_BODY: Final = re.compile(
    r"(?i)css|style|script|policy|terms|privacy|footer|about|disclaimer|schema|query"
)
_START: Final = re.compile(
    r"(?s)^\s*+(?:(?:window|self|var|let|const|globalThis)[\w.\s\[\]'\"$]*+=\s*+)?(?=[{\[])"
)
_LITERAL: Final = re.compile(
    r"\"([^\"\\]*+(?:\\.[^\"\\]*+)*+)\"|'([^'\\]*+(?:\\.[^'\\]*+)*+)'|`([^`\\]*+)`", re.S
)
_STREAMED: Final = re.compile(r"^[0-9a-f]{1,4}:T[0-9a-f]{1,6},")
"""What stands before a text in the stream of React's server components."""
_TAGS: Final = re.compile(r"<[^<>]{1,400}>")


class _Owner(NamedTuple):
    """The object of the data that bears the page's title, and the flat list that its values stand in."""

    record: dict[str, Json]
    flat: list[Json] | None


def find_body(scripts: Iterator[str], title: str | None) -> tuple[str, dict[str, Json]]:
    """The body in the data of these scripts, as HTML or text, and its object's other fields under their names in JSON-LD."""
    wanted = fold(title or "")
    best, rank = "", (False, 0)
    owner: _Owner | None = None
    for script in scripts:
        for beside, text in _bodies(script, wanted, 0):
            length = len(_TAGS.sub("", text))
            if length >= MIN_BODY and (beside is not None, length) > rank:
                best, rank, owner = text, (beside is not None, length), beside
    return best, described(*owner) if owner else {}


def _bodies(script: str, title: str, depth: int) -> Iterator[tuple[_Owner | None, str]]:
    """The texts of a script's data that can be a body, each with the object that bears the title around it."""
    data, flat = read_state(script)
    if data is not None:
        yield from _walk(data, title, flat, depth)
        return
    for found in _LITERAL.finditer(script):
        raw = found[1] or found[2] or found[3] or ""
        if len(raw) >= MIN_BODY:
            yield from _text(_STREAMED.sub("", _unescape(raw)), None, title, depth)


def scripts_of(tree: LexborHTMLParser) -> Iterator[str]:
    """The data of a page: its scripts, and the attribute in which Inertia and others keep it."""
    for script in tree.css('script[type="application/json"], script[id], script:not([src])'):
        text = script.text()
        kind = script.attributes.get("type") or ""
        if MIN_BODY < len(text) <= MAX_SCRIPT and "ld+json" not in kind:
            yield text
    for node in tree.css("[data-page], [data-props], [data-state]")[:MAX_NODES]:
        for name in ("data-page", "data-props", "data-state"):
            text = node.attributes.get(name) or ""
            if MIN_BODY < len(text) <= MAX_SCRIPT:
                yield text


def read_state(script: str) -> tuple[dict[str, Json] | list[Json] | None, list[Json] | None]:
    """The object or list that a script's data is, and the flat list that its values stand in, if Nuxt wrote it."""
    start = _START.match(script)
    data = read_json(script[start.end() :]) if start else None
    if data is None and start:
        try:
            data, _ = json.JSONDecoder(strict=False).raw_decode(script, start.end())
        except (ValueError, RecursionError):
            data = None
    if not isinstance(data, dict | list):
        return None, None
    return data, data if isinstance(data, list) and _is_flat(data) else None


def _is_flat(data: list[Json]) -> bool:
    """Whether a list is data as Nuxt writes it: objects name the places of their values in the list."""
    things = [thing for thing in data[:20] if isinstance(thing, dict) and thing]
    return (
        len(data) > 2
        and bool(things)
        and all(isinstance(value, int) and value < len(data) for thing in things for value in thing.values())
    )


def _walk(data: Json, title: str, flat: list[Json] | None, depth: int) -> Iterator[tuple[_Owner | None, str]]:
    waiting: list[tuple[Json, _Owner | None]] = [(data, None)]
    seen = 0
    while waiting and seen < MAX_VALUES:
        value, beside = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend((inner, beside) for inner in value)
            if value and all(isinstance(inner, str) for inner in value):
                yield from _text(" ".join(map(str, value)), beside, title, MAX_NESTED) if flat is None else ()
        elif isinstance(value, dict):
            pairs = [(key, resolve(inner, flat)) for key, inner in value.items()]
            if title and any(isinstance(inner, str) and fold(inner[:400]) == title for _, inner in pairs):
                beside = _Owner(value, flat)
            for key, inner in pairs:
                if _NO_BODY.search(key):
                    continue
                if isinstance(inner, str):
                    if len(inner) >= MIN_BODY:
                        yield from _text(inner, beside, title, depth)
                    continue
                if isinstance(inner, list) and _LISTED.match(key):
                    yield beside, _paragraphs(inner, flat)
                if flat is None:
                    # What an object with the title holds is its own, but a list in it may be of other articles.
                    waiting.append((inner, beside if isinstance(inner, dict) else None))


def _text(text: str, beside: _Owner | None, title: str, depth: int) -> Iterator[tuple[_Owner | None, str]]:
    """A string as a body; one that is JSON or script itself is read in turn."""
    if depth < MAX_NESTED and (text.lstrip()[:1] in ("{", "[") or '":"' in text[:MAX_HEAD]):
        yield from _bodies(text, title, depth + 1)
    elif " " in text:
        yield beside, text


def _paragraphs(blocks: list[Json], flat: list[Json] | None) -> str:
    """A body given as a list of blocks, as HTML."""
    lines: list[str] = []
    for block in blocks[:MAX_BLOCKS]:
        thing = resolve(block, flat)
        if isinstance(thing, dict):
            kind = str(resolve(thing.get("type") or thing.get("_type") or thing.get("style"), flat) or "")
            text = _leaves(thing, flat, 0)
            tag = "h2" if "head" in kind.lower() else "p"
        else:
            text, tag = (thing, "p") if isinstance(thing, str) else ("", "p")
        if text.strip():
            lines.append(f"<{tag}>{text}</{tag}>")
    return "".join(lines)


def _leaves(value: Json, flat: list[Json] | None, depth: int) -> str:
    if isinstance(value, str):
        return value if "<" in value and ">" in value else html.escape(value, quote=False)
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return "".join(_leaves(resolve(inner, flat), flat, depth + 1) for inner in value[:MAX_BLOCKS])
    if isinstance(value, dict):
        for key in _TEXTS:
            inner = resolve(value.get(key), flat)
            if isinstance(inner, str | dict | list) and inner:
                return _leaves(inner, flat, depth + 1)
    return ""


def _unescape(raw: str) -> str:
    """A string as JavaScript writes it."""
    try:
        return str(json.loads('"' + raw.replace("\\'", "'").replace("\\x", "\\u00") + '"', strict=False))
    except ValueError:
        return raw.replace("\\/", "/").replace('\\"', '"').replace("\\n", "\n")


# A body that no element of the page shows: in JSON-LD's `articleBody`, or in the data of a script.

SHOWN: Final = 400
"""Characters of running text on the page from which no rescue is tried."""

RICHER: Final = 2
"""A rescued text must have this many times the text that is shown."""

_TAG: Final = re.compile(r"<(?:p|br|div|strong|b|a|h\d|ul|em|span)\b", re.IGNORECASE)


def hidden_body(
    tree: LexborHTMLParser, metadata: Metadata, shown: int, title: str | None
) -> tuple[Flow, Source] | None:
    """The flow of a body that stands only in data, and in which, if it is much longer than what the page shows.

    The article's other fields in the same data fill gaps of the page's metadata.
    """
    if shown >= SHOWN:
        return None
    wanted = max(MIN_BODY, RICHER * shown)
    given = metadata.ld.get("articleBody") or metadata.ld.get("text")
    body = given if isinstance(given, str) and len(given) >= wanted else ""
    best, about = find_body(scripts_of(tree), title)
    if body and (len(best) < len(body) or not _TAG.search(best)):
        flow = _flow_of(body)
        return (flow, Source.JSON_LD) if flow else None
    flow = _flow_of(best) if len(best) >= wanted else None
    if flow is None:
        return None
    if metadata.first(*META_NAMES):
        about.pop("datePublished", None)
        about.pop("dateCreated", None)
    for name, value in about.items():
        metadata.ld.setdefault(name, value)
    return flow, Source.MARKUP


_BLANKS: Final = re.compile(r"\s++")


def _line_end(blanks: re.Match[str]) -> str:
    """Give the line end that blanks stand for: one in them, or three of them; else they stay."""
    return "\n" if "\n" in blanks[0] or len(blanks[0]) > 2 else blanks[0]


def _flow_of(text: str) -> Flow | None:
    if not _TAG.search(text):
        plain = _BLANKS.sub(_line_end, html.unescape(text)).replace("\\n", "\n")
        text = "".join(f"<p>{html.escape(line)}</p>" for line in plain.split("\n"))
    root = LexborHTMLParser(text).body
    return read_flow(root) if root is not None else None
