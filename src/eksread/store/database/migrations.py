"""From any older schema to the present one: frozen steps that import nothing of ours.

Step N brings a file from `user_version` N to N + 1. A step is never edited once released: what it needs of the
schema stands here again, as it was then. Tests upgrade each old schema and compare the shape with a fresh one.
The index is made anew after any step that touches it, because `fact.index_version` is then another than the code's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def _from_1(connection: sqlite3.Connection) -> None:
    """Forms of words are found by their roots at query time, not by a column; changes of bookmarks are counted."""
    for statement in (
        "DROP TABLE search",
        """CREATE VIRTUAL TABLE search USING fts5 (
  title, lead, body, comments, names, note, facets, content='', tokenize='ascii'
)""",
        "INSERT INTO search (search, rank) VALUES ('hashsize', 16000000)",
        "DROP TABLE IF EXISTS word",
        "CREATE TABLE word (word TEXT PRIMARY KEY, docs INTEGER NOT NULL) WITHOUT ROWID",
        "DROP TABLE IF EXISTS root",
        "CREATE TABLE root (root TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (root, word)) WITHOUT ROWID",
        "DELETE FROM fact WHERE name = 'index_version'",
    ):
        connection.execute(statement)
    for name, event in (("_in", "INSERT"), ("", "UPDATE"), ("_out", "DELETE")):
        connection.execute(f"DROP TRIGGER IF EXISTS bookmark_counted{name}")
        connection.execute(
            f"""CREATE TRIGGER bookmark_counted{name} AFTER {event} ON bookmark BEGIN
  INSERT INTO reader_fact VALUES ('bookmarks_generation', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);
END"""
        )
    connection.execute(
        """INSERT INTO reader_fact VALUES ('bookmarks_generation', '1')
           ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"""
    )


def _from_2(connection: sqlite3.Connection) -> None:
    """The index's segments are merged by `index.merge`, not by whichever write comes next."""
    connection.execute("INSERT INTO search (search, rank) VALUES ('automerge', 0)")


def _from_3(connection: sqlite3.Connection) -> None:
    """A list's row is written only where it changes; a mark merges no segments of the index before there are 256."""
    connection.execute("DROP TRIGGER article_changed")
    connection.execute(
        """CREATE TRIGGER article_moved AFTER UPDATE OF sort_at, section_key, place_key, advertorial ON article
  WHEN OLD.sort_at <> NEW.sort_at OR OLD.section_key IS NOT NEW.section_key
    OR OLD.place_key IS NOT NEW.place_key OR OLD.advertorial <> NEW.advertorial BEGIN
  UPDATE listing SET sort_at = NEW.sort_at, section_key = NEW.section_key, place_key = NEW.place_key,
    advertorial = NEW.advertorial WHERE article_id = NEW.id;
END"""
    )
    connection.execute(
        """CREATE TRIGGER article_texted AFTER UPDATE OF revision_id ON article
  WHEN (OLD.revision_id IS NULL) <> (NEW.revision_id IS NULL) BEGIN
  UPDATE listing SET has_text = NEW.revision_id IS NOT NULL WHERE article_id = NEW.id;
END"""
    )
    connection.execute("INSERT INTO search (search, rank) VALUES ('crisismerge', 256)")


def _from_4(connection: sqlite3.Connection) -> None:
    """The index's segments are merged as FTS5 does it by itself: 4 and 16 are its own settings."""
    connection.execute("INSERT INTO search (search, rank) VALUES ('automerge', 4)")
    connection.execute("INSERT INTO search (search, rank) VALUES ('crisismerge', 16)")
    connection.execute("DELETE FROM search_config WHERE k IN ('automerge', 'crisismerge')")


STEPS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {
    1: _from_1,
    2: _from_2,
    3: _from_3,
    4: _from_4,
}
"""By the version they start from."""


def migrate(connection: sqlite3.Connection, start: int, end: int) -> None:
    """Bring the file from version `start` to `end`, within the caller's transaction."""
    for version in range(start, end):
        STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
