"""Which of a page's many dates is its article's."""

from datetime import date, datetime

import pytest

from eksread.model.enums import Source
from eksread.model.fetched import Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TITLE = "Warga Muara Sepat Panen Kepiting Bersama"
BODY = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga, Rabu (17/7).</p>"
    "<p>Seorang nelayan tua bercerita bahwa air pasang datang dua kali dalam satu malam di muara itu.</p>"
)


def read(
    head: str = "", above: str = "", below: str = "", url: str = "https://portal.example/berita-9-panen.html"
) -> Article:
    html = f"<!doctype html><head><title>{TITLE}</title>{head}</head><body>{above}<h1>{TITLE}</h1>{below}{BODY}</body>"
    parsed = parse(Page(url, html.encode(), NOW))
    assert isinstance(parsed, Article)
    return parsed


def wita(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WITA)  # type: ignore[arg-type]


LD = '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x","datePublished":"{}"}}</script>'


def test_metadata_is_believed_before_what_is_printed() -> None:
    article = read(
        head=LD.format("2019-07-18T09:20:00+08:00"), below="<p>Jumat, 19 Juli 2019 | 10:00 WITA</p>"
    )
    assert (article.published, article.published_source) == (wita(2019, 7, 18, 9, 20), Source.JSON_LD)


def test_a_day_without_a_time_takes_the_time_that_is_printed() -> None:
    article = read(head=LD.format("2019-07-18"), below="<p>Kamis, 18 Juli 2019 | 09:20 WITA</p>")
    assert article.published == wita(2019, 7, 18, 9, 20)


def test_a_date_in_the_future_is_not_believed() -> None:
    article = read(head=LD.format("2031-01-01T00:00:00+08:00"), below="<p>18 Juli 2019 - 09:20</p>")
    assert (article.published, article.published_source) == (wita(2019, 7, 18, 9, 20), Source.MARKUP)


@pytest.mark.parametrize(
    "header",
    ["<div>Jumat, 03 Mei 2024</div>", "<div>Jumat, 3 Mei 2024 10:00:12 WITA</div>" + "<p>Menu</p>" * 9],
)
def test_the_date_of_the_header_is_not_the_articles(header: str) -> None:
    article = read(above=header)
    assert article.page_date == date(2024, 5, 3)
    assert (article.published, article.published_source) == (wita(2019, 7, 17), Source.INFERRED)


def test_the_date_below_the_title_wins_over_the_one_in_the_header() -> None:
    article = read(
        above="<div>Jumat, 3 Mei 2024 10:00 WITA</div>", below="<p>Kamis, 18/07/2019 09:20 WIB</p>"
    )
    assert article.published is not None
    assert article.published.isoformat() == "2019-07-18T09:20:00+07:00"


def test_the_date_above_the_title_counts_when_it_has_a_time() -> None:
    article = read(above="<p>Menu</p>" * 9 + "<div>Kamis, 18 Juli 2019 09:20 WITA</div>")
    assert article.published == wita(2019, 7, 18, 9, 20)


def test_a_time_element_of_another_article_is_not_this_ones() -> None:
    other = "<ul>" + "".join(
        f'<li><a href="/b-{day}.html">Judul berita lain yang panjang nomor {day}</a> <time datetime="2024-05-0{day}T08:00:00+08:00">x</time></li>'
        for day in (1, 2, 3)
    ) + "</ul>" + "<p>Menu</p>" * 9  # fmt: skip
    article = read(above=other, below='<p><time datetime="2019-07-18T09:20:00+08:00">18 Juli 2019</time></p>')
    assert article.published == wita(2019, 7, 18, 9, 20)


def test_the_time_of_change_counts_where_no_other_is_stated() -> None:
    article = read(head='<meta property="article:modified_time" content="2019-07-18T09:20:00+08:00">')
    assert (article.published, article.published_source) == (wita(2019, 7, 18, 9, 20), Source.META)


@pytest.mark.parametrize("day", ["2031/07/18", "2019/13/18"])
def test_an_address_with_a_day_to_come_or_none_is_no_estimate(day: str) -> None:
    assert read(url=f"https://portal.example/read/{day}/panen").published == wita(2019, 7, 17), "Rabu (17/7)"


def test_an_address_with_a_day_is_an_estimate() -> None:
    article = read(url="https://portal.example/read/2019/07/18/panen-kepiting")
    assert (article.published, article.published_source) == (wita(2019, 7, 18), Source.INFERRED)


def test_an_estimate_is_not_after_the_date_of_the_header() -> None:
    assert read(above="<div>16 Juli 2019</div>").published == wita(2013, 7, 17)
    assert read(above="<div>17 Juli 2019</div>").published == wita(2019, 7, 17)
