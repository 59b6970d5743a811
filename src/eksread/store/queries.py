"""What screens and commands read. Implements `ports.Shelf`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.model.lists import Counts, HeadlinePage, Section
from eksread.store import identity, rows
from eksread.store.rows import name_key, place_key, title_key

if TYPE_CHECKING:
    from eksread.model.lists import Headline, HeadlineQuery
    from eksread.model.stored import Hit, StoredArticle
    from eksread.store.database.connection import Connections

MAX_WINDOW: Final = 1000
"""Headlines given at once, however many are asked for: a screen shows some 50."""


class SqlShelf:
    """See `ports.Shelf`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def headlines(self, query: HeadlineQuery) -> HeadlinePage:
        """See `ports.Shelf`. Walks one index from the cursor on, never over what was shown before."""
        limit = max(1, min(query.limit, MAX_WINDOW))
        sql, values = listing_sql(query)
        with self._db.read() as link:
            found = link.execute(sql, (*values, limit + 1)).fetchall()
            items = tuple(rows.headline(row) for row in found[:limit])
            cursor = rows.cursor(found[limit - 1]) if len(found) > limit else None
            return HeadlinePage(items, cursor)

    def article(self, article_id: int) -> StoredArticle | None:
        """See `ports.Shelf`."""
        with self._db.read() as link:
            row = link.execute(
                f"""SELECT {rows.HEADLINE}, coalesce(r.content, b.content), a.fetched_at, a.comments_at,
                      a.comments_external
                    FROM article a JOIN listing l ON l.article_id = a.id
                    LEFT JOIN revision r ON r.id = a.revision_id LEFT JOIN bookmark b ON b.article_id = a.id
                    WHERE a.id = ? AND coalesce(r.content, b.content) IS NOT NULL""",
                (article_id,),
            ).fetchone()
            return rows.stored(link, row) if row else None

    def headline(self, ref: int | str) -> Headline | None:
        """See `ports.Shelf`."""
        with self._db.read() as link:
            article_id = ref if isinstance(ref, int) else identity.find(link, ref)
            if article_id is None or not -(2**63) <= article_id < 2**63:
                return None
            row = link.execute(
                f"SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id WHERE a.id = ?",
                (article_id,),
            ).fetchone()
            return rows.headline(row) if row else None

    def sections(self) -> tuple[Section, ...]:
        """See `ports.Shelf`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT s.key, s.name, s.url, s.rank, coalesce(t.total, 0), coalesce(t.unread, 0)
                   FROM section s LEFT JOIN tally t ON t.kind = 'section' AND t.key = s.key
                   ORDER BY s.rank, s.seen_at DESC, s.key"""
            )
            return tuple(Section(*row) for row in found)

    def counts(self) -> Counts:
        """See `ports.Shelf`."""
        with self._db.read() as link:
            row = link.execute("SELECT total, unread, saved FROM tally WHERE kind = 'all'").fetchone()
            return Counts(*row) if row else Counts(0, 0, 0)

    def search(self, text: str, *, limit: int) -> tuple[Hit, ...]:
        """See `ports.Shelf`."""
        from eksread.store.search import results

        with self._db.snapshot() as link:
            return results.search(link, text, limit=limit)

    def found(self, text: str, *, limit: int) -> tuple[Headline, ...]:
        """See `ports.Shelf`."""
        from eksread.store.search import results

        with self._db.snapshot() as link:
            return results.headlines(link, text, limit=limit)

    def find_title(self, title: str) -> Headline | None:
        """See `ports.Shelf`."""
        with self._db.read() as link:
            row = link.execute(
                f"""SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id
                    WHERE a.title_key = ? ORDER BY a.revision_id IS NULL, a.id LIMIT 1""",
                (title_key(title),),
            ).fetchone()
            return rows.headline(row) if row else None


def listing_sql(query: HeadlineQuery) -> tuple[str, list[object]]:
    """Give the statement of a window, with the index that walks it in order, and its values but for the limit."""
    where: list[str] = []
    values: list[object] = []
    filters = (
        ("l.section_key = ?", None if query.section is None else name_key(query.section)),
        ("l.place_key = ?", None if query.place is None else place_key(query.place)),
        ("l.unread = ?", query.unread),
        ("l.advertorial = ?", query.advertorial),
        ("l.saved = ?", query.saved),
    )
    for condition, value in filters:
        if value is not None:
            # A partial index is only used where its condition stands in the statement as a constant.
            where.append(condition if isinstance(value, str) else condition.replace("?", str(int(value))))
            if isinstance(value, str):
                values.append(value)
    cursor = rows.read_cursor(query.after)
    if cursor is not None:
        where.append(f"(l.sort_at, l.article_id) {'>' if query.oldest_first else '<'} (?, ?)")
        values.extend(cursor)
    order = "ASC" if query.oldest_first else "DESC"
    sql = f"""SELECT {rows.HEADLINE}, l.sort_at FROM listing l INDEXED BY {_index_for(query)}
      CROSS JOIN article a ON a.id = l.article_id {"WHERE " + " AND ".join(where) if where else ""}
      ORDER BY l.sort_at {order}, l.article_id {order} LIMIT ?"""
    return sql, values


def _index_for(query: HeadlineQuery) -> str:
    """Give the narrowest index that holds the order of the query."""
    if query.saved:
        return "listing_saved"
    if query.section is not None and query.place is not None:
        return "listing_section_place"
    unread = "" if query.unread is None else "_unread"
    if query.section is not None:
        return f"listing_section{unread}"
    if query.place is not None:
        return f"listing_place{unread}"
    if query.advertorial:
        return f"listing_adv{unread}"
    return "listing_unread" if unread else "listing_all"
