from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.parse.language.dates import EventDay, find_event_days, infer

NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SERVED = date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("katanya, Rabu (17/7).", EventDay(2, 17, 7)),
        ("katanya, Rabu, 17/7, di", EventDay(2, 17, 7)),
        ("Rabu(17/7)", EventDay(2, 17, 7)),
        ("RABU (17/07)", EventDay(2, 17, 7)),
        ("Rabu ( 17 / 7 )", EventDay(2, 17, 7)),
        ("Rabu (17/7/2019)", EventDay(2, 17, 7, 2019)),
        ("Rabu (17/7/19)", EventDay(2, 17, 7, 2019)),
        ("Rabu (17-7-2019)", EventDay(2, 17, 7, 2019)),
        ("Rabu (17 Juli)", EventDay(2, 17, 7)),
        ("Rabu, 17 Juli 2019 lalu", EventDay(2, 17, 7, 2019)),
        ("Jum’at (5/8)", EventDay(4, 5, 8)),
        ("Ahad (7/8)", EventDay(6, 7, 8)),
        ("Senin-Selasa (15-16/7)", EventDay(1, 16, 7)),
        ("Wednesday (17/7)", EventDay(2, 17, 7)),
        ("kemarin (17/7)", EventDay(None, 17, 7)),
    ],
)
def test_days_in_running_text_are_found(text: str, expected: EventDay) -> None:
    assert find_event_days(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "sekitar 1/2 bagian",
        "Pasal 17/7",
        "Rabu (31/2)",
        "skor Rabu 3-15",
        "(17/7",
        "jam 17.30",
        "(1/2/3/4)",
        "Rabu (17/13)",
        "Rabu lalu (17.500/7)",
    ],
)
def test_fractions_scores_and_impossible_days_are_not_days(text: str) -> None:
    assert find_event_days(text) == []


def test_the_newest_year_that_fits_is_the_estimate() -> None:
    assert infer([EventDay(2, 17, 7)], not_after=SERVED) == date(2019, 7, 17)
    assert infer([EventDay(2, 17, 7)], not_after=date(2024, 7, 17)) == date(2024, 7, 17)
    assert infer([EventDay(2, 17, 7)], not_after=date(2019, 7, 16)) == date(2013, 7, 17)


def test_leap_days_reach_back_28_years() -> None:
    assert infer([EventDay(5, 29, 2)], not_after=date(2047, 1, 1)) == date(2020, 2, 29)


def test_days_without_a_weekday_or_year_tell_nothing() -> None:
    assert infer([], not_after=SERVED) is None
    assert infer([EventDay(None, 17, 7)], not_after=SERVED) is None
    assert infer([EventDay(None, 17, 7, 2018)], not_after=SERVED) == date(2018, 7, 17)
    assert infer([EventDay(2, 17, 7, 2030)], not_after=SERVED) is None


def test_the_majority_outvotes_a_wrong_weekday() -> None:
    days = [EventDay(4, 16, 7), EventDay(2, 17, 7), EventDay(0, 15, 7)]  # 16 July 2019 was no Friday
    assert infer(days, not_after=SERVED) == date(2019, 7, 17)


def test_a_planned_day_supports_the_year_but_the_bound_holds() -> None:
    days = [EventDay(2, 17, 7), EventDay(6, 4, 8)]
    assert infer(days, not_after=date(2019, 7, 18)) == date(2019, 7, 17)


def test_days_on_both_sides_of_new_year_agree() -> None:
    days = [EventDay(1, 31, 12), EventDay(3, 2, 1)]
    assert infer(days, not_after=SERVED) == date(2020, 1, 2)


def test_every_day_of_2012_to_2030_is_found_again() -> None:
    day = date(2012, 1, 1)
    while day.year <= 2030:
        (found,) = find_event_days(f"ujarnya, {NAMES[day.weekday()]} ({day.day}/{day.month}).")
        assert infer([found], not_after=day) == day
        assert infer([found], not_after=day + timedelta(days=40)) == day
        day += timedelta(days=1)


@given(st.dates(date(2012, 1, 1), date(2030, 12, 31)), st.integers(0, 4000))
def test_an_estimate_fits_and_no_newer_one_does(day: date, later: int) -> None:
    bound = day + timedelta(days=later)
    found = infer([EventDay(day.weekday(), day.day, day.month)], not_after=bound)
    assert found is not None
    assert day <= found <= bound
    assert (found.weekday(), found.day, found.month) == (day.weekday(), day.day, day.month)
    step = found + timedelta(days=1)
    while step <= bound:
        assert (step.weekday(), step.day, step.month) != (day.weekday(), day.day, day.month)
        step += timedelta(days=1)


@given(st.text(alphabet="Rabu SeninJm'at(17/72019)-–,. dan", max_size=80))
def test_any_text_gives_days_that_exist(text: str) -> None:
    for found in find_event_days(text):
        assert date(found.year or 2000, found.month, found.day)
