"""The archive as a file: its size, its health, what may go, copies of it, and what to do when it is damaged."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from eksread.errors import file_error
from eksread.model.fetched import Page
from eksread.model.stored import ArchiveStats, Pruned
from eksread.store import article_codec, rows, user_records
from eksread.store.article_codec import unpack
from eksread.store.database import schema
from eksread.store.database.connection import DAMAGE, Undecodable, connect
from eksread.store.database.opening import copy_database
from eksread.store.rows import from_us, maybe_from_us, to_us
from eksread.store.search import index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.store.article_codec import Json
    from eksread.store.database.connection import Connection, Connections


RAW_PAGES: Final = 200
"""Pages kept as they came: some days of the portal, about 4 MB compressed."""

RAW_LEVEL: Final = 1
"""zlib's, for such a page: 60 kB become 21 in 0.4 ms; with zlib's own choice 18, in 1.2 ms, which each article would pay."""

PRUNE_BATCH: Final = 200
"""Articles pruned in one transaction: short enough that a reader's mark between two waits no second."""

_NUMBERS: Final = ("articles", "texts", "revisions", "comments", "front_pages", "links", "read", "bookmarks",
                   "raw_pages", "file_bytes", "text_bytes", "index_bytes")  # fmt: skip
_SIZES: Final = """SELECT
  (SELECT count(*) FROM article), (SELECT count(*) FROM listing WHERE has_text = 1),
  (SELECT count(*) FROM revision), (SELECT count(*) FROM comment), (SELECT count(*) FROM front_page),
  (SELECT count(*) FROM link), (SELECT count(*) FROM reading WHERE read_at IS NOT NULL),
  (SELECT count(*) FROM bookmark WHERE removed_at IS NULL), (SELECT count(*) FROM raw_page),
  (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
  (SELECT coalesce(sum(length(content)), 0) FROM revision),
  (SELECT coalesce(sum(length(block)), 0) FROM search_data),
  (SELECT min(sort_at) FROM listing), (SELECT max(sort_at) FROM listing)"""

_OLD: Final = """FROM listing l WHERE l.sort_at < ? AND l.has_text = 1 AND l.saved = 0"""


class Maintenance:
    """Looks after the file; pages are kept as they came for a better parser."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def stats(self) -> ArchiveStats:
        """The archive in numbers."""
        with self._connections.read() as db:
            *numbers, oldest, newest = db.execute(_SIZES).fetchone()
            named: dict[str, int] = dict(zip(_NUMBERS, numbers, strict=True))
            return ArchiveStats(**named, oldest=maybe_from_us(oldest), newest=maybe_from_us(newest))

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, nothing when all is well. Reads all of it.

        Beside SQLite's own check, compares what is derived with what it is derived from.
        """
        with self._connections.read() as db:
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
            return (*([] if found == ["ok"] else found), *index.differences(db))

    def repair(self) -> int:
        """Drop the texts that can't be read (they are fetched again), and make what is derived anew."""
        with self._connections.write() as db:
            index.drop_unreadable(db)
            return index.rebuild(db)

    def vacuum(self) -> int:
        """Give free room back to the disk; give the bytes."""
        with self._connections.write() as db:
            db.execute("INSERT INTO search (search) VALUES ('optimize')")
        before = self._size()
        with self._connections.exclusive() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return max(0, before - self._size())

    def _size(self) -> int:
        names = (self._connections.path.name, f"{self._connections.path.name}-wal")
        paths = [self._connections.path.with_name(name) for name in names]
        return sum(path.stat().st_size for path in paths if path.exists())

    def prune(self, older_than: datetime, *, at: datetime, dry_run: bool = False) -> Pruned:
        """Let go of the texts of old articles, never of bookmarked ones; headlines and marks stay."""
        limit = to_us(older_than)
        with self._connections.read() as db:
            count, size = db.execute(
                f"""SELECT count(DISTINCT l.article_id), coalesce(sum(length(r.content)), 0)
                    FROM listing l JOIN revision r ON r.article_id = l.article_id
                    WHERE l.article_id IN (SELECT l.article_id {_OLD})""",
                (limit,),
            ).fetchone()
        more = not dry_run
        while more:
            with self._connections.write() as db:
                rows = db.execute(f"SELECT l.article_id {_OLD} LIMIT ?", (limit, PRUNE_BATCH)).fetchall()
                for (article_id,) in rows:
                    _prune(db, article_id, to_us(at))
            more = len(rows) == PRUNE_BATCH
        return Pruned(count, size)

    def keep_raw(self, page: Page) -> None:
        """Keep a page as it came, for a better parser; only the last ones are kept."""
        body = zlib.compress(page.body, RAW_LEVEL)
        with self._connections.write() as db:
            db.execute("DELETE FROM raw_page WHERE url = ?", (page.url,))
            db.execute(
                """INSERT INTO raw_page (url, requested_url, fetched_at, content_type, body) VALUES (?, ?, ?, ?, ?)""",
                (page.url, page.requested_url, to_us(page.fetched_at), page.content_type, body),
            )
            db.execute("DELETE FROM raw_page WHERE id <= (SELECT max(id) FROM raw_page) - ?", (RAW_PAGES,))

    def raw_pages(self) -> Iterator[Page]:
        """The pages kept, the oldest first."""
        with self._connections.read() as db:
            found = db.execute(
                "SELECT url, body, fetched_at, requested_url, content_type FROM raw_page ORDER BY id"
            ).fetchall()
            for url, body, fetched_at, requested, kind in found:
                yield Page(url, zlib.decompress(body), from_us(fetched_at), requested, content_type=kind)

    def backup(self, target: Path) -> None:
        """Copy the archive as it is at this moment, while others may write. Raises `StoreError`."""
        try:
            with self._connections.read() as db:
                copy_database(db, target)
        except OSError as error:
            raise file_error(error, target.parent) from error


