"""The links of a page that may lead to articles, each with what its place and wording say about it.

Nothing here knows a portal: an article's link is told from navigation by the part of the page it stands in, by its
text, and by the shape of its address.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.listing.zones import FOOT, HEADINGS, MAIN, NAV, NEAR, SIDE, Zones, is_title
from eksread.parse.text import clean
from eksread.parse.urls import learn, link_key, matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from selectolax.lexbor import LexborNode

    from eksread.parse.urls import Address


LONG_TEXT: Final = 20  # characters of a headline rather than of a label
MIN_TITLE: Final = 12  # characters of a headline when only the page itself taught the shape
MAX_INNER: Final = 60  # elements inside a link around a card
SURE: Final = 3  # the weight of a title that stands in a heading
LABELS: Final = 4  # links to a section that may stand above the menu that names it
MAX_NOISE: Final = 40  # characters of "Baca selengkapnya" and its like
BLOCKS: Final = frozenset(
    "address article aside blockquote dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p section table tbody td th tr ul".split()
)

_NOISE: Final = re.compile(
    r"(?:\(?[\d.]+\)?\s*)?(?:komentar|comments?|tinggalkan komentar|leave a comment|no comments?|balas|reply|"
    r"(?:baca |lihat |berita )?selengkapnya|baca(?: lagi| juga| berita| lebih lanjut| artikel)?|read (?:more|article)|more|lihat(?: detail| semua| foto| video)?|"
    r"lanjut(?:kan)?(?: membaca| baca)?|continue reading|detail|view all|see all|semua|share|bagikan|indeks|(?:berita )?lainnya|"
    r"selanjutnya|berikutnya|sebelumnya|next|prev(?:ious)?)?[\s:.…»›>→+()\[\]-]*",
    re.I,
)
# The slash stands before what looks back at it, and `?` beside `&`, so that each alternative starts with a character
# of its own: the search then skips from one to the next, in a third of the time. It is for addresses in lower case.
_SERVICE: Final = re.compile(
    r"/(?<!//)(?:tags?|topik|topics?|author|penulis|kategori|category|kanal|rubrik|search|cari|page|halaman|login|wp-admin|wp-login|feed|rss|indeks)(?:[/?.]|$)"
    r"|\?(?:s|q|cat|tag|author|page|paged)=|&(?:s|q|cat|tag|author|page|paged)="
)
_SHOWN: Final = (MAIN, SIDE)
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

    `orders` are the places of `nodes` among all links of the page.

    `menu` is the text of its link in the navigation, if there is one; `zone` then may still be MAIN. `local` tells
    whether it stays on the page's site, `service` whether its address is a section's, a tag's, a search's and so on.
    """

    url: str
    key: str
    zone: str
    local: bool
    service: bool
    nodes: list[LexborNode]
    orders: list[int]
    title: str = ""
    weight: int = -1
    primary: int = 0
    heading: bool = False
    menu: str = ""

    @property
    def wordy(self) -> bool:
        """Whether the text reads like a headline rather than like a menu entry."""
        return len(self.title) >= 25 and self.title.count(" ") >= 3


Link: TypeAlias = "tuple[int, LexborNode, str, str, str]"
"""A link of a page: its place among them, its node, its target's key, its address and its plain text."""


