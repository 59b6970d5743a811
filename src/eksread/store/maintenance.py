"""The archive as a file: its size, its health, what may go, copies of it, and what to do with a damaged one."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eksread.errors import BackupUnreadable, StoreCorrupt, StoreForeign, file_error
from eksread.model.enums import Source
from eksread.model.fetched import Page
from eksread.model.stored import ArchiveStats, Pruned
from eksread.store import identity, user_records
from eksread.store.article_codec import decode, inflate, reactions, unpack
from eksread.store.database import opening, schema
from eksread.store.database.connection import DAMAGE, connect, store_error
from eksread.store.rows import EARLIEST, LATEST, MOST, from_us, maybe_from_us, to_us
from eksread.store.search import index

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.store.article_codec import Json
    from eksread.store.database.connection import Connection, Connections

    Row = tuple[Any, ...]


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

_OLD: Final = "FROM listing l WHERE l.sort_at < ? AND l.has_text = 1 AND l.saved = 0"
_COMMENTS: Final = ("comment", "comment_sample", "reaction_sample")
_OLD_WITH_COMMENTS: Final = f"""FROM listing l WHERE l.sort_at < ? AND l.saved = 0 AND (l.has_text = 1
  OR l.article_id IN ({" UNION ".join(f"SELECT article_id FROM {table}" for table in _COMMENTS)}))"""


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

        Beside SQLite's own check, compares what is derived with what it is derived from. What is found is noted as damage:
        no list need ever meet it, and the next start mends it.
        """
        with self._connections.snapshot() as db:
            said = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
            found = (*index.differences(db), *_odd_rows(db)) if said == ["ok"] else tuple(said)
        if found and self._connections.on_damage is not None:
            self._connections.on_damage(StoreCorrupt(found[0], path=self._connections.path), True)
        return found

    def vacuum(self) -> int:
        """Give free room back to the disk; give the bytes."""
        before = self._size()
        with self._connections.write() as db:
            db.execute("INSERT INTO search (search) VALUES ('optimize')")
        with self._connections.exclusive() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return max(0, before - self._size())

    def _size(self) -> int:
        names = (self._connections.path.name, f"{self._connections.path.name}-wal")
        paths = [self._connections.path.with_name(name) for name in names]
        return sum(path.stat().st_size for path in paths if path.exists())

    def prune(
        self, older_than: datetime, *, at: datetime, comments: bool = False, dry_run: bool = False
    ) -> Pruned:
        """Let go of the texts of old articles, never of bookmarked ones; headlines and marks stay.

        Comments and reactions stay too, unless `comments`: they can't be had again.
        """
        limit = to_us(older_than)
        with self._connections.read() as db:
            found = _prunable(db, limit, comments)
        more = not dry_run
        while more:
            with self._connections.write() as db:
                old = _OLD_WITH_COMMENTS if comments else _OLD
                batch = db.execute(f"SELECT l.article_id {old} LIMIT ?", (limit, PRUNE_BATCH)).fetchall()
                for (article_id,) in batch:
                    _prune(db, article_id, to_us(at), comments)
                for number in _raw_of(db, "a.pruned_at IS NOT NULL"):
                    db.execute("DELETE FROM raw_page WHERE id = ?", (number,))
            more = len(batch) == PRUNE_BATCH
        return found

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
        """The pages kept, the oldest first, but for those of pruned texts."""
        with self._connections.read() as db:
            pruned = _raw_of(db, "a.pruned_at IS NOT NULL")
            found = db.execute(
                "SELECT id, url, body, fetched_at, requested_url, content_type FROM raw_page ORDER BY id"
            ).fetchall()
            for number, url, body, fetched_at, requested, kind in found:
                if number not in pruned:
                    yield Page(url, inflate(body), from_us(fetched_at), requested, content_type=kind)

    def backup(self, target: Path) -> None:
        """Copy the archive as it is at this moment, while others may write. Raises `StoreError`."""
        try:
            with self._connections.read() as db:
                opening.copy_database(db, target)
        except OSError as error:
            raise file_error(error, target.parent) from error


