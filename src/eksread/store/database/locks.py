"""Who has the folder open: a shared lock by every store, an exclusive one by whoever moves the file."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreFull, StoreLocked, StoreReadOnly
from eksread.paths import make_private

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


# One refresh at a time across processes: an advisory lock on a file in the data folder.

LEASE_NAME: Final = "refresh.lock"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class RefreshLease:
    """The right to refresh the news in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LEASE_NAME
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take it, without waiting; give whether it was free. Raises `StoreReadOnly` or `StoreFull`."""
        if self._descriptor is not None:
            return False
        try:
            make_private(self._path.parent)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            if error.errno in _FULL:
                raise StoreFull(str(error)) from error
            raise StoreReadOnly(str(error), path=self._path.parent) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give it back; nothing happens where it was not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
