"""The reader's state as records that merge: for export and import, the bookmarks' mirror, and salvage.

A record is a plain JSON object. Two states merge to the same whichever comes first (`_later` decides by the moment
of the last change, and between equal moments by the contents), and merging again changes nothing.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from eksread.i18n import N_, _
from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Block, Teaser
from eksread.store import identity, portal_data
from eksread.store.article_codec import DEEPEST, Json, encode, from_data, to_data, unpack
from eksread.store.database.connection import Undecodable
from eksread.store.rows import MOST, from_us, to_us
from eksread.store.search import index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from eksread.store.database.connection import Connection

READING: Final = """SELECT a.url, a.title, a.published, a.published_source, r.read_at, r.marked_at, r.finished_at,
  r.comments_seen_at, r.block, r.anchor, r.placed_at FROM reading r JOIN article a ON a.id = r.article_id"""
BOOKMARK: Final = """SELECT a.url, a.title, a.published, a.published_source, b.saved_at, b.changed_at, b.removed_at,
  b.note, b.labels, b.content FROM bookmark b JOIN article a ON a.id = b.article_id"""
SEARCH: Final = "SELECT name, query, changed_at, removed_at FROM saved_search"

_MOMENTS: Final = ("read_at", "marked_at", "finished_at", "comments_seen_at", "placed_at", "saved_at", "changed_at",
                   "removed_at", "published")  # fmt: skip


def records(db: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    """Give the reader's state, record by record, in a stable order."""
    for row in db.execute(f"{READING} ORDER BY a.url"):
        yield reading_record(row)
    for row in db.execute(f"{BOOKMARK} ORDER BY a.url"):
        yield bookmark_record(row)
    for row in db.execute(f"{SEARCH} ORDER BY name"):
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
        "article": _understood(row[0], unpack(content)) if content else None,
    }
    return _record("bookmark", row[:4], fields)


def _understood(url: object, data: Any) -> Any:
    """Give the data of a bookmark's text; None where an import took in what is none: the bookmark is kept without it."""
    try:
        from_data(data)
    except NOT_A_RECORD as error:
        logging.getLogger(__name__).warning("text of the bookmark %r left out: %r", url, error)
        return None
    return data


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


def _timed(record: dict[str, Any]) -> dict[str, Json]:
    """Moments as ISO 8601, bytes that another program wrote as text, what is empty left off."""
    out: dict[str, Json] = {}
    for name, value in record.items():
        if value not in (None, "", []):
            text = value.decode(errors="replace") if isinstance(value, bytes) else value
            out[name] = from_us(value).isoformat() if name in _MOMENTS else text
    return out


# ---- merging ----------------------------------------------------------------------------------------

NOT_A_RECORD: Final = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError
)  # fmt: skip
"""What taking in something else than a record can raise: it says nothing about the archive."""


_FIELDS: Final[dict[str, Any]] = {
    "url": str, "title": str, "published_source": str, "note": str, "labels": list, "article": dict,
    "block": int, "anchor": int, "name": str, "query": str, **dict.fromkeys(_MOMENTS, str | datetime),
}  # fmt: skip
"""What the fields of a record are; null is as good as none."""


class OddRecord(ValueError):
    """What is no record. Its argument is the name of the field that is odd, "" where all of it is."""


def merge(db: Connection, record: object) -> bool:
    """Take a record in, within the caller's transaction; give whether it changed anything. Raises `OddRecord`."""
    try:
        return _merge_one(db, _typed(record))
    except OddRecord:
        raise
    except NOT_A_RECORD as error:
        raise OddRecord("") from error


def _typed(record: Any) -> dict[str, Any]:
    """Give the fields of a record that are not null. Raises `OddRecord` where one is of another kind than it must be."""
    fields = {name: value for name, value in record.items() if value is not None}
    for name, kind in _FIELDS.items():
        if name in fields and not _is(fields[name], kind):
            raise OddRecord(name)
    return fields


def _is(value: object, kind: Any) -> bool:
    """Whether a value is of a kind; a list is one of texts."""
    return isinstance(value, kind) and (
        not isinstance(value, list) or all(isinstance(one, str) for one in value)
    )


