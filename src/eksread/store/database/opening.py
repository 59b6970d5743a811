"""Opening the file: whose it is, making it, bringing it up to date, and what to do where that fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from eksread.errors import (
    StoreAway,
    StoreCorrupt,
    StoreForeign,
    StoreLocked,
    StoreNewer,
    StoreOdd,
    StoreReadOnly,
    file_error,
)
from eksread.paths import BOOKMARKS_NAME
from eksread.store.database import schema
from eksread.store.database.connection import LOCK_NAME, Connection, connect, store_error
from eksread.store.database.locks import FileLock
from eksread.store.database.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eksread.store.database.connection import Connections

PRIVATE: Final = 0o600


def refuse_odd_files(path: Path) -> None:
    """See that the archive and what SQLite keeps beside it are files: it would wait for a FIFO, and read a device for ever.

    Raises `StoreAway` where the archive is a link to a file that is not there, `StoreOdd`, or OSError.
    """
    if path.is_symlink() and not path.exists():
        raise StoreAway(path=path, target=path.readlink())
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and not beside.is_file():
            raise StoreOdd(path=beside)


def mode_of(path: Path, *, patience: float) -> str:
    """Give how the file can be opened: "rw", "ro", or "immutable" where not even a lock can be kept beside it.

    Raises `StoreReadOnly` where there is no file and none can be made.
    """
    if _writable(path):
        return "rw"
    if not path.exists():
        raise StoreReadOnly(path=path.parent)
    try:
        with closing(connect(path, mode="ro", patience=patience)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return "immutable"
    return "ro"


def _writable(path: Path) -> bool:
    """Whether the file, or one in its place, can be written; what others could read becomes the owner's alone."""
    try:
        if path.exists():
            path.touch()
            if path.stat().st_mode & 0o077:
                path.chmod(PRIVATE)
        probe = path.with_name(".eksread-probe")
        probe.touch(mode=PRIVATE)
        probe.unlink(missing_ok=True)  # another process that opens just now may have been faster
    except OSError as error:
        translated = file_error(error, path.parent)
        if isinstance(translated, StoreReadOnly):
            return False
        raise translated from error
    return True


def identify(db: sqlite3.Connection, path: Path) -> int:
    """Give the version of the file's tables, 0 for an empty file. Raises `StoreForeign` or `StoreNewer`."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or version or tables:
            raise StoreForeign(path=path)
        return 0
    if version > schema.VERSION:
        raise StoreNewer(f"version {version}", path=path)
    return int(version)


def check(path: Path, *, patience: float) -> int:
    """Give the version of the file's tables, 0 where it has none, without changing a byte of it. Raises StoreError.

    Only where a killed process has left a transaction half written, SQLite must first take that back.
    """
    if not path.stat().st_size:  # not opened: SQLite would delete the log beside it
        return 0
    try:
        try:
            return _version(path, "ro", patience)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
                raise
            return _version(path, "rw", patience)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise store_error(error, path) from error


def _version(path: Path, mode: str, patience: float) -> int:
    with closing(connect(path, mode=mode, patience=patience)) as db:
        version = identify(db, path)
        if version < 1 and db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreCorrupt(f"tables, but version {version}", path=path)
        return version


def make(path: Path, patience: float) -> Path | None:
    """Make an archive where there is none, or end what a killed process began; what is there stays. Raises StoreError.

    Gives where the file of an archive that has lost its tables is now (its log or the file of bookmarks shows that there
    was one), else None.
    """
    if path.exists() and check(path, patience=patience):
        return None
    lock = FileLock(path.with_name(LOCK_NAME))
    try:
        if not lock.take(patience=patience):
            raise StoreLocked("another process writes")
        if _ready(path).exists() and not path.exists():
            put_in_place(path, "unfinished")
        if path.exists() and check(path, patience=patience):  # another process was faster
            return None
        if not _was_emptied(path):
            _remove(path)
        with fresh(path):
            pass
        return put_in_place(path, "emptied")
    except (sqlite3.Error, OSError) as error:
        raise store_error(error, path) from error
    finally:
        lock.close()


def _was_emptied(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return (log.exists() and log.stat().st_size > 0) or (
        path.exists() and path.with_name(BOOKMARKS_NAME).exists()
    )


@contextmanager
def fresh(path: Path) -> Iterator[Connection]:
    """Make an archive without articles, to be filled and then put in the place `path`. Raises OSError or sqlite3.Error.

    Its journal is not the disk's: what is not finished is thrown away.
    """
    part = path.with_name(f".{path.name}.part")
    _remove(part)
    try:
        part.touch(mode=PRIVATE)
        with closing(connect(part, mode="rw", patience=0)) as db:
            db.execute(f"PRAGMA page_size = {schema.PAGE_BYTES}")
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("BEGIN")
            run_script(db, schema.FRESH)
            db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {schema.VERSION}")
            yield db
            db.execute("COMMIT")
            db.execute("PRAGMA journal_mode = WAL")
        part.replace(_ready(path))
    finally:
        _remove(part)


def put_in_place(path: Path, reason: str) -> Path | None:
    """Put the archive that `fresh` made in place; give where what was there is now. Raises OSError.

    A process killed in between leaves the new one beside, and the next start puts it in place.
    """
    held = any(path.with_name(path.name + suffix).exists() for suffix in _SIDE_FILES)
    aside = _set_aside(path, datetime.now(UTC), reason) if held else None
    _ready(path).replace(path)
    return aside


def _ready(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _remove(path: Path) -> None:
    for suffix in _SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def prepare(connections: Connections, version: int) -> None:
    """Bring the tables of an older file up to date. Raises StoreError."""
    if version < schema.VERSION:
        backup(connections, version)
        with connections.write(durable=True) as db:
            # another process may have been faster
            migrate(db, identify(db, connections.path), schema.VERSION)


def backup(connections: Connections, version: int) -> Path:
    """Copy the file as it is before a migration; give the copy's path."""
    target = connections.path.with_name(f"{connections.path.name}.v{version}.bak")
    with connections.read() as db:
        copy_database(db, target)
    return target


def copy_database(db: sqlite3.Connection, target: Path) -> None:
    """Copy a database as it is at this moment (SQLite's online backup). Raises OSError or sqlite3.Error."""
    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=PRIVATE)
        with closing(sqlite3.connect(temporary)) as copy:
            db.backup(copy)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run statements within the transaction that is open (`executescript` would end it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


# A note beside the file that damage was met, and moving the file.

MARKER: Final = ".damaged"
"""Added to the database's name: an empty file that says that damage was met while reading. The file is only moved
when nothing has it open, at the next start."""

_SIDE_FILES: Final = ("", "-wal", "-shm", "-journal")


def mark_damaged(path: Path) -> None:
    """Note that the file is damaged, where the folder can be written."""
    try:
        path.with_name(path.name + MARKER).touch(mode=PRIVATE)
    except OSError:
        return  # then the next start meets the damage again, and says so again


def is_marked_damaged(path: Path) -> bool:
    """Whether damage was noted."""
    return path.with_name(path.name + MARKER).exists()


def _set_aside(path: Path, at: datetime, reason: str) -> Path:
    """Move the file with its log out of the way; give where it is now."""
    stem = f"{path.name}.{reason}-{at:%Y%m%dT%H%M%S}"
    target, number = path.with_name(stem), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}-{number}")
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(target.with_name(target.name + suffix))
    path.with_name(path.name + MARKER).unlink(missing_ok=True)
    return target
