"""SQLite's errors and the file system's as those of `errors.py`."""

from __future__ import annotations

import errno
import sqlite3
import zlib
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly

if TYPE_CHECKING:
    from pathlib import Path

_FULL_CODES: Final = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
)
_LOCK_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_READ_ONLY_CODES: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_DAMAGE_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

DAMAGE: Final = (sqlite3.Error, zlib.error, ValueError, OverflowError, KeyError, IndexError, TypeError)
"""What reading a damaged file can raise, flipped bits in a column among it."""


class Undecodable(ValueError):
    """A column's bytes that the store never wrote: the file is damaged."""


def store_error(error: BaseException, path: Path) -> StoreError:
    """Give what an error of SQLite on the file at `path` means."""
    code = getattr(error, "sqlite_errorcode", None)
    detail = f"{type(error).__name__}: {error}"
    if code in _FULL_CODES:
        return StoreFull(detail)
    if code is None:
        return StoreError(detail)
    primary = code & 0xFF
    if primary in _LOCK_CODES:
        return StoreLocked(detail)
    if primary in _READ_ONLY_CODES:
        return StoreReadOnly(detail, path=path.parent)
    if primary in _DAMAGE_CODES:
        return StoreCorrupt(detail, path=path)
    return StoreError(detail)


def is_certain_damage(error: BaseException, meaning: StoreError) -> bool:
    """Whether an error can only come from a damaged file; others, that look like it, need a look at the file."""
    codeless = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    return (
        codeless or isinstance(error, Undecodable | UnicodeDecodeError) or isinstance(meaning, StoreCorrupt)
    )


def file_error(error: OSError, folder: Path) -> StoreError:
    """Give what an error of the file system in `folder` means."""
    if error.errno in _NO_SPACE:
        return StoreFull(str(error))
    return StoreReadOnly(str(error), path=folder)
