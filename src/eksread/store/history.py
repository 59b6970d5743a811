"""What changed, what refers to what, who and where. Implements `ports.History` and `ports.Indexes`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from eksread.model import (
    FrontPage,
    HeadlinePage,
    HeadlineVariant,
    Kinship,
    NamedCount,
    ReactionSample,
    Relative,
    Revision,
    SeenComment,
)
from eksread.store import rows
from eksread.store.codec import decode
from eksread.store.similar import similar
from eksread.store.values import from_us, name_key, place_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eksread.model import Headline
    from eksread.store.connect import Connections, Link

MAX_PAGES: Final = 1000
"""Front pages listed at once."""

MAX_WINDOW: Final = 1000
"""Headlines of a person given at once."""


class SqlHistory:
    """See `ports.History`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        """See `ports.History`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT r.first_seen, r.last_seen, r.content, r.id = a.revision_id
                   FROM revision r JOIN article a ON a.id = r.article_id
                   WHERE r.article_id = ? ORDER BY r.first_seen, r.id""",
                (article_id,),
            )
            return tuple(
                Revision(number, from_us(first), from_us(last), decode(content), bool(shown))
                for number, (first, last, content, shown) in enumerate(found, start=1)
            )

    def headline_variants(self, article_id: int) -> tuple[HeadlineVariant, ...]:
        """See `ports.History`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT title, first_seen, last_seen FROM headline_variant WHERE article_id = ?
                   ORDER BY first_seen, title""",
                (article_id,),
            )
            return tuple(
                HeadlineVariant(title, from_us(first), from_us(last)) for title, first, last in found
            )

    def reactions(self, article_id: int) -> tuple[ReactionSample, ...]:
        """See `ports.History`."""
        with self._db.read() as link:
            found = link.execute(
                "SELECT at, items FROM reaction_sample WHERE article_id = ? ORDER BY at", (article_id,)
            )
            return tuple(ReactionSample(from_us(at), rows.reactions(items)) for at, items in found)

    def comments(self, article_id: int) -> tuple[SeenComment, ...]:
        """See `ports.History`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT c.author, c.posted, c.posted_zone, c.text, c.depth, c.first_seen, c.last_seen,
                     c.last_seen < a.comments_at
                   FROM comment c JOIN article a ON a.id = c.article_id WHERE c.article_id = ?
                   ORDER BY c.rank, c.id""",
                (article_id,),
            )
            return tuple(
                SeenComment(rows.comment(row[:5]), from_us(row[5]), from_us(row[6]), bool(row[7]))
                for row in found
            )

    def front_pages(self, url: str) -> tuple[FrontPage, ...]:
        """See `ports.History`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT id, url, first_seen, last_seen FROM front_page WHERE url = ?
                   ORDER BY first_seen DESC, id DESC LIMIT ?""",
                (url, MAX_PAGES),
            )
            return tuple(FrontPage(id_, at, from_us(first), from_us(last)) for id_, at, first, last in found)

    def front_page(self, page_id: int) -> FrontPage | None:
        """See `ports.History`."""
        with self._db.read() as link:
            row = link.execute(
                "SELECT id, url, first_seen, last_seen, items FROM front_page WHERE id = ?", (page_id,)
            ).fetchone()
            if row is None:
                return None
            items = tuple(_headlines(link, json.loads(row[4])))
            return FrontPage(row[0], row[1], from_us(row[2]), from_us(row[3]), items)

    def relatives(self, article_id: int, *, limit: int) -> tuple[Relative, ...]:
        """See `ports.History`."""
        with self._db.snapshot() as link:
            picked = link.execute(
                """SELECT target_id FROM link WHERE article_id = ? AND target_id IS NOT NULL ORDER BY rank""",
                (article_id,),
            ).fetchall()
            referring = link.execute(
                """SELECT k.article_id FROM link k JOIN listing l ON l.article_id = k.article_id
                   WHERE k.target_id = ? ORDER BY l.sort_at DESC LIMIT ?""",
                (article_id, limit),
            ).fetchall()
            kinds = dict.fromkeys(similar(link, article_id, limit=limit), Kinship.SIMILAR)
            kinds |= {id_: Kinship.REFERRING for (id_,) in referring}
            kinds |= {id_: Kinship.PICKED for (id_,) in picked}
            order = {Kinship.PICKED: 0, Kinship.REFERRING: 1, Kinship.SIMILAR: 2}
            ids = sorted(kinds, key=lambda id_: order[kinds[id_]])
            return tuple(Relative(item, kinds[item.id]) for item in _headlines(link, ids))


PLACES: Final = """SELECT t.key, (SELECT a.place FROM listing l INDEXED BY listing_place
    JOIN article a ON a.id = l.article_id WHERE l.place_key = t.key ORDER BY l.sort_at DESC LIMIT 1), t.total, t.unread
  FROM tally t WHERE t.kind = 'place' AND t.total > 0"""
"""The places with the name that the newest article gives them."""


def _place(row: Sequence[Any]) -> NamedCount:
    key, name, total, unread = row
    return NamedCount(key, name or key, total, unread)


class SqlIndexes:
    """See `ports.Indexes`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def places(self) -> tuple[NamedCount, ...]:
        """See `ports.Indexes`."""
        with self._db.read() as link:
            found = link.execute(f"{PLACES} ORDER BY t.total DESC, t.key")
            return tuple(_place(row) for row in found)

    def place(self, name: str) -> NamedCount | None:
        """See `ports.Indexes`."""
        with self._db.read() as link:
            row = link.execute(f"{PLACES} AND t.key = ?", (place_key(name),)).fetchone()
            return _place(row) if row else None

    def people(self, *, limit: int) -> tuple[NamedCount, ...]:
        """See `ports.Indexes`."""
        with self._db.read() as link:
            found = link.execute(
                """SELECT person_key, max(name), count(DISTINCT article_id) AS total FROM credit
                   GROUP BY person_key ORDER BY total DESC, person_key LIMIT ?""",
                (limit,),
            )
            return tuple(NamedCount(key, name, total) for key, name, total in found)

    def by_person(self, name: str, *, limit: int, after: str | None = None) -> HeadlinePage:
        """See `ports.Indexes`."""
        limit = max(1, min(limit, MAX_WINDOW))
        start = rows.read_cursor(after) or (2**62, 2**62)
        with self._db.read() as link:
            found = link.execute(
                f"""SELECT {rows.HEADLINE}, l.sort_at FROM (
                      SELECT DISTINCT sort_at, article_id FROM credit
                      WHERE person_key = ? AND (sort_at, article_id) < (?, ?)
                      ORDER BY sort_at DESC, article_id DESC LIMIT ?) c
                    CROSS JOIN article a ON a.id = c.article_id CROSS JOIN listing l ON l.article_id = a.id
                    ORDER BY c.sort_at DESC, c.article_id DESC""",
                (name_key(name), *start, limit + 1),
            ).fetchall()
            items = tuple(rows.headline(row) for row in found[:limit])
            return HeadlinePage(items, rows.cursor(found[limit - 1]) if len(found) > limit else None)


def _headlines(link: Link, ids: Iterable[int]) -> Iterable[Headline]:
    """Give the headlines with these ids, in this order; what is no longer held is left out."""
    for article_id in ids:
        row = link.execute(
            f"SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is not None:
            yield rows.headline(row)
