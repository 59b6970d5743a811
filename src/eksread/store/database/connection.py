"""One connection per thread, turns for writers, and SQLite's errors in the words of `errors.py`."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import threading
import time
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

from eksread.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly
from eksread.store.rows import Undecodable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE: Final = 5.0
"""Seconds that a writer waits for another one. A whole batch of a refresh takes under one on slow disks."""

CACHE_KIB: Final = 8_000
"""Page cache of a connection: holds the inner pages of every index at a million articles."""

STATEMENTS: Final = 256
"""Prepared statements kept by a connection; the store has about a hundred."""

FOLD_AFTER: Final = 500
"""Pages of the write-ahead log from which on a refresh folds it into the file: 4 MB, SQLite's own choice."""

FOLD_AT_LAST: Final = 8000
"""The same for the reader's own writes: 64 MB, 500 marks. Folding takes 10 to 40 ms, which a mark must not wait for; it is done
when the reader pauses (see `store.py`), and by the mark itself only where that never comes about."""

LEFT_BEHIND: Final = 100
"""Segments of the index, of one entry each, that are taken to be unmerged when a store is opened: short sessions (a bookmark, a
refresh of ten articles) end without merging, and the first article that is stored after them sees to it (in at most 20 ms)."""

LOCK_NAME: Final = "eksread.lock"
_POLL: Final = 0.002
"""Seconds between two tries for the writers' lock: a single mark takes about as long."""

_FULL_CODES: Final = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
)
_LOCK_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_READ_ONLY_CODES: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_DAMAGE_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

Damage = (sqlite3.Error, zlib.error, ValueError, OverflowError, KeyError, IndexError, TypeError)
"""What reading a damaged file can raise, flipped bits in a column among it."""


class Backlog:
    """What of the index waits to be merged: what this store's connections have written, and what others have left.

    `segments` since there was nothing more to merge, `entries` since a refresh merged last.
    """

    segments = LEFT_BEHIND
    entries = LEFT_BEHIND


class Link(sqlite3.Connection):
    """A connection with what its transaction has gathered for the index, and the words known to be there."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as sqlite3.connect gives them
        self.index_work: list[tuple[str, tuple[Any, ...]]] = []
        self.backlog = Backlog()
        self.known_words: set[str] = set()
        self.durable = False
        self.bookmarks_changed = False


def connect(path: Path, *, mode: str, patience: float) -> Link:
    """Open a connection; `mode` is "rw", "ro" or "immutable". Raises sqlite3.Error."""
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    link = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,  # only so that close() may be called by another thread
        cached_statements=STATEMENTS,
        factory=Link,
    )
    link.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if mode == "rw":
        link.execute("PRAGMA synchronous = NORMAL")
        link.execute(f"PRAGMA wal_autocheckpoint = {FOLD_AFTER}")
    return link


def spoken(error: BaseException, path: Path) -> StoreError:
    """Give SQLite's error in our words."""
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


