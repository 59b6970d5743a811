"""What columns hold: moments, keys, folded words; and a row of a list as a headline."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from eksread.model.enums import Source
from eksread.model.lists import Headline, HeadlinePage
from eksread.portal import PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.store.database.connection import Connection


# Small conversions between the model's values and what the tables hold.

REMEMBERED: Final = 4096
"""Titles of which the key is remembered: taking an article in asks for its own twice."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
EARLIEST: Final = (datetime(1, 1, 3, tzinfo=UTC) - EPOCH) // MICROSECOND
LATEST: Final = (datetime(9999, 12, 29, tzinfo=UTC) - EPOCH) // MICROSECOND
"""Moments as the tables hold them that every zone can show: zones are less than a day from UTC, and `datetime` has the years 1 to 9999."""

MOST: Final = 1_000_000
"""Of counts and depths: more was never seen on a page, and screens stay usable."""

_KEY_BYTES: Final = 8
_KEY_MASK: Final = (1 << 63) - 1
"""Keys are positive SQLite integers: 63 bits make a clash among a million titles a matter of 1 in 10 million."""

_NO_WORD: Final = re.compile(r"[\W_]+")
_ASCII: Final = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
"""The same for plain ASCII as a table: ten times as fast, and most of the portal's text is plain."""

_INNER_APOSTROPHE: Final = re.compile(r"(?<=\w)['’ʼ`](?=\w)")


