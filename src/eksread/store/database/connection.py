"""One connection per thread, turns for writers, what SQLite's errors mean; and the small named values of a file."""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from eksread.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreVanished,
    file_error,
)
from eksread.store.database.locks import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE: Final = 5.0
"""Seconds that a writer waits for another one. A whole batch of a refresh takes under one on slow disks."""

CACHE_KIB: Final = 8_000
"""Page cache of a connection: holds the inner pages of every index at a million articles."""

STATEMENTS: Final = 256
"""Prepared statements kept by a connection; the store has about a hundred."""

LOCK_NAME: Final = "eksread.lock"


class Connection(sqlite3.Connection):
    """A connection with what its transaction has gathered for the index."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as sqlite3.connect gives them
        self.pending_entries: list[tuple[str, tuple[Any, ...]]] = []
        self.durable = False
        self.bookmarks_changed = False


def connect(path: Path, *, mode: str, patience: float) -> Connection:
    """Open a connection; `mode` is "rw", "ro" or "immutable". Raises sqlite3.Error."""
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,  # only so that close() may be called by another thread
        cached_statements=STATEMENTS,
        factory=Connection,
    )
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if mode == "rw":
        db.execute("PRAGMA synchronous = NORMAL")
    return db


class Connections:
    """The connections of one store to one file.

    `before_commit` runs at the end of each write transaction, `on_bookmarks` after one that changed bookmarks.
    `on_damage` is given an error that looks like a damaged file, and whether that is certain; it gives what to raise
    instead, or None where the file is sound after all. `on_vanished` saves what it can once the file is no longer at its path,
    and says in a sentence what that was.
    """

    def __init__(self, path: Path, *, mode: str, patience: float) -> None:
        self.path = path
        self.mode = mode
        self.patience = patience
        self.before_commit: Callable[[Connection], None] | None = None
        self.on_damage: Callable[[StoreError, bool], StoreError | None] | None = None
        self.on_bookmarks: Callable[[], None] | None = None
        self.on_vanished: Callable[[], str] | None = None
        self._here = threading.local()
        self._all: list[Connection] = []
        self._guard = threading.Lock()
        self._writers = threading.RLock()
        self._closed = False
        self._lock = FileLock(path.with_name(LOCK_NAME))
        self._file: tuple[int, int] | None = None

    # ---- connections ----

    def here(self) -> Connection:
        """This thread's connection. Raises sqlite3.Error, or StoreError once the store is closed."""
        db: Connection | None = getattr(self._here, "db", None)
        if db is not None:
            return db
        with self._guard:
            if self._closed:
                raise StoreError("the store is closed")
            if self._vanished():
                return self._all[
                    0
                ]  # a new one can't be opened; through this one the deleted file can still be read
            db = connect(self.path, mode=self.mode, patience=self.patience)
            self._file = self._file or _identity(self.path)
            self._all.append(db)
        self._here.db = db
        return db

    def close(self) -> None:
        """Close every thread's connection; the last one makes a checkpoint."""
        with self._guard:
            self._closed = True
            connections, self._all = self._all, []
        for db in connections:
            db.close()
        self._lock.close()

    def _vanished(self) -> bool:
        """Whether the file that is open no longer stands at its path. SQLite itself goes on writing into a deleted one."""
        return self._file is not None and _identity(self.path) != self._file

    # ---- transactions ----

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give the thread's connection for reading. Raises StoreError."""
        try:
            yield self.here()
        except DAMAGE as error:
            self._reraise(error)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give it for several reads of one state of the database, whatever another process writes. Raises StoreError."""
        with self.read() as db:
            if not db.in_transaction:
                db.execute("BEGIN")
                try:
                    yield db
                finally:
                    db.rollback()
            else:
                yield db

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """Run a transaction; within another one it becomes a part of that. Raises StoreError.

        `durable` waits until the disk has it (fsync of the log): for what is the reader's own. Without it a power
        cut may lose the last moments, a crash of the program nothing (measured: 140 kills, no acknowledged row lost).
        """
        if self.mode != "rw":
            raise StoreReadOnly(path=self.path.parent)
        try:
            db = self.here()
            if db.in_transaction:
                yield db
                return
            with self._turn():
                self._begin(db, durable)
                try:
                    yield db
                    if self.before_commit is not None:
                        self.before_commit(db)
                    db.execute("COMMIT")
                except BaseException:
                    db.pending_entries.clear()
                    db.bookmarks_changed = False
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
            if self._vanished():
                db.bookmarks_changed = False
                kept = self.on_vanished() if self.on_vanished is not None else ""
                raise StoreVanished(path=self.path.parent, kept=kept)
            if db.bookmarks_changed:
                db.bookmarks_changed = False
                if self.on_bookmarks is not None:
                    self.on_bookmarks()
        except DAMAGE as error:
            self._reraise(error)

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """Give the thread's connection outside of a transaction, while no other writes. Raises StoreError."""
        if self.mode != "rw":
            raise StoreReadOnly(path=self.path.parent)
        try:
            with self._turn():
                yield self.here()
        except DAMAGE as error:
            self._reraise(error)

    @staticmethod
    def _begin(db: Connection, durable: bool) -> None:
        if db.durable is not durable:
            db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.durable = durable
        db.execute("BEGIN IMMEDIATE")

    def _reraise(self, error: Exception) -> NoReturn:
        """Raise what `error` means, once `on_damage` has judged what looks like damage."""
        meaning = store_error(error, self.path)
        looks_damaged = isinstance(meaning, StoreCorrupt) or type(meaning) is StoreError
        if looks_damaged and self._vanished():
            meaning = StoreVanished(meaning.detail, path=self.path.parent, kept="")
        elif looks_damaged and self.on_damage is not None and not self._closed:
            meaning = self.on_damage(meaning, is_certain_damage(error, meaning)) or meaning
        raise meaning from error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the writers' turn, among the threads and the processes.

        SQLite's own lock would do for the rows; this one also keeps two checkpoints apart, which SQLite before
        3.51.3 could confuse (the WAL-reset bug).
        """
        deadline = time.monotonic() + self.patience
        if not self._writers.acquire(timeout=self.patience):
            raise StoreLocked("another thread writes")
        try:
            if not self._lock.take(patience=deadline - time.monotonic()):
                raise StoreLocked("another process writes")
            try:
                yield
            finally:
                self._lock.unlock()
        except OSError as error:
            raise file_error(error, self.path.parent) from error
        finally:
            self._writers.release()


def _identity(path: Path) -> tuple[int, int] | None:
    """Give what tells a file from any other that takes its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


