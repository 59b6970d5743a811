"""Opening the file: whose it is, making it, bringing it up to date, and what to do where that fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreForeign, StoreNewer, StoreReadOnly
from eksread.store.database import schema
from eksread.store.database.connection import Link, connect, spoken, unwritable
from eksread.store.database.migrations import migrate
from eksread.store.search import index

if TYPE_CHECKING:
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
        with closing(connect(path, mode="ro", patience=patience)) as link:
            link.execute("SELECT count(*) FROM sqlite_master").fetchone()
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
        probe.unlink()
    except OSError as error:
        told = unwritable(error, path.parent)
        if isinstance(told, StoreReadOnly):
            return False
        raise told from error
    return True


def identify(link: Link, path: Path) -> int:
    """Give the version of the file's tables, 0 for an empty file. Raises `StoreForeign` or `StoreNewer`."""
    (application,) = link.execute("PRAGMA application_id").fetchone()
    (version,) = link.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        (tables,) = link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or version or tables:
            raise StoreForeign(path=path)
        return 0
    if version > schema.VERSION:
        raise StoreNewer(f"version {version}", path=path)
    return int(version)


def check(path: Path, *, mode: str, patience: float) -> int:
    """Look at the file without changing a byte of it; give its version. Raises StoreError."""
    try:
        with closing(connect(path, mode="ro" if mode == "rw" else mode, patience=patience)) as link:
            return identify(link, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise spoken(error, path) from error


def prepare(db: Connections, version: int) -> None:
    """Make the tables of an empty file, or bring those of an older one up to date. Raises StoreError."""
    if version == 0:
        with db.alone() as link:
            link.execute(f"PRAGMA page_size = {schema.PAGE_BYTES}")
            link.execute("PRAGMA journal_mode = WAL")
    elif version < schema.VERSION:
        backup(db, version)
    if version < schema.VERSION:
        with db.write(durable=True) as link:
            _bring_up(link, identify(link, db.path))  # another process may have been faster
    with db.read() as link:
        stale = index.is_stale(link)
    if stale:
        with db.write() as link:
            index.rebuild(link)


def _bring_up(link: Link, version: int) -> None:
    if version > 0:
        migrate(link, version, schema.VERSION)
        return
    run_script(link, schema.FRESH)
    index.mark_fresh(link)
    link.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    link.execute(f"PRAGMA user_version = {schema.VERSION}")


def backup(db: Connections, version: int) -> Path:
    """Copy the file as it is before a migration; give the copy's path."""
    target = db.path.with_name(f"{db.path.name}.v{version}.bak")
    with db.read() as link:
        copy_database(link, target)
    return target


def identify_backup(source: Path) -> None:
    """See that `source` is an archive of ours, and sound. Raises `StoreForeign` or `StoreNewer`."""
    try:
        with closing(connect(source, mode="ro", patience=1)) as link:
            sound = link.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if not sound or identify(link, source) == 0:
                raise StoreForeign(path=source)
    except sqlite3.Error as error:
        raise StoreForeign(str(error), path=source) from error


def copy_private(source: Path, target: Path) -> None:
    """Copy a database, for its owner alone; `target` is whole or not there. Raises OSError or StoreError."""
    try:
        with closing(connect(source, mode="ro", patience=1)) as link:
            copy_database(link, target)
    except sqlite3.Error as error:
        raise spoken(error, target) from error


def copy_database(link: sqlite3.Connection, target: Path) -> None:
    """Copy a database as it is at this moment (SQLite's online backup). Raises OSError or sqlite3.Error."""
    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=PRIVATE)
        with closing(sqlite3.connect(temporary)) as copy:
            link.backup(copy)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def run_script(link: sqlite3.Connection, script: str) -> None:
    """Run statements within the transaction that is open (`executescript` would end it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            link.execute(statement)
            statement = ""
