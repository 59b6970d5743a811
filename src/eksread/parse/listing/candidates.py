"""The links of a page that may lead to articles, with what their places and texts make them.

Nothing here knows a portal: an article's link is distinguished from navigation by the part of the page it stands in, by its
text, and by the shape of its address.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.parse.html.names import HEADINGS
from eksread.parse.listing.zones import FOOT, MAIN, NAV, NEAR, Zones, is_title
from eksread.parse.text import clean
from eksread.parse.urls import learn, link_key, matcher, site_of, web_url, without_tracking

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborHTMLParser, LexborNode


LONG_TEXT: Final = 20  # characters of a headline rather than of a label
MIN_TITLE: Final = 12  # characters of a headline when only the page itself taught the shape
MAX_INNER: Final = 60  # elements inside a link around a card
SURE: Final = 3  # the weight of a title that stands in a heading
MAX_LINKS: Final = 3000  # of a page: an index page has 600
MAX_NOISE: Final = 40  # characters of "Baca selengkapnya" and its like

_NOISE: Final = re.compile(
    r"(?:\(?[\d.]++\)?\s*+)?(?:komentar|comments?|tinggalkan komentar|leave a comment|no comments?|balas|reply|"
    r"(?:baca |lihat |berita )?selengkapnya|baca(?: lagi| juga| berita| lebih lanjut| artikel)?|read (?:more|article)|more|lihat(?: detail| semua| foto| video)?|"
    r"lanjut(?:kan)?(?: membaca| baca)?|continue reading|detail|view all|see all|semua|share|bagikan|indeks|(?:berita )?lainnya|"
    r"selanjutnya|berikutnya|sebelumnya|next|prev(?:ious)?)?[\s:.…»›>→+()\[\]-]*+",
    re.I,
)
_TEXT_TAGS: Final = frozenset(("p", "div", "span", "strong", "b", "li", "td"))
_INLINE: Final = frozenset("a b strong i em u font mark sup sub -text wbr br img -comment".split())


@dataclass(slots=True)
class Target:
    """All links of a page to one address: the best title among their texts, and the node that bears it.

    `orders` are the places of `nodes` among all links of the page.

    `menu` is the text of its link in the navigation, if there is one; `zone` then may still be MAIN. `local`: it stays
    on the page's site.
    """

    url: str
    key: str
    zone: str
    local: bool
    nodes: list[LexborNode] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    title: str = ""
    weight: int = -1
    primary: int = 0
    heading: bool = False
    menu: str = ""

    @property
    def wordy(self) -> bool:
        """Whether the text reads like a headline rather than like a menu entry."""
        return len(self.title) >= 25 and self.title.count(" ") >= 3


class Link(NamedTuple):
    """A link of a page: its place among them, its node, absolute address and text, and the key of its target."""

    place: int
    node: LexborNode
    url: str
    key: str
    text: str


@dataclass(slots=True)
class PageLinks:
    """The http(s) links of a page in its order, and their targets by key. `taught` matches the addresses of articles."""

    taught: Callable[[str], bool] | None
    links: list[Link] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)


def gather_links(tree: LexborHTMLParser, url: str, taught: Callable[[str], bool] | None) -> PageLinks:
    """Gather the links of the page at `url`, those to one address together."""
    found = PageLinks(taught)
    site, zones = site_of(url), Zones()
    for place, node in enumerate(tree.css("a[href]")[:MAX_LINKS]):
        given = node.attributes
        href = given.get("href") or ""
        address = web_url(url, href) if not href.startswith("#") else None
        if address is None:
            continue
        link = Link(place, node, address, link_key(address), clean(node.text()))
        found.links.append(link)
        zone, far = zones.of(node.parent)
        target = found.targets.get(link.key)
        if target is None:
            plain = without_tracking(address)
            target = found.targets[link.key] = Target(plain, link.key, zone, site_of(address) == site)
        elif target.zone in (NAV, FOOT):
            target.zone = zone
        target.nodes.append(node)
        target.orders.append(place)
        if zone == NAV and not target.menu:
            target.menu = link.text
        if link.text and target.weight < SURE:
            headed = far < NEAR or is_title(given.get("class") or "")
            _take(target, node, link.text, headed)
    for target in found.targets.values():
        if not target.title:
            _take_unseen(target)
    return found


def _take(target: Target, node: LexborNode, text: str, headed: bool) -> None:
    """Take the text of a link as its target's title when it is better than the one so far; `headed`: it stands in a heading."""
    if not headed and _has_elements(node):
        inner = _inner_title(node)
        if inner:
            headed, text = True, inner
    weight = SURE if headed else 1 + (len(text) >= 25)
    if weight > target.weight:
        title = text.rstrip(" »›→")
        if title.endswith(("...", "…")):
            title = _whole(title, node.attributes.get("title"))
        if title and not _is_noise(title):
            target.title, target.weight, target.primary = title, weight, len(target.nodes) - 1
            target.heading = headed


