"""The reader's own: marks, bookmarks, positions, saved searches. Nothing that comes from the portal touches them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eksread.errors import NotFound
from eksread.model.lists import SavedSearch
from eksread.model.stored import Merged, OddLine, ReadingState
from eksread.store import user_records
from eksread.store.article_codec import bookmark, decode
from eksread.store.rows import HEADLINE, key_of, maybe_from_us, to_us
from eksread.store.search import index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from eksread.model.stored import Bookmark
    from eksread.store.database.connection import Connection, Connections

CONTEXT: Final = 400
"""Characters of a block that tell it from others: enough, and an edit at a long paragraph's end doesn't move anyone."""

NAMED_LINES: Final = 5
"""Lines of an import that are not understood and are named: the result stays readable."""

_BOOKMARK: Final = f"""SELECT {HEADLINE}, b.saved_at, b.note, b.labels FROM bookmark b
  JOIN article a ON a.id = b.article_id JOIN listing l ON l.article_id = a.id WHERE b.removed_at IS NULL"""


class UserData:
    """Marks and bookmarks are on the disk when a method returns; positions soon after."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    # ---- marks and bookmarks ----

    def set_read(self, ids: Iterable[int], read: bool, at: datetime) -> tuple[int, ...]:
        """Mark; give the ids that really changed (for undo)."""
        with self._connections.write(durable=True) as db:
            return tuple(article_id for article_id in ids if _mark(db, article_id, read, to_us(at)))

    def mark_all_read(self, at: datetime, section: str | None = None) -> tuple[int, ...]:
        """Mark everything (of a section) read; give the ids that changed."""
        with self._connections.write(durable=True) as db:
            found = db.execute(
                """SELECT article_id FROM listing WHERE unread = 1 AND (:section IS NULL OR section_key = :section)
                   ORDER BY sort_at DESC, article_id DESC""",
                {"section": section},
            ).fetchall()
            ids = tuple(article_id for (article_id,) in found)
            for article_id in ids:
                _mark(db, article_id, True, to_us(at))
            return ids

    def add_bookmark(
        self, article_id: int, at: datetime, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        """Save; give whether it was new. None leaves an existing note or labels as they are.

        Raises `NotFound`.
        """
        with self._connections.write(durable=True) as db:
            held = db.execute(
                "SELECT removed_at, note, labels FROM bookmark WHERE article_id = ?", (article_id,)
            ).fetchone()
            if not db.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone():
                raise NotFound(ref=article_id)
            new = held is None or held[0] is not None
            old_note, old_labels = ("", "[]") if new else held[1:]
            kept_labels = old_labels if labels is None else _labels(labels)
            kept_note = old_note if note is None else note
            if not new and (kept_note, kept_labels) == (old_note, old_labels):
                return False
            with index.kept_in_step(db, article_id):
                _save(db, article_id, to_us(at), kept_note, kept_labels)
            db.bookmarks_changed = True
            return new

    def remove_bookmark(self, article_id: int, at: datetime) -> Bookmark | None:
        """Unsave; give what was removed (for undo).

        What is left is a tombstone, so that another machine's copy doesn't bring it back.
        """
        with self._connections.write(durable=True) as db:
            row = db.execute(f"{_BOOKMARK} AND b.article_id = ?", (article_id,)).fetchone()
            if row is None:
                return None
            with index.kept_in_step(db, article_id):
                db.execute(
                    """UPDATE bookmark SET removed_at = :at, changed_at = max(:at, changed_at + 1)
                       WHERE article_id = :id""",
                    {"at": to_us(at), "id": article_id},
                )
            db.bookmarks_changed = True
            return bookmark(row)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, newest first."""
        with self._connections.read() as db:
            found = db.execute(f"{_BOOKMARK} ORDER BY b.saved_at DESC, b.article_id DESC")
            return tuple(bookmark(row) for row in found)

    def bookmark(self, article_id: int) -> Bookmark | None:
        """The bookmark of an article, None where it is not saved."""
        with self._connections.read() as db:
            row = db.execute(f"{_BOOKMARK} AND b.article_id = ?", (article_id,)).fetchone()
            return bookmark(row) if row else None

    # ---- where reading stopped ----

    def reading(self, article_id: int) -> ReadingState:
        """All of it; `block` is where reading stopped, found again after edits."""
        with self._connections.read() as db:
            row = db.execute(
                """SELECT read_at, comments_seen_at, block, anchor FROM reading WHERE article_id = ?""",
                (article_id,),
            ).fetchone()
            if row is None:
                return ReadingState()
            read_at, seen_at, block, anchor = row
            return ReadingState(
                maybe_from_us(read_at),
                maybe_from_us(seen_at),
                _found(_anchors(db, article_id), block, anchor),
            )

    def set_position(self, article_id: int, block: int, at: datetime) -> None:
        """Keep where reading stopped: the index of the topmost block on the screen."""
        with self._connections.write() as db:
            anchors = _anchors(db, article_id)
            anchor = anchors[block] if 0 <= block < len(anchors) else None
            db.execute(
                """INSERT INTO reading (article_id, block, anchor, placed_at) VALUES (?, ?, ?, ?)
                   ON CONFLICT (article_id) DO UPDATE SET block = excluded.block, anchor = excluded.anchor,
                     placed_at = max(excluded.placed_at, coalesce(placed_at + 1, 0))""",
                (article_id, block, anchor, to_us(at)),
            )

    def set_comments_seen(self, article_id: int, at: datetime) -> None:
        """Note when its comments were seen."""
        with self._connections.write() as db:
            db.execute(
                """INSERT INTO reading (article_id, comments_seen_at) VALUES (?, ?)
                   ON CONFLICT (article_id) DO UPDATE SET comments_seen_at = excluded.comments_seen_at""",
                (article_id, to_us(at)),
            )

    # ---- saved searches ----

    def save_search(self, name: str, query: str, at: datetime) -> None:
        """Keep a search; one of the same name is replaced."""
        with self._connections.write(durable=True) as db:
            db.execute(
                """INSERT INTO saved_search (name, query, changed_at) VALUES (?, ?, ?)
                   ON CONFLICT (name) DO UPDATE SET query = excluded.query,
                     changed_at = max(excluded.changed_at, changed_at + 1),
                     removed_at = NULL""",
                (name, query, to_us(at)),
            )

    def remove_search(self, name: str, at: datetime) -> SavedSearch | None:
        """Remove a search; give it, for undo."""
        with self._connections.write(durable=True) as db:
            row = db.execute(
                "SELECT name, query FROM saved_search WHERE name = ? AND removed_at IS NULL", (name,)
            ).fetchone()
            if row is None:
                return None
            db.execute(
                """UPDATE saved_search SET removed_at = :at, changed_at = max(:at, changed_at + 1)
                   WHERE name = :name""",
                {"at": to_us(at), "name": name},
            )
            return SavedSearch(*row)

    # ---- as lines of JSON, to be merged elsewhere ----

    def export_lines(self) -> Iterator[str]:
        """Give marks, positions, bookmarks with their text, and saved searches, a record a line."""
        with self._connections.read() as db:
            for record in user_records.records(db):
                yield json.dumps(record, ensure_ascii=False, sort_keys=True)

    def import_lines(self, lines: Iterable[str]) -> Merged:
        """Merge such lines in: the last change of each thing wins. What is no record is counted, named and left."""
        changed = unreadable = 0
        odd = []
        with self._connections.write(durable=True) as db:
            for number, line in enumerate(lines, 1):
                try:
                    changed += bool(line.strip()) and user_records.merge(db, json.loads(line))
                except (ValueError, RecursionError) as error:
                    unreadable += 1
                    if unreadable <= NAMED_LINES:
                        field = str(error) if isinstance(error, user_records.OddRecord) else ""
                        odd.append(OddLine(number, field))
        return Merged(changed, unreadable, tuple(odd))


def _anchors(db: Connection, article_id: int) -> list[int]:
    """Give the key of each block of the text that is shown."""
    row = db.execute(
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


def _mark(db: Connection, article_id: int, read: bool, at: int) -> bool:
    """Mark one article; give whether that changed anything."""
    row = db.execute("SELECT unread FROM listing WHERE article_id = ?", (article_id,)).fetchone()
    if row is None or bool(row[0]) is not read:
        return False
    db.execute(
        """INSERT INTO reading (article_id, read_at, marked_at) VALUES (?, ?, ?)
           ON CONFLICT (article_id) DO UPDATE SET read_at = excluded.read_at,
             marked_at = max(excluded.marked_at, coalesce(marked_at + 1, 0))""",
        (article_id, at if read else None, at),
    )
    return True


def _labels(labels: Sequence[str]) -> str:
    cleaned = dict.fromkeys(" ".join(label.split()) for label in labels)
    return json.dumps([label for label in cleaned if label], ensure_ascii=False)


def _save(db: Connection, article_id: int, at: int, note: str, labels: str) -> None:
    """Write a bookmark with a copy of the text as held now; an existing one keeps its moment and its copy.

    Every change counts as later than the one before it, whatever the clock says: else a merge would take it back.
    """
    db.execute(
        """INSERT INTO bookmark (article_id, saved_at, changed_at, note, labels, content)
           SELECT a.id, :at, :at, :note, :labels, r.content
             FROM article a LEFT JOIN revision r ON r.id = a.revision_id WHERE a.id = :id
           ON CONFLICT (article_id) DO UPDATE SET note = excluded.note, labels = excluded.labels,
             changed_at = max(excluded.changed_at, changed_at + 1), content = coalesce(content, excluded.content),
             saved_at = CASE WHEN removed_at IS NULL THEN saved_at ELSE excluded.saved_at END, removed_at = NULL""",
        {"id": article_id, "at": at, "note": note, "labels": labels},
    )
