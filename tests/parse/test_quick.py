from datetime import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article, Listing
from eksread.parse import parse
from eksread.parse.html.metadata import read_metadata
from eksread.parse.kinds import plainly_list
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
SITE = "https://portal.example"
CARDS = "".join(
    f"<div class=card><h3><a href='/baca/{i}'>Judul Berita Nomor {i} yang Panjang</a></h3><span>2 Mei 2024</span></div>"
    for i in range(12)
)
STORY = "<h1>Jembatan Gantung Dibuka Lagi</h1>" + "".join(
    f"<p>Warga dusun {i} menyeberang tanpa perahu setelah papan jembatan diganti bersama-sama oleh warga.</p>"
    for i in range(8)
)


def plain(page: str, path: str = "/", shapes: tuple[str, ...] = (), expected: Expected | None = None) -> bool:
    tree = LexborHTMLParser(page)
    return plainly_list(tree, read_metadata(tree), SITE + path, shapes, expected)


def test_a_front_page_of_cards_is_plainly_a_list() -> None:
    assert plain(CARDS)
    found = parse(Page(SITE + "/", CARDS.encode(), NOW))
    assert isinstance(found, Listing)
    assert len(found.items) == 12


def test_a_section_is_plain_once_shapes_are_known_or_a_list_was_asked_for() -> None:
    assert not plain(CARDS, "/ekonomi")
    assert plain(CARDS, "/ekonomi", ("/baca/{n}",))
    assert plain(CARDS, "/ekonomi", (), Expected.LIST)
    assert not plain(CARDS, "/baca/7", ("/baca/{n}",))


def test_a_table_of_links_is_a_list_once_shapes_are_known() -> None:
    rows = "".join(
        f"<tr><td>2 Mei 2024<br><a href='/baca/{i}'>Judul Berita Nomor {i}</a><br>Ringkasan berita nomor {i} yang cukup panjang.</td></tr>"
        for i in range(12)
    )
    assert not plain(f"<table>{rows}</table>", "/kanal/kaltim")
    assert plain(f"<table>{rows}</table>", "/kanal/kaltim", ("/baca/{n}",))


@pytest.mark.parametrize(
    "page",
    [
        STORY + CARDS,
        "<meta property='og:type' content='article'>" + CARDS,
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","headline":"Judul"}</script>' + CARDS,
        CARDS[:400],
    ],
    ids=["running text", "og:type", "json-ld", "few"],
)
def test_anything_of_an_article_leaves_it_open(page: str) -> None:
    assert not plain(page)


def test_an_article_above_a_grid_of_others_stays_an_article() -> None:
    found = parse(Page(SITE + "/baca/7", (STORY + CARDS).encode(), NOW), shapes=("/baca/{n}",))
    assert isinstance(found, Article)
    assert found.title == "Jembatan Gantung Dibuka Lagi"


def test_a_front_page_of_bare_links_is_plainly_a_list() -> None:
    rows = "".join(f"<a href='/baca/{i}'>Judul Berita Nomor {i} yang Panjang</a><br>" for i in range(12))
    assert plain(rows)
    assert plain(rows, "/kanal/kaltim", (), Expected.LIST)
    assert not plain(rows, "/kanal/kaltim")
    assert not plain(STORY + rows)
    assert isinstance(parse(Page(SITE + "/", rows.encode(), NOW)), Listing)


def test_a_front_page_of_short_links_is_no_list_yet() -> None:
    assert not plain("".join(f"<a href='/baca/{i}'>Menu {i}</a>" for i in range(12)))
