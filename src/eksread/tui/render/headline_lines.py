"""A headline as the list shows it: day heading, marks, wrapped title, one line of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from eksread.formatting import (
    ESTIMATE_MARK,
    clock,
    day_month,
    is_today,
    number,
    published,
    relative,
    short_number,
    weekday_time,
)
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.enums import Source
from eksread.tui.render.lines import BLANK, Line, Run, fit, pad, run, width_of, wrap_title
from eksread.tui.state.headline_pages import NO_EXTRAS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.model.lists import Headline
    from eksread.tui.state.headline_pages import StoredExtras

GUTTER: Final = 3
"""Cells left of a title: the cursor's bar, the unread mark, a space."""
TITLE_LINES: Final = 2
SLIM: Final = 48
"""Cells below which a headline may take `SLIM_TITLE_LINES`, in tall lists: two would cut many."""
SLIM_TITLE_LINES: Final = 4
GAP: Final = 3
"""Cells of the dot between two facts."""
UNREAD: Final = "●"
READ: Final = " "
GONE: Final = "×"
SAVED: Final = "★"
NOTE: Final = "✎"
PICTURE: Final = "▣"
COMMENTS: Final = "❞"
UPDATED: Final = "↻"
RULE: Final = "─"
BAR: Final = "▌"
THIN_BAR: Final = "▏"
"""Stands for `BAR` while the focus is elsewhere: a colour alone is no sign."""


class RowShape(NamedTuple):
    """What a row's form depends on beside the headline: width in cells, whether blank lines part the rows, and whether each has one line."""

    width: int
    roomy: bool
    compact: bool = False

    @property
    def title_lines(self) -> int:
        """How many lines a title may take."""
        return SLIM_TITLE_LINES if self.roomy and self.width < SLIM else TITLE_LINES


def heading_lines(name: str, shape: RowShape) -> list[Line]:
    """Give the heading of a new day or section, with a blank line below it in tall lists."""
    name = fit(clean(name), max(1, shape.width - GUTTER - 2))
    rest = max(0, shape.width - GUTTER - cell_len(name) - 2)
    line = Line((Run(" " * GUTTER), Run(name, "day"), Run(" "), Run(RULE * rest, "rule")))
    return [line, BLANK] if shape.roomy else [line]


