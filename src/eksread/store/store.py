"""One archive: its parts, and how it is opened, mended and closed.

What the first paint does without (articles as values, what refresh and reading need, mending) is imported where it is first
asked for: together that is some 25 ms.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from eksread.errors import (
    FileUnreadable,
    StoreCorrupt,
    StoreDamaged,
    StoreEmptied,
    StoreError,
    StoreReadOnly,
    file_error,
)
from eksread.i18n import _
from eksread.paths import BOOKMARKS_NAME, DATABASE_NAME, make_private
from eksread.store.bookmarks_file import Mirror
from eksread.store.database import opening
from eksread.store.database.connection import PATIENCE, Connections, Facts
from eksread.store.database.locks import FolderLock
from eksread.store.queries import Queries
from eksread.store.search.index import flush, rebuild_if_stale

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.store.history import History
    from eksread.store.maintenance import Maintenance
    from eksread.store.portal_data import PortalData
    from eksread.store.user_data import UserData


class Store:
    """An open archive.

    `trouble` is what a person should be told about it, or None: that the file was damaged and set aside
    (`StoreCorrupt`), that damage was met (`StoreDamaged`), or what keeps the bookmarks' mirror from being written.
    """

    def __init__(self, connections: Connections, lock: FolderLock, trouble: StoreError | None = None) -> None:
        self._connections = connections
        self._lock = lock
        self.trouble = trouble
        self.queries = Queries(connections)
        self.facts = Facts(connections)
        self._mirror: Mirror | None = None
        connections.on_damage = self._met_damage
        if connections.mode == "rw":
            self._mirror = Mirror(connections, connections.path.with_name(BOOKMARKS_NAME), self._set_trouble)
            connections.on_bookmarks = self._mirror.changed
            connections.on_vanished = self._mirror.rescue

    @cached_property
    def portal_data(self) -> PortalData:
        """What refresh writes."""
        from eksread.store.portal_data import PortalData

        return PortalData(self._connections)

    @cached_property
    def user_data(self) -> UserData:
        """The reader's own."""
        from eksread.store.user_data import UserData

        return UserData(self._connections)

    @cached_property
    def history(self) -> History:
        """What the portal changed, and who and where."""
        from eksread.store.history import History

        return History(self._connections)

    @cached_property
    def maintenance(self) -> Maintenance:
        """The archive as a file."""
        from eksread.store.maintenance import Maintenance

        return Maintenance(self._connections)

    def catch_up(self) -> None:
        """Take in what someone else wrote into the bookmarks' file."""
        if self._mirror is not None:
            self._mirror.catch_up()

    def numbers(self) -> dict[str, Any]:
        """How many bookmarks and articles are there now."""
        counts = self.queries.counts()
        return {"bookmarks": counts.saved, "articles": counts.total}

    def _set_trouble(self, trouble: StoreError) -> None:
        self.trouble = trouble

    def _met_damage(self, error: StoreError, certain: bool) -> StoreError | None:
        """Say what an error means that looks like damage: None where SQLite finds the file sound."""
        if not certain and not _is_damaged(self._connections.path):
            return None
        if self._connections.mode == "rw":
            opening.mark_damaged(self._connections.path)
        self.trouble = StoreDamaged(error.detail, path=self._connections.path)
        return self.trouble

    def close(self) -> None:
        """Close every connection, once the bookmarks' mirror is written."""
        if self._mirror is not None:
            self._mirror.close()
        self._connections.close()
        self._lock.release()


def open_store(folder: Path, *, patience: float = PATIENCE) -> Store:
    """Open the archive in `folder`, making both where they aren't there yet.

    `patience` is how many seconds a writer waits for another one. A damaged file is set aside, and what can be read of
    it is taken over into a fresh one: `trouble` of the store says so. Raises `StoreNewer`, `StoreForeign`, `StoreAway`,
    `StoreReadOnly` (nothing there and nothing can be made), `StoreFull`, `StoreLocked` or another `StoreError`.
    """
    path = folder / DATABASE_NAME
    lock = _lock(path, patience)
    try:
        mode = opening.mode_of(path, patience=patience)
        if mode == "rw":
            return _open_writable(path, patience, lock)
        return _open(path, mode, patience, lock)
    except BaseException:
        lock.release()
        raise


def _lock(path: Path, patience: float) -> FolderLock:
    """Make the folder of an archive where it isn't there yet, and lock it. Raises `StoreError`."""
    try:
        opening.refuse_odd_files(path)
        make_private(path.parent)
        return FolderLock(path.parent, patience)
    except OSError as error:
        raise file_error(error, path.parent) from error


def _open_writable(path: Path, patience: float, lock: FolderLock) -> Store:
    """Open the file, mended where it is damaged."""
    try:
        emptied = opening.make(path, patience)
        if opening.is_marked_damaged(path):
            raise StoreCorrupt("marked as damaged", path=path)
        store = _open(path, "rw", patience, lock)
    except StoreError as error:
        unclear = type(error) is StoreError and _is_damaged(path)
        if isinstance(error, StoreCorrupt) or unclear:
            return _mend(path, patience, lock, error.detail)
        raise
    if emptied is not None:
        store.trouble = StoreEmptied(path=emptied, **store.numbers())
    return store


def _is_damaged(path: Path) -> bool:
    from eksread.store.maintenance import is_damaged

    return is_damaged(path)


def _mend(path: Path, patience: float, lock: FolderLock, detail: str) -> Store:
    """Set a damaged file aside and open a fresh one with what can be read of it."""
    from eksread.store.maintenance import salvage

    with lock.exclusive():
        salvage(path, path)
        aside = opening.put_in_place(path, "damaged")
    store = _open(path, "rw", patience, lock)
    store.trouble = StoreCorrupt(detail, path=aside, **store.numbers())
    return store


def _open(path: Path, mode: str, patience: float, lock: FolderLock) -> Store:
    connections = Connections(path, mode=mode, patience=patience)
    connections.before_commit = flush
    try:
        with connections.read() as db:
            version = opening.identify(db, path)
        if not version:
            raise StoreReadOnly(path=path.parent)
        if mode == "rw":
            opening.prepare(connections, version)
            rebuild_if_stale(connections)
        store = Store(connections, lock)
        store.catch_up()
    except BaseException:
        connections.close()
        raise
    return store


def restore_store(folder: Path, source: Path) -> tuple[Path | None, bool]:
    """Fill a fresh archive in `folder` with what a backup holds.

    Gives where the archive that was there is now (None: none was), and whether all of the backup could be read. Raises
    `BackupUnreadable` where `source` is none, `FileUnreadable` where it is the archive itself, `StoreNewer` where it is one
    of a newer eksread, `StoreAway`, `StoreLocked` while an eksread has the folder open: then nothing has been touched.
    """
    from eksread.store.maintenance import salvage

    path = folder / DATABASE_NAME
    if path.exists() and path.samefile(source):
        raise FileUnreadable(path=source, reason=_("it is the archive itself, and stays as it is"))
    lock = _lock(path, 0)
    try:
        with lock.exclusive():
            whole = salvage(source, path)
            return opening.put_in_place(path, "before-restore"), whole
    except OSError as error:
        raise file_error(error, folder) from error
    finally:
        lock.release()
