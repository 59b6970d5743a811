"""Making everything derived anew, and finding out whether that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.store import index
from eksread.store.codec import Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.store.connect import Link

VERSION: Final = "1"
"""Of what `index.document` makes of an article. Where it is another than the archive's, the index is made anew."""

FACT: Final = "index_version"

BATCH: Final = 200
"""Articles held in memory at once."""

_LISTING: Final = """SELECT a.id, a.sort_at, a.section_key, a.place_key, a.advertorial, a.revision_id IS NOT NULL,
  NOT EXISTS (SELECT 1 FROM reading r WHERE r.article_id = a.id AND r.read_at IS NOT NULL),
  EXISTS (SELECT 1 FROM bookmark b WHERE b.article_id = a.id AND b.removed_at IS NULL) FROM article a"""

_TALLY: Final = """SELECT 'all', '', count(*), sum(unread), sum(saved) FROM listing HAVING count(*) > 0
  UNION ALL SELECT 'section', section_key, count(*), sum(unread), sum(saved) FROM listing
    WHERE section_key IS NOT NULL GROUP BY section_key
  UNION ALL SELECT 'place', place_key, count(*), sum(unread), sum(saved) FROM listing
    WHERE place_key IS NOT NULL GROUP BY place_key"""


def is_stale(link: Link) -> bool:
    """Whether the index was made by another version."""
    row = link.execute("SELECT value FROM fact WHERE name = ?", (FACT,)).fetchone()
    return bool(row is None or row[0] != VERSION)


def mark_fresh(link: Link) -> None:
    """Note that the index is of this version."""
    link.execute(
        "INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (FACT, VERSION),
    )


def rebuild(link: Link) -> int:
    """Make listing, counts, index and words anew, within the caller's transaction; give the number of articles."""
    link.index_work.clear()
    link.known_words.clear()
    for statement in ("DELETE FROM listing", "DELETE FROM tally", "DELETE FROM word", "DELETE FROM root"):
        link.execute(statement)
    link.execute("INSERT INTO search (search) VALUES ('delete-all')")
    link.execute(f"INSERT INTO listing {_LISTING}")
    ids = [article_id for (article_id,) in link.execute("SELECT id FROM article ORDER BY slot")]
    for at, article_id in enumerate(ids, start=1):
        placed = index.load(link, article_id)
        index.add(link, placed.slot, placed.document)
        if at % BATCH == 0:
            index.flush(link)
    index.flush(link)
    mark_fresh(link)
    return len(ids)


def drop_unreadable(link: Link) -> None:
    """Take out the revisions that can't be read; an article without its text is a headline again."""
    for revision_id, content in link.execute("SELECT id, content FROM revision ORDER BY id").fetchall():
        try:
            decode(content)
        except Undecodable:
            link.execute("DELETE FROM revision WHERE id = ?", (revision_id,))
            link.execute(
                "UPDATE article SET revision_id = NULL, fetched_at = NULL WHERE revision_id = ?",
                (revision_id,),
            )


def differences(link: Link) -> Iterator[str]:
    """Give what is derived and does not agree with its source, in words for the log."""
    for table, source in (("listing", _LISTING), ("tally", _TALLY)):
        held = set(link.execute(f"SELECT * FROM {table}"))
        due = set(link.execute(source))
        if table == "tally":
            held = {row for row in held if any(row[2:])}
        if held != due:
            yield f"{table}: {len(held ^ due)} rows differ"
    (indexed,) = link.execute("SELECT count(*) FROM search_docsize").fetchone()
    (articles,) = link.execute("SELECT count(*) FROM article").fetchone()
    if indexed != articles:
        yield f"search: {indexed} of {articles} articles"
