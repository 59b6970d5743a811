"""The links of a page that may lead to articles, each with what its place and wording say about it.

Nothing here knows a portal: an article's link is told from navigation by the part of the page it stands in, by its
text, and by the shape of its address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from eksread.parse.clean import clean, web_url
from eksread.parse.shapes import link_key, without_tracking

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_LINKS: Final = 3000  # of a page: an index page has 600
MAX_CLIMB: Final = 40  # ancestors looked at for a link's surroundings
LONG_TEXT: Final = 20  # characters of a headline rather than of a label
MAX_INNER: Final = 60  # elements inside a link around a card
SURE: Final = 3  # the weight of a title that stands in a heading
MAX_NOISE: Final = 40  # characters of "Baca selengkapnya" and its like
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS: Final = frozenset(
    "address article aside blockquote dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p section table tbody td th tr ul".split()
)

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
_NAV_TAGS: Final = frozenset(("nav", "menu", "amp-sidebar"))
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
_TITLE_NAME: Final = re.compile(
    r"(?<![a-z])(?:judul|title|headline|heading|jdl)(?![a-z])|entry-title|title(?![a-z])"
)
_NOISE: Final = re.compile(
    r"(?:\(?[\d.]+\)?\s*)?(?:komentar|comments?|tinggalkan komentar|leave a comment|no comments?|balas|reply|"
    r"(?:baca |lihat |berita )?selengkapnya|baca(?: lagi| juga| berita| lebih lanjut| artikel)?|read (?:more|article)|more|lihat(?: detail| semua| foto| video)?|"
    r"lanjut(?:kan)?(?: membaca| baca)?|continue reading|detail|view all|see all|semua|share|bagikan|indeks|(?:berita )?lainnya|"
    r"selanjutnya|berikutnya|sebelumnya|next|prev(?:ious)?)?[\s:.…»›>→+()\[\]-]*",
    re.I,
)
_TEXT_TAGS: Final = frozenset(("p", "div", "span", "strong", "b", "li", "td"))
_INLINE: Final = frozenset(
    (
        "a",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "font",
        "mark",
        "sup",
        "sub",
        "-text",
        "wbr",
        "br",
        "img",
        "-comment",
    )
)


@dataclass(slots=True)
class Target:
    """All links of a page to one address: the best title among their texts, and the node that bears it.

    `menu` is the text of its link in the navigation, if there is one; `zone` then may still be MAIN.
    """

    url: str
    key: str
    zone: str
    nodes: list[LexborNode] = field(default_factory=list)
    title: str = ""
    weight: int = -1
    primary: int = 0
    heading: bool = False
    menu: str = ""
    order: int = 0

    @property
    def wordy(self) -> bool:
        """Whether the text reads like a headline rather than like a menu entry."""
        return len(self.title) >= 25 and self.title.count(" ") >= 3


class Zones:
    """Which part of the page a node stands in, by tags, roles and usual class names of what surrounds it."""

    def __init__(self) -> None:
        self._by_node: dict[int, str] = {}
        self._by_name: dict[str, str] = {}

    def of(self, node: LexborNode) -> str:
        """Give NAV, SIDE, FOOT or MAIN; the innermost that says anything counts, but a side box's menu is a list."""
        passed: list[int] = []
        zone = MAIN
        current: LexborNode | None = node.parent
        while current is not None and len(passed) < MAX_CLIMB:
            ident = current.mem_id
            known = self._by_node.get(ident)
            if known is not None:
                zone = known
                break
            passed.append(ident)
            own = self._own(current)
            if own:
                zone = own
                break
            current = current.parent
        for ident in passed:
            self._by_node[ident] = zone
        return zone

    def _own(self, node: LexborNode) -> str:
        tag = node.tag or ""
        if tag in _NAV_TAGS:
            return NAV
        if tag == "footer":
            return FOOT
        if tag == "aside":
            return SIDE
        if tag in ("body", "main"):
            return MAIN
        if tag in _NO_ZONE:
            return ""
        attributes = node.attributes
        if not attributes:
            return ""
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
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


@dataclass(slots=True)
class Scan:
    """What `scan` found: the targets by key in the page's order, and every link with its address and plain text."""

    targets: dict[str, Target]
    links: list[tuple[LexborNode, str, str, str]]


