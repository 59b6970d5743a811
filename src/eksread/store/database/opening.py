"""Opening the file: whose it is, making it, bringing it up to date, and what to do where that fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreForeign, StoreNewer, StoreReadOnly, file_error
from eksread.store.database import schema
from eksread.store.database.connection import Connection, connect, store_error
from eksread.store.database.migrations import migrate

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from eksread.store.database.connection import Connections

PRIVATE: Final = 0o600


def mode_of(path: Path, *, read_only: bool, patience: float) -> str:
    """Give how the file can be opened: "rw", "ro", or "immutable" where not even a lock can be kept beside it.

    Raises `StoreReadOnly` where there is no file and none can be made.
    """
    if not read_only and _writable(path):
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
    """Whether the file can be written; makes it (for its owner alone) where it isn't there."""
    try:
        path.touch(mode=PRIVATE, exist_ok=True)
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


def identify(db: Connection, path: Path) -> int:
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


def check(path: Path, *, mode: str, patience: float) -> int:
    """Look at the file without changing a byte of it; give its version. Raises StoreError."""
    try:
        with closing(connect(path, mode="ro" if mode == "rw" else mode, patience=patience)) as db:
            return identify(db, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise store_error(error, path) from error


def prepare(connections: Connections, version: int) -> None:
    """Make the tables of an empty file, or bring those of an older one up to date. Raises StoreError."""
    if version == 0:
        with connections.exclusive() as db:
            db.execute(f"PRAGMA page_size = {schema.PAGE_BYTES}")
            db.execute("PRAGMA journal_mode = WAL")
    elif version < schema.VERSION:
        backup(connections, version)
    if version < schema.VERSION:
        with connections.write(durable=True) as db:
            _bring_up(db, identify(db, connections.path))  # another process may have been faster


def _bring_up(db: Connection, version: int) -> None:
    if version > 0:
        migrate(db, version, schema.VERSION)
        return
    run_script(db, schema.FRESH)
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {schema.VERSION}")


def backup(connections: Connections, version: int) -> Path:
    """Copy the file as it is before a migration; give the copy's path."""
    target = connections.path.with_name(f"{connections.path.name}.v{version}.bak")
    with connections.read() as db:
        copy_database(db, target)
    return target


def identify_backup(source: Path) -> None:
    """See that `source` is an archive of ours, and sound. Raises `StoreForeign` or `StoreNewer`."""
    try:
        with closing(connect(source, mode="ro", patience=1)) as db:
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if not sound or identify(db, source) == 0:
                raise StoreForeign(path=source)
    except sqlite3.Error as error:
        raise StoreForeign(str(error), path=source) from error


def copy_private(source: Path, target: Path) -> None:
    """Copy a database, for its owner alone; `target` is whole or not there. Raises OSError or StoreError."""
    try:
        with closing(connect(source, mode="ro", patience=1)) as db:
            copy_database(db, target)
    except sqlite3.Error as error:
        raise store_error(error, target) from error


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


# Notes beside the file about damage that was met.

MARKER: Final = ".damaged"
"""Added to the database's name: an empty file that says that damage was met while reading. The file is only moved
when nothing has it open, at the next start."""

REPAIRED: Final = ".repaired"
"""The like: says that what is derived was made anew once. Damage met again after that is no matter of the index."""

_SIDE_FILES: Final = ("", "-wal", "-shm")


def mark_damaged(path: Path) -> None:
    """Note that the file is damaged, where the folder can be written."""
    try:
        path.with_name(path.name + MARKER).touch(mode=0o600)
    except OSError:
        return  # then the next start meets the damage again, and says so again


def is_marked_damaged(path: Path) -> bool:
    """Whether damage was noted."""
    return path.with_name(path.name + MARKER).exists()


def was_repaired(path: Path) -> bool:
    """Whether a repair was tried before."""
    return path.with_name(path.name + REPAIRED).exists()


def note_repair(path: Path) -> None:
    """Note that the damage was repaired."""
    path.with_name(path.name + MARKER).replace(path.with_name(path.name + REPAIRED))


def _unmark(path: Path) -> None:
    for suffix in (MARKER, REPAIRED):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def set_aside(path: Path, at: datetime, reason: str = "damaged") -> Path:
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
    _unmark(path)
    return target
