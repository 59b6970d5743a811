"""Which line of a page is its headline."""

from datetime import datetime

import pytest

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.parse.language.landmarks import is_slogan
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TEXT = (
    "Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.<br><br>"
)


def title(head: str, body: str) -> str | None:
    page = f"<head><title>{head}</title></head><body>{body}{TEXT * 4}</body>"
    found = parse(
        Page("https://portal.example/berita-41-panen.html", page.encode(), NOW), expected=Expected.ARTICLE
    )
    assert isinstance(found, Article)
    return found.title


def test_a_row_of_slogans_is_no_headline() -> None:
    ticker = "<div><b>PORTAL BERITA ONLINE *** BERANI BEDA..!! *** NEWS AND ENTERTAINMENT ONLINE</b></div>"
    assert (
        title("portal.example", f"{ticker}<b>Warga Panen Kepiting Bakau</b><br>")
        == "Warga Panen Kepiting Bakau"
    )


def test_what_scrolls_by_is_no_headline() -> None:
    ticker = "<marquee><b>Harga Cabai di Pasar Turun Lagi</b></marquee>"
    assert (
        title("portal.example", f"{ticker}<b>Warga Panen Kepiting Bakau</b><br>")
        == "Warga Panen Kepiting Bakau"
    )


def test_a_site_name_between_colons_is_no_part_of_the_headline() -> None:
    head = "::: PORTAL.example ::: Warga Panen Kepiting Bakau"
    assert (
        title(head, "<font size=5><b>Warga Panen Kepiting Bakau</b></font><br>")
        == "Warga Panen Kepiting Bakau"
    )


@pytest.mark.parametrize(
    ("line", "slogans"),
    [
        ("PORTAL BERITA ONLINE", True),
        ("• Berani Beda..!! •", True),
        ("PORTAL BERITA ONLINE *** BERANI BEDA..!!", True),
        ("PORTAL BERITA ONLINE *** Warga Panen Kepiting", False),
        ("***", False),
    ],
)
def test_slogans_are_told_alone_and_in_a_row(line: str, slogans: bool) -> None:
    assert is_slogan(line) is slogans


@pytest.mark.parametrize("site", ["Portal Kaltim", "portal.example"])
def test_a_title_of_one_word_is_told_from_the_sites_name(site: str) -> None:
    assert title(site, "<h3 class=rubrik>Opini</h3><h1>Banjir</h1><div>2 Mei 2024</div>") == "Banjir"


def test_a_short_heading_is_no_title_where_the_page_names_a_longer_one() -> None:
    assert (
        title("Warga Panen Kepiting Bakau di Muara", "<h1>Berita</h1>")
        == "Warga Panen Kepiting Bakau di Muara"
    )


@pytest.mark.parametrize("body", ["<h1>Kota</h1><h1>Berita</h1>", '<h1><a href="/">Berita</a></h1>'])
def test_one_of_several_headings_or_a_linked_one_is_no_title(body: str) -> None:
    assert title("Portal Kaltim", body) == "Portal Kaltim"