def scan(tree: LexborHTMLParser, url: str) -> Scan:
    """Gather the http(s) links of a page whose address is `url`, those to one address together."""
    zones = Zones()
    addresses: dict[str, tuple[str, str] | None] = {}
    targets: dict[str, Target] = {}
    links: list[tuple[LexborNode, str, str, str]] = []
    for node in tree.css("a[href]")[:MAX_LINKS]:
        attributes = node.attributes
        href = attributes.get("href") or ""
        if href not in addresses:
            absolute = web_url(url, href) if href and not href.startswith("#") else None
            addresses[href] = (absolute, link_key(absolute)) if absolute else None
        found = addresses[href]
        if found is None:
            continue
        absolute, key = found
        zone = zones.of(node)
        target = targets.get(key)
        if target is None:
            target = targets[key] = Target(without_tracking(absolute), key, zone, order=len(links))
        elif target.zone in (NAV, FOOT):
            target.zone = zone
        text = clean(node.text())
        links.append((node, key, absolute, text))
        target.nodes.append(node)
        if zone == NAV and text and not target.menu:
            target.menu = text
        if target.weight < SURE:
            _take(target, node, text)
    return Scan(targets, links)


def _take(target: Target, node: LexborNode, text: str) -> None:
    """Let a link give its target its text as title when that is a better one."""
    if text and not _is_noise(text):
        headed = _in_heading(node)
        if not headed and _has_elements(node):
            inner = _inner_title(node)
            if inner:
                headed, text = True, inner
        weight = SURE if headed else 1 + (len(text) >= 25)
        text = _whole(text.rstrip(" »›→"), node.attributes.get("title"))
    elif target.title:
        return
    else:
        headed, weight = False, 0
        text = clean(node.attributes.get("title") or "") or _alt(node)
    if text and weight > target.weight and not _is_noise(text):
        target.title, target.weight, target.primary = text, weight, len(target.nodes) - 1
        target.heading = headed


@lru_cache(maxsize=1024)
def _is_title(name: str) -> bool:
    return bool(name and _TITLE_NAME.search(name.lower()))


def _is_noise(text: str) -> bool:
    return len(text) <= MAX_NOISE and _NOISE.fullmatch(text) is not None


def _in_heading(node: LexborNode) -> bool:
    """Whether the link stands in a heading or in what its class calls a title, within three levels."""
    attributes = node.attributes
    if _is_title(attributes.get("class") or ""):
        return True
    current = node.parent
    for _ in range(3):
        if current is None:
            return False
        tag = current.tag
        if tag in HEADINGS:
            return True
        name = current.attributes.get("class")
        if name and tag not in ("body", "ul", "table") and _is_title(name):
            return True
        current = current.parent
    return False


def _has_elements(node: LexborNode) -> bool:
    child = node.child
    while child is not None:
        if child.tag not in _INLINE:
            return True
        child = child.next
    return False


def _inner_title(node: LexborNode) -> str:
    """Give the title of a link around a whole card: its heading, what is called a title, else its first long text.

    Where all texts are short, the longest.
    """
    first = longest = ""
    for inner in islice(node.traverse(include_text=False), MAX_INNER):
        tag = inner.tag or ""
        named = tag in HEADINGS or _is_title(inner.attributes.get("class") or "")
        if not named and (first or tag not in _TEXT_TAGS or _has_elements(inner)):
            continue
        text = clean(inner.text())
        if text and named and inner.mem_id != node.mem_id:
            return text
        if len(text) >= LONG_TEXT and text.count(" ") >= 2:
            first = first or text
        longest = max(longest, text, key=len)
    return first or longest


def _whole(text: str, attribute: str | None) -> str:
    """Undo a cut: the title attribute often holds the whole headline of which the text shows the start."""
    if attribute and text.endswith(("...", "…")):
        whole = clean(attribute)
        if whole.startswith(text.rstrip(".… ")):
            return whole
    return text


def _alt(node: LexborNode) -> str:
    picture = node.css_first("img[alt], amp-img[alt]")
    return clean(picture.attributes.get("alt") or "") if picture is not None else ""
