"""When an article was published, asked of its page in the order of trust (see `published`)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.article.context import NEAR_TITLE
from eksread.parse.html.metadata import META_NAMES, MODIFIED
from eksread.parse.language.bylines import read_line
from eksread.parse.language.dates import (
    find_event_days,
    find_printed,
    infer,
    is_age,
    is_date_line,
    read_moment,
)
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, tzinfo

    from eksread.parse.article.assemble import Facts
    from eksread.parse.article.context import Reading
    from eksread.parse.html.metadata import Metadata


# When an article was published, by the order of trust of the portal's language.

_URL_DAY: Final = re.compile(
    r"[/=-]((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$|\?)|[/-]((?:20)\d\d)(\d\d)(\d\d)(?:\d{4,})?[/-]"
)

_PARTS: Final = re.compile(r"\s*[|•·]\s*")
"""What stands between an article's age, the minutes to read it and the like."""

MAX_PRINTED: Final = 160
"""Characters of a line that is believed to be a date line or byline with a date."""


def from_metadata(metadata: Metadata, now: datetime) -> tuple[datetime, Source] | None:
    """The moment that JSON-LD or a meta element says."""
    for name in ("datePublished", "dateCreated"):
        said = metadata.said(name)
        moment = read_moment(said, now=now) if said else None
        if moment is not None:
            return moment, Source.JSON_LD
    for name in META_NAMES:
        said = metadata.meta.get(name)
        moment = (read_moment(said, now=now) or find_printed(said, now=now)) if said else None
        if moment is not None:
            return moment, Source.META
    return None


def from_modified(metadata: Metadata, now: datetime) -> datetime | None:
    """The day of the last change, for pages that say nothing else."""
    said = metadata.said("dateModified") or metadata.first(*MODIFIED)
    return read_moment(said, now=now) if said else None


def from_lines(lines: Iterable[str], now: datetime, zone: tzinfo = WITA) -> datetime | None:
    """The first date printed in lines near the title."""
    for line in lines:
        if len(line) <= MAX_PRINTED and any(char.isdigit() for char in line):
            moment = find_printed(line, now=now, zone=zone) or read_moment(line, now=now, zone=zone)
            for part in _PARTS.split(line) if moment is None and _PARTS.search(line) else ():
                moment = moment or read_moment(part, now=now, zone=zone)
            if moment is not None:
                return moment
    return None


def from_address(url: str, now: datetime) -> datetime | None:
    """The day in an address such as `/2015/03/12/…`."""
    for found in _URL_DAY.finditer(url):
        year, month, day = (int(part) for part in (found.groups()[:3] if found[1] else found.groups()[3:]))
        try:
            moment = datetime(year, month, day, tzinfo=WITA)
        except ValueError:
            continue
        if moment <= now + timedelta(days=1):
            return moment
    return None


def from_weekday(texts: Sequence[str], not_after: date) -> datetime | None:
    """The newest day that the text's `Rabu (17/7)` can be: an estimate."""
    found = infer(find_event_days("\n".join(texts)), not_after=not_after)
    return datetime(found.year, found.month, found.day, tzinfo=WITA) if found else None


MAX_DATE_LINE: Final = 80
"""Characters of a line of the body's start that may be a date line; a longer one is text that names a day."""

HEADER: Final = 60
"""Runs above the title in which a page's header shows today's date."""

CLOSE: Final = 3
"""Runs above the title in which a day alone is the article's: with it stands a name, or the minutes to read."""

_MARKED: Final = "[itemprop=datePublished], abbr.published[title], .updated[title], .timeago[title], .timeago[datetime], span[title^='20']"


def take_published(reading: Reading, facts: Facts) -> None:
    """The first answer in the order of trust."""
    now = reading.now
    facts.page_date = _page_date(reading)
    told = from_metadata(reading.metadata, now)
    printed = _from_markup(reading) if told is None else None
    if told is not None and _is_midnight(told[0]):
        printed = from_lines(_lines(reading), now)
        if printed is not None and printed.date() == told[0].date():
            told = printed, Source.MARKUP
    if told is not None and told[1] is Source.META:
        told = _in_printed_zone(told[0], from_lines(_lines(reading), now)), Source.META
    if told is None and printed is None:
        printed = from_lines(_lines(reading), now)
    if told is None and printed is not None:
        told = printed, Source.MARKUP
    if told is None:
        moment = from_modified(reading.metadata, now)
        told = (moment, Source.META) if moment else None
    if told is None:
        bound = min(facts.page_date or now.date(), now.date())
        moment = from_address(reading.url, now) or from_weekday(facts.texts(), bound)
        told = (moment, Source.INFERRED) if moment else None
    if told is not None:
        facts.published = told[0]
        facts.note(told[1], "published")


