"""Search: the best hits for anything typed, in a bounded time however common its words are."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import datetime, time
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

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
    from collections.abc import Iterator, Sequence
    from datetime import date

    from eksread.model.lists import Headline
    from eksread.store.database.connection import Connection


Order: TypeAlias = Literal["best", "newest", "oldest"]

RANKED: Final = 1000
"""Hits that are ranked by bm25: the newest so many, or as many as are asked for."""

BROAD: Final = 50_000
"""Entries of the index up to which a query is ranked by bm25, which reads them all (10 ms). Beyond that, words are
too common to tell articles apart: those with the words in the headline come first, then the newest."""

FEW: Final = 2000
"""Unread articles up to which they are gathered first (6 ms): where nearly all is read, looking for unread ones among
the hits of a common word would walk the whole index."""

SEEK: Final = 300
"""Entries of the index that are walked in the time in which one word is looked for in one article (32 µs)."""

NEIGHBOURS: Final = 100
"""Articles before a date that are looked at for where the index goes on."""

WEIGHTS: Final = "10.0, 3.0, 1.0, 0.5, 4.0, 3.0, 0.0"
"""What a word counts in headline, lead, body, comments, names, note, facets."""


def search(db: Connection, text: str, *, limit: int, order: Order = "best") -> tuple[Hit, ...]:
    """Give the hits of a query, the best first (among equals the newest); without words to rank by the newest first.

    In another order the day decides which hits are within the limit.
    """
    slots, runs = _slots(db, text, limit, order)
    wanted = snippet.Wanted.of(runs)
    hits = [_hit(db, slot, wanted) for slot in slots]
    if order != "best":  # the index has the order of days alone
        hits.sort(
            key=lambda hit: hit.headline.published or hit.headline.first_seen, reverse=order == "newest"
        )
    return tuple(hits)


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
    entries = fts_expression.postings(db, runs)
    scope = _scope(db, query.filters, entries // (SEEK * len(runs)) if runs else 0)
    everywhere = fts_expression.expression(db, query, meant)
    if not runs or order != "best":
        slots = _newest(db, everywhere, scope, limit, oldest=order == "oldest")
    elif entries <= BROAD:
        slots = _ranked(db, everywhere, scope, max(limit, RANKED))[:limit]
    else:
        headline = fts_expression.expression(db, query, meant, "title")
        found = _newest(db, headline, scope, limit) + _newest(db, everywhere, scope, limit)
        slots = list(dict.fromkeys(found))[:limit]
    return slots, runs


class Scope(NamedTuple):
    """What is asked of the reader's marks and of the date: a join with its conditions, and their values.

    `chosen` are the only rows of the index that can be hits, as JSON, where those are known; `each` says that they are
    few enough for asking the index about each of them.
    """

    join: str
    conditions: str
    values: tuple[object, ...]
    chosen: str | None
    each: bool


def _newest(db: Connection, expression: str, scope: Scope, limit: int, *, oldest: bool = False) -> list[int]:
    """Give the index rows of the newest hits, or of the oldest."""
    source, matches = "search", "search MATCH ?"
    values: tuple[str, ...] = (expression,)
    if scope.chosen is not None and expression == fts_expression.ALL:
        source, matches, values = "(SELECT value AS rowid FROM json_each(?)) AS search", "1", (scope.chosen,)
    elif scope.chosen is not None and scope.each:
        source = "(SELECT value FROM json_each(?)) AS chosen CROSS JOIN search ON search.rowid = chosen.value"
        values = (scope.chosen, expression)
    found = db.execute(
        f"""SELECT search.rowid FROM {source} {scope.join} WHERE {matches} {scope.conditions}
            ORDER BY search.rowid {"ASC" if oldest else "DESC"} LIMIT ?""",
        (*values, *scope.values, limit),
    )
    return [slot for (slot,) in found]


def _ranked(db: Connection, expression: str, scope: Scope, most: int) -> list[int]:
    """Give the index rows of the newest hits, the best first; of nearly equal ones the newest first."""
    found = db.execute(
        f"""SELECT search.rowid, bm25(search, {WEIGHTS}) FROM search {scope.join}
            WHERE search MATCH ? {scope.conditions} ORDER BY search.rowid DESC LIMIT ?""",
        (expression, *scope.values, most),
    ).fetchall()
    best = min(
        (score for _, score in found), default=-1.0
    )  # bm25 gives negative numbers, the best the lowest
    found.sort(key=lambda row: (round(row[1] / best, 2), row[0]), reverse=True)
    return [slot for slot, _ in found]


def _scope(db: Connection, filters: Filters, few: int) -> Scope:
    """Give what the filters ask beyond the index; `few` are as many rows as it can be asked about one by one."""
    parts: list[str] = []
    values: list[object] = []
    if filters.after:
        first = _moment(filters.after)
        parts += [f"search.rowid >= {max(0, first // DAY) * SLOTS_PER_DAY}", "l.sort_at >= ?"]
        values.append(first)
    if filters.before:
        end = _moment(filters.before)
        parts += [f"search.rowid < {_end_of(db, end)}", "l.sort_at < ?"]
        values.append(end)
    chosen = _saved(db, filters.labels) if filters.labels or filters.saved else None
    if filters.not_labels:
        parts.append("+search.rowid NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(_labelled(db, filters.not_labels)))
    if filters.saved is False:
        parts.append("l.saved = 0")
    if filters.unread and chosen is None:
        chosen = _few_unread(db)
    if filters.unread is not None:
        parts.append(f"l.unread = {int(filters.unread)}")
    join = "CROSS JOIN article a ON a.slot = search.rowid CROSS JOIN listing l ON l.article_id = a.id"
    join = join if parts else ""
    if chosen is None:
        return Scope(join, _and(parts), tuple(values), None, each=False)
    # The plus keeps SQLite from asking the index anew for each of them, which takes longer where they are many.
    parts = [
        f"search.rowid >= {min(chosen, default=0)}",
        "+search.rowid IN (SELECT value FROM json_each(?))",
        *parts,
    ]
    rows_of_index = json.dumps(chosen)
    return Scope(join, _and(parts), (rows_of_index, *values), rows_of_index, each=len(chosen) <= few)


def _and(parts: Sequence[str]) -> str:
    return "".join(f" AND {part}" for part in parts)


def _few_unread(db: Connection) -> list[int] | None:
    """Give the index rows of what is unread, where that is little."""
    (unread,) = db.execute("SELECT unread FROM tally WHERE kind = 'all'").fetchone() or (0,)
    if unread > FEW:
        return None
    found = db.execute(
        """SELECT a.slot FROM listing l INDEXED BY listing_unread CROSS JOIN article a ON a.id = l.article_id
           WHERE l.unread = 1"""
    )
    return [slot for (slot,) in found]


def _end_of(db: Connection, moment: int) -> int:
    """Give the first row number after all articles of before `moment` (a full day's articles stand in the next)."""
    (last,) = db.execute(
        """SELECT max(slot) FROM (SELECT a.slot FROM listing l JOIN article a ON a.id = l.article_id
             WHERE l.sort_at < ? ORDER BY l.sort_at DESC, l.article_id DESC LIMIT ?)""",
        (moment, NEIGHBOURS),
    ).fetchone()
    return 0 if last is None else (last // SLOTS_PER_DAY + 1) * SLOTS_PER_DAY


def _saved(db: Connection, labels: Sequence[str]) -> list[int]:
    """Give the index rows of the bookmarks that have all these labels."""
    return [slot for slot, held in _bookmarks(db) if held.issuperset(labels)]


def _labelled(db: Connection, labels: Sequence[str]) -> list[int]:
    """Give the index rows of the bookmarks that have any of these labels."""
    return [slot for slot, held in _bookmarks(db) if not held.isdisjoint(labels)]


def _bookmarks(db: Connection) -> Iterator[tuple[int, set[str]]]:
    """Give each bookmark's index row with the keys of its labels."""
    found = db.execute(
        """SELECT a.slot, b.labels FROM bookmark b JOIN article a ON a.id = b.article_id
           WHERE b.removed_at IS NULL"""
    )
    for slot, labels in found:
        yield slot, {name_key(label) for label in json.loads(labels)}


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
