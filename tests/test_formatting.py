from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eksread import formatting, i18n
from eksread.model.stored import Misread

NOW = datetime(2026, 7, 15, 6, 20, tzinfo=UTC)  # 14:20 WITA


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=16), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=20), "25 Jun"),
        (timedelta(days=400), "10 Jun 2025"),
    ],
)
def test_a_distance_in_time_is_short(ago: timedelta, text: str) -> None:
    assert formatting.relative(NOW - ago, NOW) == text


@pytest.mark.parametrize(
    ("days", "text"), [(0, "Today"), (1, "Yesterday"), (2, "Monday 13 July"), (365, "Tuesday 15 July 2025")]
)
def test_a_day_has_a_heading(days: int, text: str) -> None:
    assert formatting.day_heading(NOW - timedelta(days=days), NOW) == text


@pytest.mark.parametrize(("seconds", "text"), [(8.4, "8 s"), (59.9, "1 min"), (200, "3 min")])
def test_a_stretch_of_time_is_rounded(seconds: float, text: str) -> None:
    assert formatting.duration(seconds) == text


@pytest.mark.parametrize(
    ("amount", "text"), [(820, "820 B"), (12_300, "12 kB"), (3_400_000, "3,4 MB"), (1_500_000_000, "1,5 GB")]
)
def test_a_size_is_written_as_the_language_does(amount: int, text: str) -> None:
    i18n.use("id")
    assert formatting.size(amount) == text
    assert formatting.number(1250) == "1.250"


def test_what_is_no_filter_is_said_with_what_would_be_one() -> None:
    assert "filters are place:" in formatting.misread(Misread("di:kutim", unknown=True))
    assert "a date is 2024" in formatting.misread(Misread("before:soon"))
    assert formatting.misread(Misread("is:odd", ("unread", "read"))).endswith("known are: unread, read.")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (999, "999", "999"),
        (1000, "1 rb", "1k"),
        (4_520, "4,5 rb", "4.5k"),
        (9_960, "10 rb", "10k"),
        (40_123, "40 rb", "40k"),
        (999_400, "999 rb", "999k"),
        (999_500, "1 jt", "1M"),
        (1_250_000, "1,2 jt", "1.2M"),
    ],
)
def test_a_number_without_room_is_shortened(value: int, indonesian: str, english: str) -> None:
    i18n.use("id")
    assert formatting.short_number(value) == indonesian
    i18n.use("en")
    assert formatting.short_number(value) == english


def test_a_credit_stands_behind_the_caption_wherever_an_article_is_text() -> None:
    from eksread.export.article_text import article
    from eksread.model.news import Article, Image

    one = Article("https://portal.example/1", "Judul", lead_image=Image(None, "Feri menunggu.", "Ani"))
    assert "[Picture: Feri menunggu. Photo: Ani]" in article(one, None)
    assert formatting.caption_text("Feri (Foto: Ani)", "Ani") == "Feri (Foto: Ani)"
    assert formatting.caption_text("", "Dok. Panitia") == "Dok. Panitia"
