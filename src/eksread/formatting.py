"""How moments (in WITA) and numbers are worded, in Indonesian and English; used by the screens and the plain commands.

Month and weekday names are data here rather than messages: the language fixes them, and the tests hold them
against Babel's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread import i18n
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.enums import Source
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from eksread.model.news import Article
    from eksread.model.stored import Misread

_MONTHS: Final[Mapping[str, Sequence[str]]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DAYS: Final[Mapping[str, Sequence[str]]] = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}

ESTIMATE_MARK: Final = "≈"
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_SHORT: Final = 3
"""Letters of a short weekday or month, in both languages: Sen Sel Rab, Jan Feb Mar."""
_RELATIVE_DAYS: Final = 7
"""Up to here a distance in days is easier to grasp than a date."""
WORDS_PER_MINUTE: Final = 200
"""Reading speed: measured for Indonesian news prose at about 180 to 230 words a minute; a round middle."""


def _month(local: datetime) -> str:
    return _MONTHS[i18n.language()][local.month - 1]


def _weekday(local: datetime) -> str:
    return _DAYS[i18n.language()][local.weekday()]


def name_in_date(code: str, local: datetime) -> str:
    """Give what strftime's %a, %A, %b or %B names, in the interface's language; any other code as it is."""
    names = {"A": _weekday(local), "B": _month(local)}
    name = names.get(code.upper())
    if name is None:
        return f"%{code}"
    return name if code.isupper() else name[:_SHORT]


def day_month(moment: datetime, now: datetime) -> str:
    """Give `17 Jul`, with the year where it is not this one's: `17 Jul 2019`."""
    local = moment.astimezone(WITA)
    text = f"{local.day} {_month(local)[:_SHORT]}"
    return text if local.year == now.astimezone(WITA).year else f"{text} {local.year}"


