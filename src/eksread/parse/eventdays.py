"""`Rabu (17/7)`: the days that running text names, and the year that their weekday betrays.

17 July was a Wednesday in 2013, 2019 and 2024. An article that says so and was served on 3 May 2024 is of 2019 at
the latest, and the newest possible year is the likely one: news names the days around it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.parse.datenames import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CYCLE_YEARS: Final = 28  # a weekday meets a day and month again within 28 years, also over 2000
NEARBY: Final = timedelta(days=183)  # other days that the same article names lie within half a year
MAX_TEXT: Final = 200_000  # characters searched; a long article has 20,000
MAX_DAYS: Final = 60  # named days weighed; work grows with the square

_NAMES: Final = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_EVENT: Final = re.compile(
    rf"(?<![a-z])(?:(?P<weekday>{_NAMES})\s?,?\s?(?:tanggal\s|tgl\s)?)?(?P<open>[(\[])?\s?"
    r"(?<![\d/.,])(?:\d{1,2}\s?(?:[-–&]|dan)\s?)?(?P<day>\d{1,2})"
    r"(?:\s?[/-]\s?(?P<month>\d{1,2})(?:\s?[/-]\s?(?P<year>\d{4}|\d\d))?|\s(?P<name>[a-z]{3,9})\b(?:\s(?P<year2>\d{4})\b)?)"
    r"(?![\d/]|[.,]\d)\s?(?P<close>[)\]])?",
    re.I,
)
_APOSTROPHE: Final = re.compile("[’‘`´ʼ]")


class EventDay(NamedTuple):
    """A day named in running text: `weekday` 0 is Monday, None where none stands there; `year` mostly None."""

    weekday: int | None
    day: int
    month: int
    year: int | None = None


def find_event_days(text: str) -> list[EventDay]:
    """Find `Rabu (17/7)`, `Rabu, 17/7`, `Rabu (17/7/2019)`, `Rabu (17 Juli)`, `(17/7)`, in the text's order.

    Of a range (`15-16/7`) the last day counts. A bare `17/7` without weekday or brackets may be a fraction: not taken.
    """
    found: list[EventDay] = []
    for match in _EVENT.finditer(_APOSTROPHE.sub("'", text[:MAX_TEXT])):
        weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
        if weekday is None and not (match["open"] and match["close"]):
            continue
        month = int(match["month"]) if match["month"] else MONTHS.get((match["name"] or "").lower(), 0)
        year_text = match["year"] or match["year2"]
        year = (int(year_text) if len(year_text) == 4 else 2000 + int(year_text)) if year_text else None
        day = int(match["day"])
        if _on(year or 2000, month, day) is not None:  # 2000 was a leap year
            found.append(EventDay(weekday, day, month, year))
    return found


def infer(days: Sequence[EventDay], *, not_after: date) -> date | None:
    """Estimate the day of an article from the days that it names; None when none of them can tell.

    The newest year, up to `not_after`, in which a weekday falls on its day and month. Where the days disagree, the
    date that most of them can stand near wins, then the newer year, then the day named most often, then first.
    """
    days = days[:MAX_DAYS]
    told = [day for day in days if day.weekday is not None or day.year is not None]
    often = Counter(told)
    best: tuple[tuple[int, int, int], date] | None = None
    for anchor in often:
        for candidate in _candidates(anchor, not_after):
            support = sum(count for other, count in often.items() if _fits(other, candidate))
            score = (support, candidate.year, often[anchor])
            if best is None or score > best[0]:
                best = (score, candidate)
    return best[1] if best else None


def _candidates(event: EventDay, not_after: date) -> Iterator[date]:
    """Give the days that `event` can mean, newest first."""
    for year in range(not_after.year, not_after.year - CYCLE_YEARS - 1, -1):
        day = _on(year, event.month, event.day)
        if day is None or day > not_after or (event.year is not None and event.year != year):
            continue
        if event.year is not None or event.weekday == day.weekday():
            yield day


def _fits(event: EventDay, near: date) -> bool:
    """Whether `event` can mean a day within half a year of `near`."""
    for year in (near.year, near.year - 1, near.year + 1):
        day = _on(year, event.month, event.day)
        if day is None or (event.year is not None and event.year != year):
            continue
        if abs(day - near) <= NEARBY and (event.year is not None or event.weekday == day.weekday()):
            return True
    return False


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
