"""The masthead and the status line: where the reader is, what is going on, which keys help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.formatting import number, relative, weekday_date
from eksread.i18n import _, ngettext
from eksread.model.enums import Stage
from eksread.tui.controllers.hints import fitting, hints
from eksread.tui.keys import key_of
from eksread.tui.render.lines import Run, clean, fit, hint_runs, width_of
from eksread.tui.state.sidebar_items import SAVED, UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from eksread.model.progress import Progress
    from eksread.tui.messages import RefreshDone, Stop
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.widgets.bars import Bar

NOTICE_SECONDS: Final = 5.0
"""How long a notice stands at most: long enough to read twelve words; the next key takes it away."""
GRAVE_SECONDS: Final = 8.0
PROGRESS_CELLS: Final = 8
EDITION_WIDTH: Final = 100
"""Columns from which the date has room beside the progress of an edition."""
TRAIL_SHOWN: Final = 3
"""Stops of the trail that are named: further back nobody remembers what it was."""
TRAIL_GAP: Final = 3
"""Cells of the sign between two stops."""
RUNS_PER_HINT: Final = 2
"""The key and its word."""
NARROW: Final = 80
"""Columns below which the keys need the room of the words about the last update."""


class Status:
    """Writes both bars of the main screen."""

    def __init__(self, screen: MainScreen, bar: Bar) -> None:
        self._screen = screen
        self.bar = bar
        self.progress: Progress | None = None
        self._notice: Run | None = None
        self._standing: Run | None = None
        self._timer: Timer | None = None
        self._hinted: list[str | None] = []
        self._line = True
        self._place = "headlines"

    def say(self, text: str, *, grave: bool = False) -> None:
        """Show a notice that goes by itself; empty text takes the present one away."""
        if self._timer is not None:
            self._timer.stop()
        self._notice = Run(clean(text), "grave" if grave else "notice") if text else None
        if text:
            self._timer = self._screen.set_timer(GRAVE_SECONDS if grave else NOTICE_SECONDS, self._expire)
        self.update()

    def tell(self, text: str) -> None:
        """Show a notice that stands until a key is pressed or something clicked, whatever is said meanwhile."""
        self._standing = Run(clean(text), "notice")
        self.update()

    def reader_is_here(self) -> None:
        """Take away what stood until the reader was there to read it."""
        if self._standing is not None:
            self._standing = None
            self.update()

    @property
    def _said(self) -> Run | None:
        """The notice to show."""
        return self._standing or self._notice

    def moved(self) -> None:
        """Another pane may have the focus: its hints stand here, and what was said of the one before goes."""
        before, self._place = self._place, self._screen.pane
        if before != self._place:
            self.say("")
        self.update()

    def _expire(self) -> None:
        self._notice = None
        self.update()

    def minute(self) -> None:
        """Keep relative times true."""
        self._screen.headlines.refresh_times()
        self.update()

    def refreshed(self, end: RefreshDone) -> None:
        """Say how a refresh ended; silence where there is nothing to say."""
        self._line = end.line
        summary = end.summary
        if end.error:
            self.say(end.error, grave=True)
        elif end.quiet:
            pass  # the state at the right tells enough
        elif summary is not None and summary.failed:
            text = ngettext("{n} page could not be had.", "{n} pages could not be had.", summary.failed)
            reason = summary.failures[0].message if summary.failures else ""
            self.say(f"{text.format(n=number(summary.failed))} {reason}".strip())
        elif end.asked and summary is not None and not summary.stopped and not self._screen.news.waiting:
            self.say(_("Up to date."))
        self.update()

    def update(self) -> None:
        """Write both lines anew."""
        screen = self._screen
        screen.masthead.set(self._masthead(), self._announcement())
        state = self._state()
        said = self._said
        left = [said] if said else self._hints(screen.size.width - width_of(state) - 4)
        self.bar.set(left, state, whole=bool(said))

    # ---- the masthead ----

    def _masthead(self) -> list[Run]:
        screen = self._screen
        runs = [Run(screen.room.settings.name, "brand")]
        item = screen.sidebar_item
        if screen.news.edition is not None:
            return [*runs, Run("   "), *self._edition(screen.news.edition)]
        if screen.panes.reading and screen.reading.trail:
            return [*runs, *self._trail(screen.reading.trail)]
        runs += [Run("   "), Run(clean(item.name), "place")]
        if item.shown:
            count = number(item.shown)
            if item.key not in (SAVED, UNREAD):  # these names say by themselves what is counted
                count = _("{n} unread").format(n=count)
            runs.append(Run(f"  {count}", "dim"))
        return runs

    def _trail(self, trail: Sequence[Stop]) -> list[Run]:
        """Name the articles over which the reader came, the last ones where room is short."""
        shown = trail[-TRAIL_SHOWN:]
        taken = width_of((Run(self._screen.room.settings.name),)) + width_of(self._announcement())
        room = (self._screen.size.width - taken - 2 * TRAIL_GAP) // len(shown) - TRAIL_GAP
        runs = [Run("  …", "dim")] if len(shown) < len(trail) else []
        for stop in shown:
            runs += [Run(" ‹ ", "dim"), Run(fit(clean(stop.title), max(1, room)), "place")]
        return runs

    def _edition(self, edition: Edition) -> list[Run]:
        """Give an edition's name and how far it is read."""
        from eksread.tui.state.current_edition import left

        rows = self._screen.headlines.rows
        unread, minutes = left(edition, [rows.get(index) for index in range(len(rows))])
        total = len(edition.articles)
        runs = [Run(edition.name, "place")]
        if not total:
            return runs
        done = total - unread
        cells = round(PROGRESS_CELLS * done / total)
        bar = "━" * cells + "┄" * (PROGRESS_CELLS - cells)
        runs += [Run(f"  {bar} ", "progress"), Run(f"{number(done)}/{number(total)}", "dim")]
        if unread:
            text = ngettext("{n} min left", "{n} min left", minutes)
            runs.append(Run(" · " + text.format(n=number(minutes)), "dim"))
        else:
            runs.append(Run(" · " + _("finished"), "dim"))
        return runs

    def _announcement(self) -> list[Run]:
        waiting = self._screen.news.waiting
        if waiting:
            text = ngettext("{n} new article - press {key}", "{n} new articles - press {key}", waiting)
            return [Run(text.format(n=number(waiting), key=key_of("show-new")), "news")]
        edition = self._screen.news.edition
        if self._screen.size.width < (EDITION_WIDTH if edition is not None and edition.articles else 80):
            return []
        return [Run(weekday_date(self._screen.library.clock()), "dim")]

    # ---- the status line ----

    def _hints(self, room: int) -> list[Run]:
        """Give the hints that fit whole."""
        kept, gap = fitting(hints(self._screen), room)
        self._hinted = [hint.command for hint in kept]
        return list(hint_runs(((hint.key, _(hint.word)) for hint in kept), gap))

    def hinted(self, index: int) -> str | None:
        """Give the command whose hint the piece with this index belongs to, None for a notice or a hint without one."""
        place = index // RUNS_PER_HINT
        return self._hinted[place] if self._said is None and place < len(self._hinted) else None

    def _state(self) -> list[Run]:
        screen = self._screen
        runs: list[Run] = []
        if self.progress is not None:
            return self._progress(self.progress)
        if screen.pane == "article" and screen.article.held is not None:
            runs.append(Run(f"{screen.article.percent} %", "dim"))
            if screen.article.matches:
                found = f"{number(screen.article.finder.match + 1)}/{number(len(screen.article.matches))}"
                runs.insert(0, Run(found + "  ", "news"))
            return runs
        return self._freshness(narrow=screen.size.width < NARROW)

    def _freshness(self, *, narrow: bool) -> list[Run]:
        """Say when the news was last brought up to date, and whether there is a line."""
        library = self._screen.library
        fresh = library.fresh_at()
        when = relative(fresh, library.clock()) if fresh else ""
        if library.offline or not self._line:
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
            done = round(PROGRESS_CELLS * min(1.0, progress.done / progress.total))
            bar = "━" * done + "┄" * (PROGRESS_CELLS - done)
            runs += [Run(f" {bar} ", "progress"), Run(f"{progress.done}/{progress.total}", "dim")]
        if self._screen.size.width >= 100:
            runs.append(Run("  " + _("{key} stops").format(key=key_of("escape")), "hint"))
        return runs
