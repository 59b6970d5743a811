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
from eksread.parse.statedata import MIN_BODY, find_body, scripts_of
from eksread.parse.walk import read_flow

if TYPE_CHECKING:
    from eksread.parse.flow import Flow
    from eksread.parse.metadata import Metadata

SHOWN: Final = 400
"""Characters of running text on the page from which no rescue is tried."""

RICHER: Final = 2
"""A rescued text must have this many times the text that is shown."""

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
    best, about = find_body(scripts_of(tree), title)
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


def _flow_of(text: str) -> Flow | None:
    if _ESCAPED.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        lines = re.split(r"\s*\n\s*|\s{3,}|\\n", html.unescape(text))
        text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    root = LexborHTMLParser(text).body
    return read_flow(root) if root is not None else None