def _take_unseen(target: Target) -> None:
    """Take the title of a target none of whose links has a text from a tooltip or a picture's description."""
    for index, node in enumerate(target.nodes):
        text = clean(node.attributes.get("title") or "") or _alt(node)
        if text and not _is_noise(text):
            target.title, target.weight, target.primary = text, 0, index
            return


def _is_noise(text: str) -> bool:
    return len(text) <= MAX_NOISE and _NOISE.fullmatch(text) is not None


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
        named = tag in HEADINGS or is_title(inner.attributes.get("class") or "")
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
    if attribute:
        whole = clean(attribute)
        if whole.startswith(text.rstrip(".… ")):
            return whole
    return text


def _alt(node: LexborNode) -> str:
    picture = node.css_first("img[alt], amp-img[alt]")
    return clean(picture.attributes.get("alt") or "") if picture is not None else ""


# Which links of a page are headlines of articles.


MAX_ITEMS: Final = 400  # headlines of a page: a month's index has 200
MIN_SURE: Final = 3  # headlines that teach an address's shape
FAIR_TITLE: Final = 16  # characters of a text that may be a headline, with three words
MIN_LIKE: Final = 2  # headlines in one kind of place that make a short one there a headline too
PLACE_LEVELS: Final = 4  # link, heading, card, list
MIN_TAUGHT: Final = 2  # links of the feed's shape: fewer mean that this page's addresses differ


def choose(found: PageLinks, url: str) -> list[Target]:
    """Give the targets that are articles, in the page's order."""
    here = link_key(url)
    possible = [
        target
        for key, target in found.targets.items()
        if target.local and target.title and key != here and ("/" in key or "?" in key)
    ]
    if found.taught is not None:
        known = [target for target in possible if found.taught(target.url)]
        if len(known) >= MIN_TAUGHT:
            return known[:MAX_ITEMS]
    fair = [
        target
        for target in possible
        if (target.heading or (len(target.title) >= FAIR_TITLE and target.title.count(" ") >= 2))
        and target.zone not in (NAV, FOOT)
    ]
    sure = [target for target in fair if target.wordy or (target.heading and len(target.title) >= MIN_TITLE)]
    if len(sure) < MIN_SURE:
        sure = fair
    fits = found.taught or _learn(sure)
    if fits is None:
        return sure[:MAX_ITEMS]
    chosen = [
        target
        for target in possible
        if target.zone != FOOT
        and (target.heading or (len(target.title) >= MIN_TITLE and " " in target.title))
        and not (target.zone == NAV and not target.wordy)
        and (fits(target.url) or (target.heading and target.wordy and target.zone == MAIN))
    ]
    return _with_like(chosen, possible)[:MAX_ITEMS]


def _learn(sure: list[Target]) -> Callable[[str], bool] | None:
    """Learn the shapes of article addresses from the surest headlines; None when they have none in common."""
    if len(sure) < MIN_SURE:
        return None
    in_order = sorted(sure, key=lambda target: target.orders[target.primary])
    shapes = learn([target.url for target in in_order])
    return matcher(shapes) if shapes else None


def _with_like(chosen: list[Target], possible: list[Target]) -> list[Target]:
    """Add headings in the very place that several chosen ones have in theirs: their title or address may be short."""
    known = {target.key for target in chosen}
    others = [
        target
        for target in possible
        if target.heading and target.key not in known and target.zone not in (NAV, FOOT)
    ]
    if not others:
        return chosen
    places = Counter(_place(target) for target in chosen if target.heading)
    known.update(target.key for target in others if places[_place(target)] >= MIN_LIKE)
    return [target for target in possible if target.key in known]


_NUMBERS: Final = re.compile(r"\d+")
"""What differs between the classes of like places: `post-4100`."""


def _place(target: Target) -> tuple[str, ...]:
    """Give the tags and classes of a title's link and of what stands around it."""
    place: list[str] = []
    node: LexborNode | None = target.nodes[target.primary]
    for _ in range(PLACE_LEVELS):
        if node is None:
            break
        place.append(f"{node.tag}.{_NUMBERS.sub('', node.attributes.get('class') or '')}")
        node = node.parent
    return tuple(place)
