"""What is kept because it can't be had again later: revisions, comments, reactions, links, names."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from eksread.store.identity import url_key
from eksread.store.values import key_of, maybe_us, name_key, title_key, zone_minutes

if TYPE_CHECKING:
    from eksread.model import Article, Comments
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
    return first_revision(link, article_id, hashed, content, at)


def first_revision(link: Link, article_id: int, hashed: int, content: bytes, at: int) -> int:
    """Keep a text that is known to be new; give the number of the revision."""
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
    kept = link.execute(
        """UPDATE bookmark SET content =
             (SELECT r.content FROM article a JOIN revision r ON r.id = a.revision_id WHERE a.id = bookmark.article_id)
           WHERE article_id = ? AND content IS NULL""",
        (article_id,),
    )
    if kept.rowcount:
        link.bookmarks_changed = True


def surroundings(link: Link, article_id: int, item: Article, at: int) -> None:
    """Keep what stands around the text of a known article: comments, reactions, related links, names."""
    held, sort_at = link.execute(
        "SELECT comment_count, sort_at FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    count = stated_count(item.comments)
    if count is not None and count != held:
        _count_sample(link, article_id, count, at)
    link.execute(
        """UPDATE article SET comment_count = coalesce(?, comment_count), comments_external = ?,
             comments_at = coalesce(?, comments_at) WHERE id = ?""",
        (count, item.comments.external, at if shown(item.comments) else None, article_id),
    )
    _comments(link, article_id, item.comments, at)
    last = link.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    _reactions(link, article_id, item, at, last[0] if last else None)
    _links(link, article_id, item, at)
    link.execute("DELETE FROM credit WHERE article_id = ?", (article_id,))
    _credits(link, article_id, item, sort_at)


def first_surroundings(link: Link, article_id: int, item: Article, at: int, sort_at: int) -> None:
    """`surroundings` of an article that has just been added, with its comment columns filled."""
    count = stated_count(item.comments)
    if count:  # none at first sight is no news
        _count_sample(link, article_id, count, at)
    _comments(link, article_id, item.comments, at)
    _reactions(link, article_id, item, at, None)
    _links(link, article_id, item, at)
    _credits(link, article_id, item, sort_at)


def stated_count(comments: Comments) -> int | None:
    """Give the number that the page states, else of those it shows; None where it says nothing."""
    return comments.count if comments.count is not None else (len(comments.items) or None)


def shown(comments: Comments) -> bool:
    """Whether the page shows its comments, be they none: a box that isn't shown says nothing about any."""
    return bool(comments.items) or (comments.count == 0 and not comments.external)


def _count_sample(link: Link, article_id: int, count: int, at: int) -> None:
    link.execute(
        """INSERT INTO comment_sample VALUES (?, ?, ?)
           ON CONFLICT (article_id, at) DO UPDATE SET count = excluded.count""",
        (article_id, at, count),
    )


def _comments(link: Link, article_id: int, comments: Comments, at: int) -> None:
    """Keep each comment with when it was first and last seen.

    Its time is no part of what tells it from others: "2 jam lalu" comes out differently at each visit.
    """
    if not comments.items:
        return
    seen: Counter[tuple[str | None, str, int]] = Counter()
    values = []
    for rank, item in enumerate(comments.items):
        same = (item.author, item.text, item.depth)
        seen[same] += 1
        key = key_of("\x1f".join((item.author or "", item.text, str(item.depth), str(seen[same]))))
        posted = (maybe_us(item.posted), zone_minutes(item.posted))
        values.append((article_id, key, item.author, *posted, item.text, item.depth, rank, at, at))
    link.executemany(
        """INSERT INTO comment (article_id, key, author, posted, posted_zone, text, depth, rank, first_seen, last_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (article_id, key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen""",
        values,
    )


def _reactions(link: Link, article_id: int, item: Article, at: int, last: str | None) -> None:
    """Keep the reactions where they differ from the last ones kept."""
    if not item.reactions:
        return
    pairs = [[reaction.name, reaction.percent] for reaction in item.reactions]
    items = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    if items != last:
        link.execute(
            """INSERT INTO reaction_sample VALUES (?, ?, ?)
               ON CONFLICT (article_id, at) DO UPDATE SET items = excluded.items""",
            (article_id, at, items),
        )


def _links(link: Link, article_id: int, item: Article, at: int) -> None:
    """Keep the `Baca juga` edges, the target's id where it is held; an edge that the page drops stays as history."""
    edges = [
        (article_id, rank, url_key(related.url) if related.url else None, title_key(related.title), at)
        for rank, related in enumerate(item.related)
    ]
    link.executemany(
        """INSERT INTO link VALUES (?1, ?2, ?3, ?4,
             nullif(coalesce((SELECT article_id FROM address WHERE key = ?3),
               (SELECT id FROM article WHERE title_key = ?4 AND id <> ?1 ORDER BY id LIMIT 1)), ?1), ?5, ?5)
           ON CONFLICT (article_id, title_key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen,
             url_key = coalesce(excluded.url_key, url_key), target_id = coalesce(excluded.target_id, target_id)""",
        edges,
    )


def _credits(link: Link, article_id: int, item: Article, sort_at: int) -> None:
    people = [(role, name) for role in _ROLES if (name := getattr(item, role))]
    link.executemany(
        "INSERT INTO credit VALUES (?, ?, ?, ?, ?)",
        [(name_key(name), sort_at, article_id, role, name) for role, name in people],
    )
