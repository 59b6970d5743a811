"""Stored articles: an article's text as compact bytes and back, and the rows of an article as values of the model.

The text is JSON with short names, compressed.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, Span
from eksread.model.stored import Bookmark, StoredArticle
from eksread.store.database.connection import Undecodable
from eksread.store.rows import HEADLINE_WIDTH, from_us, headline, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import UnionType

    from eksread.model.lists import Headline
    from eksread.store.database.connection import Connection


LEVEL: Final = 1
"""zlib's. Measured on articles of 2.5 kB, it gives 45 % of the JSON in 48 µs; level 6 gives 42 % in 72 µs."""

LARGEST: Final = 16 * 1024 * 1024
"""Bytes that compressed ones may become: a fetched page has 12 MB at most, a text less."""

DEEPEST: Final = 100
"""Levels of a list or heading that are believed: each indents its line."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_TYPES: Final = {kind: index for index, kind in enumerate(BlockType)}
_KINDS: Final = tuple(BlockType)
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
    return zlib.compress(json.dumps(to_data(article), separators=(",", ":")).encode("ascii"), LEVEL)


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
        return json.loads(inflate(content).decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, RecursionError) as error:
        raise Undecodable(str(error)) from error


def inflate(data: bytes) -> bytes:
    """Give compressed bytes as they were, `LARGEST` at most. Raises `Undecodable`."""
    unpacker = zlib.decompressobj()
    try:
        whole = unpacker.decompress(data, LARGEST)
    except (zlib.error, TypeError) as error:
        raise Undecodable(str(error)) from error
    if not unpacker.eof:
        raise Undecodable("cut short, or larger than anything that was kept")
    return whole


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
    texts = {name: data.get(name) for name in _TEXT_FIELDS}
    related, tags = data.get("related", ()), data.get("tags", ())
    _check(str, data["u"], *tags, *(title for title, _url in related))
    _check(str | None, data["t"], *texts.values(), *(url for _title, url in related), *(image or ()))
    return Article(
        url=data["u"],
        title=data["t"],
        blocks=tuple(_unblock(item) for item in data["b"]),
        published=datetime.fromisoformat(published) if published else None,
        published_source=Source(source) if source else None,
        page_date=date.fromisoformat(page_date) if page_date else None,
        lead_image=Image(*image) if image else None,
        related=tuple(RelatedLink(title, url) for title, url in related),
        advertorial=bool(data.get("adv")),
        tags=tuple(tags),
        provenance={name: Source(value) for name, value in data.get("from", {}).items()},
        **texts,
    )


def _block(block: Block) -> list[Json]:
    """A block as a list: kind, text, spans, url, level, ordinal, rows; what is empty at the end is left off."""
    if (
        not (block.spans or block.url or block.level or block.rows) and block.ordinal is None
    ):  # most are plain
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
    while item[-1] == _EMPTY[len(item) - 1]:
        item.pop()
    return item


def _unblock(item: Sequence[Json]) -> Block:
    kind, text, spans, url, level, ordinal, rows = [*item, *_EMPTY[len(item) :]]
    if not isinstance(level, int) or not 0 <= level <= DEEPEST or not isinstance(ordinal, int | None):
        raise ValueError("no block of ours")
    _check(str, text, *(cell for row in rows for cell in row), *(span[0] for span in spans))  # type: ignore
    _check(str | None, url, *(span[2] for span in spans))  # type: ignore
    return Block(
        type=_KINDS[kind],  # type: ignore[index]  # as _block wrote it
        text=text,  # type: ignore[arg-type]  # checked above
        spans=tuple(Span(t, bool(look & 1), bool(look & 2), u) for t, look, u in spans),  # type: ignore
        url=url,  # type: ignore[arg-type]
        level=level,
        ordinal=ordinal,
        rows=tuple(tuple(row) for row in rows),  # type: ignore
    )


def _check(kind: type | UnionType, *values: object) -> None:
    """Raise ValueError where a value is of another kind: what is shown as text must be text."""
    if not all(isinstance(value, kind) for value in values):
        raise ValueError("no article of ours")


_EMPTY: Final[list[Json]] = [0, "", [], None, 0, None, []]


def content_hash(article: Article) -> int:
    """Give a 63-bit hash of what a reader would call the text: headline, standfirst, and the words of the body.

    Spacing, related links, pictures, embeds, reactions, comments and today's date do not count: they change at
    each visit without anyone having edited the article.
    """
    parts = [article.title or "", article.standfirst or ""]
    for block in article.blocks:
        if block.type not in _VOLATILE:
            parts += (block.type.value, block.text)
    return key_of(" ".join("\0".join(parts).split()))


def text_size(article: Article) -> int:
    """Give the number of characters of running text (related links and captions aside)."""
    return sum(len(block.text) for block in article.blocks if block.type not in _VOLATILE)


def bookmark(row: Sequence[Any]) -> Bookmark:
    """Give the bookmark of a row: `HEADLINE`, then saved_at, note, labels."""
    saved_at, note, labels = row[HEADLINE_WIDTH : HEADLINE_WIDTH + 3]
    return Bookmark(headline(row), from_us(saved_at), note, tuple(json.loads(labels)))


def stored(db: Connection, row: Sequence[Any]) -> StoredArticle:
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
        section=shown.section or article.section,
        comments=_comments(db, shown, comments_at, external),
        reactions=_reactions(db, shown.id),
    )
    return StoredArticle(shown, article, from_us(fetched_at if fetched_at is not None else row[14]))


def _comments(db: Connection, shown: Headline, comments_at: int | None, external: str | None) -> Comments:
    """The comments that were there when the page was last seen with comments."""
    if comments_at is None:
        return Comments(shown.comment_count, external)
    rows = db.execute(
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


def _reactions(db: Connection, article_id: int) -> tuple[Reaction, ...]:
    row = db.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    return reactions(row[0]) if row else ()
