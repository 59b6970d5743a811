"""Rows of the tables as values of the model."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from eksread.model.enums import BlockType, Source
from eksread.model.lists import Headline
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, Span
from eksread.model.stored import Bookmark, StoredArticle
from eksread.portal import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from hashlib import blake2b

    from eksread.store.database.connection import Link


# Small conversions between the model's values and what the tables hold.

REMEMBERED: Final = 4096
"""Titles of which the key is remembered: taking an article in asks for its own twice."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
_KEY_BYTES: Final = 8
_KEY_MASK: Final = (1 << 63) - 1
"""Keys are positive SQLite integers: 63 bits make a clash among a million titles a matter of 1 in 10 million."""

_NO_WORD: Final = re.compile(r"[\W_]+")
_ASCII: Final = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
"""The same for plain ASCII as a table: ten times as fast, and most of the portal's text is plain."""

_INNER_APOSTROPHE: Final = re.compile(r"(?<=\w)['’ʼ`](?=\w)")


def to_us(moment: datetime) -> int:
    """Give a moment as microseconds since 1970, UTC."""
    return (moment - EPOCH) // MICROSECOND


def from_us(value: int, zone_minutes: int | None = None) -> datetime:
    """Give the moment back, in the zone that it was written in (minutes east of UTC; None: UTC)."""
    moment = EPOCH + timedelta(microseconds=value)
    if zone_minutes is None:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=zone_minutes)))


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


@cache
def _blake2b() -> type[blake2b]:
    """Load OpenSSL's binding, which comes with hashlib, when the first key is made: after the first paint."""
    from hashlib import blake2b

    return blake2b


