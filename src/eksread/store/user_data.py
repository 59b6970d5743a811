"""The reader's own marks, bookmarks and positions. Implements `ports.Desk`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eksread.errors import NotFound
from eksread.model.stored import ReadingState, SavedSearch
from eksread.store import rows
from eksread.store.rows import decode, key_of, maybe_from_us, to_us
from eksread.store.search import index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from eksread.model.stored import Bookmark, Misread
    from eksread.store.database.connection import Connections, Link


# What the reader did with an article beyond marks, and the searches kept. Implements `ports.Reading`,
# `ports.Searches`.

CONTEXT: Final = 400
"""Characters of a block that tell it from others: enough, and an edit at a long paragraph's end doesn't move anyone."""


class SqlReading:
    """See `ports.Reading`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def reading(self, article_id: int) -> ReadingState:
        """See `ports.Reading`."""
        with self._db.read() as link:
            row = link.execute(
                """SELECT read_at, finished_at, comments_seen_at, block, anchor FROM reading WHERE article_id = ?""",
                (article_id,),
            ).fetchone()
            if row is None:
                return ReadingState()
            read_at, finished_at, seen_at, block, anchor = row
            return ReadingState(
                maybe_from_us(read_at),
                maybe_from_us(finished_at),
                maybe_from_us(seen_at),
                _found(_anchors(link, article_id), block, anchor),
            )

    def set_position(self, article_id: int, block: int, at: datetime) -> None:
        """See `ports.Desk`."""
        with self._db.write() as link:
            anchors = _anchors(link, article_id)
            anchor = anchors[block] if 0 <= block < len(anchors) else None
            link.execute(
                """INSERT INTO reading (article_id, block, anchor, placed_at) VALUES (?, ?, ?, ?)
                   ON CONFLICT (article_id) DO UPDATE SET block = excluded.block, anchor = excluded.anchor,
                     placed_at = excluded.placed_at""",
                (article_id, block, anchor, to_us(at)),
            )

    def set_finished(self, article_id: int, at: datetime | None) -> bool:
        """See `ports.Reading`."""
        return self._set(article_id, "finished_at", at)

    def set_comments_seen(self, article_id: int, at: datetime | None) -> bool:
        """See `ports.Reading`."""
        return self._set(article_id, "comments_seen_at", at)

    def _set(self, article_id: int, column: str, at: datetime | None) -> bool:
        with self._db.write() as link:
            row = link.execute(f"SELECT {column} FROM reading WHERE article_id = ?", (article_id,)).fetchone()
            value = None if at is None else to_us(at)
            if (row[0] if row else None) == value:
                return False
            link.execute(
                f"""INSERT INTO reading (article_id, {column}) VALUES (?, ?)
                    ON CONFLICT (article_id) DO UPDATE SET {column} = excluded.{column}""",
                (article_id, value),
            )
            return True

    def new_comments(self, article_id: int) -> int:
        """See `ports.Reading`."""
        with self._db.read() as link:
            (count,) = link.execute(
                """SELECT count(*) FROM comment c JOIN article a ON a.id = c.article_id
                   WHERE c.article_id = :id AND c.last_seen = a.comments_at AND c.first_seen >
                     coalesce((SELECT comments_seen_at FROM reading WHERE article_id = :id), -1)""",
                {"id": article_id},
            ).fetchone()
            return int(count)

    def comment_counts(self, article_id: int) -> tuple[int, int]:
        """See `ports.Reading`."""
        with self._db.read() as link:
            held, new = link.execute(
                """SELECT count(*), coalesce(sum(c.first_seen > r.comments_seen_at), 0)
                   FROM comment c JOIN article a ON a.id = c.article_id
                   LEFT JOIN reading r ON r.article_id = c.article_id
                   WHERE c.article_id = ? AND c.last_seen = a.comments_at""",
                (article_id,),
            ).fetchone()
            return int(held), int(new)

    def restore_bookmark(self, bookmark: Bookmark, at: datetime) -> None:
        """See `ports.Reading`."""
        with self._db.write(durable=True) as link:
            link.execute(
                """UPDATE bookmark SET removed_at = NULL, saved_at = ?, changed_at = ?
                   WHERE article_id = ? AND removed_at IS NOT NULL""",
                (to_us(bookmark.saved_at), to_us(at), bookmark.headline.id),
            )
            link.bookmarks_changed = True


