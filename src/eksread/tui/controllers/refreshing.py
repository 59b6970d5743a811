"""Fetching in the background: one refresh at a time, reported by messages, stopped at will."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError, FetchError, RefreshRunning
from eksread.model.progress import Progress, Summary
from eksread.tui.messages import RefreshDone, RefreshProgress

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import Worker

    from eksread.library import Library
    from eksread.tui.state.screen_state import RefreshState


LONGEST: Final = 4 * 3600.0
"""Seconds between two attempts at most: a connection that comes back in the evening is noticed that evening."""


def distance(every: float, failures: int) -> float:
    """Give the seconds until the next attempt: doubled with each failure in a row, up to `LONGEST`."""
    return every if every >= LONGEST else min(LONGEST, every * 2.0 ** min(failures, 32))


class Refresher:
    """Runs `library.refresh` as a worker and posts its progress to the screen; it never touches a widget.

    Some time after a refresh ended, whoever began it, it starts another one, ever later while there is no
    connection. `every` in seconds; None: never.
    """

    def __init__(
        self, screen: Screen[None], library: Library, state: RefreshState, every: float | None
    ) -> None:
        self._screen = screen
        self._library = library
        self._state = state
        self._every = None if library.offline else every
        self._failures = 0
        self._timer: Timer | None = None
        self._worker: Worker[None] | None = None

    def start(self, section: str | None = None, *, automatic: bool = False, asked: bool = True) -> bool:
        """Start a refresh (of a section); give whether one was started, since one at a time is enough.

        An `automatic` one says nothing of a missing connection or of another that runs; one that nobody `asked` for says
        nothing where nothing is new.
        """
        if self._worker is not None and self._worker.is_running:
            return False
        self._state.running = True
        work = self._run(section, automatic=automatic, asked=asked)
        self._worker = self._screen.app.run_worker(work, group="refresh", exit_on_error=False)
        return True

    def stop(self) -> bool:
        """Stop the refresh; what it has fetched is kept. Give whether there was one."""
        if self._worker is None or not self._worker.is_running:
            return False
        self._state.running = False
        self._worker.cancel()
        return True

    async def _run(self, section: str | None, *, automatic: bool, asked: bool) -> None:
        post = self._screen.post_message
        summary: Summary | None = None
        try:
            async with aclosing(self._library.refresh(section)) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        post(RefreshProgress(event))
                    else:
                        summary = event
        except EksreadError as error:
            offline = isinstance(error, FetchError)
            silent = automatic and (offline or isinstance(error, RefreshRunning))
            post(RefreshDone(None, "" if silent else error.message, online=not offline, automatic=automatic))
        except asyncio.CancelledError:
            post(RefreshDone(Summary(stopped=True), automatic=automatic))
            raise
        except Exception:
            # A worker must not end the program: whatever this is, it is logged and shown.
            logging.getLogger(__name__).exception("refresh failed")
            post(RefreshDone(None, EksreadError().message, automatic=automatic))
        else:
            post(RefreshDone(summary, automatic=automatic, asked=asked))
        finally:
            self._state.running = False

    # ---- by itself ----

    @property
    def wait(self) -> float | None:
        """Seconds from the end of one refresh to the start of the next; None where none starts by itself."""
        return None if self._every is None else distance(self._every, self._failures)

    def ended(self, *, online: bool) -> None:
        """Count the time from the end of a refresh; `online` says whether it reached the portal."""
        self._failures = 0 if online else self._failures + 1
        if self._timer is not None:
            self._timer.stop()
        if self.wait is not None:
            self._timer = self._screen.set_timer(self.wait, partial(self.start, automatic=True))