# What SQLite's errors mean.

_FULL_CODES: Final = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
)
_LOCK_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_READ_ONLY_CODES: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_DAMAGE_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

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


# Small named values: the tables `fact` (of a refresh, and of the screens) and `reader_fact` (of the reader's files).


def get_fact(db: sqlite3.Connection, name: str, *, table: str = "fact") -> str | None:
    """Give a value; None where there is none."""
    row = db.execute(f"SELECT value FROM {table} WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_fact(db: sqlite3.Connection, name: str, value: str, *, table: str = "fact") -> None:
    """Keep a value, within the caller's transaction."""
    db.execute(
        f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


FRESH_FACT: Final = "refreshed_at"
"""Name of the fact that says when the portal last answered a refresh (ISO 8601, UTC)."""


class Facts:
    """The values that a refresh and the screens keep between runs."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, name: str) -> str | None:
        """Give a value; None where there is none."""
        with self._connections.read() as db:
            return get_fact(db, name)

    def moment(self, name: str) -> datetime | None:
        """Give a value that is a moment; None where there is none, or something else (of a doctored backup)."""
        try:
            at = datetime.fromisoformat(self.get(name) or "")
        except ValueError:
            return None
        return at if at.tzinfo else None

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        with self._connections.write() as db:
            set_fact(db, name, value)