def key_of(text: str) -> int:
    """Give a stable 63-bit key of a text."""
    digest = _blake2b()(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big") & _KEY_MASK


@lru_cache(maxsize=REMEMBERED)
def title_key(title: str) -> int:
    """Give the key by which a title is found again: of its folded words."""
    return key_of(" ".join(tokens(title)))


def name_key(name: str) -> str:
    """Give the key of a section or a person: the name casefolded, with single spaces."""
    return " ".join(name.casefold().split())


_PLACE_KEYS: Final = {
    " ".join(tokens(alias)): name_key(place)
    for place, aliases in PLACES.items()
    for alias in (place, *aliases)
}


def place_key(place: str) -> str:
    """Give the key of a place; all names of one place ("Kutim", "Kutai Timur", "Sangatta") give the same."""
    words = " ".join(tokens(place))
    return _PLACE_KEYS.get(words, words)


# An article's text as compact bytes, and back: JSON with short names, compressed.

LEVEL: Final = 1
"""zlib's: the lowest that compresses."""

STRATEGY: Final = zlib.Z_HUFFMAN_ONLY
"""zlib's: frequent letters get short codes, repetitions aren't looked for. Measured on articles of 2.5 kB, that gives 58 % of
the JSON in 27 µs; looking for repetitions gives 45 % in 48 µs (thoroughly, at level 6, 42 % in 72 µs), and takes as long to read.
The file has 1.9 x the text's bytes so, 1.7 with repetitions looked for, 2.5 without any compression."""

WINDOW: Final = 13
"""zlib's window as a power of two: 8 KiB. A new one is cleared for each text, and zlib's own choice of 32 KiB (and its tables,
`MEMORY`) takes longer than the compressing."""

MEMORY: Final = 7
"""zlib's memory level: the size of its tables."""

_json: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""In ASCII, with what is not as escapes: of the portal's letters that is 1 in 2000, and it takes 12 µs an article, not 19."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_TYPES: Final = {kind: index for index, kind in enumerate(BlockType)}
_KINDS: Final = tuple(BlockType)
_NAMES: Final = {kind: kind.value for kind in BlockType}
_VOLATILE: Final = frozenset({BlockType.RELATED, BlockType.EMBED, BlockType.IMAGE})
"""Blocks that a portal swaps at each visit (picked links, players, cache-busting picture addresses)."""

_TEXT_FIELDS: Final = (
    "section",
    "place",
    "standfirst",
    "reporter",
    "editor",
    "photographer",
    "credit_source",
    "next_page",
)


def encode(article: Article) -> bytes:
    """Give the article's text and fields as compressed bytes."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY, STRATEGY)
    return packer.compress(_json(to_data(article)).encode("ascii")) + packer.flush()


class Undecodable(ValueError):
    """Bytes that `encode` never gave: the file is damaged."""


def decode(content: bytes) -> Article:
    """Give the article back, without comments and reactions. Raises `Undecodable`."""
    data = unpack(content)
    try:
        return from_data(data)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Undecodable(str(error)) from error


def unpack(content: bytes) -> Any:
    """Give the plain values that `to_data` gave. Raises `Undecodable`."""
    try:
        return json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError, TypeError) as error:
        raise Undecodable(str(error)) from error


def to_data(article: Article) -> dict[str, Json]:
    """Give the article as plain values for JSON."""
    data: dict[str, Json] = {"u": article.url, "t": article.title, "b": [_block(b) for b in article.blocks]}
    for name in _TEXT_FIELDS:
        value = getattr(article, name)
        if value is not None:
            data[name] = value
    if article.published:
        data["published"] = article.published.isoformat()
    if article.published_source:
        data["published_source"] = article.published_source.value
    if article.page_date:
        data["page_date"] = article.page_date.isoformat()
    if article.lead_image:
        image = article.lead_image
        data["image"] = [image.url, image.caption, image.credit]
    if article.related:
        data["related"] = [[link.title, link.url] for link in article.related]
    if article.advertorial:
        data["adv"] = True
    if article.tags:
        data["tags"] = list(article.tags)
    if article.provenance:
        data["from"] = {name: source.value for name, source in article.provenance.items()}
    return data


def from_data(data: Any) -> Article:
    """Give the article that `to_data` took apart. Raises ValueError, KeyError, TypeError or IndexError on others."""
    image = data.get("image")
    published, page_date = data.get("published"), data.get("page_date")
    source = data.get("published_source")
    return Article(
        url=data["u"],
        title=data["t"],
        blocks=tuple(_unblock(item) for item in data["b"]),
        published=datetime.fromisoformat(published) if published else None,
        published_source=Source(source) if source else None,
        page_date=date.fromisoformat(page_date) if page_date else None,
        lead_image=Image(*image) if image else None,
        related=tuple(RelatedLink(title, url) for title, url in data.get("related", ())),
        advertorial=data.get("adv", False),
        tags=tuple(data.get("tags", ())),
        provenance={name: Source(value) for name, value in data.get("from", {}).items()},
        **{name: data.get(name) for name in _TEXT_FIELDS},
    )


def _block(block: Block) -> list[Json]:
    """A block as a list: kind, text, spans, url, level, ordinal, rows; what is empty at the end is left off."""
    if not (block.spans or block.url or block.level or block.ordinal or block.rows):
        return [_TYPES[block.type], block.text]
    item: list[Json] = [
        _TYPES[block.type],
        block.text,
        [[span.text, span.bold + 2 * span.italic, span.url] for span in block.spans],
        block.url,
        block.level,
        block.ordinal,
        [list(row) for row in block.rows],
    ]
    while item[-1] in (None, 0, []):
        item.pop()
    return item


def _unblock(item: Sequence[Json]) -> Block:
    if len(item) == 2:
        return Block(_KINDS[item[0]], item[1])  # type: ignore[index, arg-type]  # as _block wrote it
    kind, text, spans, url, level, ordinal, rows = [*item, *_EMPTY[len(item) :]]
    return Block(
        type=_KINDS[kind],  # type: ignore[index]  # as _block wrote it
        text=text,  # type: ignore[arg-type]
        spans=tuple(Span(t, bool(look & 1), bool(look & 2), u) for t, look, u in spans),  # type: ignore
        url=url,  # type: ignore[arg-type]
        level=level,  # type: ignore[arg-type]
        ordinal=ordinal,  # type: ignore[arg-type]
        rows=tuple(tuple(row) for row in rows),  # type: ignore
    )


_EMPTY: Final[list[Json]] = [0, "", [], None, 0, None, []]


def content_hash(article: Article) -> int:
    """Give a 63-bit hash of what a reader would call the text: headline, standfirst, and the words of the body.

    Spacing, related links, pictures, embeds, reactions, comments and today's date do not count: they change at
    each visit without anyone having edited the article.
    """
    parts = [article.title or "", article.standfirst or ""]
    for block in article.blocks:
        if block.type not in _VOLATILE:
            parts += (_NAMES[block.type], block.text)
    text = "\0".join(parts)
    return key_of(text if _is_spaced_once(parts, text) else " ".join(text.split()))


def _is_spaced_once(parts: Iterable[str], text: str) -> bool:
    """Whether splitting `text`, which is `parts` in a row, and joining it again would change nothing.

    Of all that `split` splits at, only the plain space is printable. Nearly every text is such, and looking takes a half of
    the time that splitting does.
    """
    return "  " not in text and all(map(str.isprintable, parts)) and text == text.strip()


def text_size(article: Article) -> int:
    """Give the number of characters of running text (related links and captions aside)."""
    return sum(len(block.text) for block in article.blocks if block.type not in _VOLATILE)


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
    return Bookmark(headline(row), from_us(saved_at), note, tuple(json.loads(labels)))


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
    return StoredArticle(shown, article, from_us(fetched_at if fetched_at is not None else row[14]))


def _comments(link: Link, shown: Headline, comments_at: int | None, external: str | None) -> Comments:
    """The comments that were there when the page was last seen with comments."""
    if comments_at is None:
        return Comments(shown.comment_count, external)
    rows = link.execute(
        """SELECT author, posted, posted_zone, text, depth FROM comment
           WHERE article_id = ? AND last_seen = ? ORDER BY rank""",
        (shown.id, comments_at),
    )
    return Comments(shown.comment_count, external, tuple(comment(row) for row in rows))


def comment(row: Sequence[Any]) -> Comment:
    """Give the comment of a row: author, posted, posted_zone, text, depth."""
    author, posted, zone, text, depth = row
    return Comment(author, None if posted is None else from_us(posted, zone), text, depth)


def reactions(items: str) -> tuple[Reaction, ...]:
    """Give the reactions of a sample."""
    return tuple(Reaction(name, percent) for name, percent in json.loads(items))


def _reactions(link: Link, article_id: int) -> tuple[Reaction, ...]:
    row = link.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    return reactions(row[0]) if row else ()
