"""A headline as the list shows it: day heading, marks, wrapped title, one line of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from eksread.i18n import _, ngettext
from eksread.model import Source
from eksread.portal import WITA
from eksread.tui.render import BLANK, Line, Run, clean, fit, run, wrap_title
from eksread.wording import ESTIMATE_MARK, day_heading, day_month, number, published, relative

if TYPE_CHECKING:
    from datetime import date, datetime

    from eksread.model import Headline

GUTTER: Final = 3
"""Cells left of a title: the cursor's bar, the unread mark, a space."""
TITLE_LINES: Final = 2
UNREAD: Final = "●"
READ: Final = " "
GONE: Final = "×"
SAVED: Final = "★"
NOTE: Final = "✎"
RULE: Final = "─"
BAR: Final = "▌"


class RowShape(NamedTuple):
    """What a row's form depends on beside the headline: width in cells, and whether there is room to breathe."""

    width: int
    roomy: bool


def day_of(headline: Headline) -> date:
    """Give the day (WITA) under which a headline stands."""
    return (headline.published or headline.first_seen).astimezone(WITA).date()


def day_name(headline: Headline, now: datetime) -> str:
    """Give the name of the day under which a headline stands."""
    return day_heading(headline.published or headline.first_seen, now)


def heading_lines(name: str, shape: RowShape) -> list[Line]:
    """Give the heading of a new day or section, with air below it where there is room."""
    name = fit(clean(name), max(1, shape.width - GUTTER - 2))
    rest = max(0, shape.width - GUTTER - cell_len(name) - 2)
    line = Line((Run(" " * GUTTER), Run(name, "day"), Run(" "), Run(RULE * rest, "rule")))
    return [line, BLANK] if shape.roomy else [line]


def row_lines(
    headline: Headline, now: datetime, shape: RowShape, *, chosen: bool, note: str = ""
) -> list[Line]:
    """Give the lines of one headline; their number does not depend on `chosen`. `note` is the reader's own."""
    room = shape.width - GUTTER - 1
    look = "read" if headline.read else "unread"
    bar = Run(BAR if chosen else " ", "bar")
    mark = GONE if headline.gone else READ if headline.read else UNREAD
    titles = wrap_title(headline.title, room, TITLE_LINES)
    lines = [Line((bar, Run(mark, "mark"), Run(" "), Run(titles[0], look)))]
    lines += [Line((bar, Run(" " * (GUTTER - 1)), Run(text, look))) for text in titles[1:]]
    lines.append(Line((bar, Run(" " * (GUTTER - 1)), *facts(headline, now, room, chosen=chosen))))
    if note:
        text = fit(f"{NOTE} {clean(note)}", room)
        lines.append(Line((bar, Run(" " * (GUTTER - 1)), Run(text, "own"))))
    return [*lines, BLANK] if shape.roomy else lines


def when(headline: Headline, now: datetime) -> str:
    """Give how long ago a headline is, an estimate marked as one."""
    moment = headline.published
    if moment is None:
        return _("date unknown")
    if headline.published_source is Source.INFERRED:
        return f"{ESTIMATE_MARK} {day_month(moment, now=now)}"
    return relative(moment, now)


def badges(headline: Headline) -> list[Run]:
    """Give the badges of a headline, each with a sign or word of its own."""
    found: list[Run] = []
    if headline.advertorial:
        found.append(Run("ADV", "advert"))
    if headline.saved:
        found.append(Run(SAVED, "saved"))
    if headline.revisions > 1:
        found.append(Run(_("updated"), "updated"))
    if headline.comment_count:
        count = headline.comment_count
        text = ngettext("{n} comment", "{n} comments", count).format(n=number(count))
        found.append(Run(text, "fact"))
    if headline.gone:
        found.append(Run(_("gone from the portal"), "fact"))
    return found


def facts(headline: Headline, now: datetime, room: int, *, chosen: bool) -> tuple[Run, ...]:
    """Give the line of facts: time, place, section, badges; what does not fit is left out, the last first.

    On the chosen row the time stands in full where it fits.
    """
    moment = when(headline, now)
    if chosen and headline.published is not None:
        full = published(headline.published, headline.published_source)
        if cell_len(full) <= room:
            moment = full
    parts: list[Run] = [Run(fit(moment, room), "time")]
    badge_runs = badges(headline)
    places = [run(text, "fact") for text in (headline.place, headline.section) if text]
    if len(places) == 2 and places[0].text.casefold() == places[1].text.casefold():
        places.pop()
    if not headline.has_text:
        badge_runs.append(Run(_("not held"), "fact"))
    used = cell_len(parts[0].text)
    strong = [badge for badge in badge_runs if badge.look != "fact"]
    weak = [badge for badge in badge_runs if badge.look == "fact"]
    for part in (*strong, *places, *weak):
        cells = cell_len(part.text) + 3
        if used + cells > room:
            continue
        parts += [Run(" · ", "fact"), part]
        used += cells
    return tuple(parts)


def plain_title(headline: Headline) -> str:
    """Give a headline's title for one line of text."""
    return clean(headline.title)
