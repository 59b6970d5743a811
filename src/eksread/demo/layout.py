"""What a layout is: four functions that turn a view of the edition into HTML, and the words they all print."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from eksread.demo import addresses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from eksread.demo.edition import Article, Edition
    from eksread.demo.markup import Block

OUTLET = "EKSPOSKALTIM.com"
SLOGANS = (
    "PORTAL BERITA ONLINE",
    "NEWS AND ENTERTAINMENT ONLINE",
    "BERANI BEDA..!!",
    "MENGEKSPOS KALIMANTAN & TIMUR INDONESIA",
)
REACTIONS = ("Suka", "Senang", "Lucu", "Kagum", "Terkejut", "Sedih", "Takut", "Marah")
FOOTER = (("Tentang Kami", "tentang"), ("Redaksi", "redaksi"), ("Pedoman Media Siber", "pedoman"))
COPYRIGHT = "Hak cipta dilindungi. Portal peragaan: semua berita, nama dan gambar di sini rekaan."
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
ADVERT = "Pasang iklan Anda di sini: ruang ini masih kosong"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: the edition and the portal's own address (`http://127.0.0.1:PORT`)."""

    edition: Edition
    base: str

    def absolute(self, path: str) -> str:
        """Give the full address of a path of this portal."""
        return self.base + path

    def section_name(self, article: Article) -> str:
        """Give the printed name of the article's section."""
        section = self.edition.section(article.section)
        return section.name if section else ""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article, or one part of it if the layout splits long ones. Parts are counted from 1."""

    frame: Frame
    article: Article
    blocks: tuple[Block, ...]
    part: int = 1
    parts: int = 1

    @property
    def address(self) -> str:
        """The path of this part."""
        return self.part_address(self.part)

    def part_address(self, part: int) -> str:
        """Give the path of any part."""
        return addresses.article(self.article) + (f"?page={part}" if part > 1 else "")


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list: a section, the index of everything, or what a search found."""

    frame: Frame
    title: str
    path: str
    articles: tuple[Article, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One generation of the portal's templates. `words_per_part` 0 means that articles are never split.

    A message is a page without news, of a title and a text: an error, or one of the few pages that the footer links.
    """

    name: str
    front: Callable[[Frame], str]
    listing: Callable[[ListView], str]
    article: Callable[[ArticleView], str]
    message: Callable[[Frame, str, str], str]
    words_per_part: int = 0


def byline(article: Article, gap: str) -> str:
    """Give `Reporter : X    Editor : Y` on one line, parted by `gap` (HTML), as the saved page has it."""
    names = (("Reporter", article.reporter), ("Editor", article.editor))
    return gap.join(f"{role} : {escape(name)}" for role, name in names if name)


# Dates are written apart from the grammar of `eksread.parse`, so that a mistake there is not hidden by the same one here.


def masthead_date(day: date) -> str:
    """`20 November 2026`: the day of printing, as the old masthead carries it."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def compact(when: datetime) -> str:
    """`17 Jul 2019, 19:03 WITA`: lists and comments."""
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}, {when:%H:%M} WITA"
