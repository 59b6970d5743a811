"""The addresses of the demo portal, in one place: layouts print them, the site answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from eksread.demo.edition import Article

INDEX = "/indeks"
SEARCH = "/cari"
FEED = "/rss.xml"


def article(item: Article) -> str:
    """`/berita-3107-some-title.html`: the shape the real portal's addresses probably have."""
    return f"/berita-{item.id}-{item.slug}.html"


def section(slug: str) -> str:
    """`/kanal/bontang`."""
    return f"/kanal/{slug}"


def tag(name: str) -> str:
    """`/cari?q=pelabuhan`: a tag leads to the search, which robots are asked to leave alone."""
    return f"{SEARCH}?q={quote_plus(name)}"


def picture(item: Article, name: str = "") -> str:
    """`/images/img_blog/3107.png`, or `…/3107-name.png` for a picture inside the text."""
    return f"/images/img_blog/{item.id}{'-' + name if name else ''}.png"


def reaction(name: str) -> str:
    """`/images/reaksi/senang.png`."""
    return f"/images/reaksi/{name.lower()}.png"


def picture_seed(path: str) -> str:
    """Give what tells one picture's address from another's: the file's stem, which seeds its drawing."""
    return path.rpartition("/")[2].removesuffix(".png")