def _prunable(db: Connection, limit: int, comments: bool) -> Pruned:
    """Count what a pruning takes."""
    old = f"(SELECT l.article_id {_OLD_WITH_COMMENTS if comments else _OLD})"
    articles, revisions, size = db.execute(
        f"""SELECT count(DISTINCT article_id), count(*), coalesce(sum(length(content)), 0)
            FROM revision WHERE article_id IN {old}""",
        (limit,),
    ).fetchone()
    held = 0
    for table in _COMMENTS if comments else ():
        held += db.execute(f"SELECT count(*) FROM {table} WHERE article_id IN {old}", (limit,)).fetchone()[0]
    pictures = db.execute(
        f"""SELECT DISTINCT image FROM article WHERE id IN {old} AND image IS NOT NULL
            AND image NOT IN (SELECT image FROM article WHERE image IS NOT NULL AND id NOT IN {old})""",
        (limit, limit),
    )
    raw = _raw_of(db, f"a.id IN {old}", limit)
    return Pruned(
        articles, revisions, held, len(raw), size + sum(raw.values()), tuple(url for (url,) in pictures)
    )


def _raw_of(db: Connection, condition: str, *values: object) -> dict[int, int]:
    """Give the kept pages of the articles `a` that meet a condition: their numbers, and bytes."""
    found = {}
    for number, size, *urls in db.execute(
        "SELECT id, length(body), url, requested_url FROM raw_page"
    ).fetchall():
        ids = [identity.find(db, url) for url in urls if url]
        if db.execute(
            f"SELECT 1 FROM article a WHERE a.id IN (?, ?) AND {condition}", (ids[0], ids[-1], *values)
        ).fetchone():
            found[number] = size
    return found


def _prune(db: Connection, article_id: int, at: int, comments: bool) -> None:
    """Let go of an article's texts, and of comments and reactions where asked."""
    with index.kept_in_step(db, article_id):
        for table in ("revision", *(_COMMENTS if comments else ())):
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        if comments:
            db.execute(
                "UPDATE article SET comments_at = NULL, comment_count = NULL WHERE id = ?", (article_id,)
            )
        db.execute(
            "UPDATE article SET revision_id = NULL, revisions = 0, fetched_at = NULL, pruned_at = ? WHERE id = ?",
            (at, article_id),
        )


# A fresh archive made of the rows of another file: of a backup, or of one that is damaged. What the file defines never acts
# here: only rows of ordinary tables that the schema knows are read, and each value must be of its column's kind. What is
# derived (lists, counts, the index) is made anew.

VALUE_BYTES: Final = 16 * 1024 * 1024
"""The largest value that is read: a page as it came has 12 MB at most."""

LARGEST_ID: Final = 1 << 53
"""Leaves room for new rows above it, and is above any archive's."""

_KINDS: Final[dict[str, Any]] = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
_IDS: Final = frozenset({"id", "article_id", "revision_id", "target_id"})
_COUNTS: Final = frozenset({"rank", "depth", "comment_count", "revisions", "block", "count", "failures"})
_DAY_MINUTES: Final = 24 * 60


class Table(NamedTuple):
    """One that is copied: its columns with their declared types, those its rows are told apart by, and numbers each has."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    numbers: tuple[str, ...]


def salvage(source: Path, path: Path) -> bool:
    """Make the archive for `path` (see `opening.fresh`) of what `source` holds; give whether all of it could be read.

    Raises `StoreForeign` where `source` is another program's database (`BackupUnreadable` where it is not the file at
    `path` itself), `StoreNewer`, or another StoreError.
    """
    whole = True
    try:
        with closing(_opened(source, own=source == path)) as held, opening.fresh(path) as db:
            for table in _tables(db):
                for row in _rows(held, table):
                    checked = row and _checked(table, row)
                    whole = whole and row is not None and checked == row
                    if checked:
                        _insert(db, table, checked)
            _settle(db)
            index.rebuild(db)
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    except OSError as error:
        raise file_error(error, path.parent) from error
    return whole


def is_damaged(path: Path) -> bool:
    """Whether the file's pages, its definitions or its rows are not what they should be. Reads all of it."""
    try:
        with closing(sqlite3.connect(":memory:")) as fresh, closing(_opened(path, own=True)) as db:
            fresh.executescript(schema.FRESH)
            sound = [row[0] for row in db.execute("PRAGMA quick_check(1)")] == ["ok"]
            return (
                not sound
                or opening.identify(db, path) != schema.VERSION
                or _definitions(db) != _definitions(fresh)
                or any(_odd_rows(db))
            )
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in (
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_ERROR,
        )
    except UnicodeDecodeError:
        return True


