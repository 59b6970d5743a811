"""A body that no element of the page shows: in JSON-LD's `articleBody`, or in the data of a script.

Only when the page itself shows next to nothing: this text is often cut, and its tags and entities are escaped.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model import Source
from eksread.parse.published import META_NAMES
from eksread.parse.statedata import MIN_BODY, find_body
from eksread.parse.walk import read_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.parse.flow import Flow
    from eksread.parse.metadata import Metadata

SHOWN: Final = 400
"""Characters of running text on the page from which no rescue is tried."""

RICHER: Final = 2
"""A rescued text must have this many times the text that is shown."""

MAX_NODES: Final = 20
"""Elements with data in an attribute that are read."""

MAX_SCRIPT: Final = 2_000_000
"""Characters of one script that are read."""

_TAG: Final = re.compile(r"<(?:p|br|div|strong|b|a|h\d|ul|em|span)\b", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"&lt;(?:p|br|div|strong|b|a|h\d|ul|em|span)\b", re.IGNORECASE)


def hidden_body(
    tree: LexborHTMLParser, metadata: Metadata, shown: int, title: str | None
) -> tuple[Flow, Source] | None:
    """The flow of a body that stands only in data, and in which, if it is much longer than what the page shows.

    What the same data says of the article is added to the page's metadata, where that says nothing.
    """
    if shown >= SHOWN:
        return None
    wanted = max(MIN_BODY, RICHER * shown)
    said = metadata.ld.get("articleBody") or metadata.ld.get("text")
    told = said if isinstance(said, str) and len(said) >= wanted else ""
    best, about = find_body(_scripts(tree), title)
    if told and (len(best) < len(told) or not _TAG.search(best)):
        flow = _flow_of(told)
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


def _scripts(tree: LexborHTMLParser) -> Iterator[str]:
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


def _flow_of(text: str) -> Flow | None:
    if _ESCAPED.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        lines = re.split(r"\s*\n\s*|\s{3,}|\\n", html.unescape(text))
        text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    root = LexborHTMLParser(text).body
    return read_flow(root) if root is not None else None
