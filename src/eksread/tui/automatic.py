"""Fetching by itself while the reader is open: quietly, and ever less often while the line is down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.timer import Timer

    from eksread.tui.screens.main import MainScreen

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
