"""A bookmark as an entry of `bookmarks.toml`, and such an entry as a record that merges."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from eksread.store import state, textform
from eksread.store.codec import decode, to_data
from eksread.store.identity import find
from eksread.store.values import from_us

if TYPE_CHECKING:
    from eksread.store.connect import Link


def entry_of(row: Any) -> dict[str, object]:
    """Give a bookmark's row as an entry of the file."""
    _, changed_at, url, title, published, place, section, saved_at, removed_at, note, labels, content = row
    entry: dict[str, object] = {"url": url, "title": title}
    if removed_at is not None:
        return entry | {"changed": from_us(changed_at), "removed": from_us(removed_at)}
    if published is not None:
        entry["published"] = from_us(published)
    entry |= {name: value for name, value in (("place", place), ("section", section)) if value}
    entry |= {"saved": from_us(saved_at), "changed": from_us(changed_at), "note": note}
    entry["labels"] = state.labels(labels)
    if content:
        entry["text"] = textform.to_text(decode(content).blocks)
    return entry


def record_of(link: Link, entry: dict[str, Any], edited_at: int) -> dict[str, Any]:
    """Give an entry of the file as a record of `state`; its text only where the archive has none.

    A note or labels edited by hand come without a new `changed`: then the file's own time stands for it.
    """
    record: dict[str, Any] = {"kind": "bookmark"}
    for name, value in entry.items():
        renamed = {"saved": "saved_at", "changed": "changed_at", "removed": "removed_at"}.get(name, name)
        if isinstance(value, datetime | str | list):
            record[renamed] = value
    url = str(entry.get("url", ""))
    held = _held(link, url)
    if held is not None and isinstance(entry.get("changed"), datetime):
        changed_at, note, labels, _ = held
        same = state.moment(entry["changed"]) == changed_at and "removed" not in entry
        if same and (note, state.labels(labels)) != (entry.get("note", ""), entry.get("labels", [])):
            record["changed_at"] = from_us(max(edited_at, changed_at + 1))
    text = entry.get("text")
    if isinstance(text, str) and not (held and held[3]):
        record["article"] = to_data(textform.from_text(url, str(entry.get("title", url)), text))
    return record


def _held(link: Link, url: str) -> tuple[int, str, str, bool] | None:
    """Give of the article at `url` the bookmark's last change, note and labels, and whether a text is held."""
    article_id = find(link, url)
    row: tuple[int, str, str, bool] | None = link.execute(
        """SELECT coalesce(b.changed_at, -1), coalesce(b.note, ''), coalesce(b.labels, '[]'),
             a.revision_id IS NOT NULL OR b.content IS NOT NULL
           FROM article a LEFT JOIN bookmark b ON b.article_id = a.id WHERE a.id = ?""",
        (article_id,),
    ).fetchone()
    return row
