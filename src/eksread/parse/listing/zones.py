"""Where on a page a link stands: in the main part, a side box, the navigation or the foot, and near a heading or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.parse.html.names import HEADINGS, TITLE, is_named

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_CLIMB: Final = 40  # ancestors looked at for a link's surroundings

NAV, SIDE, FOOT, MAIN = "nav", "side", "foot", "main"

NEAR: Final = 3  # levels above a link in which a heading is the link's own

_INLINE: Final = frozenset(("p", "span"))
"""Lines of tags and the like, whose names are no menu's."""
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
    r"col-?_?(?:right|kanan)|pilihan-?_?editor|hot-?_?news|editors?-?_?(?:pick|choice)s?|complementary)(?![a-z])"
)
_FOOT_NAME: Final = re.compile(r"(?<![a-z])(?:footer\w*|copyright|colophon|site-?info|contentinfo)(?![a-z])")


class Zones:
    """The part of the page in which a node stands, by tags, roles and usual class names."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, int]] = {}

    def of(self, node: LexborNode | None, levels: int = MAX_CLIMB) -> tuple[str, int]:
        """Give the zone that `node` makes or stands in, and how many levels above it a heading or title stands.

        The zone is NAV, SIDE, FOOT or MAIN; the innermost named one counts, but a side box's menu is a list.
        The levels are 0 when the node itself is a heading or what its class calls a title, `NEAR` or more when none is near.
        """
        if node is None:
            return MAIN, NEAR
        ident = node.mem_id
        if ident not in self._known:
            zone, far = self.of(node.parent if levels else None, levels - 1)
            given = node.attributes
            own, titled = _own(node.tag or "", given.get("class"), given.get("id"), given.get("role"))
            self._known[ident] = own or zone, 0 if titled else far + 1
        return self._known[ident]


@lru_cache(maxsize=4096)
def _own(tag: str, name: str | None, ident: str | None, role: str | None) -> tuple[str, bool]:
    """Give the zone that an element makes by itself, "" for none, and whether it is a heading or title."""
    titled = tag in HEADINGS or is_title(name or "")
    zone = _TAG_ZONES.get(tag, "")
    if not zone and tag not in _INLINE:
        zone = _zone_of_name(f"{name or ''} {ident or ''} {role or ''}".lower())
    return zone, titled


def is_title(name: str) -> bool:
    """Whether a class says that its element is a title."""
    return is_named(name.lower(), TITLE)


def _zone_of_name(name: str) -> str:
    if _NAV_NAME.search(name):
        return NAV
    if _FOOT_NAME.search(name):
        return FOOT
    return SIDE if _SIDE_NAME.search(name) else ""
