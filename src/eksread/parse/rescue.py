"""A body that no element of the page shows: in JSON-LD's `articleBody`, or in the data of a script.

Only when the page itself shows next to nothing: this text is often cut, and its tags and entities are escaped.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model import Source
from eksread.parse.metadata import read_json
from eksread.parse.walk import read_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.parse.flow import Flow
    from eksread.parse.metadata import Json, Metadata

SHOWN: Final = 400
"""Characters of running text on the page from which no rescue is tried."""

RICHER: Final = 2
"""A rescued text must have this many times the text that is shown."""

MIN_BODY: Final = 200
"""Characters from which a string of a script can be a body."""

MAX_SCRIPT: Final = 2_000_000
"""Characters of one script that are read."""

MAX_STRINGS: Final = 50_000
"""Values of one script's data that are looked at."""

_KEY: Final = re.compile(
    r"(?i)^(?:article_?body|content|body|body_?html|isi|konten|text|story|html|rendered|description|full_?text)$"
)
_ASSIGNED: Final = re.compile(r"(?s)^\s*(?:(?:window|self|var|let|const)[\w.\s\[\]'\"]*=)?\s*(?=[{\[])")
_TAG: Final = re.compile(r"<(?:p|br|div|strong|b|a|h\d|ul|em|span)\b", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"&lt;(?:p|br|div|strong|b|a|h\d|ul|em|span)\b", re.IGNORECASE)


def hidden_body(tree: LexborHTMLParser, metadata: Metadata, shown: int) -> tuple[Flow, Source] | None:
    """The flow of a body that stands only in data, and in which, if it is much longer than what the page shows."""
    if shown >= SHOWN:
        return None
    wanted = max(MIN_BODY, RICHER * shown)
    said = metadata.ld.get("articleBody") or metadata.ld.get("text")
    if isinstance(said, str) and len(said) >= wanted:
        flow = _flow_of(said)
        return (flow, Source.JSON_LD) if flow else None
    best = ""
    for script in tree.css('script[type="application/json"], script[id], script:not([src])'):
        text = script.text()
        if MIN_BODY < len(text) <= MAX_SCRIPT and ("{" in text):
            for found in _bodies(text):
                if len(found) > len(best):
                    best = found
    flow = _flow_of(best) if len(best) >= wanted else None
    return (flow, Source.MARKUP) if flow else None


def _flow_of(text: str) -> Flow | None:
    if _ESCAPED.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        lines = re.split(r"\s*\n\s*|\s{3,}|\\n", html.unescape(text))
        text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    root = LexborHTMLParser(text).body
    return read_flow(root) if root is not None else None


def _bodies(script: str) -> Iterator[str]:
    """The strings of a script's data that can be a body, by the name of their key and their length."""
    start = _ASSIGNED.match(script)
    if start is None:
        return
    waiting: list[Json] = [read_json(script[start.end() :])]
    seen = 0
    while waiting and seen < MAX_STRINGS:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str):
                    if len(inner) >= MIN_BODY and _KEY.match(key):
                        yield inner
                else:
                    waiting.append(inner)