def _prune(db: Connection, article_id: int, at: int) -> None:
    """Let go of an article's texts, comments and samples; its headline, links and the reader's marks stay."""
    with index.kept_in_step(db, article_id):
        for table in ("revision", "comment", "comment_sample", "reaction_sample", "headline_variant"):
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        db.execute(
            """UPDATE article SET revision_id = NULL, revisions = 0, fetched_at = NULL, comments_at = NULL,
                 comment_count = NULL, pruned_at = ? WHERE id = ?""",
            (at, article_id),
        )


# A damaged file: set aside, never overwritten; the reader's own is salvaged from it as far as it can be read.

_MOMENTS: Final = {
    "article": ("fetched_at", "sort_at", "comments_at", "gone_at"),
    "revision": ("first_seen", "last_seen"),
    "headline_variant": ("first_seen", "last_seen"),
    "comment": ("first_seen", "last_seen"),
    "front_page": ("first_seen", "last_seen"),
    "reaction_sample": ("at",),
    "page_state": ("checked_at", "changed_at", "retry_at"),
    "raw_page": ("fetched_at",),
}
"""Columns that hold moments, beside those that headlines and records are read from."""


def is_damaged(path: Path) -> bool:
    """Whether the file's pages, the tables' definitions or their rows are not what they should be. Reads all of it."""
    try:
        with closing(connect(path, mode="ro", patience=1)) as db:
            sound = [row[0] for row in db.execute("PRAGMA quick_check(1)")] == ["ok"]
            if not sound or _definitions(db) != _fresh_definitions():
                return True
            _read_rows(db)
            return False
    except (ValueError, TypeError):
        return True
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in (
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_ERROR,
        )


def _read_rows(db: sqlite3.Connection) -> None:
    """Read what lists and screens are made of. Raises ValueError and its like where a value is none of ours."""
    for row in db.execute(
        f"SELECT {rows.HEADLINE}, l.sort_at FROM article a JOIN listing l ON l.article_id = a.id"
    ):
        rows.headline(row)
    for row in db.execute("SELECT author, posted, posted_zone, text, depth FROM comment"):
        article_codec.comment(row)
    for (items,) in db.execute("SELECT items FROM reaction_sample"):
        article_codec.reactions(items)
    for table, columns in _MOMENTS.items():
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            for value in row:
                maybe_from_us(value)
    for record in user_records.records(db):
        json.dumps(record)


def _definitions(db: sqlite3.Connection) -> set[str]:
    return {
        " ".join(sql.split()) for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    }


def _fresh_definitions() -> set[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema.FRESH)
        return _definitions(db)


def salvage(path: Path) -> list[dict[str, Json]]:
    """Give the reader's records that can be read from a damaged file, each once."""
    for mode in ("ro", "immutable"):
        try:
            with closing(connect(path, mode=mode, patience=1)) as db:
                return list(_records(db))
        except (sqlite3.Error, UnicodeDecodeError):
            continue
    return []


def _records(db: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    sources: tuple[tuple[str, str, Callable[[Any], dict[str, Json]]], ...] = (
        (user_records.READING, "r.article_id", user_records.reading_record),
        (user_records.BOOKMARK, "b.article_id", _bookmark),
        (_LONE_BOOKMARK, "article_id", _lone_bookmark),
        (user_records.SEARCH, "name", user_records.search_record),
    )
    for select, key, read in sources:
        seen: set[str] = set()
        # From both ends, each up to the damage.
        for order in ("ASC", "DESC"):
            for record in _readable(db, f"{select} ORDER BY {key} {order}", read):
                line = json.dumps(record, sort_keys=True, default=str)
                if line not in seen:
                    seen.add(line)
                    yield record


def _bookmark(row: Any) -> dict[str, Json]:
    """A bookmark whose copy of the text can't be read is kept without it."""
    try:
        return user_records.bookmark_record(row)
    except Undecodable:
        return user_records.bookmark_record((*row[:-1], None))


_LONE_BOOKMARK: Final = "SELECT saved_at, changed_at, removed_at, note, labels, content FROM bookmark"
"""Bookmarks whose article's row can't be read: their own copy of the text knows address and title."""


def _lone_bookmark(row: Any) -> dict[str, Json]:
    data = unpack(row[-1])
    return user_records.bookmark_record((data["u"], data["t"] or data["u"], None, None, *row))


def _readable(
    db: sqlite3.Connection, select: str, read: Callable[[Any], dict[str, Json]]
) -> Iterator[dict[str, Json]]:
    """Give the records of a statement until the file can't be read on."""
    try:
        cursor = db.execute(select)
    except (sqlite3.Error, UnicodeDecodeError):
        return
    while True:
        try:
            row = cursor.fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return
        if row is None:
            return
        try:
            record = read(row)
        except (*DAMAGE, AttributeError):
            continue
        yield record