def _odd_rows(db: sqlite3.Connection) -> Iterator[str]:
    """Give each table with rows that can't be read or hold what eksread does not write, in words for the log."""
    for table in _tables(db):
        odd = sum(row is None or _checked(table, row) != row for row in _rows(db, table))
        if odd:
            yield f"{table.name}: {odd} rows can't be used"


def _definitions(db: sqlite3.Connection) -> set[str]:
    found = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {" ".join(str(sql).split()) for (sql,) in found}


def _opened(source: Path, *, own: bool) -> sqlite3.Connection:
    """Open a file for reading, without trust in what it defines.

    One that is not our `own` must be an archive; our own that nothing can be read of is as good as empty.
    """
    for mode in ("ro", "immutable"):  # immutable: without the log beside it, where the damage is there
        try:
            db = connect(source, mode=mode, patience=1)
            if not opening.identify(db, source) and not own:
                raise StoreForeign(path=source)
            break
        except (sqlite3.Error, UnicodeDecodeError, StoreForeign) as error:
            if not own:
                raise BackupUnreadable(str(error), path=source) from error
    else:
        db = connect(source.with_name(f".{source.name}.none"), mode="memory", patience=1)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_BYTES)
    db.execute("PRAGMA trusted_schema = OFF")
    db.text_factory = lambda text: text.decode("utf-8", "replace")
    return db


def _tables(db: sqlite3.Connection) -> Iterator[Table]:
    """Give the tables of the schema that are not derived; `reader_fact` speaks of the folder's other files."""
    for script in (schema.PORTAL, schema.READER):
        for line in script.splitlines():
            if line.startswith("CREATE TABLE ") and "reader_fact" not in line:
                name = line.split()[2]
                columns = db.execute(f"PRAGMA table_info({name})").fetchall()
                keys = sorted((place, column) for _, column, _, _, _, place in columns if place)
                yield Table(
                    name,
                    {row[1]: row[2] for row in columns},
                    tuple(column for _, column in keys),
                    tuple(row[1] for row in columns if row[2] == "INTEGER" and row[3] and row[4] is None),
                )


def _rows(db: sqlite3.Connection, table: Table) -> Iterator[Row | None]:
    """Give the rows of a table, None for what can't be read: from its beginning, and from its end up to the damage."""
    try:
        ordinary = db.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND rootpage > 0", (table.name,)
        ).fetchone()
        found = {
            name: declared
            for _, name, declared, _, _, _, hidden in db.execute(f"PRAGMA table_xinfo({table.name})")
            if not hidden
        }
    except DAMAGE:
        yield None
        return
    columns = [name for name in table.columns if found.get(name) == table.columns[name]]
    if not ordinary or not set(table.key) <= set(columns):
        yield None
        return
    for order in ("ASC", "DESC"):
        if (yield from _walk(db, table, columns, order)):
            return


