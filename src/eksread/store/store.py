"""The doors to one file, and how it is opened, mended and closed."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eksread.errors import StoreCorrupt, StoreDamaged, StoreError
from eksread.paths import BOOKMARKS_NAME, DATABASE_NAME, make_private
from eksread.store import maintenance
from eksread.store.database import opening
from eksread.store.database.connection import PATIENCE, Connections, unwritable
from eksread.store.database.locks import Holding
from eksread.store.mirror import Mirror, Quietly
from eksread.store.queries import SqlShelf
from eksread.store.search.index import MERGED_IN_A_PAUSE, flush, merge
from eksread.store.user_data import SqlSearches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eksread.store.history import SqlHistory, SqlIndexes
    from eksread.store.maintenance import SqlUpkeep
    from eksread.store.portal_data import SqlArchive, SqlNotes
    from eksread.store.rows import Json
    from eksread.store.user_data import SqlDesk, SqlReading
    from eksread.store.user_records import SqlReaderState

PAUSE: Final = 1.0
"""Seconds without a mark before the index is merged and the write-ahead log folded into the file."""

LONGEST: Final = 30.0
"""Seconds after a mark by which that is done however many follow."""


class Store:
    """An open archive.

    `trouble` is what a person should be told about it, or None: that the file was damaged and set aside
    (`StoreCorrupt`), that damage was met (`StoreDamaged`), or what keeps the bookmarks' mirror from being written.
    Doors that the first paint does without are loaded when first asked for.
    """

    def __init__(self, db: Connections, holding: Holding, trouble: StoreError | None = None) -> None:
        self._db = db
        self._holding = holding
        self.trouble = trouble
        self.shelf = SqlShelf(db)
        self.searches = SqlSearches(db)
        self._mirror: Mirror | None = None
        self._tidying = Quietly(self._tidy, "tidying", quiet=PAUSE, latest=LONGEST)
        db.on_damage = self._met_damage
        if db.mode == "rw":
            db.on_durable = self._tidying.ask
            self._mirror = Mirror(db, db.path.with_name(BOOKMARKS_NAME), self._tell)
            db.on_bookmarks = self._mirror.changed

    @cached_property
    def archive(self) -> SqlArchive:
        """What refresh writes."""
        from eksread.store.portal_data import SqlArchive

        return SqlArchive(self._db)

    @cached_property
    def desk(self) -> SqlDesk:
        """The reader's marks, bookmarks and positions."""
        from eksread.store.user_data import SqlDesk

        return SqlDesk(self._db)

    @cached_property
    def notes(self) -> SqlNotes:
        """Facts kept between refreshes."""
        from eksread.store.portal_data import SqlNotes

        return SqlNotes(self._db)

    @cached_property
    def reading(self) -> SqlReading:
        """What the reader did with an article."""
        from eksread.store.user_data import SqlReading

        return SqlReading(self._db)

    @cached_property
    def history(self) -> SqlHistory:
        """What the portal changed."""
        from eksread.store.history import SqlHistory

        return SqlHistory(self._db)

    @cached_property
    def indexes(self) -> SqlIndexes:
        """Places and people."""
        from eksread.store.history import SqlIndexes

        return SqlIndexes(self._db)

    @cached_property
    def state(self) -> SqlReaderState:
        """The reader's own, as lines that merge."""
        from eksread.store.user_records import SqlReaderState

        return SqlReaderState(self._db)

    @cached_property
    def upkeep(self) -> SqlUpkeep:
        """The archive as a file."""
        from eksread.store.maintenance import SqlUpkeep

        return SqlUpkeep(self._db)

    def catch_up(self, salvaged: Sequence[dict[str, Json]]) -> None:
        """Take in what was salvaged from a damaged file, and what someone else wrote into the bookmarks' file."""
        if salvaged:
            from eksread.store import user_records

            with self._db.write(durable=True) as link:
                user_records.merge(link, salvaged)
        if self._mirror is not None:
            self._mirror.catch_up()

    def _tidy(self) -> None:
        """Do what marks have left undone."""
        try:
            with self._db.write() as link:
                merge(link, MERGED_IN_A_PAUSE)
            self._db.fold()
        except StoreError as error:  # all stays as it is, and the next pause or the end sees to it
            logging.getLogger(__name__).info("not tidied in a pause: %s (%s)", error.code, error.detail)

    def _tell(self, trouble: StoreError) -> None:
        self.trouble = trouble

    def _met_damage(self, error: StoreError, certain: bool) -> StoreError | None:
        """Say what an error means that looks like damage: None where SQLite finds the file sound."""
        if not certain and not maintenance.is_damaged(self._db.path):
            return None
        if self._db.mode == "rw":
            maintenance.mark(self._db.path)
        self.trouble = StoreDamaged(error.detail, path=self._db.path)
        return self.trouble

    def check(self) -> tuple[str, ...]:
        """See `ports.Upkeep`."""
        return self.upkeep.check()

    def abandon(self) -> None:
        """Close the connections to a file that can't be used, and nothing else."""
        self._tidying.abandon()
        if self._mirror is not None:
            self._mirror.abandon()
        self._db.close()

    def close(self) -> None:
        """Close every connection, once the bookmarks' mirror is written."""
        self._tidying.abandon()  # the last connection folds the log anyway
        if self._mirror is not None:
            self._mirror.close()
        self._db.close()
        self._holding.release()


