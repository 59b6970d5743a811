"""Search: the best hits for anything typed, in a bounded time however common its words are."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import datetime, time
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from eksread.model.enums import BlockType
from eksread.model.stored import Hit
from eksread.portal import WITA
from eksread.store import rows
from eksread.store.article_codec import decode
from eksread.store.rows import name_key, to_us
from eksread.store.search import fts_expression, near, snippet
from eksread.store.search.index import DAY, SAMPLE, SLOTS_PER_DAY, load
from eksread.store.search.query import Filters, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from eksread.model.lists import Headline
    from eksread.store.database.connection import Connection


Order: TypeAlias = Literal["best", "newest", "oldest"]
_ORDERS: Final = {"best": "search.rowid DESC", "newest": "l.sort_at DESC", "oldest": "l.sort_at"}

RANKED: Final = 1000
"""Hits that are ranked: the newest so many, or as many as are asked for."""

WEIGHTS: Final = "10.0, 3.0, 1.0, 0.5, 4.0, 3.0, 0.0"
"""What a word counts in headline, lead, body, comments, names, note, facets."""


def search(db: Connection, text: str, *, limit: int, order: Order = "best") -> tuple[Hit, ...]:
    """Give the hits of a query, the best first (among equals the newest); without words to rank by the newest first."""
    slots, runs = _slots(db, text, limit, order)
    wanted = snippet.Wanted.of(runs)
    return tuple(_hit(db, slot, wanted) for slot in slots)


def headlines(db: Connection, text: str, *, limit: int) -> tuple[Headline, ...]:
    """Give the headlines of the hits in the same order."""
    slots, _runs = _slots(db, text, limit)
    found = db.execute(
        f"""SELECT {rows.HEADLINE} FROM json_each(?) AS hit CROSS JOIN article a ON a.slot = hit.value
            CROSS JOIN listing l ON l.article_id = a.id ORDER BY hit.key""",
        (json.dumps(slots),),
    )
    return tuple(rows.headline(row) for row in found)


def nearest(db: Connection, text: str) -> str | None:
    """Give a query near one that finds nothing, which finds something; None where there is none."""
    return near.nearest(db, text, lambda query: bool(_slots(db, query, 1)[0]))


def _slots(
    db: Connection, text: str, limit: int, order: Order = "best"
) -> tuple[list[int], list[tuple[str, ...]]]:
    """Give the index rows of the hits, and the runs of words that were looked for."""
    query = parse(text)
    if not query.groups and query.filters == Filters():
        return [], []
    meant = fts_expression.meanings(db, query)
    runs = [run for term in query.positive for run in meant[term]]
    score = f"bm25(search, {WEIGHTS})" if runs and order == "best" else "-1.0"
    conditions, values = _conditions(db, query.filters)
    found = db.execute(
        f"""SELECT search.rowid, {score} FROM search CROSS JOIN article a ON a.slot = search.rowid
            CROSS JOIN listing l ON l.article_id = a.id WHERE search MATCH ? {conditions}
            ORDER BY {_ORDERS[order]} LIMIT ?""",
        (fts_expression.expression(db, query, meant), *values, max(limit, RANKED)),
    ).fetchall()
    if order != "best":
        return [slot for slot, _ in found[:limit]], runs
    # bm25 gives negative numbers, the best the lowest; of nearly equal ones the newest comes first.
    best = min((score for _, score in found), default=-1.0)
    found.sort(key=lambda row: (round(row[1] / best, 2), row[0]), reverse=True)
    return [slot for slot, _ in found[:limit]], runs


def _conditions(db: Connection, filters: Filters) -> tuple[str, list[object]]:
    """Give what the filters ask of the reader's marks and of the date, beyond the index, and the values in it."""
    parts: list[str] = []
    values: list[object] = []
    if filters.after is not None:
        first = _moment(filters.after)
        parts += [f"search.rowid >= {max(0, first // DAY) * SLOTS_PER_DAY}", "l.sort_at >= ?"]
        values.append(first)
    if filters.before is not None:
        parts.append("l.sort_at < ?")
        values.append(_moment(filters.before))
    parts += [
        f"l.{name} = {int(filters.flags[name])}" for name in ("unread", "saved") if name in filters.flags
    ]
    for kind, label, negated in filters.names:
        if kind == "label":
            parts.append(f"search.rowid {'NOT' * negated} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(_labelled(db, label)))
    return "".join(f" AND {part}" for part in parts), values


def _labelled(db: Connection, wanted: str) -> list[int]:
    """Give the index rows of the bookmarks that have a label."""
    found = db.execute(
        """SELECT a.slot, b.labels FROM bookmark b JOIN article a ON a.id = b.article_id
           WHERE b.removed_at IS NULL"""
    )
    return [slot for slot, labels in found if wanted in map(name_key, json.loads(labels))]


def _moment(day: date) -> int:
    """The beginning of a day where the portal is."""
    return to_us(datetime.combine(day, time(), WITA))


def _hit(db: Connection, slot: int, wanted: snippet.Wanted) -> Hit:
    row = db.execute(
        f"""SELECT {rows.HEADLINE}, r.content, b.note FROM article a JOIN listing l ON l.article_id = a.id
            LEFT JOIN revision r ON r.id = a.revision_id
            LEFT JOIN bookmark b ON b.article_id = a.id AND b.removed_at IS NULL WHERE a.slot = ?""",
        (slot,),
    ).fetchone()
    shown = rows.headline(row)
    content, note = row[rows.HEADLINE_WIDTH :]
    return Hit(shown, snippet.best(_texts(db, shown.id, shown.summary, content, note), wanted))


def _texts(
    db: Connection, article_id: int, summary: str | None, content: bytes | None, note: str | None
) -> Iterator[str]:
    """Give the texts of an article in which a match may stand, in the order in which they are worth showing."""
    if content:
        article = decode(content)
        for block in article.blocks:
            if block.type is not BlockType.RELATED:
                yield block.text
        if article.lead_image and article.lead_image.caption:
            yield article.lead_image.caption
        yield article.standfirst or ""
        yield " · ".join(name for name in (article.reporter, article.editor, article.photographer) if name)
        yield " · ".join(article.tags)
        yield from (block.text for block in article.blocks if block.type is BlockType.RELATED)
    yield summary or ""
    for (text,) in db.execute("SELECT text FROM comment WHERE article_id = ? ORDER BY id", (article_id,)):
        yield text
    yield note or ""


# Articles that share rare words with another, found by the search index itself.

TERMS: Final = 12
"""Words that stand for an article: those frequent in it and rare elsewhere. More find no better, and take longer."""

TITLE_WEIGHT: Final = 3
"""A word of the headline counts as so many of the body."""

MOST_DOCS: Final = 0.05
"""A word in more than this part of the articles says nothing about one of them."""

SMALL: Final = 1000
"""Articles below which the sample of the words' counts tells nothing: there they are counted one by one (4 ms)."""

RARE: Final = 3
"""Articles that a word may be in, however few there are, unless they are more than a third of all: two articles about
the same thing are found among twenty, and in the first few of a new archive nothing is alike by chance."""

LEAST_SHARED: Final = 2
"""Words that must be shared: one alone is chance."""

CANDIDATES: Final = 400
"""Newest articles that are weighed."""


def similar(db: Connection, article_id: int, *, limit: int) -> list[int]:
    """Give the ids of the articles most like this one, the likest first."""
    if db.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone() is None:
        return []
    words = load(db, article_id).document
    weights = _telling(db, Counter(words.body.split()) + Counter(words.title.split() * TITLE_WEIGHT))
    if len(weights) < LEAST_SHARED:
        return []
    scores: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    for word, weight in weights.items():
        found = db.execute(
            """SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?""",
            (_query(word), CANDIDATES),
        )
        for (slot,) in found:
            scores[slot] += weight  # type: ignore[assignment]  # weights are floats
            shared[slot] += 1
    best = sorted(
        (slot for slot in scores if shared[slot] >= LEAST_SHARED), key=lambda slot: (-scores[slot], -slot)
    )
    ids = []
    for slot in best[: limit + 1]:
        (other,) = db.execute("SELECT id FROM article WHERE slot = ?", (slot,)).fetchone()
        if other != article_id:
            ids.append(other)
    return ids[:limit]


def _telling(db: Connection, counts: Counter[str]) -> dict[str, float]:
    """Give the words that tell the article from others, with their weight (term frequency by inverse document
    frequency, from the counts of a sample where there are many)."""
    (total,) = db.execute("SELECT count(*) FROM article").fetchone()
    small = total < SMALL
    most = max(MOST_DOCS * total, min(RARE, total / 3))
    weights = {}
    for word, count in counts.items():
        if len(word) < 3 or word.isdigit():
            continue
        docs = _counted(db, word) if small else _sampled(db, word)
        if docs <= most and not (small and docs == 1):  # one that nobody shares
            weights[word] = (1 + math.log(count)) * math.log(1 + (total + 1) / (docs + 1))
    best = sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
    return {word: weights[word] for word in best}


def _sampled(db: Connection, word: str) -> int:
    """Give about how many articles have the word."""
    (docs,) = db.execute("SELECT docs FROM word WHERE word = ?", (word,)).fetchone() or (0,)
    return SAMPLE * int(docs)


def _counted(db: Connection, word: str) -> int:
    """Give how many articles have the word in headline or body."""
    (docs,) = db.execute("SELECT count(*) FROM search WHERE search MATCH ?", (_query(word),)).fetchone()
    return int(docs)


def _query(word: str) -> str:
    return f'{{title body}} : "{word}"'
