"""What screens and commands read: lists of headlines, articles, the numbers of the sidebar, searches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eksread.model.lists import Counts, HeadlinePage, HeadlineQuery, SavedSearch, Section
from eksread.store import identity, rows
from eksread.store.rows import edits, name_key, place_key, title_key

if TYPE_CHECKING:
    from eksread.model.lists import Headline
    from eksread.model.stored import Hit, Misread, StoredArticle
    from eksread.store.database.connection import Connections
    from eksread.store.search.results import Order

_EVERYTHING: Final = HeadlineQuery()


class Queries:
    """Reads answer in milliseconds, whatever another process writes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def headlines(self, query: HeadlineQuery = _EVERYTHING) -> HeadlinePage:
        """A window of headlines, newest first.

        Walks one index from the cursor on, never over what was shown before.
        """
        limit = max(1, min(query.limit, rows.MAX_WINDOW))
        sql, values = listing_sql(query)
        with self._connections.read() as db:
            found = db.execute(sql, (*values, limit + 1)).fetchall()
            return rows.page(found, limit)

    def article(self, article_id: int) -> StoredArticle | None:
        """One article with its text, or None where only the headline is held or nothing at all."""
        with self._connections.read() as db:
            row = db.execute(
                f"""SELECT {rows.HEADLINE}, coalesce(r.content, b.content), a.fetched_at, a.comments_at,
                      a.comments_external
                    FROM article a JOIN listing l ON l.article_id = a.id
                    LEFT JOIN revision r ON r.id = a.revision_id LEFT JOIN bookmark b ON b.article_id = a.id
                    WHERE a.id = ? AND coalesce(r.content, b.content) IS NOT NULL""",
                (article_id,),
            ).fetchone()
            if row is None:
                return None
            from eksread.store.article_codec import stored

            return stored(db, row)

    def headline(self, ref: int | str) -> Headline | None:
        """One headline by id or by address."""
        with self._connections.read() as db:
            article_id = ref if isinstance(ref, int) else identity.find(db, ref)
            if article_id is None or not -(2**63) <= article_id < 2**63:
                return None
            row = db.execute(
                f"SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id WHERE a.id = ?",
                (article_id,),
            ).fetchone()
            return rows.headline(row) if row else None

    def sections(self) -> tuple[Section, ...]:
        """The sections in the portal's order, with counts."""
        with self._connections.read() as db:
            found = db.execute(
                """SELECT s.key, s.name, s.url, s.rank, coalesce(t.total, 0), coalesce(t.unread, 0)
                   FROM section s LEFT JOIN tally t ON t.kind = 'section' AND t.key = s.key
                   ORDER BY s.rank, s.seen_at DESC, s.key"""
            )
            return tuple(Section(*row) for row in found)

    def counts(self) -> Counts:
        """The numbers over all sections."""
        with self._connections.read() as db:
            row = db.execute("SELECT total, unread, saved FROM tally WHERE kind = 'all'").fetchone()
            return Counts(*row) if row else Counts(0, 0, 0)

    def search(self, text: str, *, limit: int = 50, order: Order = "best") -> tuple[Hit, ...]:
        """Search everything; any text is a valid query."""
        from eksread.store.search import results

        with self._connections.snapshot() as db:
            return results.search(db, text, limit=limit, order=order)

    def found(self, text: str, *, limit: int) -> tuple[Headline, ...]:
        """The headlines of what a search finds, without the excerpts, which take most of its time."""
        from eksread.store.search import results

        with self._connections.snapshot() as db:
            return results.headlines(db, text, limit=limit)

    def nearest(self, text: str) -> str | None:
        """A query near one that finds nothing (other spelling, fewer words), which finds something; None without one."""
        from eksread.store.search import results

        with self._connections.snapshot() as db:
            return results.nearest(db, text)

    def find_title(self, title: str) -> Headline | None:
        """The headline with this title (for `Baca juga` without a link)."""
        with self._connections.read() as db:
            row = db.execute(
                f"""SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id
                    WHERE a.title_key = ? ORDER BY a.revision_id IS NULL, a.id LIMIT 1""",
                (title_key(title),),
            ).fetchone()
            return rows.headline(row) if row else None

    def misread(self, text: str) -> tuple[Misread, ...]:
        """What in a query looks like a filter and is none; its last part only where it can't become one."""
        from eksread.store.search.query import parse

        return parse(text).misread

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """All of them, by name."""
        with self._connections.read() as db:
            found = db.execute("SELECT name, query FROM saved_search WHERE removed_at IS NULL ORDER BY name")
            return tuple(SavedSearch(*row) for row in found)

    def comment_counts(self, article_id: int) -> tuple[int, int]:
        """How many comments are held, and how many of them came since they were last seen (0 before the first look)."""
        with self._connections.read() as db:
            held, seen_at, new = db.execute(
                """SELECT count(*), r.comments_seen_at, coalesce(sum(c.first_seen > r.comments_seen_at), 0)
                   FROM comment c JOIN article a ON a.id = c.article_id
                   LEFT JOIN reading r ON r.article_id = c.article_id
                   WHERE c.article_id = ? AND c.last_seen = a.comments_at""",
                (article_id,),
            ).fetchone()
            if new:
                ids = json.dumps(list(edits(db, article_id)))
                (edited,) = db.execute(
                    """SELECT count(*) FROM comment c JOIN article a ON a.id = c.article_id
                       WHERE c.id IN (SELECT value FROM json_each(?)) AND c.first_seen > ? AND c.last_seen = a.comments_at""",
                    (ids, seen_at),
                ).fetchone()
                new -= edited
            return int(held), int(new)


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
