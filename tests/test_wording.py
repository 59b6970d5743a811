from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date

from eksread import formatting, i18n
from eksread.model.enums import Source
from eksread.portal import WITA

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=WITA)


@pytest.mark.parametrize(
    ("ago", "indonesian", "english"),
    [
        (timedelta(seconds=-30), "baru saja", "just now"),
        (timedelta(seconds=59), "baru saja", "just now"),
        (timedelta(minutes=1), "1 menit lalu", "1 min ago"),
        (timedelta(minutes=59), "59 menit lalu", "59 min ago"),
        (timedelta(hours=1), "1 jam lalu", "1 hour ago"),
        (timedelta(hours=9), "9 jam lalu", "9 hours ago"),
        (timedelta(hours=12), "kemarin", "yesterday"),
        (timedelta(hours=30), "kemarin", "yesterday"),
        (timedelta(days=2), "2 hari lalu", "2 days ago"),
        (timedelta(days=6), "6 hari lalu", "6 days ago"),
        (timedelta(days=7), "13 Nov", "13 Nov"),
        (timedelta(days=100), "12 Agu", "12 Aug"),
        (timedelta(days=400), "16 Okt 2025", "16 Oct 2025"),
    ],
)
def test_distance_is_worded_by_what_a_reader_grasps(ago: timedelta, indonesian: str, english: str) -> None:
    assert formatting.relative(NOW - ago, NOW) == english
    i18n.use("id")
    assert formatting.relative(NOW - ago, NOW) == indonesian


@pytest.mark.parametrize("language", ["id", "en"])
def test_names_of_days_and_months_are_the_language_s_own(language: str) -> None:
    i18n.use(language)
    for offset in range(0, 366, 5):
        moment = NOW + timedelta(days=offset)
        assert formatting.weekday_date(moment) == format_date(moment, "EEEE, d MMMM y", locale=language)


def test_short_months_are_those_of_the_press() -> None:
    i18n.use("id")
    names = [
        formatting.day_month(datetime(2020, month, 1, 12, tzinfo=WITA), now=NOW) for month in range(1, 13)
    ]
    assert names == [f"1 {name} 2020" for name in "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()]


def test_absolute_time_is_in_wita_and_in_the_language_s_form() -> None:
    moment = datetime(2019, 7, 17, 11, 3, tzinfo=UTC)
    assert formatting.absolute(moment) == "Wednesday, 17 July 2019, 19:03 WITA"
    i18n.use("id")
    assert formatting.absolute(moment) == "Rabu, 17 Juli 2019, 19.03 WITA"


def test_days_are_counted_in_the_portal_s_zone() -> None:
    """23:30 in London is already the next morning in Samarinda."""
    moment = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    assert formatting.day_heading(moment, NOW) == "Today"
    assert formatting.day_heading(NOW - timedelta(days=1), NOW) == "Yesterday"
    i18n.use("id")
    assert formatting.day_heading(datetime(2026, 7, 15, 12, tzinfo=WITA), NOW) == "Rabu 15 Juli"
    assert formatting.day_heading(datetime(2019, 7, 17, 12, tzinfo=WITA), NOW) == "Rabu 17 Juli 2019"


def test_an_estimate_is_marked_and_claims_no_time() -> None:
    moment = datetime(2019, 7, 17, 0, 0, tzinfo=WITA)
    i18n.use("id")
    assert formatting.published(moment, Source.INFERRED) == "≈ 17 Jul 2019"
    assert formatting.published(None, None) == "tanggal tidak diketahui"


def test_numbers_and_sizes_follow_the_language() -> None:
    assert (formatting.number(1250), formatting.size(3_400_000)) == ("1,250", "3.4 MB")
    i18n.use("id")
    assert (formatting.number(1250), formatting.size(3_400_000), formatting.size(900)) == (
        "1.250",
        "3,4 MB",
        "900 B",
    )
    assert formatting.size(82_832_600_000) == "82,8 GB"


def test_reading_time_is_at_least_a_minute() -> None:
    assert [formatting.reading_minutes(words) for words in (0, 50, 300, 1000)] == [1, 1, 2, 5]


def test_the_short_form_of_a_moment_keeps_day_date_and_time() -> None:
    moment, now = datetime(2019, 7, 17, 11, 3, tzinfo=UTC), datetime(2019, 8, 1, tzinfo=UTC)
    i18n.use("id")
    assert formatting.weekday_time(moment, now) == "Rab 17 Jul, 19.03 WITA"
    i18n.use("en")
    assert formatting.weekday_time(moment, now.replace(year=2020)) == "Wed 17 Jul 2019, 19:03 WITA"
