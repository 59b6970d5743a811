"""A damaged file: set aside, never overwritten; the reader's own is salvaged from it as far as it can be read."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from eksread.store import rows, schema
from eksread.store.codec import Undecodable, unpack
from eksread.store.connect import connect
from eksread.store.values import maybe_from_us

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.store.codec import Json

MARKER: Final = ".damaged"
"""Added to the database's name: an empty file that says that damage was met while reading. The file is only moved
when nothing has it open, at the next start."""

REPAIRED: Final = ".repaired"
"""The like: says that what is derived was made anew once. Damage met again after that is no matter of the index."""

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

_SIDE_FILES: Final = ("", "-wal", "-shm")
_UNREADABLE: Final = (
    sqlite3.Error,
    ValueError,
    KeyError,
    TypeError,
    OverflowError,
    AttributeError,
)


def mark(path: Path) -> None:
    """Note that the file is damaged, where the folder can be written."""
    try:
        path.with_name(path.name + MARKER).touch(mode=0o600)
    except OSError:
        return  # then the next start meets the damage again, and says so again


def is_marked(path: Path) -> bool:
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


def is_damaged(path: Path) -> bool:
    """Whether the file's pages, the tables' definitions or their rows are not what they should be. Reads all of it."""
    try:
        with closing(connect(path, mode="ro", patience=1)) as link:
            sound = [row[0] for row in link.execute("PRAGMA quick_check(1)")] == ["ok"]
            if not sound or _definitions(link) != _fresh_definitions():
                return True
            _read_rows(link)
            return False
    except (ValueError, TypeError, OverflowError):
        return True
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in (
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_ERROR,
        )


def _read_rows(link: sqlite3.Connection) -> None:
    """Read what lists and screens are made of. Raises ValueError and its like where a value is none of ours."""
    for row in link.execute(
        f"SELECT {rows.HEADLINE}, l.sort_at FROM article a JOIN listing l ON l.article_id = a.id"
    ):
        rows.headline(row)
    for row in link.execute("SELECT author, posted, posted_zone, text, depth FROM comment"):
        rows.comment(row)
    for (items,) in link.execute("SELECT items FROM reaction_sample"):
        rows.reactions(items)
    for table, columns in _MOMENTS.items():
        for row in link.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            for value in row:
                maybe_from_us(value)
    from eksread.store import state

    for record in state.records(link):
        json.dumps(record)


def _definitions(link: sqlite3.Connection) -> set[str]:
    return {
        " ".join(sql.split())
        for (sql,) in link.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    }


def _fresh_definitions() -> set[str]:
    with closing(sqlite3.connect(":memory:")) as link:
        link.executescript(schema.FRESH)
        return _definitions(link)


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


def salvage(path: Path) -> list[dict[str, Json]]:
    """Give the reader's records that can be read from a damaged file, each once."""
    for mode in ("ro", "immutable"):
        try:
            with closing(connect(path, mode=mode, patience=1)) as link:
                return list(_records(link))
        except (sqlite3.Error, UnicodeDecodeError):
            continue
    return []


def _records(link: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    from eksread.store import state

    sources: tuple[tuple[str, str, Callable[[Any], dict[str, Json]]], ...] = (
        (state.READING, "r.article_id", state.reading_record),
        (state.BOOKMARK, "b.article_id", _bookmark),
        (_LONE_BOOKMARK, "article_id", _lone_bookmark),
        (state.SEARCH, "name", state.search_record),
    )
    for select, key, read in sources:
        seen: set[str] = set()
        # From both ends, each up to the damage.
        for order in ("ASC", "DESC"):
            for record in _readable(link, f"{select} ORDER BY {key} {order}", read):
                line = json.dumps(record, sort_keys=True, default=str)
                if line not in seen:
                    seen.add(line)
                    yield record


def _bookmark(row: Any) -> dict[str, Json]:
    """A bookmark whose copy of the text can't be read is kept without it."""
    from eksread.store import state

    try:
        return state.bookmark_record(row)
    except Undecodable:
        return state.bookmark_record((*row[:-1], None))


_LONE_BOOKMARK: Final = "SELECT saved_at, changed_at, removed_at, note, labels, content FROM bookmark"
"""Bookmarks whose article's row can't be read: their own copy of the text knows address and title."""


def _lone_bookmark(row: Any) -> dict[str, Json]:
    from eksread.store import state

    data = unpack(row[-1])
    return state.bookmark_record((data["u"], data["t"] or data["u"], None, None, *row))


def _readable(
    link: sqlite3.Connection, select: str, read: Callable[[Any], dict[str, Json]]
) -> Iterator[dict[str, Json]]:
    """Give the records of a statement until the file can't be read on."""
    try:
        cursor = link.execute(select)
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
        except _UNREADABLE:
            continue
        yield record
