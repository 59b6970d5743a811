"""What a page is, and pages that are no news at all."""

from datetime import datetime

import pytest

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article, Feed, Listing, Unknown
from eksread.parse import learn, parse
from eksread.parse.page import MAX_TEXT
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TEXT = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.</p>"
)
LINKS = "".join(
    f'<div><h3><a href="/berita-{n}-judul.html">Judul Berita yang Panjang Nomor {n}</a></h3></div>'
    for n in range(9)
)


def read(
    body: str, url: str = "https://portal.example/berita-9-panen-kepiting.html", **more: object
) -> object:
    return parse(Page(url, body.encode(), NOW), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("\x00\x01\x02" * 500, "binary"),
        ("<title>404 Not Found</title><h1>Not Found</h1>", "error-page"),
        ("<title>Halaman tidak ditemukan</title><p>Maaf.</p>", "error-page"),
        ("<html><body><img src=/a.jpg></body></html>", "no-text"),
    ],
)
def test_a_page_without_news_is_unknown_with_its_reason(body: str, reason: str) -> None:
    found = read(body)
    assert isinstance(found, Unknown)
    assert found.reason == reason


def test_a_text_that_is_too_large_is_unknown() -> None:
    found = read("a" * (MAX_TEXT + 1))
    assert isinstance(found, Unknown)
    assert found.reason == "too-large"


def test_one_text_under_a_title_is_an_article() -> None:
    found = read(f"<h1>Warga Panen Kepiting</h1>{TEXT * 4}{LINKS}")
    assert isinstance(found, Article)
    assert found.title == "Warga Panen Kepiting"
    assert len([block for block in found.blocks if block.text.startswith("Ketua kelompok")]) == 4


def test_many_headlines_are_a_list() -> None:
    found = read(f"<h1>Berita Terbaru</h1>{LINKS}", url="https://portal.example/kategori/daerah")
    assert isinstance(found, Listing)
    assert len(found.items) == 9


def test_headlines_with_summaries_are_a_list() -> None:
    cards = "".join(
        f'<div class="item"><a href="/berita-{n}-judul.html">Judul Berita yang Panjang Nomor {n}</a>{TEXT}</div>'
        for n in range(8)
    )
    found = read(f"<h1>Daerah</h1>{cards}", url="https://portal.example/kategori/daerah")
    assert isinstance(found, Listing)
    assert [item.title for item in found.items] == [f"Judul Berita yang Panjang Nomor {n}" for n in range(8)]


STORY = "<h1>Jembatan Gantung Dibuka Lagi</h1>" + "".join(
    f"<p>Warga dusun {i} menyeberang tanpa perahu setelah papan jembatan diganti bersama-sama oleh warga.</p>"
    for i in range(8)
)
CARDS = "".join(
    f"<div class=card><h3><a href='/baca/{i}'>Judul Berita Nomor {i} yang Panjang</a></h3><span>2 Mei 2024</span></div>"
    for i in range(12)
)
BARE_LINKS = "".join(f"<a href='/baca/{i}'>Judul Berita Nomor {i} yang Panjang</a><br>" for i in range(12))


@pytest.mark.parametrize("body", [CARDS, BARE_LINKS], ids=["cards", "bare links"])
@pytest.mark.parametrize("above", ["", STORY], ids=["alone", "below a text"])
def test_a_front_page_of_headlines_is_a_list(body: str, above: str) -> None:
    found = read(above + body, url="https://portal.example/")
    assert isinstance(found, Listing)
    assert len(found.items) == 12


def test_a_section_of_headlines_is_a_list_whether_asked_for_as_one_or_not() -> None:
    for more in ({}, {"expected": Expected.LIST}, {"shapes": ("/baca/{n}",)}):
        found = read(CARDS, url="https://portal.example/ekonomi", **more)
        assert isinstance(found, Listing)
        assert [item.url for item in found.items] == [f"https://portal.example/baca/{i}" for i in range(12)]


def test_an_article_above_a_grid_of_others_stays_an_article() -> None:
    found = read(STORY + CARDS, url="https://portal.example/baca/7", shapes=("/baca/{n}",))
    assert isinstance(found, Article)
    assert found.title == "Jembatan Gantung Dibuka Lagi"


def rows(line: str) -> object:
    cells = "".join(
        f'<tr><td><a href="berita-{n}-judul.html"><b>Judul Berita yang Panjang Nomor {n}</b></a><br>{line}<br>'
        "Warga tak lagi antre air dengan jeriken setiap subuh sejak pekan lalu.</td></tr>"
        for n in range(8)
    )
    page = f"<title>Kumpulan Berita Kota</title><h1>Kota</h1><table>{cells}</table>"
    return read(page, url="https://portal.example/kategori-2-kota.html")


def test_a_table_of_dated_links_with_summaries_is_a_list_at_a_storys_address() -> None:
    found = rows("18/09/2023 - 16:20")
    assert isinstance(found, Listing)
    assert len(found.items) == 8


def test_what_was_asked_for_decides_a_page_that_could_be_either() -> None:
    body = f"<h1>Kabar Pendek</h1>{TEXT}{LINKS}"
    article = read(body, expected=Expected.ARTICLE)
    assert isinstance(article, Article)
    assert article.title == "Kabar Pendek"
    listing = read(body, url="https://portal.example/kabar", expected=Expected.LIST)
    assert isinstance(listing, Listing)
    assert len(listing.items) == 9


def test_a_feed_is_known_by_its_content() -> None:
    item = "<item><title>Panen Kepiting</title><link>https://portal.example/berita-1-panen.html</link></item>"
    found = read(f"<?xml version='1.0'?><rss><channel><title>x</title>{item}</channel></rss>")
    assert isinstance(found, Feed)
    assert [entry.title for entry in found.items] == ["Panen Kepiting"]


def test_lines_without_markup_are_a_saved_article() -> None:
    found = read(
        "Warga Panen Kepiting Bersama\n\nKUTIM – Ketua kelompok bercerita kepada warga.\n\nReporter: Amr"
    )
    assert isinstance(found, Article)
    assert (found.title, found.place, found.reporter) == ("Warga Panen Kepiting Bersama", "KUTIM", "Amr")


def test_learned_shapes_are_those_that_parse_takes() -> None:
    shapes = learn([f"https://portal.example/berita-{n}-judul-{n}.html" for n in range(1, 9)])
    page = Page(
        "https://portal.example/berita-77-panen.html", f"<h1>Warga Panen</h1>{TEXT * 2}".encode(), NOW
    )
    assert shapes
    found = parse(page, shapes=shapes)
    assert isinstance(found, Article)
    assert found.title == "Warga Panen"
