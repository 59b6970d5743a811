"""Dates as older and newer portals print them, for the layouts that only tests serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.demo.layout import MONTHS, compact

if TYPE_CHECKING:
    from datetime import datetime

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def printed(when: datetime) -> str:
    """``Rabu, 17 Juli 2019 | 19:03 WITA``: the line beside a headline."""
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year} | {when:%H:%M} WITA"


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