def relative(moment: datetime, now: datetime) -> str:
    """Give a short distance: `baru saja`, `5 menit lalu`, `2 jam lalu`, `kemarin`, `3 hari lalu`, then a date.

    A moment later than `now` (a clock set back) reads as "just now".
    """
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        minutes = int(seconds // _MINUTE)
        return ngettext("{n} min ago", "{n} min ago", minutes).format(n=minutes)
    days = (now.astimezone(WITA).date() - moment.astimezone(WITA).date()).days
    if seconds < _DAY and (days == 0 or seconds < 6 * _HOUR):
        hours = int(seconds // _HOUR)
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    if days <= 1:
        return _("yesterday")
    if days < _RELATIVE_DAYS:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    return day_month(moment, now)


def weekday_date(moment: datetime) -> str:
    """Give `Rabu, 17 Juli 2019` or `Wednesday, 17 July 2019`."""
    local = moment.astimezone(WITA)
    return f"{_weekday(local)}, {local.day} {_month(local)} {local.year}"


def absolute(moment: datetime) -> str:
    """Give `Rabu, 17 Juli 2019, 19.03 WITA`; English writes the time with a colon."""
    return f"{weekday_date(moment)}, {clock(moment)} {WITA}"


def clock(moment: datetime) -> str:
    """Give the time of day: `19.03`; English writes it with a colon."""
    local = moment.astimezone(WITA)
    return f"{local:%H}{'.' if i18n.language() == 'id' else ':'}{local:%M}"


def weekday_time(moment: datetime, now: datetime) -> str:
    """Give `Rab 17 Jul, 19.03 WITA`, with the year where it is not this one's; the short form of `absolute`."""
    day = _weekday(moment.astimezone(WITA))[:_SHORT]
    return f"{day} {day_month(moment, now)}, {clock(moment)} {WITA}"


def is_today(moment: datetime, now: datetime) -> bool:
    """Whether a moment belongs under the heading of today, where one later than `now` stands as well."""
    return moment.astimezone(WITA).date() >= now.astimezone(WITA).date()


def day_heading(moment: datetime, now: datetime) -> str:
    """Give the heading of a day in a list: `Hari ini`, `Kemarin`, `Rabu 17 Juli`, `Rabu 17 Juli 2019`."""
    local, today = moment.astimezone(WITA), now.astimezone(WITA)
    days = (today.date() - local.date()).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    text = f"{_weekday(local)} {local.day} {_month(local)}"
    return text if local.year == today.year else f"{text} {local.year}"


def published(moment: datetime | None, source: Source | None) -> str:
    """Give a publication date in full; an estimate is marked and has no time; unknown says so."""
    if moment is None:
        return _("date unknown")
    if source is Source.INFERRED:
        local = moment.astimezone(WITA)
        return f"{ESTIMATE_MARK} {local.day} {_month(local)[:_SHORT]} {local.year}"
    return absolute(moment)


def reading_minutes(words: int) -> int:
    """Give whole minutes for a number of words, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def number(value: int) -> str:
    """Give a whole number with the language's thousands mark: `1.250` or `1,250`."""
    text = f"{value:,}"
    return text.replace(",", ".") if i18n.language() == "id" else text


def short_number(value: int) -> str:
    """Give a whole number where there is no room for `number`: `950`, `4,5 rb`, `40 rb`, `1,2 jt`, or `40k` and `1.2M`."""
    if value < 1000:
        return str(value)
    millions = value >= 999_500
    amount = value / (1_000_000 if millions else 1000)
    text = f"{amount:.0f}" if amount >= 9.95 else f"{amount:.1f}".removesuffix(".0")
    word = _("{n}M") if millions else _("{n}k")
    return word.format(n=text.replace(".", ",") if i18n.language() == "id" else text)


def size(amount: int) -> str:
    """Give a number of bytes as a person reads it: `820 B`, `12 kB`, `3,4 MB` (decimal units)."""
    if amount < 1000:
        return f"{amount} B"
    if amount < 1_000_000:
        return f"{amount / 1000:.0f} kB"
    text = f"{amount / 1e6:.1f} MB" if amount < 1e9 else f"{amount / 1e9:.1f} GB"
    return text.replace(".", ",") if i18n.language() == "id" else text


def duration(seconds: float) -> str:
    """Give a stretch of time: `8 d`/`8 s`, `3 mnt`/`3 min`."""
    whole = round(seconds)
    if whole < _MINUTE:
        return _("{n} s").format(n=whole)
    return _("{n} min").format(n=whole // _MINUTE)


def misread(part: Misread) -> str:
    """Say that a part of a query is no filter, and what would be one."""
    if part.unknown:
        text = _(
            "“{piece}” is searched for as words; filters are place: section: by: label: before: after: is: has:"
        )
    elif not part.values:
        text = _("“{piece}” is searched for as words; a date is 2024, 2024-05 or 2024-05-17.")
    else:
        text = _("“{piece}” is searched for as words; known are: {values}.")
    return text.format(piece=part.piece, values=", ".join(part.values))


def found_instead(query: str, near: str) -> str:
    """Say that a search found nothing and what was searched for instead."""
    return _("Nothing for “{query}”; this is for “{near}”.").format(query=" ".join(query.split()), near=near)


_CREDITS: Final = ("foto", "photo", "dok.", "dokumentasi", "sumber", "kredit")
"""How a credit begins that says by itself what it is."""


def caption_text(caption: str, credit: str) -> str:
    """Give caption and credit of a picture as sentences; a credit that the caption holds is not repeated."""
    if credit in caption:
        return clean(caption)
    text, named = clean(caption).rstrip("."), clean(credit).rstrip(".")
    if not named.casefold().startswith(_CREDITS):
        named = _("Photo: {name}").format(name=named)
    return f"{text}. {named}" if text else named


def byline(article: Article) -> str:
    """Give who made an article, in one line."""
    parts: list[str] = []
    if article.reporter:
        parts.append(_("By {name}").format(name=clean(article.reporter)))
    if article.editor:
        text = _("Editor {name}") if article.reporter else _("Editor: {name}")
        parts.append(text.format(name=clean(article.editor)))
    if article.photographer:
        parts.append(_("Photos {name}").format(name=clean(article.photographer)))
    if article.credit_source:
        parts.append(_("Source {name}").format(name=clean(article.credit_source)))
    return " · ".join(parts)
