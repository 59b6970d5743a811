"""What the full-text index holds of an article, and how it is kept in step with the tables.

The index is contentless: texts are held compressed, so a row is taken out by handing in the very words that were
put in. They are made here, from the tables, by the same function before and after a change.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.model.enums import BlockType
from eksread.store.database.connection import get_fact, set_fact
from eksread.store.rows import key_of, spaced
from eksread.store.search.stem import roots

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from eksread.model.news import Article
    from eksread.store.database.connection import Connection, Connections


DAY: Final = 86_400_000_000
"""Microseconds."""

SLOTS_PER_DAY: Final = 4096
"""Rows of the index are numbered by day, so that it can be walked newest first and cut at a day. The number is a
trade: the portal has about 50 articles a day, and small steps between numbers keep the index small."""

SAMPLE: Final = 16
"""One in so many articles has its words counted: enough to tell common words from rare ones, which is all that the
counts are for, and counting all of them would take as long as the rest of the index."""

FACETS: Final = 256
"""Facts whose word is remembered: the portal's sections and places, and some more."""

EVERY: Final = "zall"
"""The fact that holds of every article: what a query without words is about."""

_ADD: Final = """INSERT INTO search (rowid, title, lead, body, comments, names, note, facets)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_REMOVE: Final = """INSERT INTO search (search, rowid, title, lead, body, comments, names, note, facets)
  VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"""


class Document(NamedTuple):
    """The folded words of an article, by column of the index."""

    title: str
    lead: str
    body: str
    comments: str
    names: str
    note: str
    facets: str


class Placed(NamedTuple):
    """A document with the slot it has and the day it belongs to."""

    slot: int
    sort_at: int
    document: Document


@lru_cache(maxsize=FACETS)
def facet(kind: str, key: str = "") -> str:
    """Give the word that stands for a fact in the index. `kind` is one of section, place, adv, comments, image, changed."""
    return f"z{kind}{key_of(key):x}" if key else f"z{kind}"


def document(
    title: str,
    summary: str | None,
    article: Article | None,
    comments: Iterable[str],
    note: str,
    facets: Iterable[str],
) -> Document:
    """Give an article's words. `note` is the reader's note and labels; `facets` are words made by `facet`."""
    lead, body, names = [summary or ""], [], []
    if article is not None:
        lead.append(article.standfirst or "")
        if article.lead_image and article.lead_image.caption:
            lead.append(article.lead_image.caption)
        lead.extend(article.tags)
        lead.extend(block.text for block in article.blocks if block.type is BlockType.IMAGE)
        body = [block.text for block in article.blocks if block.type is not BlockType.IMAGE]
        people = (article.reporter, article.editor, article.photographer, article.credit_source)
        names = [name for name in people if name]
    columns = (title, *("\n".join(texts) for texts in (lead, body, comments, names)), note)
    return Document._make([*map(spaced, columns), " ".join(facets)])


def load(db: sqlite3.Connection, article_id: int, article: Article | None = None) -> Placed:
    """Give an article's words from the tables; `article` is its text where the caller has just written it."""
    row = db.execute(
        """SELECT a.slot, a.sort_at, a.title, a.summary, a.section_key, a.place_key, a.advertorial, a.image,
             a.comment_count, a.revisions, r.content, b.note, b.labels
           FROM article a LEFT JOIN revision r ON r.id = a.revision_id
           LEFT JOIN bookmark b ON b.article_id = a.id AND b.removed_at IS NULL WHERE a.id = ?""",
        (article_id,),
    ).fetchone()
    slot, sort_at, title, summary, section, place, adv, image, count, revisions, content, note, labels = row
    if content and article is None:
        from eksread.store.article_codec import decode

        article = decode(content)
    comments = [
        text
        for (text,) in db.execute("SELECT text FROM comment WHERE article_id = ? ORDER BY id", (article_id,))
    ]
    flags = {"adv": adv, "comments": comments or count, "image": image, "changed": revisions > 1}
    facets = [EVERY, *(facet(kind, key) for kind, key in (("section", section), ("place", place)) if key)]
    facets += [facet(kind) for kind, holds in flags.items() if holds]
    own = "\n".join((note, *json.loads(labels))).strip() if note is not None else ""
    return Placed(slot, sort_at, document(title, summary, article, comments, own, facets))


