"""Dates as Indonesian news pages print them.

The reader has its own date grammar; this one is written apart from it on purpose, so that a mistake there is not
repeated here and thereby hidden.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

WITA = timezone(timedelta(hours=8), "WITA")

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def masthead_date(day: date) -> str:
    """``20 November 2026``: the day of printing, as the old masthead carries it."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


def printed(when: datetime) -> str:
    """``Rabu, 17 Juli 2019 | 19:03 WITA``: the line beside a headline."""
    return f"{_DAYS[when.weekday()]}, {when.day} {_MONTHS[when.month - 1]} {when.year} | {when:%H:%M} WITA"


def compact(when: datetime) -> str:
    """``17 Jul 2019, 19:03 WITA``: lists and comments."""
    return f"{when.day} {_SHORT_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} WITA"


def relative(when: datetime, now: datetime) -> str:
    """``2 jam lalu``, ``kemarin``, ``3 hari lalu``; beyond a week the compact date."""
    minutes = int((now - when).total_seconds() // 60)
    days = (now.date() - when.date()).days
    if minutes < 1:
        return "baru saja"
    if minutes < 60:
        return f"{minutes} menit yang lalu"
    if days == 0:
        return f"{minutes // 60} jam lalu"
    if days == 1:
        return "kemarin"
    if days < 7:
        return f"{days} hari lalu"
    return compact(when)
