"""Who has the folder open: a shared lock by every store, an exclusive one by whoever moves the file."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_POLL: Final = 0.01
"""Seconds between two tries: moving a file takes about as long."""


class Holding:
    """A store's hold on its folder. The kernel lets go when the process ends, however it ends."""

    def __init__(self, folder: Path, patience: float) -> None:
        """Take hold, waiting `patience` seconds for one who moves the file. Raises `StoreLocked`."""
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        deadline = time.monotonic() + patience
        while not self._take(fcntl.LOCK_SH):
            if time.monotonic() > deadline:
                os.close(self._descriptor)
                raise StoreLocked("the file is being moved")
            time.sleep(_POLL)

    def _take(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one for a while. Raises `StoreLocked` where another store has the folder open."""
        if not self._take(fcntl.LOCK_EX):
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
            raise StoreLocked("another eksread has the file open")
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go."""
        os.close(self._descriptor)
