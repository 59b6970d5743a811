"""Rows of the tables as values of the model."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from eksread import model
from eksread.model import Headline, Source
from eksread.store.codec import decode
from eksread.store.values import from_us

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model import Bookmark, Comment, Comments, Reaction, StoredArticle
    from eksread.store.connect import Link

HEADLINE: Final = """a.id, a.url, a.title, a.published, a.published_zone, a.published_source, a.section, a.place,
  a.summary, a.image, a.advertorial, a.revision_id IS NOT NULL, a.comment_count, a.revisions, a.first_seen,
  l.unread, l.saved, a.gone_at IS NOT NULL"""
"""Columns of article `a` and listing `l` that `headline` reads, in its order."""

HEADLINE_WIDTH: Final = 18


DIGITS: Final = 18
"""Digits of a cursor's numbers that are read: what SQLite can hold."""


def headline(row: Sequence[Any]) -> Headline:
    """Give the headline of a row that begins with the columns `HEADLINE`."""
    published = row[3]
    return Headline(
        id=row[0],
        url=row[1],
        title=row[2],
        published=None if published is None else from_us(published, row[4]),
        published_source=Source(row[5]) if row[5] else None,
        section=row[6],
        place=row[7],
        summary=row[8],
        image=row[9],
        advertorial=bool(row[10]),
        has_text=bool(row[11]),
        comment_count=row[12],
        revisions=row[13],
        first_seen=from_us(row[14]),
        read=not row[15],
        saved=bool(row[16]),
        gone=bool(row[17]),
    )


def cursor(row: Sequence[Any]) -> str:
    """Give the cursor after a row: `HEADLINE`, then sort_at."""
    return f"{row[HEADLINE_WIDTH]}.{row[0]}"


def read_cursor(text: str | None) -> tuple[int, int] | None:
    """Read a cursor as sort_at and id; one that is none of ours begins at the top."""
    if text is None:
        return None
    sort_at, _, article_id = text.partition(".")
    try:
        at, number = int(sort_at[:DIGITS]), int(article_id[:DIGITS])
    except ValueError:
        return None
    return at, number


def bookmark(row: Sequence[Any]) -> Bookmark:
    """Give the bookmark of a row: `HEADLINE`, then saved_at, note, labels."""
    saved_at, note, labels = row[HEADLINE_WIDTH : HEADLINE_WIDTH + 3]
    return model.Bookmark(headline(row), from_us(saved_at), note, tuple(json.loads(labels)))


def stored(link: Link, row: Sequence[Any]) -> StoredArticle:
    """Give the article of a row: `HEADLINE`, then content, fetched_at, comments_at, comments_external.

    Where the list or feed knew better than the page (date, section), theirs is what the article says.
    """
    content, fetched_at, comments_at, external = row[HEADLINE_WIDTH : HEADLINE_WIDTH + 4]
    shown = headline(row)
    article = decode(content)
    article = replace(
        article,
        published=shown.published,
        published_source=shown.published_source,
        section=article.section or shown.section,
        comments=_comments(link, shown, comments_at, external),
        reactions=_reactions(link, shown.id),
    )
    return model.StoredArticle(shown, article, from_us(fetched_at if fetched_at is not None else row[14]))


def _comments(link: Link, shown: Headline, comments_at: int | None, external: str | None) -> Comments:
    """The comments that were there when the page was last seen with comments."""
    if comments_at is None:
        return model.Comments(shown.comment_count, external)
    rows = link.execute(
        """SELECT author, posted, posted_zone, text, depth FROM comment
           WHERE article_id = ? AND last_seen = ? ORDER BY rank""",
        (shown.id, comments_at),
    )
    return model.Comments(shown.comment_count, external, tuple(comment(row) for row in rows))


def comment(row: Sequence[Any]) -> Comment:
    """Give the comment of a row: author, posted, posted_zone, text, depth."""
    author, posted, zone, text, depth = row
    return model.Comment(author, None if posted is None else from_us(posted, zone), text, depth)


def reactions(items: str) -> tuple[Reaction, ...]:
    """Give the reactions of a sample."""
    return tuple(model.Reaction(name, percent) for name, percent in json.loads(items))


def _reactions(link: Link, article_id: int) -> tuple[Reaction, ...]:
    row = link.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    return reactions(row[0]) if row else ()
