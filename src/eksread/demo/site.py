"""The portal without a network: from a path to a page. Pages are rendered once and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from eksread.demo import addresses, drawing, markup, templates
from eksread.demo.layout import REACTIONS, ArticleView, Frame, Layout, ListView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.demo.edition import Article, Edition
    from eksread.demo.markup import Block

PER_PAGE = 6
LONG_READ = 850
"""Words from which a layout that splits articles does so."""

ROBOTS = "User-agent: *\nDisallow: /cari\nDisallow: /admin\n"

_HTML = "text/html; charset=utf-8"
_ARTICLE = re.compile(r"/berita-(\d{1,9})(?:-([^/]*))?\.html")
_SECTION = re.compile(r"/kanal/([a-z0-9-]+)")
_STANDING = re.compile(r"/halaman/([a-z]+)")
_STEP = re.compile(r"/page/(\d+)$")
_PICTURE = re.compile(r"/images/img_blog/(\d{1,9})(?:-[a-z0-9_-]+)?\.png", re.IGNORECASE)
_FACES = frozenset(map(addresses.reaction, REACTIONS))
_STANDING_PAGES = {
    "tentang": ("Tentang Kami", "Portal peragaan ini hanya berjalan di komputer Anda. Semua isinya rekaan."),
    "redaksi": ("Redaksi", "Nama-nama reporter dan editor di portal peragaan ini rekaan."),
    "pedoman": ("Pedoman Media Siber", "Portal peragaan ini meniru bentuk sebuah media siber, bukan isinya."),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the portal answers: status, media type, body, and when the content last changed (WITA)."""

    status: HTTPStatus
    media_type: str
    body: bytes
    modified: datetime
    location: str = ""


class Site:
    """One edition in one layout or several: the articles' pages take turns, all other pages are those of the first.

    `changed` is when its lists last changed.
    """

    def __init__(self, edition: Edition, base: str, layouts: Sequence[Layout]) -> None:
        self.edition = edition
        self.changed = edition.changed
        self._frame = Frame(edition, base)
        self._layouts = layouts
        self._kept: dict[str, Reply] = {}

    def reply(self, target: str) -> Reply:
        """Answer a request target (path and query). Errors are pages too, in Indonesian."""
        if target not in self._kept:
            answer = self._answer(target)
            if answer.status is not HTTPStatus.OK:
                return answer  # not kept: there is no end of addresses that lead nowhere
            self._kept[target] = answer
        return self._kept[target]

    def _answer(self, target: str) -> Reply:
        try:
            url = urlsplit(target)
        except ValueError:
            return self._not_found()
        query = parse_qs(url.query)
        path = url.path.rstrip("/") or "/"
        step = _STEP.search(path)
        page = _page_number(step[1] if step else query.get("page", ["1"])[0])
        path = path[: step.start()] or "/" if step else path
        if path == "/" and not step:
            return self._html(self._layouts[0].front(self._frame))
        if path == addresses.FEED:
            return self._page("application/rss+xml; charset=utf-8", templates.rss(self._frame).encode())
        if path == "/robots.txt":
            return self._page("text/plain; charset=utf-8", ROBOTS.encode())
        if path == addresses.INDEX:
            return self._list("Indeks Berita", path, self.edition.articles, page)
        if path == addresses.SEARCH:
            return self._search(query.get("q", [""])[0], page)
        if match := _SECTION.fullmatch(path):
            return self._section(match[1], page)
        if match := _ARTICLE.fullmatch(path):
            return self._article(int(match[1]), match[2] or "", page)
        if match := _PICTURE.fullmatch(path):
            return self._picture(int(match[1]), path)
        if path in _FACES:
            return self._page("image/png", drawing.landscape(path))
        if (match := _STANDING.fullmatch(path)) and match[1] in _STANDING_PAGES:
            return self._html(self._layouts[0].message(self._frame, *_STANDING_PAGES[match[1]]))
        return self._not_found()

    def _article(self, article_id: int, slug: str, part: int) -> Reply:
        article = self.edition.article(article_id)
        if article is None:
            return self._not_found()
        if slug != article.slug:
            address = addresses.article(article)
            return Reply(HTTPStatus.MOVED_PERMANENTLY, _HTML, b"", article.modified, location=address)
        layout = self._layouts[article.id % len(self._layouts)]
        parts = split(article.blocks, layout.words_per_part)
        if not 1 <= part <= len(parts):
            return self._not_found()
        view = ArticleView(self._frame, article, tuple(parts[part - 1]), part, len(parts))
        return self._html(layout.article(view), article.modified)

    def _section(self, slug: str, page: int) -> Reply:
        section = self.edition.section(slug)
        if section is None:
            return self._not_found()
        return self._list(section.name, addresses.section(slug), self.edition.in_section(slug), page)

    def _search(self, words: str, page: int) -> Reply:
        sought = words.casefold()
        found = [a for a in self.edition.articles if sought in f"{a.title} {' '.join(a.tags)}".casefold()]
        return self._list(f"Hasil pencarian: {words}", addresses.tag(words), found, page)

    def _list(self, title: str, path: str, articles: Sequence[Article], page: int) -> Reply:
        pages = max(1, -(-len(articles) // PER_PAGE))
        if not 1 <= page <= pages:
            return self._not_found()
        shown = tuple(articles[(page - 1) * PER_PAGE : page * PER_PAGE])
        return self._html(self._layouts[0].listing(ListView(self._frame, title, path, shown, page, pages)))

    def _picture(self, article_id: int, path: str) -> Reply:
        if self.edition.article(article_id) is None:
            return self._not_found()
        return self._page("image/png", drawing.landscape(addresses.picture_seed(path)))

    def _not_found(self) -> Reply:
        text = "Maaf, halaman yang Anda cari tidak ada atau sudah dipindahkan."
        body = self._layouts[0].message(self._frame, "Halaman tidak ditemukan", text).encode()
        return Reply(HTTPStatus.NOT_FOUND, _HTML, body, self.edition.now)

    def _html(self, html: str, modified: datetime | None = None) -> Reply:
        return self._page(_HTML, html.encode(), modified)

    def _page(self, media_type: str, body: bytes, modified: datetime | None = None) -> Reply:
        return Reply(HTTPStatus.OK, media_type, body, modified or self.changed)


def split(blocks: tuple[Block, ...], words_per_part: int) -> list[list[Block]]:
    """Split an article at block borders into parts of about `words_per_part` words; 0 means one part."""
    if not words_per_part or markup.words(blocks) < LONG_READ:
        return [list(blocks)]
    parts: list[list[Block]] = [[]]
    for block in blocks:
        full = markup.words(tuple(parts[-1])) >= words_per_part
        if full and isinstance(block, (markup.Paragraph, markup.Heading)):
            parts.append([])
        parts[-1].append(block)
    return parts


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
