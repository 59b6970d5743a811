"""When an article was published, asked of its page in the order of trust (see `published`)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType, Source
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

    from eksread.model.news import Block
    from eksread.parse.article.context import PageContext
    from eksread.parse.html.metadata import Metadata


# When an article was published, by the order of trust of the portal's language.

_URL_DAY: Final = re.compile(
    r"[/=-]((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$|\?)|[/-]((?:20)\d\d)(\d\d)(\d\d)(?:\d{4,})?[/-]"
)

_PARTS: Final = re.compile(r"(?:(?<!\s)\s++)?[|•·]\s*")
"""What stands between an article's age, the minutes to read it and the like."""

MAX_PRINTED: Final = 160
"""Characters of a line that is believed to be a date line or byline with a date."""


def from_metadata(metadata: Metadata, now: datetime) -> tuple[datetime, Source] | None:
    """The moment that JSON-LD or a meta element says."""
    for name in ("datePublished", "dateCreated"):
        value = metadata.value(name)
        moment = read_moment(value, now=now) if value else None
        if moment is not None:
            return moment, Source.JSON_LD
    for name in META_NAMES:
        value = metadata.meta.get(name)
        moment = (read_moment(value, now=now) or find_printed(value, now=now)) if value else None
        if moment is not None:
            return moment, Source.META
    return None


def from_modified(metadata: Metadata, now: datetime) -> datetime | None:
    """The day of the last change, for pages that say nothing else."""
    value = metadata.value("dateModified") or metadata.first(*MODIFIED)
    return read_moment(value, now=now) if value else None


def from_lines(lines: Iterable[str], now: datetime) -> datetime | None:
    """The first date printed in lines near the title."""
    for line in lines:
        if len(line) <= MAX_PRINTED and any(char.isdigit() for char in line):
            moment = find_printed(line, now=now) or read_moment(line, now=now)
            for part in _PARTS.split(line) if moment is None and _PARTS.search(line) else ():
                moment = moment or read_moment(part, now=now)
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


def from_weekday(blocks: Sequence[Block], not_after: date) -> datetime | None:
    """The newest day that the running text's `Rabu (17/7)` can be: an estimate."""
    texts = [block.text for block in blocks if block.type not in {BlockType.RELATED, BlockType.IMAGE}]
    found = infer(find_event_days("\n".join(texts)), not_after=not_after)
    return datetime(found.year, found.month, found.day, tzinfo=WITA) if found else None


MAX_DATE_LINE: Final = 80
"""Characters of a line of the body's start that may be a date line; a longer one is text that names a day."""

HEADER: Final = 60
"""Runs above the title in which a page's header shows today's date."""

CLOSE: Final = 3
"""Runs above the title in which a day alone is the article's: with it stands a name, or the minutes to read."""

_MARKED: Final = "[itemprop=datePublished], abbr.published[title], .updated[title], .timeago[title], .timeago[datetime], span[title^='20']"


def find_published(page: PageContext, blocks: Sequence[Block]) -> tuple[datetime | None, Source]:
    """The first answer in the order of trust, and where it stands."""
    now = page.now
    stated = from_metadata(page.metadata, now)
    if stated is not None:
        return _with_printed_clock(page, *stated)
    printed = _from_markup(page) or from_lines(_lines(page), now)
    if printed is not None:
        return printed, Source.MARKUP
    modified = from_modified(page.metadata, now)
    if modified is not None:
        return modified, Source.META
    latest = min(header_date(page) or now.date(), now.date())
    return from_address(page.url, now) or from_weekday(blocks, latest), Source.INFERRED


def _with_printed_clock(page: PageContext, moment: datetime, source: Source) -> tuple[datetime, Source]:
    """A stated moment; where only a day is stated, with the time that the page prints."""
    if moment.hour or moment.minute or moment.second:
        return moment, source
    printed = from_lines(_lines(page), page.now)
    if printed is None or printed.date() != moment.date():
        return moment, source
    return printed, Source.MARKUP


def _from_markup(page: PageContext) -> datetime | None:
    """What is marked as published, else the `<time datetime>` that stands at the title."""
    now = page.now
    for node in page.tree.css(_MARKED)[:6]:
        given = node.attributes
        value = given.get("datetime") or given.get("content") or given.get("title") or node.text()
        moment = read_moment(value, now=now) or find_printed(value, now=now)
        if moment is not None:
            return moment
    first = max(0, page.title_run - NEAR_TITLE)
    behind = [area.start - 1 for area in page.areas if area.start > page.title_run]
    last = min([page.first_kept() + 2 * NEAR_TITLE, *behind])  # a comment's time is not the article's
    near = [(at, value) for at, value, _ in page.flow.times if first <= at <= last]
    # Below the title first: what stands above it may be the day that the page's header shows.
    for _, value in sorted(near, key=lambda time: (time[0] < page.title_run, abs(time[0] - page.title_run))):
        moment = read_moment(value, now=now)
        if moment is not None:
            return moment
    return None


def _lines(page: PageContext) -> Iterator[str]:
    """Lines near the title: below it, at the start of the body, above it; a page header's date has no time."""
    runs = page.flow.runs
    yield from page.title_lines()
    for run in page.head():
        if run.node is None:
            yield from run.lines()
    for at in page.region.kept[:NEAR_TITLE]:
        if runs[at].node is None:
            yield from (
                line for line in runs[at].lines()[:3] if len(line) <= MAX_DATE_LINE or read_line(line)
            )
    above = _dates_above(page)
    near = [at for at in reversed(above) if at >= page.title_run - NEAR_TITLE]
    yield from (runs[at].text for at in near if _has_time(runs[at].text))
    if above and _is_articles_day(page, above):
        yield runs[above[-1]].text
    close = runs[max(0, page.title_run - CLOSE) : max(0, page.title_run)]
    yield from (run.text for run in close if not run.linked and is_age(run.text))


def _dates_above(page: PageContext) -> list[int]:
    """The runs above the title, in the page's header or between it and the title, that print a date."""
    return [
        at
        for at in range(max(0, page.title_run - HEADER), max(0, page.title_run))
        if (run := page.flow.runs[at]).node is None
        and len(run.text) < MAX_DATE_LINE
        and find_printed(run.text, now=page.now)
    ]


def header_date(page: PageContext) -> date | None:
    """Today's date as the page's header shows it."""
    above = _dates_above(page)
    moment = find_printed(page.flow.runs[above[0]].text, now=page.now) if above else None
    return moment.date() if moment else None


def _is_articles_day(page: PageContext, above: Sequence[int]) -> bool:
    """Whether the last day above the title is close to it, and below the header's own day."""
    last = above[-1]
    if last < page.title_run - CLOSE or not is_date_line(page.flow.runs[last].text):
        return False
    return len(above) > 1


def _has_time(line: str) -> bool:
    return ":" in line or "." in line
