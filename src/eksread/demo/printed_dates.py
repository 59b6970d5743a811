"""Dates as Indonesian news pages print them.

Written apart from the date grammar of `eksread.parse`, so that a mistake there is not hidden by the same one here.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

WITA = timezone(timedelta(hours=8), "WITA")

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def masthead_date(day: date) -> str:
    """`20 November 2026`: the day of printing, as the old masthead carries it."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def compact(when: datetime) -> str:
    """`17 Jul 2019, 19:03 WITA`: lists and comments."""
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}, {when:%H:%M} WITA"
