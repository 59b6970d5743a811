"""Which part of a page a node stands in: the main part, a side box, the navigation or the foot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_CLIMB: Final = 40  # ancestors looked at for a link's surroundings
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

NAV, SIDE, FOOT, MAIN = "nav", "side", "foot", "main"

_NO_ZONE: Final = HEADINGS | {
    "p",
    "span",
    "b",
    "strong",
    "figure",
    "picture",
    "li",
    "tr",
    "tbody",
    "center",
    "font",
}
_TAG_ZONES: Final = {
    "nav": NAV,
    "menu": NAV,
    "amp-sidebar": NAV,
    "footer": FOOT,
    "aside": SIDE,
    "body": MAIN,
    "main": MAIN,
}
_NAV_NAME: Final = re.compile(
    r"(?<![a-z])(?:(?:main|top|sub|mega|mobile|side|primary|bottom)?-?_?(?:menu|nav|navbar|navigation)(?:bar|s|item|link|list|wrap\w*|utama)?"
    r"|breadcrumbs?|pagination|paging|pager|halaman|page-numbers|tagcloud|tags)(?![a-z])"
)
_SIDE_NAME: Final = re.compile(
    r"(?<![a-z])(?:side-?_?bar|sisi|sidebar\w*|(?<!-)widget(?! blog)\w*|popular|populer|terpopuler|most-?_?(?:read|popular|viewed)|trending|"
    r"terkini-side|latest-side|related|terkait|rekomendasi|recommend\w*|kolom-?_?(?:kanan|kiri)|right-?_?(?:col\w*|side)|rightbar|kanan|kiri|"
    r"col-?_?(?:right|kanan)|pilihan-?_?editor|hot-?_?news|editors?-?_?(?:pick|choice)s?)(?![a-z])"
)
_FOOT_NAME: Final = re.compile(r"(?<![a-z])(?:footer\w*|copyright|colophon|site-?info)(?![a-z])")


class Zones:
    """Which part of the page a node stands in, by tags, roles and usual class names of what surrounds it."""

    def __init__(self) -> None:
        self._by_node: dict[int, str] = {}
        self._by_name: dict[str, str] = {}

    def of(self, node: LexborNode) -> str:
        """Give NAV, SIDE, FOOT or MAIN; the innermost that says anything counts, but a side box's menu is a list."""
        by_node = self._by_node
        passed: list[int] = []
        zone = MAIN
        current: LexborNode | None = node.parent
        while current is not None and len(passed) < MAX_CLIMB:
            ident = current.mem_id
            known = by_node.get(ident)
            if known:
                zone = known
                break
            passed.append(ident)
            tag = current.tag or ""
            own = "" if tag in _NO_ZONE else _TAG_ZONES.get(tag) or self._by_attributes(current)
            if own:
                zone = own
                break
            current = current.parent
        for ident in passed:
            by_node[ident] = zone
        return zone

    def _by_attributes(self, node: LexborNode) -> str:
        attributes = node.attributes
        if not attributes:
            return ""
        get = attributes.get
        name = f"{get('class') or ''} {get('id') or ''} {get('role') or ''}"
        known = self._by_name.get(name)
        if known is None:
            known = self._by_name[name] = _zone_of_name(name.lower())
        return known


def _zone_of_name(name: str) -> str:
    if _NAV_NAME.search(name):
        return NAV
    if _FOOT_NAME.search(name) or "contentinfo" in name:
        return FOOT
    return SIDE if _SIDE_NAME.search(name) or "complementary" in name else ""
