"""The four doors to one file, and how it is opened and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.paths import BOOKMARKS_NAME, DATABASE_NAME, make_private
from eksread.store import opening
from eksread.store.archive import SqlArchive, SqlNotes
from eksread.store.connect import PATIENCE, Connections
from eksread.store.desk import SqlDesk
from eksread.store.index import flush
from eksread.store.mirror import Mirror
from eksread.store.shelf import SqlShelf
from eksread.store.state import SqlReaderState

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.errors import StoreError


class Store:
    """An open archive. `trouble` is what a person should be told about it (damaged and set aside, read-only), or None."""

    def __init__(self, db: Connections, trouble: StoreError | None = None) -> None:
        self._db = db
        self.trouble = trouble
        self.archive = SqlArchive(db)
        self.shelf = SqlShelf(db)
        self.desk = SqlDesk(db)
        self.notes = SqlNotes(db)
        self.state = SqlReaderState(db)
        self._mirror: Mirror | None = None
        if db.mode == "rw":
            self._mirror = Mirror(db, db.path.with_name(BOOKMARKS_NAME), self._tell)
            db.on_bookmarks = self._mirror.changed
            self._mirror.catch_up()

    def _tell(self, trouble: StoreError) -> None:
        self.trouble = trouble

    def check(self) -> tuple[str, ...]:
        """Let SQLite look the whole file over; give what is wrong with it, nothing when all is well."""
        with self._db.read() as link:
            rows = [str(row[0]) for row in link.execute("PRAGMA integrity_check")]
        return () if rows == ["ok"] else tuple(rows)

    def close(self) -> None:
        """Close every connection, once the bookmarks' mirror is written."""
        if self._mirror is not None:
            self._mirror.close()
        self._db.close()


def open_store(folder: Path, *, read_only: bool = False, patience: float = PATIENCE) -> Store:
    """Open the archive in `folder`, making both where they aren't there yet.

    `patience` is how many seconds a writer waits for another one. Raises `StoreNewer`, `StoreForeign`,
    `StoreReadOnly` (nothing there and nothing can be made), `StoreFull` or another `StoreError`.
    """
    path = folder / DATABASE_NAME
    make_private(folder)
    mode = opening.mode_of(path, read_only=read_only, patience=patience)
    version = opening.check(path, patience=patience)
    db = Connections(path, mode=mode, patience=patience)
    db.before_commit = flush
    try:
        if mode == "rw":
            opening.prepare(db, version)
        return Store(db)
    except BaseException:
        db.close()
        raise