def _anchors(link: Link, article_id: int) -> list[int]:
    """Give the key of each block of the text that is shown."""
    row = link.execute(
        """SELECT coalesce(r.content, b.content) FROM article a LEFT JOIN revision r ON r.id = a.revision_id
           LEFT JOIN bookmark b ON b.article_id = a.id WHERE a.id = ?""",
        (article_id,),
    ).fetchone()
    if row is None or row[0] is None:
        return []
    return [key_of(" ".join(block.text[:CONTEXT].split())) for block in decode(row[0]).blocks]


def _found(anchors: list[int], block: int, anchor: int | None) -> int:
    """Give where the block with this anchor stands now: the nearest one, or the old place where it is gone."""
    places = [index for index, key in enumerate(anchors) if key == anchor]
    if places:
        return min(places, key=lambda index: abs(index - block))
    return min(block, len(anchors) - 1) if anchors else block


class SqlSearches:
    """See `ports.Searches`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """See `ports.Searches`."""
        with self._db.read() as link:
            found = link.execute(
                "SELECT name, query FROM saved_search WHERE removed_at IS NULL ORDER BY name"
            )
            return tuple(SavedSearch(*row) for row in found)

    def matches(self, article_id: int, text: str) -> tuple[int, ...]:
        """See `ports.Searches`."""
        from eksread.store.search import results

        with self._db.read() as link:
            return results.matches(link, article_id, text)

    def misread(self, text: str) -> tuple[Misread, ...]:
        """See `ports.Searches`."""
        from eksread.store.search.query import parse

        return parse(text).misread

    def save_search(self, name: str, query: str, at: datetime) -> None:
        """See `ports.Searches`."""
        with self._db.write(durable=True) as link:
            link.execute(
                """INSERT INTO saved_search (name, query, changed_at) VALUES (?, ?, ?)
                   ON CONFLICT (name) DO UPDATE SET query = excluded.query, changed_at = excluded.changed_at,
                     removed_at = NULL""",
                (name, query, to_us(at)),
            )

    def remove_search(self, name: str, at: datetime) -> SavedSearch | None:
        """See `ports.Searches`."""
        with self._db.write(durable=True) as link:
            row = link.execute(
                "SELECT name, query FROM saved_search WHERE name = ? AND removed_at IS NULL", (name,)
            ).fetchone()
            if row is None:
                return None
            link.execute(
                "UPDATE saved_search SET removed_at = :at, changed_at = :at WHERE name = :name",
                {"at": to_us(at), "name": name},
            )
            return SavedSearch(*row)


_BOOKMARK: Final = f"""SELECT {rows.HEADLINE}, b.saved_at, b.note, b.labels FROM bookmark b
  JOIN article a ON a.id = b.article_id JOIN listing l ON l.article_id = a.id WHERE b.removed_at IS NULL"""


class SqlDesk:
    """See `ports.Desk`. Marks and bookmarks are on the disk when a method returns; positions soon after."""

    def __init__(self, db: Connections) -> None:
        self._db = db
        self._reading = SqlReading(db)

    def set_read(self, ids: Iterable[int], read: bool, at: datetime) -> tuple[int, ...]:
        """See `ports.Desk`."""
        with self._db.write(durable=True) as link:
            return tuple(article_id for article_id in ids if _mark(link, article_id, read, to_us(at)))

    def mark_all_read(self, at: datetime, section: str | None = None) -> tuple[int, ...]:
        """See `ports.Desk`."""
        with self._db.write(durable=True) as link:
            found = link.execute(
                """SELECT article_id FROM listing WHERE unread = 1 AND (:section IS NULL OR section_key = :section)
                   ORDER BY sort_at DESC, article_id DESC""",
                {"section": section},
            ).fetchall()
            ids = tuple(article_id for (article_id,) in found)
            for article_id in ids:
                _mark(link, article_id, True, to_us(at))
            return ids

    def add_bookmark(
        self, article_id: int, at: datetime, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        """See `ports.Desk`. Raises `NotFound`."""
        with self._db.write(durable=True) as link:
            held = link.execute(
                "SELECT removed_at, note, labels FROM bookmark WHERE article_id = ?", (article_id,)
            ).fetchone()
            if not link.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone():
                raise NotFound(ref=article_id)
            new = held is None or held[0] is not None
            old_note, old_labels = ("", "[]") if new else held[1:]
            kept_labels = old_labels if labels is None else _labels(labels)
            kept_note = old_note if note is None else note
            if not new and (kept_note, kept_labels) == (old_note, old_labels):
                return False
            with index.kept_in_step(link, article_id):
                _save(link, article_id, to_us(at), kept_note, kept_labels)
            link.bookmarks_changed = True
            return new

    def remove_bookmark(self, article_id: int, at: datetime) -> Bookmark | None:
        """See `ports.Desk`. What is left is a tombstone, so that another machine's copy doesn't bring it back."""
        with self._db.write(durable=True) as link:
            row = link.execute(f"{_BOOKMARK} AND b.article_id = ?", (article_id,)).fetchone()
            if row is None:
                return None
            with index.kept_in_step(link, article_id):
                link.execute(
                    "UPDATE bookmark SET removed_at = :at, changed_at = :at WHERE article_id = :id",
                    {"at": to_us(at), "id": article_id},
                )
            link.bookmarks_changed = True
            return rows.bookmark(row)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """See `ports.Desk`."""
        with self._db.read() as link:
            found = link.execute(f"{_BOOKMARK} ORDER BY b.saved_at DESC, b.article_id DESC")
            return tuple(rows.bookmark(row) for row in found)

    def bookmark(self, article_id: int) -> Bookmark | None:
        """See `ports.Desk`."""
        with self._db.read() as link:
            row = link.execute(f"{_BOOKMARK} AND b.article_id = ?", (article_id,)).fetchone()
            return rows.bookmark(row) if row else None

    def set_position(self, article_id: int, block: int, at: datetime) -> None:
        """See `ports.Desk`. The place is kept by the block's text, so that it survives edits above it."""
        self._reading.set_position(article_id, block, at)

    def position(self, article_id: int) -> int:
        """See `ports.Desk`."""
        return self._reading.reading(article_id).block


