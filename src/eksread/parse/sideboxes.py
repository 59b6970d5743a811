"""Boxes of other headlines beside an article: told at their door, so that nothing in them need be walked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from eksread.parse.flow import Element

MIN_HEADLINES: Final = 5  # links of a headline's length; fewer may be an editor's choice between paragraphs
HEADLINE: Final = 25  # characters of a linked text that can be a headline
MAX_PLAIN: Final = 0.5  # of the text may stand outside of links: dates, numbers, names of sections
MAX_LOOKED_AT: Final = (
    500_000  # characters of a page's boxes, those in others counted again: a page has some 10,000
)

_NAME: Final = re.compile(
    r"(?<!\S)(?:(?:right|left|main|primary|secondary|the|site|page|content|single)[-_]?)?side[-_]?bar"
    r"(?:[-_]?(?:right|left|kanan|kiri|primary|main|inner|area|widgets?))?(?!\S)"
)
_RELATED: Final = re.compile(r"(?i)\W*(?:baca|lihat|simak)\s*(?:juga|pula)\b")


class SideBoxes:
    """Tells the side boxes of one page."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_LOOKED_AT

    def has(self, element: Element) -> bool:
        """Whether an `<aside>` or an element of such a name holds headlines of other articles and little else.

        A box of `Baca juga` is the article's own.
        """
        if self._left <= 0 or (element.tag != "aside" and not _NAME.search(element.marks)):
            return False
        node = element.node
        text = " ".join(node.text(separator=" ").split())
        self._left -= len(text)
        linked = [len(" ".join(link.text().split())) for link in node.css("a[href]")]
        return (
            sum([length >= HEADLINE for length in linked]) >= MIN_HEADLINES
            and len(text) - sum(linked) <= MAX_PLAIN * len(text)
            and not _RELATED.match(text)
            and node.css_first("h1") is None
        )
