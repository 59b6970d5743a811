"""The reader's state as records that merge: for export and import, the bookmarks' mirror, and salvage.

A record is a plain JSON object. Two states merge to the same whichever comes first (`_later` decides by the moment
of the last change, and between equal moments by the contents), and merging again changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from eksread.model.enums import Source
from eksread.model.news import Teaser
from eksread.model.stored import Merged
from eksread.store import identity, portal_data
from eksread.store.rows import Json, encode, from_data, from_us, to_us, unpack
from eksread.store.search import index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from eksread.model.news import Article
    from eksread.store.database.connection import Connections, Link

READING: Final = """SELECT a.url, a.title, a.published, a.published_source, r.read_at, r.marked_at, r.finished_at,
  r.comments_seen_at, r.block, r.anchor, r.placed_at FROM reading r JOIN article a ON a.id = r.article_id"""
BOOKMARK: Final = """SELECT a.url, a.title, a.published, a.published_source, b.saved_at, b.changed_at, b.removed_at,
  b.note, b.labels, b.content FROM bookmark b JOIN article a ON a.id = b.article_id"""
SEARCH: Final = "SELECT name, query, changed_at, removed_at FROM saved_search"

_MOMENTS: Final = ("read_at", "marked_at", "finished_at", "comments_seen_at", "placed_at", "saved_at", "changed_at",
                   "removed_at", "published")  # fmt: skip


class SqlReaderState:
    """See `ports.ReaderState`."""

    def __init__(self, db: Connections) -> None:
        self._db = db

    def export_lines(self) -> Iterator[str]:
        """See `ports.ReaderState`."""
        with self._db.read() as link:
            for record in records(link):
                yield json.dumps(record, ensure_ascii=False, sort_keys=True)

    def import_lines(self, lines: Iterable[str]) -> Merged:
        """See `ports.ReaderState`."""
        unreadable = 0
        found = []
        for line in lines:
            if not line.strip():
                continue
            try:
                found.append(json.loads(line))
            except ValueError:
                unreadable += 1
        with self._db.write(durable=True) as link:
            merged = merge(link, found)
        return Merged(merged.changed, merged.unreadable + unreadable)


def records(link: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    """Give the reader's state, record by record, in a stable order."""
    for row in link.execute(f"{READING} ORDER BY a.url"):
        yield reading_record(row)
    for row in link.execute(f"{BOOKMARK} ORDER BY a.url"):
        yield bookmark_record(row)
    for row in link.execute(f"{SEARCH} ORDER BY name"):
        yield search_record(row)


def reading_record(row: Any) -> dict[str, Json]:
    """Give the record of a row of `READING`."""
    names = ("read_at", "marked_at", "finished_at", "comments_seen_at", "block", "anchor", "placed_at")
    return _record("reading", row[:4], dict(zip(names, row[4:], strict=True)))


def bookmark_record(row: Any) -> dict[str, Json]:
    """Give the record of a row of `BOOKMARK`; the text as `codec.to_data` gives it. Raises `Undecodable`."""
    saved_at, changed_at, removed_at, note, held_labels, content = row[4:]
    fields = {
        "saved_at": saved_at,
        "changed_at": changed_at,
        "removed_at": removed_at,
        "note": note,
        "labels": list(json.loads(held_labels)),
        "article": unpack(content) if content else None,
    }
    return _record("bookmark", row[:4], fields)


def search_record(row: Any) -> dict[str, Json]:
    """Give the record of a row of `SEARCH`."""
    name, query, changed_at, removed_at = row
    return _timed(
        {"kind": "search", "name": name, "query": query, "changed_at": changed_at, "removed_at": removed_at}
    )


def _record(kind: str, article: Any, fields: dict[str, Json]) -> dict[str, Json]:
    url, title, published, source = article
    head: dict[str, Json] = {"kind": kind, "url": url, "title": title, "published": published}
    if source:
        head["published_source"] = source
    return _timed(head | fields)


def _timed(record: dict[str, Json]) -> dict[str, Json]:
    """Moments as ISO 8601, what is empty left off."""
    out: dict[str, Json] = {}
    for name, value in record.items():
        if value not in (None, "", []):
            out[name] = from_us(int(str(value))).isoformat() if name in _MOMENTS else value
    return out


# ---- merging ----------------------------------------------------------------------------------------


def merge(link: Link, found: Iterable[object]) -> Merged:
    """Take records in, within the caller's transaction; what is no record is counted and left."""
    changed = unreadable = 0
    for record in found:
        try:
            changed += _merge_one(link, record)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
            unreadable += 1
    return Merged(changed, unreadable)


def _merge_one(link: Link, record: Any) -> bool:
    """Merge one record; give whether it changed anything. Raises ValueError and its like where it is none."""
    kind = record["kind"]
    if kind == "search":
        return _merge_search(link, record)
    article_id = _article(link, record)
    if kind == "reading":
        return _merge_reading(link, article_id, record)
    if kind == "bookmark":
        return _merge_bookmark(link, article_id, record)
    raise ValueError(kind)


def _us(record: dict[str, Any], name: str) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    return moment(value if isinstance(value, datetime) else datetime.fromisoformat(value))


