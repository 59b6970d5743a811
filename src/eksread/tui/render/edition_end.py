"""The page at the end of an edition. It names nothing more to read: the end is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.formatting import number, weekday_date
from eksread.i18n import _, ngettext
from eksread.tui.render.lines import BLANK, Line, Run, paragraph, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.tui.state.current_edition import Edition


def end_lines(edition: Edition, width: int) -> Iterator[Line]:
    """Give the page's lines."""
    yield BLANK
    yield Line((Run(f"{edition.name} · {weekday_date(edition.at)}", "kicker"),))
    yield BLANK
    yield Line((Run(_("Finished."), "title"),))
    yield BLANK
    count, minutes = len(edition.articles), edition.minutes
    read = ngettext("You have read {n} article", "You have read {n} articles", count).format(n=number(count))
    minutes_read = ngettext("about {n} minute of reading.", "about {n} minutes of reading.", minutes)
    yield from text_lines(f"{read}, {minutes_read.format(n=number(minutes))}", "body", width)
    yield BLANK
    rest = _("What comes from now on waits for the next edition. There is nothing more to do here.")
    yield from text_lines(rest, "body", width)
    yield BLANK
    yield from paragraph((Run("q", "key"), Run("  " + _("back"), "hint")), width)
