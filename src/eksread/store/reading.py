"""What the reader did with an article beyond marks, and the searches kept. Implements `ports.Reading`, `ports.Searches`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread import model
from eksread.store.codec import decode
from eksread.store.values import key_of, maybe_from_us, to_us

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model import Bookmark, Misread, ReadingState, SavedSearch
    from eksread.store.connect import Connections, Link

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
                return model.ReadingState()
            read_at, finished_at, seen_at, block, anchor = row
            return model.ReadingState(
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
            return tuple(model.SavedSearch(*row) for row in found)

    def matches(self, article_id: int, text: str) -> tuple[int, ...]:
        """See `ports.Searches`."""
        from eksread.store import search

        with self._db.read() as link:
            return search.matches(link, article_id, text)

    def misread(self, text: str) -> tuple[Misread, ...]:
        """See `ports.Searches`."""
        from eksread.store.query import parse

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
            return model.SavedSearch(*row)
