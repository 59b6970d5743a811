"""Moments as Indonesian pages print them, and the year that a weekday betrays.

Three kinds of reading, by how sure they are: a string that *is* a date (`read_moment`), a full date inside a longer
line (`find_printed`), and `Rabu (17/7)` in running text (`find_event_days` and `infer`), which is an estimate.
`date_span` and `is_date_line` say where a date stands in a line, without reading it.
Nothing later than a day after `now` is believed: time zones differ by less, so such a date is a
planned event, a typing error or a trick. Nothing before `MIN_YEAR` either: those are empty values of a database.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.portal import WIB, WIT, WITA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# The names that dates are written with, in Indonesian and English, as data.

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


# `Rabu (17/7)`: the days that running text names, and the year that their weekday betrays.

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
        year = _whole_year(year_text) if year_text else None
        day = int(match["day"])
        if _on(year or 2000, month, day) is not None:  # 2000 was a leap year
            found.append(EventDay(weekday, day, month, year))
    return found


def infer(days: Sequence[EventDay], *, not_after: date) -> date | None:
    """Estimate the day of an article from the days that it names; None when none of them can say.

    The newest year, up to `not_after`, in which a weekday falls on its day and month. Where the days disagree, the
    date that most of them can stand near wins, then the newer year, then the day named most often, then first.
    """
    often = Counter(day for day in days[:MAX_DAYS] if day.weekday is not None or day.year is not None)
    meant = {event: _meant(event, not_after.year + 1) for event in often}

    def weight(choice: tuple[EventDay, date]) -> tuple[int, int, int]:
        event, day = choice
        near = (other for other in often if any(abs(near - day) <= NEARBY for near in meant[other]))
        return sum(often[other] for other in near), day.year, often[event]

    choices = ((event, day) for event in often for day in meant[event] if day <= not_after)
    return max(choices, key=weight, default=(None, None))[1]


def _meant(event: EventDay, last: int) -> list[date]:
    """The days that `event` can mean up to the year `last`, newest first."""
    years = [event.year] if event.year is not None else range(last, last - CYCLE_YEARS - 2, -1)
    days = [day for year in years if (day := _on(year, event.month, event.day)) is not None]
    return [day for day in days if event.year is not None or event.weekday == day.weekday()]


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Where a date or an age stands in a line of a page.

_WEEKDAY: Final = r"(?:(?<![a-z])(?:" + _NAMES.replace("'", "['’]") + r")\s*+(?:[,/]\s*+)?)?"
_WRITTEN: Final = re.compile(
    rf"{_WEEKDAY}(?<![\d/.,])\(?\d{{1,2}}[\s/.-](?:[a-z]{{3,9}},?|\d{{1,2}})[\s/.-](?:\d{{4}}|\d\d)(?!\w)"
    r"|(?<![\d-])\d{4}-\d\d-\d\d(?!\d)"
    r"|(?<![a-z])[a-z]{3,9} \d{1,2}, \d{4}(?!\d)"
    r"|(?<!\d)\d{1,3} [a-z]+ (?:yang )?(?:lalu|ago)(?!\w)"
    r"|(?<!\w)(?:sejam|semenit|sehari|seminggu) (?:yang )?lalu(?!\w)"
    r"|\A(?:kemarin|baru saja|hari ini)(?!\w)",
    re.I,
)
_BEFORE_DATE: Final = re.compile(r"\W*(?:[a-z']{3,8}\W+)?", re.I)
_AGE_ENDS: Final = re.compile(r"\b(?:lalu|ago)\W*$", re.I)

MAX_BEHIND: Final = 24
"""Characters behind the date of a date line: `| 12:03 WITA`, `- 3 menit baca`."""

MAX_LINE: Final = 100
"""Characters of a date line; searching paragraphs for one took a third of the time of an article."""


def date_span(line: str) -> tuple[int, int] | None:
    """Where the first date or age stands in a line, with its weekday and without its time; None when there is none.

    What counts: a day, a month in letters or digits and a year (`Kamis, 2 Mei 2024`, `02/05/24`), `2024-05-02`,
    `May 2, 2024`, an age (`5 jam yang lalu`, `sejam lalu`, `3 hours ago`), and at the start of the line `kemarin`,
    `baru saja` and `hari ini`. Whether the day exists is not asked: that is `find_printed`.
    """
    found = _WRITTEN.search(line, 0, MAX_PRINTED)
    return found.span() if found else None


def is_date_line(line: str) -> bool:
    """Whether a line is a date or age and hardly anything else: a word before it, a time behind it."""
    found = date_span(line) if len(line) <= MAX_LINE else None
    if found is None or len(line) - found[1] > MAX_BEHIND:
        return False
    return _BEFORE_DATE.fullmatch(line, 0, found[0]) is not None and _DIGIT.search(line) is not None


def is_age(line: str) -> bool:
    """Whether a line ends with how long ago something was: `Ani Lestari, 5 jam lalu`."""
    return _AGE_ENDS.search(line) is not None


# Moments in any spelling.

TOLERANCE: Final = timedelta(days=1)  # zones and wrong clocks: +14 h at most, rounded up
MIN_YEAR: Final = 1995  # the first Indonesian news portals; 0000, 1900 and 1970 are empty database values
MAX_MOMENT: Final = 120  # characters of a string that is a date
MAX_PRINTED: Final = 4000  # characters searched for a printed date
MAX_HOURS: Final = 14  # the largest offset from UTC in use

_ZONE: Final = (
    r"(?:(?P<zone>z|utc|gmt|wib|wita|wit|e[sd]t|p[sd]t)\b)?\s*+(?P<offset>[+-]\d{1,2}(?::?\d\d)?(?!\d))?"
)
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?!\d)(?:[.,]\d++)?\s*+(?:(?P<half>[ap])\.?m\b\.?)?\s*+\(?\s*+"
    + _ZONE
)
_SEPARATOR: Final = r"[\s,;|/()•·–—T-]*+"
_AT: Final = r"(?:pada\s++)?(?:(?:pukul|jam|pkl|at|@)[\s.:]*+)?"
_CLOCK_AFTER: Final = re.compile(_SEPARATOR + _AT + _CLOCK, re.I)
_CLOCK_BEFORE: Final = re.compile(r"(?<!\d)" + _CLOCK + _SEPARATOR + r"(?:[a-z'’]{3,9}[\s,]*)?$", re.I)
_CLOCK_ALONE: Final = re.compile(_AT + _CLOCK + r"\s*\)?", re.I)
_BEFORE_SPAN: Final = 45  # characters before a date in which its time may stand

_DATE: Final = re.compile(
    r"(?<![\d:])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"
    r"|(?<![\d/.])(?P<d2>\d{1,2})(?:st|nd|rd|th)?[\s./-]{0,3}(?P<name>[a-z]{3,9})[\s.,/'’-]{0,3}(?P<y2>\d{4}|\d\d)(?![\d:])"
    r"|(?<![a-z])(?P<name3>[a-z]{3,9})\.?\s{1,3}(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<y3>\d{4})(?!\d)"
    r"|(?<![\d/.-])(?P<d4>\d{1,2})\s?[/.-]\s?(?P<m4>\d{1,2})\s?[/.-]\s?(?P<y4>\d{4}|\d\d)(?![\d/])",
    re.I,
)
_AGO: Final = re.compile(
    r"(?:(?P<n>\d{1,4}(?=\D)|[a-z]+(?=\s))\s?)?(?P<unit>(?!yang|yg)[a-z]+)\s+(?:yang\s+|yg\s+)?(?:lalu|silam|ago)",
    re.I,
)
_JUST_NOW: Final = frozenset(
    ("baru saja", "barusan", "beberapa detik yang lalu", "beberapa saat lalu", "just now", "now")
)
_DAY_WORD: Final = re.compile(r"(?P<word>hari ini|today|kemarin lusa|kemarin|yesterday)", re.I)
_DAY_OFFSETS: Final = {"hari ini": 0, "today": 0, "kemarin": 1, "yesterday": 1, "kemarin lusa": 2}
_YEAR: Final = re.compile(r"\d{4}")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")


class _Found(NamedTuple):
    day: date
    start: int
    end: int
    short_year: bool


def read_moment(text: str, *, now: datetime) -> datetime | None:
    """Read a string that is a date, absolute or relative to `now`; None when it is none or can't be believed.

    A date without a time is midnight in WITA, which also stands for a zone that the string doesn't name.
    """
    text = _APOSTROPHE.sub("'", " ".join(text.split())).strip(" ()[]")
    if not text or len(text) > MAX_MOMENT:
        return None
    bare = _read_bare(text, now)
    if bare is not None:
        return _believed(bare, now)
    for found in _find_dates(text):
        moment, start, end = _with_clock(text, found)
        words = _WORD.findall(f"{text[:start]} {text[end:]}".lower())
        if all(word in NOISE or word in WEEKDAYS for word in words):
            return _believed(moment, now)
    return _read_relative(text, now)


def find_printed(text: str, *, now: datetime) -> datetime | None:
    """Find the first believable full date, its year in four digits, inside a line such as a byline."""
    if not _YEAR.search(text):
        return None
    text = _APOSTROPHE.sub("'", text[:MAX_PRINTED])
    for found in _find_dates(text):
        if not found.short_year:
            moment = _believed(_with_clock(text, found)[0], now)
            if moment is not None:
                return moment
    return None


def _find_dates(text: str) -> Iterator[_Found]:
    position = 0
    while match := _DATE.search(text, position):
        position = match.end()
        day = _day_of(match)
        if day is None:
            position = (
                match.start() + 1
            )  # "Tahun 2019 17 Juli 2019": the wrong words may overlap the right ones
            continue
        year = match["y"] or match["y2"] or match["y3"] or match["y4"]
        yield _Found(day, match.start(), match.end(), len(year) == 2)


def _day_of(match: re.Match[str]) -> date | None:
    if match["y"]:
        return _on(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["y4"]:
        day, month, year = int(match["d4"]), int(match["m4"]), _whole_year(match["y4"])
        if month > 12 >= day:
            day, month = month, day
        return _on(year, month, day)
    name, number, year_text = (
        (match["name"], match["d2"], match["y2"])
        if match["name"]
        else (match["name3"], match["d3"], match["y3"])
    )
    month = MONTHS.get(name.lower(), 0)
    return _on(_whole_year(year_text), month, int(number)) if month else None


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _with_clock(text: str, found: _Found) -> tuple[datetime, int, int]:
    """Add the time that stands after or before a date; give the moment and the span of both."""
    midnight = datetime(found.day.year, found.day.month, found.day.day, tzinfo=WITA)
    after = _CLOCK_AFTER.match(text, found.end)
    if after:
        return _at(midnight, after) or midnight, found.start, after.end()
    offset = max(0, found.start - _BEFORE_SPAN)
    before = _CLOCK_BEFORE.search(text[offset : found.start])
    if before:
        return _at(midnight, before) or midnight, offset + before.start(), found.end
    return midnight, found.start, found.end


def _at(midnight: datetime, clock: re.Match[str]) -> datetime | None:
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    place = _zone_of(clock["zone"], clock["offset"])
    if hour > 23 or minute > 59 or second > 60 or place is None:
        return None
    return midnight.replace(hour=hour, minute=minute, second=min(second, 59), tzinfo=place)


def _zone_of(name: str | None, offset: str | None) -> tzinfo | None:
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > MAX_HOURS or minutes > 59:
            return None
        sign = -1 if offset[0] == "-" else 1
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    return ZONE_NAMES[name.lower()] if name else WITA


def _believed(moment: datetime, now: datetime) -> datetime | None:
    if moment.year < MIN_YEAR or moment.year > now.year + 1:
        return None
    return moment if moment <= now + TOLERANCE else None


def _read_bare(text: str, now: datetime) -> datetime | None:
    """Read the forms of machines, and a time alone, which means the last such time before `now`."""
    if "T" in text[8:11]:
        with suppress(ValueError):
            moment = datetime.fromisoformat(text).replace(microsecond=0)
            return moment if moment.tzinfo else moment.replace(tzinfo=WITA)
    if clock := _CLOCK_ALONE.fullmatch(text):
        named = _zone_of(clock["zone"], clock["offset"]) or WITA
        today = now.astimezone(named).replace(hour=0, minute=0, second=0, microsecond=0)
        found = _at(today, clock)
        return found - timedelta(days=1) if found is not None and found > now else found
    return None


def _read_relative(text: str, now: datetime) -> datetime | None:
    lower = text.lower().strip(" .,|-()")
    here = now.astimezone(WITA).replace(microsecond=0)
    if lower in _JUST_NOW:
        return here
    ago = _AGO.fullmatch(lower)
    if ago:
        return _ago(ago, here)
    word = _DAY_WORD.match(lower)
    if not word:
        return None
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        days=_DAY_OFFSETS[word["word"]]
    )
    rest = lower[word.end() :].strip(" ,|-")
    if not rest:
        return midnight
    clock = _CLOCK_AFTER.fullmatch(rest)
    return _at(midnight, clock) if clock else None


def _ago(match: re.Match[str], here: datetime) -> datetime | None:
    unit, count = match["unit"], match["n"]
    if count is None and unit.startswith("se") and unit[2:] in UNIT_SECONDS:  # sejam, sehari, seminggu
        unit, count = unit[2:], "1"
    seconds = UNIT_SECONDS.get(unit) or UNIT_SECONDS.get(unit.removesuffix("s"))
    number = int(count) if count and count.isascii() and count.isdigit() else NUMBERS.get(count or "")
    if seconds is None or number is None:
        return None
    try:
        moment = here - timedelta(seconds=seconds * number)
    except OverflowError:
        return None
    return moment if moment.year >= MIN_YEAR else None
