"""When an article was published, by the order of trust of the portal's language.

Metadata, then `<time>` inside the article, then a date printed near the title, then an address that holds a date, then
the weekday that the text names. The date of the page's header is today's: only a bound.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from eksread.model import Source
from eksread.parse.dates import find_printed, read_moment
from eksread.parse.eventdays import find_event_days, infer
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from eksread.parse.metadata import Metadata

META_NAMES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate", "publish-date",
    "publish_date", "pubdate", "published_time", "published-date", "publication_date", "article.published", "dtk:publishdate",
    "content_publisheddate", "content_published_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "dcsext.articlefirstpublished",
    "article_date_original", "originalpublicationdate", "datecreated", "rnews:datepublished", "shareaholic:article_published_time",
    "cse_published", "bt:pubdate", "created", "timestamp", "date", "time",
)  # fmt: skip
"""Meta elements that hold the day of publication, the surest first."""

MODIFIED: Final = ("og:updated_time", "article:modified_time", "datemodified", "lastmod", "last-modified")
"""Meta elements with the day of the last change: better than an estimate, worse than a printed date."""

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