def _merge_one(db: Connection, record: dict[str, Any]) -> bool:
    """Merge one record; give whether it changed anything. Raises ValueError and its like where it is none."""
    kind = record["kind"]
    if kind == "search":
        return _merge_search(db, record)
    article_id = _article(db, record)
    if kind == "reading":
        return _merge_reading(db, article_id, record)
    if kind == "bookmark":
        return _merge_bookmark(db, article_id, record)
    raise ValueError(kind)


def _us(record: dict[str, Any], name: str) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    try:
        return moment(value if isinstance(value, datetime) else datetime.fromisoformat(value))
    except ValueError as error:
        raise OddRecord(name) from error


def moment(value: datetime) -> int:
    """Give a moment as the tables hold it; one without a zone is taken as UTC."""
    return to_us(value if value.tzinfo else value.replace(tzinfo=UTC))


def label_list(text: str) -> list[str]:
    """Give labels as they are held in a column."""
    return [str(label) for label in json.loads(text)]


def _article(db: Connection, record: dict[str, Any]) -> int:
    """Give the id of the article a record is about; an unknown one is added, with its text where the record has it."""
    url = record["url"]
    title = record.get("title") or url
    article_id = identity.find(db, url)
    article = _text(record)
    at = next(
        (us for name in ("saved_at", "marked_at", "placed_at") if (us := _us(record, name)) is not None), 0
    )
    if article_id is None:
        published = _us(record, "published")
        source = Source(record.get("published_source", Source.LIST))
        item = Teaser(title, url, from_us(published) if published is not None else None, source)
        article_id, _ = portal_data.write_teaser(db, item, at)
    revision_id, first_seen = db.execute(
        "SELECT revision_id, first_seen FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    if article is not None and revision_id is None:
        portal_data.write_article(db, article, max(at, first_seen), url)
    return article_id


def _text(record: dict[str, Any]) -> Article | None:
    """Give the text that a record has, under the record's address: it is about one article, whatever it says.

    Encoded again, the same text is the same bytes however its JSON was ordered.
    """
    if not record.get("article"):
        return None
    try:
        return replace(from_data(record["article"]), url=record["url"])
    except NOT_A_RECORD as error:
        raise OddRecord("article") from error


def _merge_reading(db: Connection, article_id: int, record: dict[str, Any]) -> bool:
    held = db.execute(
        """SELECT read_at, marked_at, finished_at, comments_seen_at, block, anchor, placed_at
           FROM reading WHERE article_id = ?""",
        (article_id,),
    ).fetchone() or (None, None, None, None, 0, None, None)
    place = (_us(record, "placed_at"), min(max(record.get("block", 0), 0), MOST), record.get("anchor"))
    mark = _later((held[1], held[0]), (_us(record, "marked_at"), _us(record, "read_at")))
    placed = _later((held[6], held[4], held[5]), place)
    finished = _later((held[2],), (_us(record, "finished_at"),))[0]
    comments = _later((held[3],), (_us(record, "comments_seen_at"),))[0]
    merged = (mark[1], mark[0], finished, comments, placed[1], placed[2], placed[0])
    if merged == tuple(held):
        return False
    db.execute(
        """INSERT OR REPLACE INTO reading
             (read_at, marked_at, finished_at, comments_seen_at, block, anchor, placed_at, article_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (*merged, article_id),
    )
    return True


def _merge_bookmark(db: Connection, article_id: int, record: dict[str, Any]) -> bool:
    held = db.execute(
        "SELECT changed_at, removed_at, saved_at, note, labels, content FROM bookmark WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    held_labels = json.dumps(record.get("labels", []), ensure_ascii=False)
    changed_at, saved_at = _us(record, "changed_at"), _us(record, "saved_at")
    if changed_at is None:
        raise OddRecord("changed_at")
    new = (
        changed_at,
        _us(record, "removed_at"),
        changed_at if saved_at is None else saved_at,
        record.get("note", ""),
        held_labels,
    )
    article = _text(record)
    content = encode(article) if article else None
    merged = _later(tuple(held[:5]), new) if held else new
    text = _later((held[5],), (content,))[0] if held else content
    if held and (*merged, text) == tuple(held):
        return False
    with index.kept_in_step(db, article_id):
        db.execute(
            """INSERT OR REPLACE INTO bookmark
                 (changed_at, removed_at, saved_at, note, labels, content, article_id)
                 VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (*merged, text, article_id),
        )
    db.bookmarks_changed = True
    return True


def _merge_search(db: Connection, record: dict[str, Any]) -> bool:
    name = record["name"]
    held = db.execute(
        "SELECT changed_at, removed_at, query FROM saved_search WHERE name = ?", (name,)
    ).fetchone()
    new = (_us(record, "changed_at"), _us(record, "removed_at"), record["query"])
    if new[0] is None:
        raise OddRecord("changed_at")
    merged = _later(tuple(held), new) if held else new
    if held and merged == tuple(held):
        return False
    db.execute(
        "INSERT OR REPLACE INTO saved_search (changed_at, removed_at, query, name) VALUES (?, ?, ?, ?)",
        (*merged, name),
    )
    return True


def _later(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give the tuple with the later moment (its first item); between equals the greater, so that order never counts."""
    return max(one, other, key=lambda values: tuple((value is not None, value) for value in values))


# An article's text as lines that a person can read, and back.

_NAMED: Final = {BlockType.RELATED: "baca juga", BlockType.IMAGE: "gambar", BlockType.EMBED: "sisipan"}
_KINDS: Final = {name: kind for kind, name in _NAMED.items()}
_NAMED_LINE: Final = re.compile(r"\[(baca juga|gambar|sisipan)\](?: (.*?))?(?: <([^<>\s]+)>)?", re.DOTALL)
_HEADING: Final = re.compile(r"(#{2,6}) (.*)", re.DOTALL)
_ITEM: Final = re.compile(r"( *)(?:-|([0-9]{1,9})\.) (.*)", re.DOTALL)
_MARK: Final = re.compile(r"\\|#{2,6} |> | *(?:-|\d+\.) |\[(?:baca juga|gambar|sisipan)\]|\| ")
_CELLS: Final = " | "


def to_text(blocks: Iterable[Block]) -> str:
    """Give the blocks as text."""
    return "\n\n".join(part for part in map(_line, blocks) if part)


def from_text(url: str, title: str, text: str) -> Article:
    """Give an article with the blocks that such a text has."""
    parts = (part for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return Article(url=url, title=title, blocks=tuple(_block(part.strip("\n")) for part in parts))


def _line(block: Block) -> str:
    text = block.text.strip()
    if block.type is BlockType.HEADING:
        return f"{'#' * max(2, block.level)} {text}"
    if block.type is BlockType.QUOTE:
        return f"> {text}"
    if block.type is BlockType.LIST_ITEM:
        mark = "-" if block.ordinal is None else f"{block.ordinal}."
        return f"{'  ' * block.level}{mark} {text}"
    if block.type is BlockType.TABLE and block.rows:
        return "\n".join("| " + _CELLS.join(cell.replace("|", "/") for cell in row) for row in block.rows)
    if block.type in _NAMED:
        return f"[{_NAMED[block.type]}] {text}" + (f" <{block.url}>" if block.url else "")
    return "\\" + text if _MARK.match(text) else text


def _block(text: str) -> Block:
    if named := _NAMED_LINE.fullmatch(text):
        kind, words, url = named.groups()
        return Block(_KINDS[kind], words or "", url=url)
    if heading := _HEADING.fullmatch(text):
        return Block(BlockType.HEADING, heading[2], level=len(heading[1]))
    if text.startswith("> "):
        return Block(BlockType.QUOTE, text[2:])
    if text.startswith("| "):
        rows = tuple(tuple(row.removeprefix("| ").split(_CELLS)) for row in text.split("\n"))
        return Block(BlockType.TABLE, " ".join(" ".join(row) for row in rows), rows=rows)
    if item := _ITEM.fullmatch(text):
        ordinal = int(item[2]) if item[2] else None
        level = min(len(item[1]) // 2, DEEPEST)
        return Block(BlockType.LIST_ITEM, item[3], level=level, ordinal=ordinal)
    return Block(BlockType.PARAGRAPH, text.removeprefix("\\"))


# A bookmark as an entry of `bookmarks.toml`, and such an entry as a record that merges.


def entry_of(row: Any) -> dict[str, object]:
    """Give a bookmark's row as an entry of the file. Raises `Undecodable`."""
    _, changed_at, url, title, published, place, section, saved_at, removed_at, note, labels, content = row
    entry: dict[str, object] = {"url": url, "title": title}
    if removed_at is not None:
        if not isinstance(removed_at, int):  # no removal: the file must not lose the bookmark as well
            raise Undecodable("removed_at")
        return entry | {"changed": from_us(changed_at), "removed": from_us(removed_at)}
    if published is not None:
        entry["published"] = from_us(published)
    entry |= {name: value for name, value in (("place", place), ("section", section)) if value}
    entry |= {"saved": from_us(saved_at), "changed": from_us(changed_at), "note": note}
    entry["labels"] = label_list(labels)
    if content:
        article = _understood(url, unpack(content))
        if article:
            entry["text"] = to_text(from_data(article).blocks)
    return entry


_ENTRY: Final[dict[str, type]] = {
    "url": str, "title": str, "place": str, "section": str, "note": str, "text": str, "labels": list,
    "published": datetime, "saved": datetime, "changed": datetime, "removed": datetime,
}  # fmt: skip
_WORDS: Final = {str: N_("a text"), list: N_("a list of texts"), datetime: N_("a date with a time")}
_RECORD_NAMES: Final = {"saved": "saved_at", "changed": "changed_at", "removed": "removed_at"}


def merge_entry(db: Connection, entry: object, edited_at: int) -> str:
    """Merge an entry of the file, within the caller's transaction; give what of it is not understood, "" for nothing.

    One without `changed` was written by hand: the file's own time, in microseconds since 1970, stands for it.
    """
    if not isinstance(entry, dict):
        return _("it is no table")
    entry = {"url": None, "changed": from_us(edited_at)} | entry
    for name, kind in _ENTRY.items():
        if name in entry and not _is(entry[name], kind):
            return _("{name} must be {kind}").format(name=name, kind=_(_WORDS[kind]))
    if not entry["url"]:
        return _("url is empty")
    try:
        merge(db, _record_of(db, entry, edited_at))
    except NOT_A_RECORD as error:
        logging.getLogger(__name__).warning("bookmarks.toml: %r: %r", entry["url"], error)
        return _("it is no bookmark")
    return ""


def _record_of(db: Connection, entry: dict[str, Any], edited_at: int) -> dict[str, Any]:
    """Give an entry of the file as a record; its text only where the archive has none.

    A note or labels edited by hand come without a new `changed`: then the file's own time stands for it.
    """
    record = {_RECORD_NAMES.get(name, name): entry[name] for name in _ENTRY.keys() & entry.keys()}
    record["kind"] = "bookmark"
    url = entry["url"]
    held = _held(db, url)
    if held is not None:
        changed_at, note, labels, _ = held
        same = moment(entry["changed"]) == changed_at and "removed" not in entry
        if same and (note, label_list(labels)) != (entry.get("note", ""), entry.get("labels", [])):
            record["changed_at"] = from_us(max(edited_at, changed_at + 1))
    text = entry.get("text")
    if text and not (held and held[3]):
        article = from_text(url, entry.get("title", url), text)
        article = replace(article, place=entry.get("place"), section=entry.get("section"))
        record["article"] = to_data(article)
    return record


def _held(db: Connection, url: str) -> tuple[int, str, str, bool] | None:
    """Give of the article at `url` the bookmark's last change, note and labels, and whether a text is held."""
    article_id = identity.find(db, url)
    row: tuple[int, str, str, bool] | None = db.execute(
        """SELECT coalesce(b.changed_at, -1), coalesce(b.note, ''), coalesce(b.labels, '[]'),
             a.revision_id IS NOT NULL OR b.content IS NOT NULL
           FROM article a LEFT JOIN bookmark b ON b.article_id = a.id WHERE a.id = ?""",
        (article_id,),
    ).fetchone()
    return row