def moment(value: datetime) -> int:
    """Give a moment as the tables hold it; one without a zone is taken as UTC."""
    return to_us(value if value.tzinfo else value.replace(tzinfo=UTC))


def labels(text: str) -> list[str]:
    """Give labels as they are held in a column."""
    return [str(label) for label in json.loads(text)]


def _article(link: Link, record: dict[str, Any]) -> int:
    """Give the id of the article a record is about; an unknown one is added, with its text where the record has it."""
    url, title = str(record["url"]), str(record.get("title") or record["url"])
    article_id = identity.find(link, url)
    article = _text(record)
    at = next(
        (us for name in ("saved_at", "marked_at", "placed_at") if (us := _us(record, name)) is not None), 0
    )
    if article_id is None:
        published = _us(record, "published")
        source = Source(record.get("published_source", Source.LIST))
        item = Teaser(title, url, from_us(published) if published is not None else None, source)
        article_id, _ = portal_data.write_teaser(link, item, at)
    if article is not None and _textless(link, article_id):
        portal_data.write_article(
            link, replace(article, url=url), at, url
        )  # a record is about one article, whatever it says
    return article_id


def _text(record: dict[str, Any]) -> Article | None:
    """Give the text that a record has, under the record's address: it is about one article, whatever it says.

    Encoded again, the same text is the same bytes however its JSON was ordered.
    """
    article = from_data(record["article"]) if record.get("article") else None
    return replace(article, url=str(record["url"])) if article else None


def _textless(link: Link, article_id: int) -> bool:
    (revision_id,) = link.execute("SELECT revision_id FROM article WHERE id = ?", (article_id,)).fetchone()
    return revision_id is None


def _merge_reading(link: Link, article_id: int, record: dict[str, Any]) -> bool:
    held = link.execute(
        """SELECT read_at, marked_at, finished_at, comments_seen_at, block, anchor, placed_at
           FROM reading WHERE article_id = ?""",
        (article_id,),
    ).fetchone() or (None, None, None, None, 0, None, None)
    anchor = record.get("anchor")
    place = (_us(record, "placed_at"), int(record.get("block", 0)), None if anchor is None else int(anchor))
    mark = _later((held[1], held[0]), (_us(record, "marked_at"), _us(record, "read_at")))
    placed = _later((held[6], held[4], held[5]), place)
    finished = _later((held[2],), (_us(record, "finished_at"),))[0]
    comments = _later((held[3],), (_us(record, "comments_seen_at"),))[0]
    merged = (mark[1], mark[0], finished, comments, placed[1], placed[2], placed[0])
    if merged == tuple(held):
        return False
    link.execute(
        """INSERT INTO reading (read_at, marked_at, finished_at, comments_seen_at, block, anchor, placed_at, article_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (article_id) DO UPDATE SET read_at = excluded.read_at, marked_at = excluded.marked_at,
             finished_at = excluded.finished_at, comments_seen_at = excluded.comments_seen_at,
             block = excluded.block, anchor = excluded.anchor, placed_at = excluded.placed_at""",
        (*merged, article_id),
    )
    return True


def _merge_bookmark(link: Link, article_id: int, record: dict[str, Any]) -> bool:
    held = link.execute(
        "SELECT changed_at, removed_at, saved_at, note, labels, content FROM bookmark WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    held_labels = json.dumps([str(label) for label in record.get("labels", ())], ensure_ascii=False)
    changed_at, saved_at = _us(record, "changed_at"), _us(record, "saved_at")
    if changed_at is None:
        raise ValueError("a bookmark without the moment of its last change")
    note = str(record.get("note", ""))
    new = (
        changed_at,
        _us(record, "removed_at"),
        changed_at if saved_at is None else saved_at,
        note,
        held_labels,
    )
    article = _text(record)
    content = encode(article) if article else None
    merged = _later(tuple(held[:5]), new) if held else new
    text = _later((held[5],), (content,))[0] if held else content
    if held and (*merged, text) == tuple(held):
        return False
    with index.kept_in_step(link, article_id):
        link.execute(
            """INSERT INTO bookmark (changed_at, removed_at, saved_at, note, labels, content, article_id)
                 VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (article_id) DO UPDATE SET changed_at = excluded.changed_at,
                 removed_at = excluded.removed_at, saved_at = excluded.saved_at, note = excluded.note,
                 labels = excluded.labels, content = excluded.content""",
            (*merged, text, article_id),
        )
    link.bookmarks_changed = True
    return True


def _merge_search(link: Link, record: dict[str, Any]) -> bool:
    name = str(record["name"])
    held = link.execute(
        "SELECT changed_at, removed_at, query FROM saved_search WHERE name = ?", (name,)
    ).fetchone()
    new = (_us(record, "changed_at"), _us(record, "removed_at"), str(record["query"]))
    merged = _later(tuple(held), new) if held else new
    if held and merged == tuple(held):
        return False
    link.execute(
        """INSERT INTO saved_search (changed_at, removed_at, query, name) VALUES (?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET changed_at = excluded.changed_at, removed_at = excluded.removed_at,
             query = excluded.query""",
        (*merged, name),
    )
    return True


def _later(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give the tuple with the later moment (its first item); between equals the greater, so that order never counts."""
    return max(one, other, key=lambda values: tuple((value is not None, value) for value in values))
