"""Fetching in the background: one refresh at a time, told by messages, stopped at will."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError, FetchError, RefreshRunning
from eksread.model.progress import Progress, Summary
from eksread.tui.messages import RefreshDone, RefreshProgress

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.timer import Timer
    from textual.worker import Worker

    from eksread.library import Library
    from eksread.tui.app import ReadingRoom
    from eksread.tui.screens.main_screen import MainScreen


class Refresher:
    """Runs `library.refresh` as a worker and posts what it says to `listener`; it never touches a widget."""

    def __init__(self, app: ReadingRoom, library: Library, listener: MessagePump) -> None:
        self._app = app
        self._library = library
        self._listener = listener
        self._worker: Worker[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a refresh is under way."""
        return self._worker is not None and self._worker.is_running

    def start(self, section: str | None = None, *, quiet: bool = False, asked: bool = True) -> bool:
        """Start a refresh (of a section); give whether one was started, since one at a time is enough.

        A `quiet` one says nothing of a line that is down or of another that runs; one that nobody `asked` for says
        nothing where nothing is new.
        """
        if self.running:
            return False
        self._worker = self._app.run_worker(
            self._run(section, quiet=quiet, asked=asked), group="refresh", exit_on_error=False
        )
        return True

    def stop(self) -> bool:
        """Stop the refresh; what it has fetched is kept. Give whether there was one."""
        if self._worker is None or not self.running:
            return False
        self._worker.cancel()
        return True

    async def _run(self, section: str | None, *, quiet: bool, asked: bool) -> None:
        post = self._listener.post_message
        summary: Summary | None = None
        try:
            async with aclosing(self._library.refresh(section)) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        post(RefreshProgress(event))
                    else:
                        summary = event
        except EksreadError as error:
            down = isinstance(error, FetchError)
            silent = quiet and (down or isinstance(error, RefreshRunning))
            post(RefreshDone(None, "" if silent else error.message, line=not down, quiet=quiet))
        except asyncio.CancelledError:
            post(RefreshDone(Summary(stopped=True), quiet=quiet))
            raise
        except Exception:
            # A worker must not end the reading; whatever this is, it belongs into the log and calmly on the screen.
            logging.getLogger(__name__).exception("refresh failed")
            post(RefreshDone(None, EksreadError().message, quiet=quiet))
        else:
            post(RefreshDone(summary, quiet=quiet, asked=asked))


# Fetching by itself while the reader is open: quietly, and ever less often while the line is down.

LONGEST: Final = 4 * 3600.0
"""Seconds between two attempts at most: a line that comes back in the evening is noticed that evening."""


def distance(every: float, failures: int) -> float:
    """Give the seconds until the next attempt: doubled with each failure in a row, up to `LONGEST`."""
    return every if every >= LONGEST else min(LONGEST, every * 2.0 ** min(failures, 32))


class Automatic:
    """Starts a refresh some time after the last one ended, whoever began that. `every` in seconds; None: never."""

    def __init__(self, screen: MainScreen, every: float | None) -> None:
        self._screen = screen
        self._every = None if screen.library.offline else every
        self._failures = 0
        self._timer: Timer | None = None

    @property
    def wait(self) -> float | None:
        """Seconds from the end of one refresh to the start of the next; None where none starts by itself."""
        return None if self._every is None else distance(self._every, self._failures)

    def begin(self) -> None:
        """Count the time from now on."""
        if self._timer is not None:
            self._timer.stop()
        if self.wait is not None:
            self._timer = self._screen.set_timer(self.wait, self._due)

    def ended(self, *, line: bool) -> None:
        """A refresh ended; `line` says whether the portal could be reached."""
        self._failures = 0 if line else self._failures + 1
        self.begin()

    def _due(self) -> None:
        """Start, unless one is running: its end counts anew."""
        self._screen.refresher.start(quiet=True)
