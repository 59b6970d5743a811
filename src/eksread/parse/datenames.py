"""The names that dates are written with, in Indonesian and English, as data.

Source: the portal's vocabulary (docs/architecture.md) and the spellings that Indonesian sites use beside it.
"""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from typing import Final

from eksread.portal import WIB, WIT, WITA

_MONTH_SPELLINGS: Final = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agu agt ags agus agust aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_DAY_SPELLINGS: Final = (
    "senin sen monday mon",
    "selasa sel tuesday tue tues",
    "rabu rab wednesday wed",
    "kamis kam thursday thu thur thurs",
    "jumat jum'at jum friday fri",
    "sabtu sab saturday sat",
    "minggu ahad min sunday sun",
)
MONTHS: Final = {word: number for number, line in enumerate(_MONTH_SPELLINGS, 1) for word in line.split()}
"""Name in lower case -> month, 1 to 12."""
WEEKDAYS: Final = {word: number for number, line in enumerate(_DAY_SPELLINGS) for word in line.split()}
"""Name in lower case -> weekday, 0 is Monday as in `datetime.date.weekday`."""

ZONE_NAMES: Final = {
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    "wib": WIB,
    "wita": WITA,
    "wit": WIT,
    "est": timezone(timedelta(hours=-5)),
    "edt": timezone(timedelta(hours=-4)),
    "pst": timezone(timedelta(hours=-8)),
    "pdt": timezone(timedelta(hours=-7)),
}

NUMBERS: Final = {
    word: number
    for number, line in enumerate(
        (
            "satu sebuah a an one",
            "dua two",
            "tiga three",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
        ),
        1,
    )
    for word in line.split()
} | {"sepuluh": 10, "sebelas": 11}

UNIT_SECONDS: Final = {
    word: seconds
    for line, seconds in (
        ("detik dtk second sec", 1),
        ("menit mnt minute min m", 60),
        ("jam hour hr h", 3600),
        ("hari day d", 86400),
        ("minggu pekan week w", 7 * 86400),
        ("bulan month", 30 * 86400),  # a month ago is never meant to the day
        ("tahun year", 365 * 86400),
    )
    for word in line.split()
}
"""Unit of a relative time -> seconds; English ones without their plural s."""

NOISE: Final = frozenset(
    "pada tanggal tgl hari diterbitkan terbit dipublikasikan dipublikasi publikasi diposting diunggah ditayangkan tayang"
    " rilis dibuat ditulis diperbarui diupdate update updated terakhir last published publish posted date on at pukul jam"
    " pkl waktu dan wib wita wit utc gmt am pm th".split()
)
"""Words that may stand beside a date in a string that is nothing but a date."""
