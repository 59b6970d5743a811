"""The masthead and the status line: where the reader is, what is going on, which keys help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.formatting import number, relative, weekday_date
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.enums import Stage
from eksread.portal import MASTHEAD
from eksread.tui.commands import ARTICLE
from eksread.tui.controllers.hints import fitting, hints
from eksread.tui.key_names import key_of
from eksread.tui.render.lines import Run, fit, hint_runs, width_of
from eksread.tui.state.current_edition import unread_left
from eksread.tui.state.sidebar_items import SAVED, UNREAD
from eksread.tui.widgets.bars import ADDRESS, Bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen
    from textual.timer import Timer

    from eksread.library import Library
    from eksread.model.progress import Progress, Summary
    from eksread.tui.controllers.hints import Hint
    from eksread.tui.controllers.panes import Panes
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.state.screen_state import ScreenState, Stop

NOTICE_SECONDS: Final = 5.0
"""How long a notice is shown at most: long enough to read twelve words; the next key removes it."""
GRAVE_SECONDS: Final = 8.0
PROGRESS_CELLS: Final = 8
EDITION_WIDTH: Final = 100
"""Columns from which the date has room beside the progress of an edition, and a key beside that of a refresh."""
TRAIL_SHOWN: Final = 3
"""Stops of the trail that are named: further back nobody remembers what it was."""
TRAIL_GAP: Final = 3
"""Cells of the sign between two stops."""
TITLE_CELLS: Final = 80
"""Cells of an article's title in that of the window: taskbars and tabs show less."""
RUNS_PER_HINT: Final = 2
"""The key and its word."""
NARROW: Final = 80
"""Columns below which the keys need the room of the words about the last update."""