def _mark(link: Link, article_id: int, read: bool, at: int) -> bool:
    """Mark one article; give whether that changed anything."""
    row = link.execute("SELECT unread FROM listing WHERE article_id = ?", (article_id,)).fetchone()
    if row is None or bool(row[0]) is not read:
        return False
    link.execute(
        """INSERT INTO reading (article_id, read_at, marked_at) VALUES (?, ?, ?)
           ON CONFLICT (article_id) DO UPDATE SET read_at = excluded.read_at, marked_at = excluded.marked_at""",
        (article_id, at if read else None, at),
    )
    return True


def _labels(labels: Sequence[str]) -> str:
    cleaned = dict.fromkeys(" ".join(label.split()) for label in labels)
    return json.dumps([label for label in cleaned if label], ensure_ascii=False)


def _save(link: Link, article_id: int, at: int, note: str, labels: str) -> None:
    """Write a bookmark with a copy of the text as held now; an existing one keeps its moment and its copy."""
    link.execute(
        """INSERT INTO bookmark (article_id, saved_at, changed_at, note, labels, content)
           SELECT a.id, :at, :at, :note, :labels, r.content
             FROM article a LEFT JOIN revision r ON r.id = a.revision_id WHERE a.id = :id
           ON CONFLICT (article_id) DO UPDATE SET note = excluded.note, labels = excluded.labels,
             changed_at = excluded.changed_at, content = coalesce(content, excluded.content),
             saved_at = CASE WHEN removed_at IS NULL THEN saved_at ELSE excluded.saved_at END, removed_at = NULL""",
        {"id": article_id, "at": at, "note": note, "labels": labels},
    )