def new_slot(db: sqlite3.Connection, sort_at: int) -> int:
    """Give a free row number of the index for an article of this moment (a later day's where the day is full)."""
    day = max(0, sort_at // DAY)
    while True:
        first = day * SLOTS_PER_DAY
        (last,) = db.execute(
            "SELECT max(slot) FROM article WHERE slot >= ? AND slot < ?", (first, first + SLOTS_PER_DAY)
        ).fetchone()
        if last is None:
            return first
        if last + 1 < first + SLOTS_PER_DAY:
            return int(last) + 1
        day += 1


def add(db: Connection, article_id: int, article: Article | None = None) -> None:
    """Put an article that is not in the index into it (see `flush` for when, `load` for `article`)."""
    placed = load(db, article_id, article)
    _add(db, placed.slot, placed.document)


def _add(db: Connection, slot: int, words: Document) -> None:
    db.pending_entries.append((_ADD, (slot, *words)))


def remove(db: Connection, slot: int, words: Document) -> None:
    """Take an article out of the index (see `flush` for when); one that was put in just now is not put in at all."""
    entry = (slot, *words)
    if db.pending_entries and db.pending_entries[-1] == (_ADD, entry):
        db.pending_entries.pop()
    else:
        db.pending_entries.append((_REMOVE, entry))


def _is_sample(slot: int) -> bool:
    return (
        slot * 2654435761 >> 16
    ) % SAMPLE == 0  # Knuth's multiplier: neighbours and days fall apart evenly


@contextmanager
def kept_in_step(db: Connection, article_id: int) -> Iterator[None]:
    """Change an article inside: afterwards the index says what the tables say."""
    before = load(db, article_id)
    yield
    after = load(db, article_id)
    moved = max(0, before.sort_at // DAY) != max(0, after.sort_at // DAY)
    if not moved and after.document == before.document:
        return
    remove(db, before.slot, before.document)
    slot = before.slot
    if moved:
        slot = new_slot(db, after.sort_at)
        db.execute("UPDATE article SET slot = ? WHERE id = ?", (slot, article_id))
    _add(db, slot, after.document)


def flush(db: Connection) -> None:
    """Write what the transaction has gathered for the index and the words' tables; runs at its end.

    It waits until then because FTS5 writes a segment of its own at every statement with a trigger that follows an
    insert (its xSavepoint flushes): one by one, an article took 200 µs more, and the index grew by a half.
    """
    if not db.pending_entries:
        return
    for statement, run in groupby(db.pending_entries, key=itemgetter(0)):
        db.executemany(statement, map(itemgetter(1), run))
    added = " ".join(" ".join(values[1:-1]) for statement, values in db.pending_entries if statement is _ADD)
    fresh = _not_held(db, sorted(set(added.split())))
    db.executemany("INSERT INTO word VALUES (?, 0)", [(word,) for word in fresh])
    db.executemany(
        "INSERT INTO root VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(root, word) for word in fresh for root in roots(word) if root != word],
    )
    counts: Counter[str] = Counter()
    for statement, values in db.pending_entries:
        if _is_sample(values[0]):
            change = counts.update if statement is _ADD else counts.subtract
            change(set(" ".join(values[1:-1]).split()))
    db.executemany(
        "UPDATE word SET docs = docs + ? WHERE word = ?",
        [(by, word) for word, by in sorted(counts.items()) if by],
    )
    db.pending_entries.clear()


def _not_held(db: Connection, words: list[str]) -> list[str]:
    """Give those of the words that the table of words has not."""
    found = db.execute(
        "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM word WHERE word = value)",
        (json.dumps(words),),
    )
    return [word for (word,) in found]


# Making everything derived anew, and finding out whether that is needed.

VERSION: Final = "1"
"""Of what `document` makes of an article, and `stem.roots` of a word. Where the archive has another, the index is made anew."""

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


def rebuild_if_stale(connections: Connections) -> None:
    """Make the index anew where it was made by another version, or never."""
    with connections.read() as db:
        fresh = get_fact(db, FACT) == VERSION
    if not fresh:
        with connections.write() as db:
            rebuild(db)


def rebuild(db: Connection) -> int:
    """Make listing, counts, index and words anew, within the caller's transaction; give the number of articles."""
    db.pending_entries.clear()
    for statement in ("DELETE FROM listing", "DELETE FROM tally", "DELETE FROM word", "DELETE FROM root"):
        db.execute(statement)
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    db.execute(f"INSERT INTO listing {_LISTING}")
    ids = [article_id for (article_id,) in db.execute("SELECT id FROM article ORDER BY slot")]
    for at, article_id in enumerate(ids, start=1):
        add(db, article_id)
        if at % BATCH == 0:
            flush(db)
    flush(db)
    set_fact(db, FACT, VERSION)
    return len(ids)


def differences(db: Connection) -> Iterator[str]:
    """Give what is derived and does not agree with its source, in words for the log."""
    for table, source in (("listing", _LISTING), ("tally", _TALLY)):
        held = set(db.execute(f"SELECT * FROM {table}"))
        due = set(db.execute(source))
        if table == "tally":
            held = {row for row in held if any(row[2:])}
        if held != due:
            yield f"{table}: {len(held ^ due)} rows differ"
    (indexed,) = db.execute("SELECT count(*) FROM search_docsize").fetchone()
    (articles,) = db.execute("SELECT count(*) FROM article").fetchone()
    if indexed != articles:
        yield f"search: {indexed} of {articles} articles"
