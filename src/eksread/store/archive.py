"""What the portal gave goes in here: headlines, texts, visits. Implements `ports.Archive`."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eksread import model
from eksread.store import identity
from eksread.store.values import maybe_from_us, maybe_us, name_key, to_us

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from eksread.model import Article, Change, PageState, SectionLink, Teaser
    from eksread.store.connect import Connections, Link

BATCH_CACHE_KIB: Final = 32_000
"""Page cache of the one connection that writes batches: a thousand articles touch about 12 MB in an archive of 100,000,
and with less the same pages are read and written again within one batch (an eighth more time per article)."""

VANISHED_RANK: Final = 10_000
"""Rank of sections that the navigation no longer has: after any that it has."""


class SqlArchive:
    """See `ports.Archive`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    @contextmanager
    def together(self) -> Iterator[None]:
        """See `ports.Archive`."""
        with self._db.write():
            yield

    @contextmanager
    def batch(self) -> Iterator[None]:
        """`together` for many articles at once."""
        with self._db.write() as link:
            link.execute(f"PRAGMA cache_size = -{BATCH_CACHE_KIB}")
            yield

    # ---- visits ----

    def page_state(self, url: str) -> PageState | None:
        """See `ports.Archive`."""
        return self.page_states((url,)).get(url)

    def page_states(self, urls: Sequence[str]) -> dict[str, PageState]:
        """See `ports.Archive`."""
        with self._db.read() as link:
            rows = link.execute(
                """SELECT url, etag, last_modified, checked_at, changed_at, failures, retry_at, error
                   FROM page_state WHERE url IN (SELECT value FROM json_each(?))""",
                (json.dumps(urls),),
            )
            return {
                url: model.PageState(
                    url=url,
                    validators=model.Validators(etag, modified),
                    checked_at=maybe_from_us(checked),
                    changed_at=maybe_from_us(changed),
                    failures=failures,
                    retry_at=maybe_from_us(retry),
                    error=error,
                )
                for url, etag, modified, checked, changed, failures, retry, error in rows
            }

    def page_checked(self, *states: PageState) -> None:
        """See `ports.Archive`."""
        with self._db.write() as link:
            link.executemany(
                """INSERT INTO page_state VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
                     checked_at = excluded.checked_at, changed_at = excluded.changed_at,
                     failures = excluded.failures, retry_at = excluded.retry_at, error = excluded.error""",
                [
                    (
                        state.url,
                        state.validators.etag,
                        state.validators.last_modified,
                        maybe_us(state.checked_at),
                        maybe_us(state.changed_at),
                        state.failures,
                        maybe_us(state.retry_at),
                        state.error,
                    )
                    for state in states
                ],
            )

    # ---- lists ----

    def save_sections(self, links: Sequence[SectionLink], at: datetime) -> None:
        """See `ports.Archive`."""
        if not links:
            return
        with self._db.write() as link:
            link.execute("UPDATE section SET rank = ? WHERE rank < ?", (VANISHED_RANK, VANISHED_RANK))
            link.executemany(
                """INSERT INTO section VALUES (?, ?, ?, ?, ?)
                   ON CONFLICT (key) DO UPDATE SET name = excluded.name, url = excluded.url,
                     rank = min(rank, excluded.rank), seen_at = excluded.seen_at""",
                [
                    (name_key(item.name), item.name, item.url, rank, to_us(at))
                    for rank, item in enumerate(links)
                ],
            )

    def save_teasers(self, items: Sequence[Teaser], at: datetime, *, front_of: str | None = None) -> int:
        """See `ports.Archive`."""
        from eksread.store import intake

        with self._db.write() as link:
            ids: dict[int, int] = {}
            new = 0
            # From the last to the first: of two headlines without a date the upper one then counts as newer.
            for place in range(len(items) - 1, -1, -1):
                ids[place], added = intake.teaser(link, items[place], to_us(at))
                new += added
            if front_of is not None and items:
                order = [ids[place] for place in sorted(ids, key=lambda place: (items[place].rank, place))]
                _save_front(link, front_of, list(dict.fromkeys(order)), to_us(at))
            return new

    # ---- articles ----

    def save_article(self, article: Article, at: datetime, *, url: str) -> Change:
        """See `ports.Archive`."""
        from eksread.store import intake

        with self._db.write() as link:
            return intake.article(link, article, to_us(at), url)

    def mark_gone(self, url: str, at: datetime) -> None:
        """See `ports.Archive`."""
        with self._db.write() as link:
            article_id = identity.find(link, url)
            if article_id is not None:
                link.execute(
                    "UPDATE article SET gone_at = ? WHERE id = ? AND gone_at IS NULL", (to_us(at), article_id)
                )

    # ---- what to fetch ----

    def wanted(self, *, limit: int, at: datetime, section: str | None = None) -> tuple[str, ...]:
        """See `ports.Archive`."""
        with self._db.read() as link:
            rows = link.execute(
                """SELECT a.url FROM listing l INDEXED BY listing_wanted JOIN article a ON a.id = l.article_id
                   LEFT JOIN page_state s ON s.url = a.url
                   WHERE l.has_text = 0 AND a.gone_at IS NULL AND a.pruned_at IS NULL
                     AND (s.retry_at IS NULL OR s.retry_at <= :at)
                     AND (:section IS NULL OR l.section_key = :section)
                   ORDER BY l.sort_at DESC, l.article_id DESC LIMIT :limit""",
                {"at": to_us(at), "section": section, "limit": limit},
            )
            return tuple(url for (url,) in rows)

    def stale(self, *, limit: int, checked_before: datetime, published_after: datetime) -> tuple[str, ...]:
        """See `ports.Archive`."""
        with self._db.read() as link:
            rows = link.execute(
                """SELECT a.url FROM listing l INDEXED BY listing_all JOIN article a ON a.id = l.article_id
                   LEFT JOIN page_state s ON s.url = a.url
                   WHERE l.sort_at >= :after AND l.has_text = 1 AND a.gone_at IS NULL
                     AND max(coalesce(s.checked_at, 0), coalesce(a.fetched_at, 0)) < :before
                   ORDER BY l.sort_at DESC, l.article_id DESC LIMIT :limit""",
                {"after": to_us(published_after), "before": to_us(checked_before), "limit": limit},
            )
            return tuple(url for (url,) in rows)


def _save_front(link: Link, url: str, ids: Sequence[int], at: int) -> None:
    """Keep the order of a front page where it differs from the last one of this address."""
    items = json.dumps(ids, separators=(",", ":"))
    last = link.execute(
        "SELECT id, items FROM front_page WHERE url = ? ORDER BY first_seen DESC, id DESC LIMIT 1", (url,)
    ).fetchone()
    if last and last[1] == items:
        link.execute("UPDATE front_page SET last_seen = ? WHERE id = ?", (at, last[0]))
        return
    link.execute(
        "INSERT INTO front_page (url, first_seen, last_seen, items) VALUES (?, ?, ?, ?)", (url, at, at, items)
    )


class SqlNotes:
    """See `ports.Notes`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def fact(self, name: str) -> str | None:
        """See `ports.Notes`."""
        with self._db.read() as link:
            row = link.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        """See `ports.Notes`."""
        with self._db.write() as link:
            link.execute(
                "INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )
