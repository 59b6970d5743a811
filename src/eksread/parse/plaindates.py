"""The usual spellings of a date, read by one pattern each: `Kamis, 2 Mei 2024 | 12:03 WITA`, `02/05/2024 12:03`, ISO 8601.

Most dates of lists are such. `dates` reads them too, and everything else, but with searches that cost ten times as much;
whatever is odd about a date is left to it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from typing import Final

from eksread.parse.datenames import MONTHS, WEEKDAYS, ZONE_NAMES

MAX_OFFSET: Final = timedelta(hours=14)

_USUAL: Final = re.compile(
    r"(?:([A-Za-z]{4,9}),? )?(\d{1,2})(?: ([A-Za-z]{3,9}) |([/-])(\d{1,2})\4)(\d{4})"
    r"(?:(?:,| [|-])? (?:pukul )?(\d{1,2})[:.](\d\d)(?: (WITA|WIB|WIT))?)?"
)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def read_plain(text: str, zone: tzinfo) -> datetime | None:
    """Read a date in a usual spelling; None for any other, even where that is a date too."""
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
            offset = moment.utcoffset()
            return moment if offset is not None and abs(offset) <= MAX_OFFSET else None
        usual = _USUAL.fullmatch(text)
        if usual is None:
            return None
        weekday, day, name, _, number, year, hour, minute, place = usual.groups()
        if weekday and weekday.lower() not in WEEKDAYS:
            return None
        month = int(number) if number else MONTHS.get(name.lower(), 0)
        named = ZONE_NAMES[place.lower()] if place else zone
        return datetime(int(year), month, int(day), int(hour or 0), int(minute or 0), tzinfo=named)
    except ValueError:  # no such day or hour: `dates` knows what may be meant
        return None
