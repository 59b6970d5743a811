"""The edition: what is loaded, what is refused, and that the one we ship keeps its promises."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from eksread.demo import EDITION_DAY, Edition, markup
from eksread.demo.edition import WITA, slugify
from eksread.demo.layout import masthead_date
from tests.demo.layouts.dates import printed, relative

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def dangling(edition: Edition) -> list[tuple[int, int]]:
    """Give the `@baca` links that lead nowhere, as (article, target)."""
    return [
        (article.id, block.article_id)
        for article in edition.articles
        for block in article.blocks
        if isinstance(block, markup.Related) and edition.article(block.article_id) is None
    ]


def test_shipped_edition_is_large_enough_to_page_through(edition: Edition) -> None:
    assert len(edition.articles) >= 60
    slugs = ["kaltim", "kutim", "bontang", "samarinda", "ekonomi", "olahraga", "peristiwa", "ragam"]
    assert [section.slug for section in edition.sections] == slugs
    assert all(len(edition.in_section(slug)) > 6 for slug in slugs)


def test_shipped_baca_links_resolve(edition: Edition) -> None:
    assert dangling(edition) == []
    assert any(isinstance(block, markup.Related) for article in edition.articles for block in article.blocks)


def test_shipped_weekdays_agree_with_the_calendar(edition: Edition) -> None:
    """``Rabu (17/7)`` in a body must be a Wednesday near the article's date: the reader infers years from it."""
    seen = 0
    for article in edition.articles:
        for day, number, month in re.findall(rf"({'|'.join(WEEKDAYS)}) \((\d+)/(\d+)\)", article.body):
            years = range(article.published.year - 1, article.published.year + 2)
            near = [date(year, int(month), int(number)) for year in years]
            nearest = min(near, key=lambda each: abs(each - article.published.date()))
            assert WEEKDAYS[nearest.weekday()] == day, (article.id, day, nearest)
            seen += 1
    assert seen > 20


def test_shipped_bodies_leave_to_the_template_what_it_adds(edition: Edition) -> None:
    for article in edition.articles:
        assert "EKSPOSKALTIM.com, " not in article.body[:40], article.id
        assert "(adv)" not in article.body, article.id
        assert sum(article.reactions) in {0, 100} or 97 <= sum(article.reactions) <= 103, article.id


def test_articles_are_newest_first(edition: Edition) -> None:
    moments = [article.published for article in edition.articles]
    assert moments == sorted(moments, reverse=True)
    assert edition.now > moments[0]
    assert date(2026, 11, 20) == EDITION_DAY


def test_loaded_article_has_every_field(awkward: Edition) -> None:
    article = awkward.articles[0]
    assert article.id == 11
    assert article.published == datetime(2026, 11, 20, 19, 3, tzinfo=WITA)
    assert article.slug == "harga-b-cabai-b-bawang-naik"
    assert [comment.depth for comment in article.comments] == [0, 1, 2, 0]
    assert article.reactions == (12, 0, 50, 0, 0, 38, 0, 0)
    assert awkward.articles[1].published.date() == EDITION_DAY - timedelta(days=493)


def test_body_becomes_blocks(awkward: Edition) -> None:
    assert awkward.articles[0].blocks == (
        markup.Paragraph("Harga **cabai** naik < 5 & > 3. Baris kedua.", dateline="EKSPOSKALTIM.com, Kutim"),
        markup.Related(12),
        markup.Heading("Sub & judul"),
        markup.Quote('Kata "orang".'),
        markup.Items(("satu", "dua <i>")),
        markup.Table((("Kecamatan", "Jumlah"), ("Marangkayu", "12"))),
        markup.Photo("lapak", "Lapak & tenda"),
        markup.Paragraph("Selesai *sudah*.", tail="(adv) (rhm)"),
    )


def test_marks_find_a_place_in_an_article_without_text(awkward: Edition) -> None:
    assert replace(awkward.articles[1], adv=True).blocks == (markup.Paragraph("", tail="(adv)"),)


def test_emphasis_is_set_after_escaping() -> None:
    assert (
        markup.inline("**a<b** dan *c & d*, 3*4*5") == "<strong>a&lt;b</strong> dan <em>c &amp; d</em>, 3*4*5"
    )


def test_long_slugs_end_at_a_word() -> None:
    assert slugify("Kata " * 30) == "-".join(["kata"] * 16)


def test_dates_read_as_the_portal_prints_them() -> None:
    moment = datetime(2019, 7, 17, 19, 3, tzinfo=WITA)
    assert printed(moment) == "Rabu, 17 Juli 2019 | 19:03 WITA"
    assert masthead_date(date(2024, 5, 3)) == "03 Mei 2024"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "baru saja"),
        (timedelta(minutes=5), "5 menit yang lalu"),
        (timedelta(hours=2), "2 jam lalu"),
        (timedelta(hours=22), "kemarin"),
        (timedelta(days=3), "3 hari lalu"),
        (timedelta(days=40), "11 Okt 2026, 20:00 WITA"),
    ],
)
def test_relative_times(ago: timedelta, words: str) -> None:
    now = datetime(2026, 11, 20, 20, 0, tzinfo=WITA)
    assert relative(now - ago, now) == words


def test_article_numbers_are_unique(edition: Edition) -> None:
    assert Counter(article.id for article in edition.articles).most_common(1)[0][1] == 1


def test_every_article_has_eight_reactions_and_comments_that_answer_somebody(edition: Edition) -> None:
    for article in edition.articles:
        assert len(article.reactions) == 8, article.id
        depths = [-1, *(comment.depth for comment in article.comments)]
        assert all(0 <= depth <= above + 1 for above, depth in pairwise(depths)), article.id
