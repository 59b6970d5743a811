"""The archive as a file: its size, its health, what may go, and copies of it. Implements `ports.Upkeep`."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from eksread.model import ArchiveStats, Page, Pruned
from eksread.store import derived, index
from eksread.store.connect import unwritable
from eksread.store.opening import copy_database
from eksread.store.values import from_us, maybe_from_us, to_us

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from eksread.store.connect import Connections, Link

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


class SqlUpkeep:
    """See `ports.Upkeep`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def stats(self) -> ArchiveStats:
        """See `ports.Upkeep`."""
        with self._db.read() as link:
            *numbers, oldest, newest = link.execute(_SIZES).fetchone()
            named: dict[str, int] = dict(zip(_NUMBERS, numbers, strict=True))
            return ArchiveStats(**named, oldest=maybe_from_us(oldest), newest=maybe_from_us(newest))

    def check(self) -> tuple[str, ...]:
        """See `ports.Upkeep`. Beside SQLite's own check, compares what is derived with what it is derived from."""
        with self._db.read() as link:
            found = [str(row[0]) for row in link.execute("PRAGMA integrity_check")]
            return (*([] if found == ["ok"] else found), *derived.differences(link))

    def rebuild_index(self) -> int:
        """See `ports.Upkeep`."""
        with self._db.write() as link:
            return derived.rebuild(link)

    def repair(self) -> int:
        """Drop the texts that can't be read (they are fetched again), and make what is derived anew."""
        with self._db.write() as link:
            derived.drop_unreadable(link)
            return derived.rebuild(link)

    def vacuum(self) -> int:
        """See `ports.Upkeep`."""
        with self._db.write() as link:
            link.execute("INSERT INTO search (search) VALUES ('optimize')")
        before = self._size()
        with self._db.alone() as link:
            link.execute("VACUUM")
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return max(0, before - self._size())

    def _size(self) -> int:
        names = (self._db.path.name, f"{self._db.path.name}-wal")
        paths = [self._db.path.with_name(name) for name in names]
        return sum(path.stat().st_size for path in paths if path.exists())

    def prune(self, older_than: datetime, *, at: datetime, dry_run: bool = False) -> Pruned:
        """See `ports.Upkeep`."""
        limit = to_us(older_than)
        with self._db.read() as link:
            count, size = link.execute(
                f"""SELECT count(DISTINCT l.article_id), coalesce(sum(length(r.content)), 0)
                    FROM listing l JOIN revision r ON r.article_id = l.article_id
                    WHERE l.article_id IN (SELECT l.article_id {_OLD})""",
                (limit,),
            ).fetchone()
        more = not dry_run
        while more:
            with self._db.write() as link:
                rows = link.execute(f"SELECT l.article_id {_OLD} LIMIT ?", (limit, PRUNE_BATCH)).fetchall()
                for (article_id,) in rows:
                    _prune(link, article_id, to_us(at))
            more = len(rows) == PRUNE_BATCH
        return Pruned(count, size)

    def keep_raw(self, page: Page) -> None:
        """See `ports.Upkeep`."""
        body = zlib.compress(page.body, RAW_LEVEL)
        with self._db.write() as link:
            link.execute("DELETE FROM raw_page WHERE url = ?", (page.url,))
            link.execute(
                """INSERT INTO raw_page (url, requested_url, fetched_at, content_type, body) VALUES (?, ?, ?, ?, ?)""",
                (page.url, page.requested_url, to_us(page.fetched_at), page.content_type, body),
            )
            link.execute("DELETE FROM raw_page WHERE id <= (SELECT max(id) FROM raw_page) - ?", (RAW_PAGES,))

    def raw_pages(self) -> Iterator[Page]:
        """See `ports.Upkeep`."""
        with self._db.read() as link:
            found = link.execute(
                "SELECT url, body, fetched_at, requested_url, content_type FROM raw_page ORDER BY id"
            ).fetchall()
            for url, body, fetched_at, requested, kind in found:
                yield Page(url, zlib.decompress(body), from_us(fetched_at), requested, content_type=kind)

    def backup(self, target: Path) -> None:
        """See `ports.Upkeep`."""
        try:
            with self._db.read() as link:
                copy_database(link, target)
        except OSError as error:
            raise unwritable(error, target.parent) from error


def _prune(link: Link, article_id: int, at: int) -> None:
    """Let go of an article's texts, comments and samples; its headline, links and the reader's marks stay."""
    with index.kept_in_step(link, article_id):
        for table in ("revision", "comment", "comment_sample", "reaction_sample", "headline_variant"):
            link.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        link.execute(
            """UPDATE article SET revision_id = NULL, revisions = 0, fetched_at = NULL, comments_at = NULL,
                 comment_count = NULL, pruned_at = ? WHERE id = ?""",
            (at, article_id),
        )
