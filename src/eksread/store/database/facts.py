"""Small named values: the tables `fact` (of a refresh, and of the screens) and `reader_fact` (of the reader's files)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from eksread.store.database.connection import Connections


def get_fact(db: sqlite3.Connection, name: str, *, table: str = "fact") -> str | None:
    """Give a value; None where there is none."""
    row = db.execute(f"SELECT value FROM {table} WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_fact(db: sqlite3.Connection, name: str, value: str, *, table: str = "fact") -> None:
    """Keep a value, within the caller's transaction."""
    db.execute(
        f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


class Facts:
    """The values that a refresh and the screens keep between runs."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, name: str) -> str | None:
        """Give a value; None where there is none."""
        with self._connections.read() as db:
            return get_fact(db, name)

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        with self._connections.write() as db:
            set_fact(db, name, value)
