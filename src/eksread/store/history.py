"""What the portal changed, what refers to what, and the place and person index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eksread.model.stored import (
    HeadlineVariant,
    Kinship,
    NamedCount,
    ReactionSample,
    Relative,
    Revision,
    SeenComment,
)
from eksread.store import article_codec, rows
from eksread.store.article_codec import decode
from eksread.store.rows import from_us, name_key, place_key
from eksread.store.search.results import similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eksread.model.lists import Headline, HeadlinePage
    from eksread.store.database.connection import Connection, Connections


PLACES: Final = """SELECT t.key, (SELECT a.place FROM listing l INDEXED BY listing_place
    JOIN article a ON a.id = l.article_id WHERE l.place_key = t.key ORDER BY l.sort_at DESC LIMIT 1), t.total, t.unread
  FROM tally t WHERE t.kind = 'place' AND t.total > 0"""
"""The places with the name that the newest article gives them."""


def _place(row: Sequence[Any]) -> NamedCount:
    key, name, total, unread = row
    return NamedCount(key, name or key, total, unread)


class History:
    """What was seen of an article over time, what stands beside it, and who and where."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        """Every distinct text, the oldest first."""
        with self._connections.read() as db:
            found = db.execute(
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
        """Headlines that differ from the present one, the oldest first."""
        with self._connections.read() as db:
            found = db.execute(
                """SELECT title, first_seen, last_seen FROM headline_variant WHERE article_id = ?
                   ORDER BY first_seen, title""",
                (article_id,),
            )
            return tuple(
                HeadlineVariant(title, from_us(first), from_us(last)) for title, first, last in found
            )

    def reactions(self, article_id: int) -> tuple[ReactionSample, ...]:
        """The reactions each time they had changed, the oldest first."""
        with self._connections.read() as db:
            found = db.execute(
                "SELECT at, items FROM reaction_sample WHERE article_id = ? ORDER BY at", (article_id,)
            )
            return tuple(ReactionSample(from_us(at), article_codec.reactions(items)) for at, items in found)

    def comments(self, article_id: int) -> tuple[SeenComment, ...]:
        """Every comment ever seen, in the page's order; an edited one once, as it is now."""
        with self._connections.read() as db:
            found = db.execute(
                """SELECT c.author, c.posted, c.posted_zone, c.text, c.depth, c.first_seen, c.last_seen,
                     c.last_seen < a.comments_at, c.id
                   FROM comment c JOIN article a ON a.id = c.article_id WHERE c.article_id = ?
                   ORDER BY c.rank, c.id""",
                (article_id,),
            ).fetchall()
            edits = rows.edits(db, article_id)
            texts = {row[8]: row[3] for row in found}
            replaced = set(edits.values())
            return tuple(
                SeenComment(
                    article_codec.comment(row[:5]),
                    from_us(row[5]),
                    from_us(row[6]),
                    bool(row[7]),
                    texts.get(edits.get(row[8], 0)),
                )
                for row in found
                if row[8] not in replaced
            )

    def relatives(self, article_id: int, *, limit: int) -> tuple[Relative, ...]:
        """Articles beside this one: the editor's picks, those that refer to it, and up to `limit` similar ones."""
        with self._connections.snapshot() as db:
            picked = db.execute(
                """SELECT target_id FROM link WHERE article_id = ? AND target_id IS NOT NULL ORDER BY rank""",
                (article_id,),
            ).fetchall()
            referring = db.execute(
                """SELECT k.article_id FROM link k JOIN listing l ON l.article_id = k.article_id
                   WHERE k.target_id = ? ORDER BY l.sort_at DESC LIMIT ?""",
                (article_id, limit),
            ).fetchall()
            kinds = dict.fromkeys(similar(db, article_id, limit=limit), Kinship.SIMILAR)
            kinds |= {id_: Kinship.REFERRING for (id_,) in referring}
            kinds |= {id_: Kinship.PICKED for (id_,) in picked}
            order = {Kinship.PICKED: 0, Kinship.REFERRING: 1, Kinship.SIMILAR: 2}
            ids = sorted(kinds, key=lambda id_: order[kinds[id_]])
            return tuple(Relative(item, kinds[item.id]) for item in _headlines(db, ids))

    # ---- places and people ----

    def places(self) -> tuple[NamedCount, ...]:
        """The places of the datelines, those with most articles first."""
        with self._connections.read() as db:
            found = db.execute(f"{PLACES} ORDER BY t.total DESC, t.key")
            return tuple(_place(row) for row in found)

    def place(self, name: str) -> NamedCount | None:
        """The place that is called so by any of its names, None where no dateline bears it."""
        with self._connections.read() as db:
            row = db.execute(f"{PLACES} AND t.key = ?", (place_key(name),)).fetchone()
            return _place(row) if row else None

    def people(self, *, limit: int) -> tuple[NamedCount, ...]:
        """Reporters, editors and photographers, those with most articles first (`unread` is not counted)."""
        with self._connections.read() as db:
            found = db.execute(
                """SELECT person_key, max(name), count(DISTINCT article_id) AS total FROM credit
                   GROUP BY person_key ORDER BY total DESC, person_key LIMIT ?""",
                (limit,),
            )
            return tuple(NamedCount(key, name, total) for key, name, total in found)

    def person(self, name: str) -> int:
        """How many articles bear a person's name."""
        with self._connections.read() as db:
            (total,) = db.execute(
                "SELECT count(DISTINCT article_id) FROM credit WHERE person_key = ?", (name_key(name),)
            ).fetchone()
            return int(total)

    def by_person(self, name: str, *, limit: int, after: str | None = None) -> HeadlinePage:
        """The articles of a person, newest first."""
        limit = max(1, min(limit, rows.MAX_WINDOW))
        start = rows.read_cursor(after) or (2**62, 2**62)
        with self._connections.read() as db:
            found = db.execute(
                f"""SELECT {rows.HEADLINE}, l.sort_at FROM (
                      SELECT DISTINCT sort_at, article_id FROM credit
                      WHERE person_key = ? AND (sort_at, article_id) < (?, ?)
                      ORDER BY sort_at DESC, article_id DESC LIMIT ?) c
                    CROSS JOIN article a ON a.id = c.article_id CROSS JOIN listing l ON l.article_id = a.id
                    ORDER BY c.sort_at DESC, c.article_id DESC""",
                (name_key(name), *start, limit + 1),
            ).fetchall()
            return rows.page(found, limit)


def _headlines(db: Connection, ids: Iterable[int]) -> Iterable[Headline]:
    """Give the headlines with these ids, in this order; what is no longer held is left out."""
    for article_id in ids:
        row = db.execute(
            f"SELECT {rows.HEADLINE} FROM article a JOIN listing l ON l.article_id = a.id WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is not None:
            yield rows.headline(row)