class Connections:
    """The connections of one store to one file.

    `before_commit` runs at the end of each write transaction, `on_bookmarks` after one that changed bookmarks,
    `on_durable` after a durable one.
    `on_damage` is told of an error that looks like a damaged file, and whether that is certain; it gives what to raise
    instead, or None where the file is sound after all.
    """

    def __init__(self, path: Path, *, mode: str, patience: float) -> None:
        self.path = path
        self.mode = mode
        self.patience = patience
        self.before_commit: Callable[[Link], None] | None = None
        self.on_damage: Callable[[StoreError, bool], StoreError | None] | None = None
        self.on_bookmarks: Callable[[], None] | None = None
        self.on_durable: Callable[[], None] | None = None
        self._here = threading.local()
        self._all: list[Link] = []
        self._backlog = Backlog()
        self._guard = threading.Lock()
        self._writers = threading.RLock()
        self._closed = False
        self._lock_file: int | None = None

    # ---- connections ----

    def link(self) -> Link:
        """This thread's connection. Raises sqlite3.Error, or StoreError once the store is closed."""
        link: Link | None = getattr(self._here, "link", None)
        if link is not None:
            return link
        with self._guard:
            if self._closed:
                raise StoreError("the store is closed")
            link = connect(self.path, mode=self.mode, patience=self.patience)
            link.backlog = self._backlog
            self._all.append(link)
        self._here.link = link
        return link

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file."""
        with self._guard:
            self._closed = True
            links, self._all = self._all, []
        for link in links:
            link.close()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    # ---- transactions ----

    @contextmanager
    def read(self) -> Iterator[Link]:
        """Give the thread's connection for reading. Raises StoreError."""
        try:
            yield self.link()
        except Damage as error:
            self._reraise(error)

    @contextmanager
    def snapshot(self) -> Iterator[Link]:
        """Give it for several questions that one moment answers, whatever another process writes. Raises StoreError."""
        with self.read() as link:
            if not link.in_transaction:
                link.execute("BEGIN")
                try:
                    yield link
                finally:
                    link.rollback()
            else:
                yield link

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Link]:
        """Run a transaction; within another one it becomes a part of that. Raises StoreError.

        `durable` waits until the disk has it (fsync of the log): for what is the reader's own. Without it a power
        cut may lose the last moments, a crash of the program nothing (measured: 140 kills, no acknowledged row lost).
        """
        if self.mode != "rw":
            raise StoreReadOnly(path=self.path.parent)
        try:
            link = self.link()
            if link.in_transaction:
                yield link
                return
            with self._turn():
                self._begin(link, durable)
                try:
                    yield link
                    if self.before_commit is not None:
                        self.before_commit(link)
                    link.execute("COMMIT")
                except BaseException:
                    link.index_work.clear()
                    link.known_words.clear()  # some may have been of this transaction
                    link.bookmarks_changed = False
                    if link.in_transaction:
                        link.execute("ROLLBACK")
                    raise
            if link.bookmarks_changed:
                link.bookmarks_changed = False
                if self.on_bookmarks is not None:
                    self.on_bookmarks()
            if durable and self.on_durable is not None:
                self.on_durable()
        except Damage as error:
            self._reraise(error)

    @contextmanager
    def alone(self) -> Iterator[Link]:
        """Give the thread's connection outside of a transaction, while no other writes. Raises StoreError."""
        if self.mode != "rw":
            raise StoreReadOnly(path=self.path.parent)
        try:
            with self._turn():
                yield self.link()
        except Damage as error:
            self._reraise(error)

    def fold(self) -> None:
        """Fold the write-ahead log into the file, as far as no reader needs it. Raises StoreError."""
        with self.alone() as link:
            link.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    @staticmethod
    def _begin(link: Link, durable: bool) -> None:
        if link.durable is not durable:
            link.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            link.execute(f"PRAGMA wal_autocheckpoint = {FOLD_AT_LAST if durable else FOLD_AFTER}")
            link.durable = durable
        link.execute("BEGIN IMMEDIATE")

    def _reraise(self, error: Exception) -> NoReturn:
        """Raise what `error` means, in our words."""
        told = spoken(error, self.path)
        if isinstance(told, StoreCorrupt) or type(told) is StoreError:
            codeless = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
            certain = (
                codeless
                or isinstance(error, Undecodable | UnicodeDecodeError)
                or isinstance(told, StoreCorrupt)
            )
            if self.on_damage is not None and not self._closed:
                told = self.on_damage(told, certain) or told
        raise told from error

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
            if self._lock_file is None:
                name = self.path.with_name(LOCK_NAME)
                self._lock_file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            while not _flock(self._lock_file):
                if time.monotonic() > deadline:
                    raise StoreLocked("another process writes")
                time.sleep(_POLL)
            try:
                yield
            finally:
                if self._lock_file is not None:
                    fcntl.flock(self._lock_file, fcntl.LOCK_UN)
        except OSError as error:
            raise unwritable(error, self.path.parent) from error
        finally:
            self._writers.release()


def unwritable(error: OSError, folder: Path) -> StoreError:
    """Give the file system's error in our words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(str(error))
    return StoreReadOnly(str(error), path=folder)


def _flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