class StatusBars:
    """Writes both bars of the main screen."""

    def __init__(self, screen: Screen[None], library: Library, state: ScreenState, panes: Panes) -> None:
        self.masthead = Bar(pane_id="masthead")
        self.bar = Bar(pane_id="status", grows=True)
        self._screen = screen
        self._library = library
        self._panes = panes
        self._state = state
        self._notice: Run | None = None
        self._lasting: Run | None = None
        self._address = ""
        self._timer: Timer | None = None
        self._hints: list[Hint] = []
        self._pane = state.pane

    def say(self, text: str, *, grave: bool = False, address: str = "") -> None:
        """Show a notice that disappears by itself, an address after it; empty text removes the present one."""
        if self._timer is not None:
            self._timer.stop()
        self._notice = Run(clean(text), "grave" if grave else "notice") if text else None
        self._address = clean(address) if text else ""
        if text and not address:  # an address is read or clicked in one's own time: the next key removes it
            seconds = GRAVE_SECONDS if grave else NOTICE_SECONDS
            self._timer = self._screen.set_timer(seconds, partial(self.say, ""))
        self.update()

    def keep_saying(self, text: str) -> None:
        """Show a notice until a key is pressed or something clicked, whatever else is shown meanwhile."""
        self._lasting = Run(clean(text), "notice")
        self.update()

    def reader_acted(self) -> None:
        """Remove the notice of `keep_saying`: the reader has seen it."""
        if self._lasting is not None:
            self._lasting = None
            self.update()

    def moved(self) -> None:
        """Another pane may have the focus: its hints are shown, and the notice about the previous one is removed."""
        before, self._pane = self._pane, self._state.pane
        if before != self._pane:
            self.say("")
        self.update()

    def minute(self) -> None:
        """Keep relative times true."""
        self._panes.headlines.redraw()
        self.update()

    def say_end(self, summary: Summary, *, asked: bool) -> None:
        """Say how a refresh ended, if there is anything to say."""
        if summary.failed:
            text = ngettext(
                "{n} page could not be fetched.", "{n} pages could not be fetched.", summary.failed
            )
            reason = summary.failures[0].message if summary.failures else ""
            self.say(f"{text.format(n=number(summary.failed))} {reason}".strip())
        elif asked and not summary.stopped and not self._state.waiting:
            self.say(_("Up to date."))

    def update(self) -> None:
        """Write both lines anew."""
        self.masthead.set(self._masthead(), self._announcement())
        right = self._right()
        notice = self._lasting or self._notice
        left = [notice] if notice else self._hint_runs(self._width - width_of(right) - 4)
        if notice and notice is self._notice and self._address:
            left += [Run(" ", "notice"), Run(self._address, ADDRESS)]
        self.bar.set(left, right, whole=notice is not None)
        self._screen.app.title = self._title()

    @property
    def _width(self) -> int:
        return self._screen.size.width

    def _title(self) -> str:
        """Give the title of the terminal's window: the article that is read, else the portal."""
        read = self._panes.subject if self._state.reading else None
        return f"{fit(clean(read.title), TITLE_CELLS)} · {MASTHEAD}" if read is not None else MASTHEAD

    # ---- the masthead ----

    def _masthead(self) -> list[Run]:
        state = self._state
        runs = [Run(MASTHEAD, "brand")]
        if state.narrowed:
            return [*runs, *self._narrowed()]
        if state.edition is not None:
            return [*runs, Run("   "), *self._edition(state.edition)]
        if state.reading and state.trail.stops:
            return [*runs, *self._trail(state.trail.stops)]
        item = state.item
        runs += [Run("   "), Run(clean(item.name), "place")]
        if item.shown:
            count = number(item.shown)
            if item.key not in (SAVED, UNREAD):  # these names say by themselves what is counted
                count = _("{n} unread").format(n=count)
            runs.append(Run(f"  {count}", "dim"))
        return runs

    def _narrowed(self) -> list[Run]:
        """Name the words by which the list is filtered, and how many articles they leave."""
        state, count = self._state, len(self._panes.headlines.rows)
        name = state.edition.name if state.edition is not None else state.item.name
        found = ngettext("{n} article", "{n} articles", count).format(n=number(count))
        words = Run(clean(state.narrowed), "place")
        return [Run("   "), Run(clean(name), "dim"), Run(" / ", "dim"), words, Run(f"  {found}", "dim")]

    def _trail(self, stops: Sequence[Stop]) -> list[Run]:
        """Name the articles over which the reader came, the last ones where room is short."""
        shown = stops[-TRAIL_SHOWN:]
        taken = width_of((Run(MASTHEAD),)) + width_of(self._announcement())
        room = (self._width - taken - 2 * TRAIL_GAP) // len(shown) - TRAIL_GAP
        runs = [Run("  …", "dim")] if len(shown) < len(stops) else []
        for stop in shown:
            runs += [Run(" ‹ ", "dim"), Run(fit(clean(stop.title), max(1, room)), "place")]
        return runs

    def _edition(self, edition: Edition) -> list[Run]:
        """Give an edition's name and how far it is read."""
        unread, minutes = unread_left(edition, self._panes.headlines.rows.all())
        total = len(edition.articles)
        runs = [Run(edition.name, "place")]
        if not total:
            return runs
        done = total - unread
        runs += [
            Run(f"  {_progress_bar(done / total)} ", "progress"),
            Run(f"{number(done)}/{number(total)}", "dim"),
        ]
        if unread:
            text = ngettext("{n} min left", "{n} min left", minutes)
            runs.append(Run(" · " + text.format(n=number(minutes)), "dim"))
        else:
            runs.append(Run(" · " + _("finished"), "dim"))
        return runs

    def _announcement(self) -> list[Run]:
        waiting, edition = self._state.waiting, self._state.edition
        if waiting:
            text = ngettext("{n} new article - press {key}", "{n} new articles - press {key}", waiting)
            return [Run(text.format(n=number(waiting), key=key_of("show-new")), "news")]
        if self._width < (EDITION_WIDTH if edition is not None and edition.articles else NARROW):
            return []
        return [Run(weekday_date(self._library.clock()), "dim")]

    # ---- the status line ----

    def _hint_runs(self, room: int) -> list[Run]:
        """Give the hints that fit whole."""
        self._hints, gap = fitting(hints(self._state, self._panes), room)
        return list(hint_runs(((hint.key, _(hint.word)) for hint in self._hints), gap))

    def command_at(self, index: int) -> str | None:
        """Give the command whose hint the piece with this index belongs to, None for a notice or a hint without one."""
        place = index // RUNS_PER_HINT
        noticed = self._lasting is not None or self._notice is not None
        return None if noticed or place >= len(self._hints) else self._hints[place].command

    def _right(self) -> list[Run]:
        """Say what is going on: a refresh, how far the article is read, else when the news was brought up to date."""
        if self._state.refresh.progress is not None:
            return self._progress(self._state.refresh.progress)
        article = self._panes.article if self._state.pane == ARTICLE else None
        if article is None or article.stored is None:
            return self._freshness(narrow=self._width < NARROW)
        runs = [Run(f"{article.percent} %", "dim")]
        if article.matches:
            found = f"{number(article.match + 1)}/{number(len(article.matches))}"
            runs.insert(0, Run(found + "  ", "news"))
        if article.stored.headline.id == self._state.trail.changed:
            text = _("changed: {key}") if self._width < NARROW else _("changed since you opened it: {key}")
            runs.insert(0, Run(text.format(key=key_of("changes")) + "  ", "news"))
        return runs

    def _freshness(self, *, narrow: bool) -> list[Run]:
        """Say when the news was last brought up to date, and whether there is a connection."""
        fresh = self._library.fresh_at()
        when = relative(fresh, self._library.clock()) if fresh else ""
        if self._library.offline or not self._state.refresh.online:
            if narrow:
                return [Run(_("offline"), "notice")]
            text = _("offline, updated {when}") if fresh else _("offline, never updated")
            return [Run(text.format(when=when), "notice")]
        if narrow:
            return []
        return [Run(_("updated {when}").format(when=when) if fresh else _("never updated"), "dim")]

    def _progress(self, progress: Progress) -> list[Run]:
        names = {
            Stage.FRONT: _("front page"),
            Stage.FEED: _("feed"),
            Stage.SECTIONS: _("sections"),
            Stage.BODIES: _("texts"),
            Stage.PICTURES: _("pictures"),
            Stage.DONE: _("done"),
        }
        runs = [Run(_("fetching: {what}").format(what=names[progress.stage]), "dim")]
        if progress.total:
            bar = _progress_bar(min(1.0, progress.done / progress.total))
            runs += [Run(f" {bar} ", "progress"), Run(f"{progress.done}/{progress.total}", "dim")]
        if self._width >= EDITION_WIDTH:
            runs.append(Run("  " + _("{key} stops").format(key=key_of("escape")), "hint"))
        return runs


def _progress_bar(share: float) -> str:
    done = round(PROGRESS_CELLS * share)
    return "━" * done + "┄" * (PROGRESS_CELLS - done)
