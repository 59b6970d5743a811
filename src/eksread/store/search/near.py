"""Another query where one finds nothing: other spellings, other words, fewer words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eksread.store.rows import tokens
from eksread.store.search.fts_expression import WHOLE, endings, forms
from eksread.store.search.query import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eksread.store.database.connection import Connection

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

MOST_WORDS: Final = 8
"""Plain words of a query up to which others are tried: each costs one search, and a pasted paragraph is no query."""


def nearest(db: Connection, text: str, finds: Callable[[str], bool]) -> str | None:
    """Give a query like `text` that finds something, None where there is none; `finds` tries one.

    Quotes go first, then words that the archive does not know get the word next to them, then words are left out: those
    that nothing is like, then the commonest.
    """
    if '"' in text:
        text = text.replace('"', " ")
        if finds(text):
            return _tidy(text)
    places = plain_words(text)
    if not 0 < len(places) <= MOST_WORDS:
        return None
    words: list[str | None] = [text[start:end] for start, end in places]
    words = [word if not word or _occurs(db, word) else _similar(db, word) for word in words]
    tried = _with(text, places, words)
    while not finds(tried):
        left = [number for number, word in enumerate(words) if word]
        if len(left) <= 1:
            return None
        words[max(left, key=lambda number: _count(db, words[number] or ""))] = None
        tried = _with(text, places, words)
    return _tidy(tried)


def _with(text: str, places: list[tuple[int, int]], words: list[str | None]) -> str:
    """Give the query with these words in the places of its own."""
    parts, at = [], 0
    for (start, end), word in zip(places, words, strict=True):
        parts += [text[at:start], word or ""]
        at = end
    return "".join((*parts, text[at:]))


def _tidy(text: str) -> str:
    """Give a query as it is shown: single spaces, whole words."""
    return " ".join(text.split())


def _occurs(db: Connection, word: str) -> bool:
    """Whether each part of a word occurs in any form, or begins another."""
    return all(endings(db, part) or len(forms(db, part)) > 1 for part in tokens(word))


def _count(db: Connection, word: str) -> int:
    """Give in how many articles of the sample a word occurs."""
    (docs,) = db.execute("SELECT sum(docs) FROM word WHERE word = ?", (" ".join(tokens(word)),)).fetchone()
    return docs or 0


def _similar(db: Connection, word: str) -> str | None:
    """Give the commonest word one letter away, else the commonest that begins alike; None where there is none."""
    (folded,) = tokens(word) if len(tokens(word)) == 1 else ("",)
    if len(folded) < WHOLE:
        return None
    found = db.execute(
        """SELECT word FROM word WHERE word IN (SELECT value FROM json_each(?)) ORDER BY docs DESC, word LIMIT 1""",
        (json.dumps(sorted(set(_one_letter_away(folded)))),),
    ).fetchone()
    if found:
        return str(found[0])
    for length in range(len(folded) - 1, max(WHOLE, len(folded) // 2) - 1, -1):
        alike = endings(db, folded[:length])
        if alike:
            return alike[0]
    return None


def _one_letter_away(word: str) -> Iterator[str]:
    """Give what a word becomes by one letter more, less or another, or by two that change places."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