def _in_printed_zone(moment: datetime, printed: datetime | None) -> datetime:
    """A meta element's moment in the zone that the page prints beside the same clock: it often names none itself."""
    if printed is None or printed.tzinfo is None:
        return moment
    same = moment.replace(second=0, microsecond=0, tzinfo=None) == printed.replace(second=0, tzinfo=None)
    return moment.replace(tzinfo=printed.tzinfo) if same else moment


def _is_midnight(moment: datetime) -> bool:
    """Whether a moment is a day without a time."""
    return not (moment.hour or moment.minute or moment.second)


def _from_markup(reading: Reading) -> datetime | None:
    """What is marked as published, else the `<time datetime>` that stands at the title."""
    now = reading.now
    for node in reading.tree.css(_MARKED)[:6]:
        given = node.attributes
        value = given.get("datetime") or given.get("content") or given.get("title") or node.text()
        moment = read_moment(value, now=now) or find_printed(value, now=now)
        if moment is not None:
            return moment
    first = max(0, reading.title_run - NEAR_TITLE)
    behind = [area.start - 1 for area in reading.areas if area.start > reading.title_run]
    last = min([reading.first_kept() + 2 * NEAR_TITLE, *behind])  # a comment's time is not the article's
    near = [(at, value) for at, value, _ in reading.flow.times if first <= at <= last]
    # Below the title first: what stands above it may be the day that the page's header shows.
    for _, value in sorted(
        near, key=lambda time: (time[0] < reading.title_run, abs(time[0] - reading.title_run))
    ):
        moment = read_moment(value, now=now)
        if moment is not None:
            return moment
    return None


def _lines(reading: Reading) -> Iterator[str]:
    """Lines near the title: below it, at the start of the body, above it; a page header's date has no time."""
    runs = reading.flow.runs
    yield from reading.title_lines()
    for run in reading.head():
        if run.node is None:
            yield from run.lines()
    for at in reading.region.kept[:NEAR_TITLE]:
        if runs[at].node is None:
            yield from (
                line for line in runs[at].lines()[:3] if len(line) <= MAX_DATE_LINE or read_line(line)
            )
    if reading.title_run >= 0:
        above = runs[max(0, reading.title_run - NEAR_TITLE) : reading.title_run]
        yield from (run.text for run in reversed(above) if run.node is None and _has_time(run.text))
        yield from _day_above(reading)
        yield from (run.text for run in above[-CLOSE:] if not run.linked and is_age(run.text))


def _day_above(reading: Reading) -> Iterator[str]:
    """The day alone close above the title, if the header shows its own day further up, or beside the minutes to read."""
    runs = reading.flow.runs[max(0, reading.title_run - HEADER) : reading.title_run]
    days = [at for at, run in enumerate(runs) if run.node is None and is_date_line(run.text)]
    if not days or days[-1] < len(runs) - CLOSE:
        return
    beside = runs[days[-1] + 1 : days[-1] + 2] + runs[max(0, days[-1] - 1) : days[-1]]
    if len(days) > 1 or any(_TO_READ.search(run.text) for run in beside):
        yield runs[days[-1]].text


_TO_READ: Final = re.compile(r"(?i)\d+ (?:menit|mnt|min)\b.{0,6}(?:baca|membaca|read)")


def _has_time(line: str) -> bool:
    return ":" in line or "." in line


def _page_date(reading: Reading) -> date | None:
    """Today's date as the page's header shows it."""
    for run in reading.flow.runs[: max(0, reading.title_run)][:HEADER]:
        if run.node is None and len(run.text) < MAX_DATE_LINE:
            moment = find_printed(run.text, now=reading.now)
            if moment is not None:
                return moment.date()
    return None