@dataclass(slots=True)
class Scan:
    """Gathers the http(s) links of a page, those to one address together.

    `targets` are by key; `late` are the last links, with their texts, of targets that no menu named before all else was
    known of them. `taught` tells the addresses of articles.
    """

    taught: Callable[[str], bool] | None
    targets: dict[str, Target] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    zones: Zones = field(default_factory=Zones)
    late: dict[str, tuple[LexborNode, str]] = field(default_factory=dict)

    def find_late_menus(self, articles: Collection[str]) -> None:
        """Look whether the last link of targets that are no articles stands in a menu, as at a page's end."""
        for key, (node, text) in self.late.items():
            if key not in articles and self.zones.of(node.parent)[0] == NAV:
                self.targets[key].menu = text

    def add(self, links: Iterable[tuple[int, Address | None, LexborNode]]) -> None:
        """Take links, each with its place among the page's and where it leads, in the page's order."""
        taught, targets, zones = self.taught, self.targets, self.zones
        silent: list[tuple[Target, int]] = []
        for place, lead, node in links:
            if lead is None:
                continue
            absolute, key, plain, local = lead
            text = clean(node.text())
            self.links.append((place, node, key, absolute, text))
            target = targets.get(key)
            if target is None:
                zone, far = zones.of(node.parent)
                service = is_service(plain) and not (taught is not None and taught(plain))
                target = targets[key] = Target(plain, key, zone, local, service, [], [])
            else:
                # Half of a list's links are labels of sections, authors and the like, and second links to an article.
                # Once such a one has its title, where else it stands doesn't matter: a third of this function's time.
                if target.service:
                    settled = target.weight > 0 and (target.menu or len(target.nodes) >= LABELS)
                else:
                    settled = target.weight >= SURE and target.zone in _SHOWN
                if settled:
                    target.nodes.append(node)
                    target.orders.append(place)
                    if text and not target.menu:
                        self.late[key] = node, text
                    continue
                zone, far = zones.of(node.parent)
                if target.zone in (NAV, FOOT):
                    target.zone = zone
            target.nodes.append(node)
            target.orders.append(place)
            if zone == NAV and text and not target.menu:
                target.menu = text
            if target.weight >= SURE:
                continue
            if text and not _is_noise(text):
                _take(target, node, text, far < NEAR or is_title(node.attributes.get("class") or ""))
            else:
                silent.append((target, len(target.nodes) - 1))
        for target, index in silent:
            if not target.title:
                _take_unseen(target, index)


def is_service(address: str) -> bool:
    """Whether an address is a section's, a tag's, a search's and so on."""
    return _SERVICE.search(address.lower()) is not None


def _take(target: Target, node: LexborNode, text: str, headed: bool) -> None:
    """Let a link, which stands in a heading or not, give its target its text as title when that is a better one."""
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


def _take_unseen(target: Target, index: int) -> None:
    """Take the title of a target none of whose links has a text from a tooltip or a picture's description."""
    node = target.nodes[index]
    text = clean(node.attributes.get("title") or "") or _alt(node)
    if text and not _is_noise(text):
        target.title, target.weight, target.primary = text, 0, index


def _is_noise(text: str) -> bool:
    return len(text) <= MAX_NOISE and _is_short_noise(text)


@lru_cache(maxsize=1024)  # "Selengkapnya", an author, a section: the same few texts over and over
def _is_short_noise(text: str) -> bool:
    return _NOISE.fullmatch(text) is not None


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


def choose(
    found: Scan, url: str, fits: Callable[[str], bool] | None, likely: Iterable[tuple[int, str]]
) -> tuple[list[Target], Callable[[str], bool] | None]:
    """Give the targets that are articles, in the page's order, and what tells their addresses from others.

    `fits` is the same where it was learned before; `likely` are the places and addresses of links
    that seem to be headlines and are not in `found`.
    """
    here = link_key(url)
    possible = [
        target
        for key, target in found.targets.items()
        if target.local and target.title and key != here and ("/" in key or "?" in key)
    ]
    if found.taught is not None:
        known = [target for target in possible if found.taught(target.url)]
        if len(known) >= MIN_TAUGHT:
            return known[:MAX_ITEMS], found.taught
    possible = [target for target in possible if not target.service]
    fair = [
        target
        for target in possible
        if (target.heading or (len(target.title) >= FAIR_TITLE and target.title.count(" ") >= 2))
        and target.zone not in (NAV, FOOT)
    ]
    sure = [target for target in fair if target.wordy or (target.heading and len(target.title) >= MIN_TITLE)]
    if len(sure) < MIN_SURE:
        sure = fair
    if fits is None and len(sure) >= MIN_SURE:
        told = sorted([*((target.orders[target.primary], target.url) for target in sure), *likely])
        own = learn([address for _, address in told])
        fits = matcher(own) if own else None
    if fits is None:
        return sure[:MAX_ITEMS], None
    chosen = [
        target
        for target in possible
        if target.zone != FOOT
        and (target.heading or (len(target.title) >= MIN_TITLE and " " in target.title))
        and not (target.zone == NAV and not target.wordy)
        and (fits(target.url) or (target.heading and target.wordy and target.zone == MAIN))
    ]
    return _with_like(chosen, possible)[:MAX_ITEMS], fits


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
    return [target for target in possible if target.key in known] if len(known) > len(chosen) else chosen


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