def row_lines(
    headline: Headline,
    now: datetime,
    shape: RowShape,
    *,
    chosen: bool,
    extras: StoredExtras = NO_EXTRAS,
    dated: bool = False,
) -> list[Line]:
    """Give the lines of one headline; their number does not depend on `chosen`.

    `dated` rows stand below the heading of their day: theirs is the time of day.
    """
    room = shape.width - GUTTER - 1
    style = "read" if headline.read else "unread"
    bar = Run(BAR if chosen else " ", "bar")
    mark = GONE if headline.gone else READ if headline.read else UNREAD
    if shape.compact:
        right = _signs(headline, room // 2, extras, dated=dated)
        title = (Run(fit(clean(headline.title), room - width_of(right) - 1), style),)
        return [
            Line((bar, Run(mark, "mark"), Run(" "), *pad(title, room - width_of(right)), *right, Run(" ")))
        ]
    titles = wrap_title(headline.title, room, shape.title_lines)
    lines = [Line((bar, Run(mark, "mark"), Run(" "), Run(titles[0], style)))]
    lines += [Line((bar, Run(" " * (GUTTER - 1)), Run(text, style))) for text in titles[1:]]
    lines.append(
        Line(
            (
                bar,
                Run(" " * (GUTTER - 1)),
                *facts(headline, now, room, chosen=chosen, extras=extras, dated=dated),
            )
        )
    )
    if extras.note:
        text = fit(f"{NOTE} {clean(extras.note)}", room)
        lines.append(Line((bar, Run(" " * (GUTTER - 1)), Run(text, "own"))))
    return [*lines, BLANK] if shape.roomy else lines


def _signs(headline: Headline, room: int, extras: StoredExtras, *, dated: bool) -> list[Run]:
    """Give what stands right of a title of one line, in `room` cells: signs, comments, and the time of day or the day."""
    found = [
        *([Run("ADV", "advert")] if headline.advertorial else ()),
        *([Run(SAVED, "saved")] if headline.saved else ()),
        *([Run(NOTE, "own")] if extras.note else ()),
        *([Run(UPDATED, "updated")] if headline.revisions > 1 else ()),
    ]
    if headline.comment_count:
        found.append(comments_badge(headline.comment_count, extras, short=True))
    moment = headline.published
    if moment is not None:
        sure = headline.published_source is not Source.INFERRED
        text = clock(moment) if dated and sure else day_month(moment, moment)
        found.append(Run(text if sure else f"{ESTIMATE_MARK} {text}", "time"))
    runs = [piece for one in found for piece in (Run(" "), one)][1:]
    while width_of(runs) > room:
        del runs[:2]
    return runs


def is_of_row(line: Line) -> bool:
    """Whether a line is of a headline itself, not of the heading above or the blank below."""
    return bool(line.runs) and line.runs[0].style == "bar"


def choice_lines(headline: Headline, now: datetime, width: int) -> list[Line]:
    """Give a headline as something to choose: its title and its facts."""
    style = "read-hit" if headline.read else "title"
    lines = [Line((Run(text, style),)) for text in wrap_title(headline.title, width, TITLE_LINES)]
    return [*lines, Line(facts(headline, now, width, chosen=False))]


def when(headline: Headline, now: datetime, *, dated: bool = False) -> str:
    """Give how long ago a headline is, or the time of day below a day's heading; an estimate is marked."""
    moment = headline.published
    if moment is None:
        return _("date unknown")
    if headline.published_source is Source.INFERRED:
        return f"{ESTIMATE_MARK} {day_month(moment, now)}"
    return clock(moment) if dated and not is_today(moment, now) else relative(moment, now)


def badges(headline: Headline) -> list[Run]:
    """Give the badges of a headline, each with a sign or word of its own."""
    found: list[Run] = []
    if headline.advertorial:
        found.append(Run("ADV", "advert"))
    if headline.saved:
        found.append(Run(SAVED, "saved"))
    if headline.revisions > 1:
        found.append(Run(_("updated"), "updated"))
    if headline.gone:
        found.append(Run(_("gone from the portal"), "fact"))
    return found


def comments_badge(count: int, extras: StoredExtras, *, short: bool) -> Run:
    """Give how many comments there are, with a sign where they are stored, and how many are new: `❞ 5 comments +2`, `❞5 +2`."""
    text = (
        short_number(count)
        if short
        else ngettext("{n} comment", "{n} comments", count).format(n=number(count))
    )
    if extras.comments:
        text = f"{COMMENTS}{text}" if short else f"{COMMENTS} {text}"
    return Run(f"{text} +{number(extras.new)}", "updated") if extras.new else Run(text, "fact")


def facts(
    headline: Headline,
    now: datetime,
    room: int,
    *,
    chosen: bool,
    extras: StoredExtras = NO_EXTRAS,
    dated: bool = False,
) -> tuple[Run, ...]:
    """Give the line of facts in `room` cells: time, marks, place, section, comments, as far as they fit.

    The words for comments that are stored give way to their sign, and the section gives way to the comments. On the chosen
    row the time stands as fully as pushes nothing out.
    """
    moments = _moments(headline, now, chosen=chosen, dated=dated)
    if extras.picture:
        moments = [f"{text} {PICTURE}" for text in moments]
    least = room - cell_len(moments[-1])
    parts = _facts(headline, extras, short=False)
    kept = _fitting(parts, least)
    if extras.comments and not any(part.text.startswith(COMMENTS) for part in kept):
        parts = _facts(headline, extras, short=True)
        kept = _fitting(parts, least)
    moment = next(text for text in moments if _fitting(parts, room - cell_len(text)) == kept)
    line = [Run(fit(moment, room), "time")]
    for part in kept:
        line += [Run(" · ", "fact"), part]
    return tuple(line)


def _moments(headline: Headline, now: datetime, *, chosen: bool, dated: bool) -> list[str]:
    """Give the time of a headline, the fullest form first."""
    moments = [when(headline, now, dated=dated)]
    if chosen and headline.published is not None:
        if headline.published_source is not Source.INFERRED:
            day = "" if dated else f"{day_month(headline.published, now)}, "
            moments.insert(0, f"{day}{clock(headline.published)}")
            moments.insert(0, weekday_time(headline.published, now))
        moments.insert(0, published(headline.published, headline.published_source))
    return moments


def _facts(headline: Headline, extras: StoredExtras, *, short: bool) -> list[tuple[int, Run]]:
    """Give the facts beside the time in their order, each with its rank: the highest is dropped first."""
    found = badges(headline)
    if headline.comment_count:
        found.append(comments_badge(headline.comment_count, extras, short=short))
    places = [run(text, "fact") for text in (headline.place, headline.section) if text]
    if len(places) == 2 and places[0].text.casefold() == places[1].text.casefold():
        places.pop()
    if not headline.has_text:
        found.append(Run(_("not saved yet"), "fact"))
    return [
        *((0, badge) for badge in found if badge.style != "fact"),
        *((1 if not index else 3, place) for index, place in enumerate(places)),
        *((2, badge) for badge in found if badge.style == "fact"),
    ]


def _fitting(parts: Sequence[tuple[int, Run]], room: int) -> list[Run]:
    """Give the facts that fit into `room` cells, in their order."""
    kept: set[int] = set()
    for index in sorted(range(len(parts)), key=lambda place: parts[place][0]):
        cells = cell_len(parts[index][1].text) + GAP
        if cells <= room:
            kept.add(index)
            room -= cells
    return [part for index, (_rank, part) in enumerate(parts) if index in kept]
