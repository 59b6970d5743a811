"""Articles that share rare words with another, found by the search index itself."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from eksread.store.index import SAMPLE, load

if TYPE_CHECKING:
    from eksread.store.connect import Link

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


def similar(link: Link, article_id: int, *, limit: int) -> list[int]:
    """Give the ids of the articles most like this one, the likest first."""
    if link.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone() is None:
        return []
    words = load(link, article_id).document
    weights = _telling(link, Counter(words.body.split()) + Counter(words.title.split() * TITLE_WEIGHT))
    if len(weights) < LEAST_SHARED:
        return []
    scores: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    for word, weight in weights.items():
        found = link.execute(
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
        (other,) = link.execute("SELECT id FROM article WHERE slot = ?", (slot,)).fetchone()
        if other != article_id:
            ids.append(other)
    return ids[:limit]


def _telling(link: Link, counts: Counter[str]) -> dict[str, float]:
    """Give the words that tell the article from others, with their weight (term frequency by inverse document
    frequency, from the counts of a sample where there are many)."""
    (total,) = link.execute("SELECT count(*) FROM article").fetchone()
    small = total < SMALL
    most = max(MOST_DOCS * total, min(RARE, total / 3))
    weights = {}
    for word, count in counts.items():
        if len(word) < 3 or word.isdigit():
            continue
        docs = _holding(link, word) if small else _sampled(link, word)
        if docs <= most and not (small and docs == 1):  # one that nobody shares
            weights[word] = (1 + math.log(count)) * math.log(1 + (total + 1) / (docs + 1))
    best = sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
    return {word: weights[word] for word in best}


def _sampled(link: Link, word: str) -> int:
    """Give about how many articles have the word."""
    (docs,) = link.execute("SELECT docs FROM word WHERE word = ?", (word,)).fetchone() or (0,)
    return SAMPLE * int(docs)


def _holding(link: Link, word: str) -> int:
    """Give how many articles have the word in headline or body."""
    (docs,) = link.execute("SELECT count(*) FROM search WHERE search MATCH ?", (_query(word),)).fetchone()
    return int(docs)


def _query(word: str) -> str:
    return f'{{title body}} : "{word}"'