def _walk(
    db: sqlite3.Connection, table: Table, columns: list[str], order: str
) -> Generator[Row | None, None, bool]:
    """Give the rows in an order, going on behind one that can't be read; return whether the end was reached."""
    names, key = ", ".join(table.key), [columns.index(name) for name in table.key]
    places = [columns.index(name) if name in columns else None for name in table.columns]
    beyond = f"({names}) {'>' if order == 'ASC' else '<'} ({', '.join('?' * len(key))})"
    ordered = f"ORDER BY {', '.join(f'{name} {order}' for name in table.key)}"
    select = f"SELECT {', '.join(columns)} FROM {table.name} NOT INDEXED"
    last: Row = ()
    while True:
        where = f"WHERE {beyond}" if last else ""
        try:
            for row in db.execute(f"{select} {where} {ordered}", last):
                at = tuple(row[place] for place in key)
                if last and not (at > last if order == "ASC" else at < last):
                    return False  # a tree that leads back into itself has no end
                last = at
                yield tuple(None if place is None else row[place] for place in places)
            return True
        except DAMAGE:
            yield None
        where = f"WHERE {beyond}" if last else ""
        try:
            at = db.execute(
                f"SELECT {names} FROM {table.name} NOT INDEXED {where} {ordered} LIMIT 1", last
            ).fetchone()
        except DAMAGE:
            return False
        if at is None:
            return True
        if last and not (at > last if order == "ASC" else at < last):
            return False
        last = at
        with suppress(*DAMAGE):  # sound where the row behind it was asked for as well
            row = db.execute(f"{select} WHERE ({names}) = ({', '.join('?' * len(key))})", last).fetchone()
            yield tuple(None if place is None else row[place] for place in places)


def _checked(table: Table, row: Row) -> Row:
    """Give the row with None for values that are not of their column's kind, and numbers within what can be."""
    pairs = zip(table.columns.items(), row, strict=True)
    return tuple(_value(table.name, name, declared, value) for (name, declared), value in pairs)


def _value(table: str, name: str, declared: str, value: Any) -> Any:
    if value is None or not isinstance(value, _KINDS[declared]):
        return None
    try:
        if name == "content":
            decode(value)
        elif name == "items" and table == "reaction_sample":
            reactions(value)
        elif name == "labels":
            return value if all(isinstance(label, str) for label in json.loads(value)) else "[]"
        elif name == "published_source":
            Source(value)
        elif name == "body":
            inflate(value)
    except (ValueError, TypeError):
        return "[]" if name == "labels" else None
    return _number(name, value) if declared == "INTEGER" else value


def _number(name: str, value: int) -> int | None:
    if name in ("at", "published", "posted") or name.endswith(("_at", "_seen")):
        return min(max(value, EARLIEST), LATEST)
    if name in _COUNTS:
        return min(max(value, 0), MOST)
    sound = (
        abs(value) < _DAY_MINUTES if name.endswith("_zone") else name not in _IDS or 0 < value < LARGEST_ID
    )
    return value if sound else None


def _insert(db: Connection, table: Table, row: Row) -> None:
    values = dict(zip(table.columns, row, strict=True))
    if table.name == "article":
        values["title"] = values["title"] or values["url"]
        values["sort_at"] = values["sort_at"] or values["published"] or values["first_seen"] or 0
        values["slot"] = index.new_slot(db, values["sort_at"])
    for name in table.numbers:  # without one of them the row would be refused
        values[name] = values[name] or 0
    held = {name: value for name, value in values.items() if value is not None}
    names, marks = ", ".join(held), ", ".join("?" * len(held))
    db.execute(f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", tuple(held.values()))


_ORPHANS: Final = ("address", "revision", "headline_variant", "reaction_sample", "comment", "comment_sample", "link",
                   "credit", "reading", "bookmark")  # fmt: skip
"""Tables of what belongs to an article."""


def _settle(db: Connection) -> None:
    """Take out what belongs to articles that are not there; their bookmarks' own copies of the text know address and title."""
    lone = db.execute(
        """SELECT saved_at, changed_at, removed_at, note, labels, content FROM bookmark
           WHERE content IS NOT NULL AND article_id NOT IN (SELECT id FROM article)"""
    ).fetchall()
    for table in _ORPHANS:
        db.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM article)")
    db.execute("UPDATE link SET target_id = NULL WHERE target_id NOT IN (SELECT id FROM article)")
    db.execute(
        """UPDATE article SET revision_id = NULL, fetched_at = NULL WHERE revision_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = revision_id AND r.article_id = article.id)"""
    )
    for article_id, url in db.execute("SELECT id, url FROM article").fetchall():
        identity.know(db, article_id, url, url)
    for row in lone:
        with suppress(user_records.OddRecord):
            user_records.merge(db, _lone_bookmark(row))


def _lone_bookmark(row: Row) -> dict[str, Json]:
    data = unpack(row[-1])
    return user_records.bookmark_record((data["u"], data["t"] or data["u"], None, None, *row))
