"""When an article was published, asked of its page in the order of trust (see `published`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.model import Source
from eksread.parse import published
from eksread.parse.dates import find_printed, read_moment
from eksread.parse.reading import NEAR_TITLE

if TYPE_CHECKING:
    from datetime import date, datetime

    from eksread.parse.facts import Facts
    from eksread.parse.reading import Reading


def take_published(reading: Reading, facts: Facts) -> None:
    """The first answer in the order of trust; see `published`."""
    now = reading.now
    facts.page_date = _page_date(reading)
    told = published.from_metadata(reading.metadata, now)
    if told is not None:
        facts.published = told[0]
        facts.note(told[1], "published")
        return
    facts.published = _from_time_element(reading) or published.from_lines(_date_lines(reading), now)
    if facts.published is not None:
        facts.note(Source.MARKUP, "published")
        return
    bound = min(facts.page_date or now.date(), now.date())
    facts.published = published.from_address(reading.url, now) or published.from_weekday(facts.texts(), bound)
    facts.note(Source.INFERRED, "published")


def _from_time_element(reading: Reading) -> datetime | None:
    """What `<time datetime>` or `itemprop` says: the one marked as published, else the first after the header."""
    chosen = None
    for node in reading.tree.css("time[datetime], [itemprop=datePublished]")[:20]:
        given = node.attributes
        value = given.get("datetime") or given.get("content") or node.text()
        moment = read_moment(value, now=reading.now) or find_printed(value, now=reading.now)
        if moment is not None and given.get("itemprop") == "datePublished":
            return moment
        chosen = chosen or moment
    return chosen


def _date_lines(reading: Reading) -> list[str]:
    """Lines near the title: below it first, then those just above it that are no page header."""
    runs = reading.flow.runs
    below = [line for run in reading.head() if run.node is None for line in run.lines()]
    body = [line for at in reading.region.kept[:4] if runs[at].node is None for line in runs[at].lines()[:3]]
    if reading.title_run < 0:
        return [*below, *body]
    above = [
        run.text
        for run in runs[max(0, reading.title_run - NEAR_TITLE) : reading.title_run]
        if run.node is None
    ]
    return [*below, *body, *(line for line in reversed(above) if ":" in line or "." in line)]


def _page_date(reading: Reading) -> date | None:
    """Today's date as the page's header shows it."""
    for run in reading.flow.runs[: max(0, reading.title_run)][:60]:
        if run.node is None and len(run.text) < 60:
            moment = find_printed(run.text, now=reading.now)
            if moment is not None:
                return moment.date()
    return None
