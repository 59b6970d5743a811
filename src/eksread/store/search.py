"""Search over the index (for now: all words, ranked)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.model import Hit
from eksread.store import rows
from eksread.store.values import tokens

if TYPE_CHECKING:
    from eksread.store.connect import Link


def search(link: Link, text: str, *, limit: int) -> tuple[Hit, ...]:
    """Give the best hits for any text."""
    words = tokens(text)
    if not words:
        return ()
    match = (
        " AND ".join(f'"{word}"' for word in words[:-1]) + (" AND " if words[1:] else "") + f'"{words[-1]}"*'
    )
    found = link.execute(
        f"""SELECT {rows.HEADLINE} FROM search s JOIN article a ON a.slot = s.rowid
            JOIN listing l ON l.article_id = a.id
            WHERE search MATCH ? ORDER BY bm25(search, 10, 3, 1, 0.5, 4, 3, 0), a.sort_at DESC LIMIT ?""",
        (match, limit),
    ).fetchall()
    return tuple(Hit(rows.headline(row), row[8] or "") for row in found)