def to_us(moment: datetime) -> int:
    """Give a moment as microseconds since 1970, UTC; one that no other zone could show is moved by a day or two."""
    return min(max((moment - EPOCH) // MICROSECOND, EARLIEST), LATEST)


def from_us(value: int, zone_minutes: int | None = None) -> datetime:
    """Give the moment back, in the zone that it was written in (minutes east of UTC; None: UTC)."""
    try:
        moment = EPOCH + timedelta(microseconds=min(max(value, EARLIEST), LATEST))
        return (
            moment if zone_minutes is None else moment.astimezone(timezone(timedelta(minutes=zone_minutes)))
        )
    except (OverflowError, ValueError, TypeError):  # another program may have written anything there
        return EPOCH


def maybe_us(moment: datetime | None) -> int | None:
    """`to_us` of what may be unknown."""
    return None if moment is None else to_us(moment)


def maybe_from_us(value: int | None) -> datetime | None:
    """`from_us` of what may be unknown."""
    return None if value is None else from_us(value)


def zone_minutes(moment: datetime | None) -> int | None:
    """Give a moment's own offset from UTC in minutes, or None where it is UTC or unknown."""
    offset = moment.utcoffset() if moment else None
    return int(offset.total_seconds()) // 60 if offset else None


def fold(text: str) -> str:
    """Give the text without case and accents (`Jum'at`, `JUMAT` and `Jumát` are all "jumat")."""
    text = text.casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in parts if not unicodedata.combining(char)).casefold()
    if "'" in text or "’" in text or "`" in text or "ʼ" in text:
        text = _INNER_APOSTROPHE.sub("", text)
    return text


def spaced(text: str) -> str:
    """Give the text folded, with spaces for whatever is neither letter nor digit: its words, to be split."""
    folded = fold(text)
    if folded.isascii():
        return folded.translate(_ASCII)
    return _NO_WORD.sub(" ", folded)


def tokens(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return spaced(text).split()


def key_of(text: str) -> int:
    """Give a stable 63-bit key of a text."""
    from hashlib import blake2b  # with it comes OpenSSL: not before the first paint

    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big") & _KEY_MASK


@lru_cache(maxsize=REMEMBERED)
def title_key(title: str) -> int:
    """Give the key by which a title is found again: of its folded words."""
    return key_of(" ".join(tokens(title)))


def name_key(name: str) -> str:
    """Give the key of a section or a person: the name casefolded, with single spaces."""
    return " ".join(name.casefold().split())


_SMALL: Final = frozenset("dan di ke dari untuk pada atau the of and".split())
"""Words that are small within a name."""
_CAPITALS: Final = {
    word.casefold(): word
    for word in "IKN TNI KPU KONI PSSI PON ASN APBD BUMN BUMD UMKM HUT RI AI IT TV SD SMP SMA SMK".split()
} | {place.casefold(): place for place in PLACES if place.isupper()}
"""Abbreviations that would be taken for words: those without a vowel are known by that."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=REMEMBERED)
def section_name(name: str) -> str:
    """Give a section's name as it is written everywhere: `Hukum dan Kriminal`, `DPRD Kaltim`.

    A menu has it in capitals, a card in title case, a feed in small letters: it depends on nothing but `name_key`.
    """
    return _WORD.sub(_cased, name_key(name))


def _cased(match: re.Match[str]) -> str:
    word = match.group()
    if word in _SMALL and match.start():
        return word
    if word in _CAPITALS or not set(word) & set("aeiouy"):
        return _CAPITALS.get(word, word.upper())
    return word[0].upper() + word[1:]


_PLACE_KEYS: Final = {
    " ".join(tokens(alias)): name_key(place)
    for place, aliases in PLACES.items()
    for alias in (place, *aliases)
}


def place_key(place: str) -> str:
    """Give the key of a place; all names of one place ("Kutim", "Kutai Timur", "Sangatta") give the same."""
    words = " ".join(tokens(place))
    return _PLACE_KEYS.get(words, words)


HEADLINE: Final = """a.id, a.url, a.title, a.published, a.published_zone, a.published_source, a.section, a.place,
  a.summary, a.image, a.advertorial, a.revision_id IS NOT NULL, a.comment_count, a.revisions, a.first_seen,
  l.unread, l.saved, a.gone_at IS NOT NULL"""
"""Columns of article `a` and listing `l` that `headline` reads, in its order."""

HEADLINE_WIDTH: Final = 18


def edits(db: Connection, article_id: int) -> dict[int, int]:
    """Give the comments (by id) that are edits, each with the one that it was: of the same author, at its time or place."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    before: defaultdict[object, list[tuple[int, int]]] = defaultdict(list)
    for id_, author, depth, posted, rank, first, last in db.execute(
        """SELECT id, author, depth, posted, rank, first_seen, last_seen FROM comment WHERE article_id = ?
           ORDER BY first_seen""",
        (article_id,),
    ):
        time = [(author, depth, "time", posted)] if posted is not None else []
        place = [(author, depth, "place", rank)] if author is not None else []
        gone = {old for key in time + place for old in before[key] if old[0] < first and old[1] not in taken}
        if gone:
            found[id_] = max(gone)[1]
            taken.add(found[id_])
        for key in time + place:
            before[key].append((last, id_))
    return found


_NUMBER, _TEXT, _NUMBER_OR_NONE, _TEXT_OR_NONE = (int,), (str,), (int, type(None)), (str, type(None))
_TYPES: Final = (_NUMBER, _TEXT, _TEXT, *[_NUMBER_OR_NONE] * 2, *[_TEXT_OR_NONE] * 5, *[_NUMBER] * 2, _NUMBER_OR_NONE,
                 *[_NUMBER] * 5)  # fmt: skip
_SOURCES: Final = {source.value: source for source in Source}

MAX_WINDOW: Final = 1000
"""Headlines given at once, however many are asked for: a screen shows some 50."""

DIGITS: Final = 18
"""Digits of a cursor's numbers that are read: what SQLite can hold."""


def headline(row: Sequence[Any]) -> Headline:
    """Give the headline of a row that begins with the columns `HEADLINE`. Values of other types are made to fit."""
    if not all(map(isinstance, row, _TYPES)):
        row = [_fitting(value, types) for value, types in zip(row, _TYPES, strict=False)]
    published = row[3]
    return Headline(
        id=row[0],
        url=row[1],
        title=row[2],
        published=None if published is None else from_us(published, row[4]),
        published_source=_SOURCES.get(row[5]),
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


def _fitting(value: object, types: tuple[type, ...]) -> object:
    """Give the value that stands for one that eksread has not written: SQLite's columns take any type."""
    if isinstance(value, types):
        return value
    if str in types:
        return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return None if type(None) in types else 0


def page(found: Sequence[Sequence[Any]], limit: int) -> HeadlinePage:
    """Give the first `limit` of the rows found (`HEADLINE`, then sort_at), with a cursor where there are more."""
    last = found[limit - 1] if len(found) > limit else None
    cursor = f"{last[HEADLINE_WIDTH]}.{last[0]}" if last else None
    return HeadlinePage(tuple(map(headline, found[:limit])), cursor)


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
