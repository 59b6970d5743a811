"""Fetching in the background: one refresh at a time, shown as it goes on, stopped at will."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError, FetchError, RefreshRunning
from eksread.model.progress import Progress, Summary

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import Worker

    from eksread.library import Library
    from eksread.tui.controllers.list_content import ListContent
    from eksread.tui.controllers.status_bars import StatusBars
    from eksread.tui.state.screen_state import RefreshState


LONGEST: Final = 4 * 3600.0
"""Seconds between two attempts at most: a connection that comes back in the evening is noticed that evening."""


def distance(every: float, failures: int) -> float:
    """Give the seconds until the next attempt: doubled with each failure in a row, up to `LONGEST`."""
    return every if every >= LONGEST else min(LONGEST, every * 2.0 ** min(failures, 32))


class Refresher:
    """Runs `library.refresh` as a worker, and has the screen's own task show what came of it.

    Some time after a refresh ended, whoever began it, it starts another one, ever later while there is no
    connection. `every` in seconds; None: never.
    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        state: RefreshState,
        content: ListContent,
        status: StatusBars,
        every: float | None,
    ) -> None:
        self._screen = screen
        self._library = library
        self._state = state
        self._content = content
        self._status = status
        self._every = None if library.offline else every
        self._failures = 0
        self._timer: Timer | None = None
        self._worker: Worker[None] | None = None
        self._automatic = self._asked = False

    def start(self, section: str | None = None, *, automatic: bool = False, asked: bool = True) -> bool:
        """Start a refresh (of a section); give whether one was started, since one at a time is enough.

        An `automatic` one says nothing of a missing connection or of another that runs; one that nobody `asked` for says
        nothing where nothing is new.
        """
        if self._worker is not None and self._worker.is_running:
            return False
        self._state.running = True
        self._automatic, self._asked = automatic, asked
        work = self._run(section)
        self._worker = self._screen.app.run_worker(work, group="refresh", exit_on_error=False)
        return True

    def stop(self) -> bool:
        """Stop the refresh; what it has fetched is kept. Give whether there was one."""
        if self._worker is None or not self._worker.is_running:
            return False
        self._state.running = False
        self._worker.cancel()
        return True

    async def _run(self, section: str | None) -> None:
        later = self._screen.call_later
        summary: Summary | None = None
        try:
            async with aclosing(self._library.refresh(section)) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        later(self.progressed, event)
                    else:
                        summary = event
        except EksreadError as error:
            offline = isinstance(error, FetchError)
            silent = self._automatic and (offline or isinstance(error, RefreshRunning))
            later(self._end, None, "" if silent else error.message, online=not offline)
        except asyncio.CancelledError:
            later(self._end, Summary(stopped=True))
            raise
        except Exception:
            # A worker must not end the program: whatever this is, it is logged and shown.
            logging.getLogger(__name__).exception("refresh failed")
            later(self._end, None, EksreadError().message)
        else:
            later(self._end, summary)
        finally:
            self._state.running = False

    def progressed(self, progress: Progress) -> None:
        """Show how far the refresh is."""
        self._state.progress = progress
        self._status.update()
        self._content.arriving()

    def _end(self, summary: Summary | None, error: str = "", *, online: bool = True) -> None:
        """Show what the refresh brought (None: it failed); of an automatic one the status line says enough."""
        self._state.progress, self._state.awaited, self._state.online = None, False, online
        self._content.arrived(summary)
        if error:
            self._status.say(error, grave=True)
        elif summary is not None and not self._automatic:
            self._status.say_end(summary, asked=self._asked)
        self._status.update()
        self.ended(online=online)

    # ---- by itself ----

    @property
    def wait(self) -> float | None:
        """Seconds from the end of one refresh to the start of the next; None where none starts by itself."""
        return None if self._every is None else distance(self._every, self._failures)

    def use_interval(self, every: float | None) -> None:
        """Fetch again after this many seconds from now on; None: never."""
        every = None if self._library.offline else every
        if every != self._every:
            self._every = every
            self.ended(online=self._failures == 0)

    def ended(self, *, online: bool) -> None:
        """Count the time from the end of a refresh; `online` says whether it reached the portal."""
        self._failures = 0 if online else self._failures + 1
        if self._timer is not None:
            self._timer.stop()
        if self.wait is not None:
            self._timer = self._screen.set_timer(self.wait, partial(self.start, automatic=True))
