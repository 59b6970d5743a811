"""Work that no mark should wait for: done by a thread of its own, once nothing has asked for it for a while."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Debounce:
    """Runs `action` (which must not raise) `quiet` seconds after it was last asked for, `latest` after it was first.

    The thread begins with the first asking: most sessions of the command line never need it.
    """

    def __init__(self, action: Callable[[], None], name: str, *, quiet: float, latest: float) -> None:
        self._action = action
        self._name = name
        self._quiet = quiet
        self._latest = latest
        self._wake = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def hurried(self) -> bool:
        """Whether someone waits for the end: no time for pauses."""
        return self._closing

    def ask(self) -> None:
        """Have it done soon; nothing happens once the end was asked for."""
        with self._wake:
            if self._closing:
                return
            self._last = time.monotonic()
            if self._first is None:
                self._first = self._last
                self._wake.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Do at once what is due, and wait for it."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def abandon(self) -> None:
        """End without doing what is due."""
        with self._wake:
            self._first = None
        self.close()

    def _run(self) -> None:
        while self._wait():
            self._action()

    def _wait(self) -> bool:
        """Wait until it is time; False where there is nothing left to do."""
        with self._wake:
            while not self._closing:
                if self._first is None:
                    self._wake.wait()
                    continue
                due = min(self._last + self._quiet, self._first + self._latest)
                left = due - time.monotonic()
                if left <= 0:
                    break
                self._wake.wait(left)
            wanted, self._first = self._first is not None, None
            return wanted
