from datetime import datetime, timedelta

import pytest

from eksread.parse.language.dates import read_moment, read_plain
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)


@pytest.mark.parametrize(
    "text",
    [
        "Kamis, 2 Mei 2024 | 12:03 WITA",
        "2 Mei 2024 12.03",
        "02/05/2024 12:03",
        "02-05-2024, 12:03",
        "Kamis 2 Mei 2024 - pukul 12:03 WITA",
        "2024-05-02T12:03:00+08:00",
    ],
)
def test_usual_spellings_are_read_by_their_pattern(text: str) -> None:
    assert read_plain(text, WITA) == datetime(2024, 5, 2, 12, 3, tzinfo=WITA)
    assert read_moment(text, now=NOW) == datetime(2024, 5, 2, 12, 3, tzinfo=WITA)


def test_a_named_zone_counts() -> None:
    moment = read_plain("2 Mei 2024 12:03 WIB", WITA)
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "text",
    [
        "Meja, 2 Mei 2024",
        "31 Februari 2024",
        "2 Foo 2024",
        "05/13/2024",
        "2 Mei 2024 25:10",
        "2024-05-02T12:03:00+15:00",
        "2 jam yang lalu",
    ],
)
def test_what_is_odd_about_a_date_is_left_to_the_searches(text: str) -> None:
    assert read_plain(text, WITA) is None


def test_a_planned_day_is_not_believed_in_a_usual_spelling_either() -> None:
    assert read_moment("17 Agustus 2024", now=NOW) is None