def open_store(folder: Path, *, read_only: bool = False, patience: float = PATIENCE) -> Store:
    """Open the archive in `folder`, making both where they aren't there yet.

    `patience` is how many seconds a writer waits for another one. A damaged file is set aside, what is the reader's
    own salvaged from it, and a fresh one made: `trouble` of the store says so. Raises `StoreNewer`, `StoreForeign`,
    `StoreReadOnly` (nothing there and nothing can be made), `StoreFull`, `StoreLocked` or another `StoreError`.
    """
    path = folder / DATABASE_NAME
    try:
        make_private(folder)
        holding = Holding(folder, patience)
    except OSError as error:
        raise unwritable(error, folder) from error
    try:
        mode = opening.mode_of(path, read_only=read_only, patience=patience)
        if mode != "rw":
            return _open(path, mode, patience, holding)
        try:
            if not maintenance.is_marked(path):
                return _open(path, mode, patience, holding)
            if maintenance.was_repaired(path) or maintenance.is_damaged(path):
                raise StoreCorrupt("marked as damaged", path=path)
            return _repaired(path, patience, holding)
        except StoreError as error:
            unclear = type(error) is StoreError and maintenance.is_damaged(path)
            if isinstance(error, StoreCorrupt) or unclear:
                return _mend(path, patience, holding, error.detail)
            raise
    except BaseException:
        holding.release()
        raise


def _repaired(path: Path, patience: float, holding: Holding) -> Store:
    """Open a file whose pages are sound though its contents are not: what is derived is made anew."""
    store = _open(path, "rw", patience, holding)
    try:
        store.upkeep.repair()
    except BaseException:
        store.abandon()
        raise
    maintenance.note_repair(path)
    return store


def _mend(path: Path, patience: float, holding: Holding, detail: str) -> Store:
    """Set a damaged file aside and open a fresh one with what could be salvaged."""
    with holding.alone():
        salvaged = maintenance.salvage(path)
        aside = maintenance.set_aside(path, datetime.now(UTC))
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, opening.PRIVATE))
    store = _open(path, "rw", patience, holding, salvaged)
    store.trouble = StoreCorrupt(detail, path=aside)
    return store


def _open(
    path: Path, mode: str, patience: float, holding: Holding, salvaged: Sequence[dict[str, Json]] = ()
) -> Store:
    version = opening.check(path, mode=mode, patience=patience)
    db = Connections(path, mode=mode, patience=patience)
    db.before_commit = flush
    try:
        if mode == "rw":
            opening.prepare(db, version)
    except BaseException:
        db.close()
        raise
    store = Store(db, holding)
    try:
        store.catch_up(salvaged)
    except BaseException:
        store.abandon()
        raise
    return store


def restore_store(folder: Path, source: Path) -> Path | None:
    """Put the archive that a backup holds into `folder`; give where the one that was there now is (None: none was).

    Raises `StoreForeign` where `source` is no archive, `StoreNewer` where it is one of a newer eksread, `StoreLocked`
    while an eksread has the folder open.
    """
    opening.identify_backup(source)
    path = folder / DATABASE_NAME
    make_private(folder)
    holding = Holding(folder, 0)
    try:
        with holding.alone():
            aside = (
                maintenance.set_aside(path, datetime.now(UTC), "before-restore") if path.exists() else None
            )
            opening.copy_private(source, path)
            return aside
    except OSError as error:
        raise unwritable(error, folder) from error
    finally:
        holding.release()
