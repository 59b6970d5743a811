"""A list page's frame: its sections, its feeds, and its next page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model.news import SectionLink
from eksread.parse.listing.zones import FOOT
from eksread.parse.urls import link_key, site_of, web_url

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.listing.candidates import PageLinks

MAX_PLACE: Final = 10_000  # no page has so many links that are looked at
MAX_SECTIONS: Final = 60
MAX_NAME: Final = 32  # characters of a section's name
MIN_MENU: Final = 3  # links side by side that make a menu where nothing is called one
MAX_NEXT: Final = 40  # characters of "Halaman selanjutnya »" and its like

_NOT_SECTION: Final = re.compile(
    r"(?:home|beranda|depan|halaman depan|utama|kontak(?: kami)?|hubungi(?: kami)?|contact(?: us)?|tentang(?: kami)?|about(?: us)?|profil|"
    r"redaksi|susunan redaksi|box redaksi|tim redaksi|pedoman.*|kode etik.*|privacy.*|kebijakan.*|disclaimer|sanggahan|syarat.*|terms.*|ketentuan.*|"
    r"log ?in|masuk|daftar|sign ?(?:in|up)|register|akun|logout|keluar|langganan|subscribe|newsletter|rss|feed|faq|bantuan|help|sitemap|peta situs|indeks?(?: berita)?|"
    r"cari|search|pencarian|iklan|pasang iklan|info iklan|advertise|karir|karier|lowongan|careers?|facebook|twitter|x|instagram|youtube|tiktok|telegram|whatsapp|"
    r"menu|more|lainnya|selengkapnya|next|prev|previous|skip to content|english|indonesia|download|unduh|e-?paper|live|tv|\W*|\d+)",
    re.I,
)
_NEXT_TEXT: Final = re.compile(
    r"(?:halaman |laman |page |berita )?(?:selanjutnya|berikutnya|next|older(?: posts| entries)?|lebih lama|post(?:ing(?:an)?)? lama|(?:muat|tampilkan|lihat)(?: berita)? (?:lainnya|lebih banyak)|load more|next page|pos lama)[\s»›>→]*(?:\d+\s*/\s*\d+[\s»›>→]*)?|[»›>→]{1,2}|&gt;",
    re.I,
)
_PAGE_NUMBER: Final = re.compile(
    r"(?:[?&](?:page|hal|halaman|paged|p|pg)=|/(?:page|halaman|hal)[/-])(\d{1,5})\b", re.I
)
_FEED_PATH: Final = re.compile(r"/(?:rss|feed|atom)(?:\.xml|\.php)?/?$|\.rss$", re.I)
_FEED_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
)


def read_sections(links: PageLinks, url: str, articles: Collection[str]) -> tuple[SectionLink, ...]:
    """Give the navigation's entries that stay on the site and lead to neither home, service pages nor articles."""
    home = {link_key(url.split("/", 3)[0] + "//" + url.split("/", 3)[2]) if url.count("/") >= 2 else ""}
    first_article = min((links.targets[key].orders[0] for key in articles), default=MAX_PLACE)
    named = [key for key, target in links.targets.items() if target.menu]
    found = _pick(links, named, articles, home)
    if not found:
        found = _pick(links, _menu_before(links, first_article), articles, home)
    return tuple(found[:MAX_SECTIONS])


def _pick(links: PageLinks, keys: list[str], articles: Collection[str], home: set[str]) -> list[SectionLink]:
    sections: list[SectionLink] = []
    names: set[str] = set()
    for key in keys:
        target = links.targets[key]
        if not target.local:
            continue
        name = (target.menu or target.title).strip(" »›>▾▼+|")
        if key in articles or key in home or not name or len(name) > MAX_NAME or name.casefold() in names:
            continue
        if _NOT_SECTION.fullmatch(name) or _is_feed_path(target.url) or _PAGE_NUMBER.search(target.url):
            continue
        names.add(name.casefold())
        sections.append(SectionLink(name, target.url))
    return sections


def _menu_before(links: PageLinks, first_article: int) -> list[str]:
    """Give the links of the longest run under one parent (or grandparent) that stands before the first article."""
    runs: dict[int, list[str]] = {}
    single: dict[int, bool] = {}
    for link in links.links:
        if link.place >= first_article:
            break
        if not link.text or len(link.text) > MAX_NAME or links.targets[link.key].zone == FOOT:
            continue
        parent = link.node.parent
        if parent is not None:
            if parent.mem_id not in single:
                single[parent.mem_id] = len(parent.css("a[href]")) == 1
            parent = parent.parent if single[parent.mem_id] else parent
        if parent is not None:
            runs.setdefault(parent.mem_id, []).append(link.key)
    longest = max(runs.values(), key=len, default=[])
    return longest if len(longest) >= MIN_MENU else []


def read_feeds(tree: LexborHTMLParser, links: PageLinks, url: str) -> tuple[str, ...]:
    """Give the addresses of the feeds that the page names in its head, else of links that look like one."""
    feeds: dict[str, None] = {}
    for node in tree.css("link[href][type]"):
        attributes = node.attributes
        if (attributes.get("type") or "").lower() in _FEED_TYPES and "alternate" in (
            attributes.get("rel") or ""
        ).lower():
            found = web_url(url, attributes.get("href") or "")
            if found and "comments" not in found:
                feeds[found] = None
    if not feeds:
        feeds = {t.url: None for t in links.targets.values() if t.local and _is_feed_path(t.url)}
    return tuple(feeds)


def _is_feed_path(url: str) -> bool:
    return _FEED_PATH.search(url) is not None


def read_next(tree: LexborHTMLParser, links: PageLinks, url: str, articles: Collection[str]) -> str | None:
    """Give the next page of the list: `rel=next`, a link that says so, or the number after this page's."""
    site, here = site_of(url), link_key(url)
    for node in tree.css("link[rel~=next][href], a[rel~=next][href]"):
        found = web_url(url, node.attributes.get("href") or "")
        if found and site_of(found) == site and link_key(found) != here:
            return found
    numbered: dict[int, str] = {}
    for link in links.links:
        if link.key in articles or link.key == here or not links.targets[link.key].local:
            continue
        label = link.text or link.node.attributes.get("aria-label") or link.node.attributes.get("title") or ""
        if len(label) > MAX_NEXT:
            continue
        if _NEXT_TEXT.fullmatch(label):
            if len(label) > 2 or _PAGE_NUMBER.search(link.url):
                return link.url
        elif label.isdigit() and (_PAGE_NUMBER.search(link.url)):
            numbered.setdefault(int(label[:6]), link.url)
    current = _PAGE_NUMBER.search(url)
    return numbered.get((int(current.group(1)) if current else 1) + 1)
