"""A damaged file: set aside, never overwritten; the reader's own is salvaged from it as far as it can be read."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from eksread.store import state
from eksread.store.connect import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.store.codec import Json

MARKER: Final = ".damaged"
"""Added to the database's name: an empty file that says that damage was met while reading. The file is only moved
when nothing has it open, at the next start."""

_SIDE_FILES: Final = ("", "-wal", "-shm")
_UNREADABLE: Final = (
    sqlite3.Error,
    ValueError,
    KeyError,
    TypeError,
    OverflowError,
    zlib.error,
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


def unmark(path: Path) -> None:
    """Forget the note."""
    path.with_name(path.name + MARKER).unlink(missing_ok=True)


def is_damaged(path: Path) -> bool:
    """Whether SQLite finds the file damaged. Reads all of it."""
    try:
        with closing(connect(path, mode="ro", patience=1)) as link:
            return [row[0] for row in link.execute("PRAGMA quick_check(1)")] != ["ok"]
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in (
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_ERROR,
        )


def set_aside(path: Path, at: datetime) -> Path:
    """Move the file with its log out of the way; give where it is now."""
    stem = f"{path.name}{MARKER}-{at:%Y%m%dT%H%M%S}"
    target, number = path.with_name(stem), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}-{number}")
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(target.with_name(target.name + suffix))
    unmark(path)
    return target


def salvage(path: Path) -> list[dict[str, Json]]:
    """Give the reader's records that can be read from a damaged file, each once."""
    for mode in ("ro", "immutable"):
        try:
            with closing(connect(path, mode=mode, patience=1)) as link:
                return list(_records(link))
        except sqlite3.Error:
            continue
    return []


def _records(link: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    sources: tuple[tuple[str, str, Callable[[Any], dict[str, Json]]], ...] = (
        (state.READING, "r.article_id", state.reading_record),
        (state.BOOKMARK, "b.article_id", state.bookmark_record),
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


_LONE_BOOKMARK: Final = "SELECT saved_at, changed_at, removed_at, note, labels, content FROM bookmark"
"""Bookmarks whose article's row can't be read: their own copy of the text knows address and title."""


def _lone_bookmark(row: Any) -> dict[str, Json]:
    data = json.loads(zlib.decompress(row[-1]).decode("utf-8", "surrogatepass"))
    return state.bookmark_record((data["u"], data["t"] or data["u"], None, None, *row))


def _readable(
    link: sqlite3.Connection, select: str, read: Callable[[Any], dict[str, Json]]
) -> Iterator[dict[str, Json]]:
    """Give the records of a statement until the file can't be read on."""
    try:
        cursor = link.execute(select)
    except sqlite3.Error:
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
