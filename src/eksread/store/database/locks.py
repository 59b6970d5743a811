"""Advisory locks between processes: on the folder that is open, for the writers' turn, for the one refresh.

The kernel lets go of a lock when its process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import math
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreLocked, file_error
from eksread.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFRESH_LOCK_NAME: Final = "refresh.lock"
SHARED: Final = fcntl.LOCK_SH
EXCLUSIVE: Final = fcntl.LOCK_EX

_POLL: Final = 0.002
"""Seconds between two tries: a single mark takes about as long."""


class FileLock:
    """A lock on a file, made where it isn't there, or on a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self, kind: int = EXCLUSIVE, *, patience: float = 0) -> bool:
        """Take the lock, or change its kind, waiting `patience` seconds; give whether that worked. Raises OSError."""
        if self._descriptor is None:
            flags = os.O_RDONLY if self._path.is_dir() else os.O_RDWR | os.O_CREAT
            self._descriptor = os.open(self._path, flags | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
            else:
                return True
            time.sleep(_POLL)

    def unlock(self) -> None:
        """Let others have it, and keep the file open for the next time."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go, and close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class FolderLock:
    """Held shared by every store that has the folder open, exclusively by whoever moves the database."""

    def __init__(self, folder: Path, patience: float) -> None:
        """Take it, waiting `patience` seconds for one who moves the file. Raises `StoreLocked` or OSError."""
        self._lock = FileLock(folder)
        if not self._lock.take(SHARED, patience=patience):
            self._lock.close()
            raise StoreLocked("the file is being moved")

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Be the only one for a while. Raises `StoreLocked` where another store has the folder open."""
        free = self._lock.take(EXCLUSIVE)
        try:
            if not free:
                raise StoreLocked("another eksread has the file open")
            yield
        finally:
            self._lock.take(SHARED, patience=math.inf)

    def release(self) -> None:
        """Let go."""
        self._lock.close()


class RefreshLock:
    """The right to refresh the news in `folder`: one process at a time has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / REFRESH_LOCK_NAME)
        self._held = False

    def acquire(self) -> bool:
        """Take it, without waiting; give whether it was free. Raises `StoreReadOnly` or `StoreFull`."""
        if self._held:
            return False
        try:
            make_private(self._folder)
            self._held = self._lock.take()
        except OSError as error:
            raise file_error(error, self._folder) from error
        return self._held

    def release(self) -> None:
        """Give it back; nothing happens where it was not held."""
        self._lock.close()
        self._held = False
