"""What is kept because it can't be had again later: revisions, comments, reactions, links, names."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from eksread.store.identity import find, url_key
from eksread.store.values import key_of, maybe_us, name_key, title_key, zone_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.model import Article, Comment, Comments
    from eksread.store.connect import Link

_ROLES: Final = ("reporter", "editor", "photographer")


def revision(link: Link, article_id: int, hashed: int, content: bytes, at: int) -> int:
    """Keep a text; give the number of the revision, an old one where this very text was seen before.

    What the hash leaves out (pictures, related links) is brought up to date in place.
    """
    row = link.execute(
        "SELECT id FROM revision WHERE article_id = ? AND hash = ?", (article_id, hashed)
    ).fetchone()
    if row:
        link.execute("UPDATE revision SET last_seen = ?, content = ? WHERE id = ?", (at, content, row[0]))
        return int(row[0])
    cursor = link.execute(
        "INSERT INTO revision (article_id, hash, first_seen, last_seen, content) VALUES (?, ?, ?, ?, ?)",
        (article_id, hashed, at, at, content),
    )
    return int(cursor.lastrowid or 0)


def revision_count(link: Link, article_id: int) -> int:
    """Give the number of distinct texts seen."""
    (count,) = link.execute("SELECT count(*) FROM revision WHERE article_id = ?", (article_id,)).fetchone()
    return int(count)


def variant(link: Link, article_id: int, title: str, at: int) -> None:
    """Keep a headline that is not, or no longer, the article's own."""
    link.execute(
        """INSERT INTO headline_variant VALUES (?, ?, ?, ?)
           ON CONFLICT (article_id, title) DO UPDATE SET last_seen = excluded.last_seen""",
        (article_id, title, at, at),
    )


def keep_for_bookmark(link: Link, article_id: int) -> None:
    """Give a bookmark that was made from the headline alone its copy of the text, now that it is held."""
    link.execute(
        """UPDATE bookmark SET content =
             (SELECT r.content FROM article a JOIN revision r ON r.id = a.revision_id WHERE a.id = bookmark.article_id)
           WHERE article_id = ? AND content IS NULL""",
        (article_id,),
    )


def surroundings(link: Link, article_id: int, item: Article, at: int) -> None:
    """Keep what stands around the text: comments, reactions, related links, names."""
    _comments(link, article_id, item.comments, at)
    _reactions(link, article_id, item, at)
    _links(link, article_id, item, at)
    _credits(link, article_id, item)


def keyed(comments: Comments) -> Iterator[tuple[int, int, Comment]]:
    """Give each comment with its key and place. Its time is no part of the key: "2 jam lalu" changes at each visit."""
    seen: Counter[tuple[str | None, str, int]] = Counter()
    for rank, item in enumerate(comments.items):
        same = (item.author, item.text, item.depth)
        seen[same] += 1
        yield (
            key_of("\x1f".join((item.author or "", item.text, str(item.depth), str(seen[same])))),
            rank,
            item,
        )


def distinct_texts(comments: Comments) -> tuple[str, ...]:
    """Give the texts in the order in which they are kept."""
    return tuple(item.text for item in comments.items)


def _comments(link: Link, article_id: int, comments: Comments, at: int) -> None:
    """Keep each comment with when it was first and last seen; a box that isn't shown says nothing about any."""
    stated = comments.count if comments.count is not None else (len(comments.items) or None)
    if stated is not None:
        _comment_count(link, article_id, stated, at)
    hidden = not comments.items and (comments.count is None or comments.count > 0 or comments.external)
    if hidden:
        link.execute("UPDATE article SET comments_external = ? WHERE id = ?", (comments.external, article_id))
        return
    link.executemany(
        """INSERT INTO comment (article_id, key, author, posted, posted_zone, text, depth, rank, first_seen, last_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (article_id, key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen""",
        [
            (
                article_id,
                key,
                item.author,
                maybe_us(item.posted),
                zone_minutes(item.posted),
                item.text,
                item.depth,
                rank,
                at,
                at,
            )
            for key, rank, item in keyed(comments)
        ],
    )
    link.execute(
        "UPDATE article SET comments_at = ?, comments_external = ? WHERE id = ?",
        (at, comments.external, article_id),
    )


def _comment_count(link: Link, article_id: int, count: int, at: int) -> None:
    (held,) = link.execute("SELECT comment_count FROM article WHERE id = ?", (article_id,)).fetchone()
    if held == count:
        return
    link.execute("UPDATE article SET comment_count = ? WHERE id = ?", (count, article_id))
    link.execute(
        """INSERT INTO comment_sample VALUES (?, ?, ?)
           ON CONFLICT (article_id, at) DO UPDATE SET count = excluded.count""",
        (article_id, at, count),
    )


def _reactions(link: Link, article_id: int, item: Article, at: int) -> None:
    if not item.reactions:
        return
    items = json.dumps(
        [[reaction.name, reaction.percent] for reaction in item.reactions],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    last = link.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    if last is None or last[0] != items:
        link.execute(
            """INSERT INTO reaction_sample VALUES (?, ?, ?)
               ON CONFLICT (article_id, at) DO UPDATE SET items = excluded.items""",
            (article_id, at, items),
        )


def _links(link: Link, article_id: int, item: Article, at: int) -> None:
    """Keep the `Baca juga` edges, the target's id where it is held; an edge that the page drops stays as history."""
    for rank, related in enumerate(item.related):
        key = title_key(related.title)
        target = find(link, related.url) if related.url else None
        if target is None:
            row = link.execute(
                "SELECT id FROM article WHERE title_key = ? AND id <> ? ORDER BY id LIMIT 1",
                (key, article_id),
            ).fetchone()
            target = row[0] if row else None
        link.execute(
            """INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (article_id, title_key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen,
                 url_key = coalesce(excluded.url_key, url_key), target_id = coalesce(excluded.target_id, target_id)""",
            (
                article_id,
                rank,
                url_key(related.url) if related.url else None,
                key,
                None if target == article_id else target,
                at,
                at,
            ),
        )


def _credits(link: Link, article_id: int, item: Article) -> None:
    people = [(role, getattr(item, role)) for role in _ROLES if getattr(item, role)]
    if not people:
        return
    (sort_at,) = link.execute("SELECT sort_at FROM article WHERE id = ?", (article_id,)).fetchone()
    link.execute("DELETE FROM credit WHERE article_id = ?", (article_id,))
    link.executemany(
        "INSERT INTO credit VALUES (?, ?, ?, ?, ?)",
        [(name_key(name), sort_at, article_id, role, name) for role, name in people],
    )
