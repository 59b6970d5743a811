"""One refresh at a time across processes: an advisory lock on a file in the data folder.

The kernel drops a flock when its process ends, however it ends, so that a stale lock can't exist. A process that
does not get it reads on; its screens show what the other one fetches.
"""

from __future__ import annotations

import errno
import fcntl
import os
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreFull, StoreReadOnly
from eksread.paths import make_private

if TYPE_CHECKING:
    from pathlib import Path

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
