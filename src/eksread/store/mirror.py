"""The bookmarks as a text file, `bookmarks.toml`: to read, to keep in git, to sync between machines.

It is written anew after each change by a thread of its own (a mark must not wait for it), and caught up with at the
next start where that was cut short. A file that someone else has changed is merged, never overwritten: the last
change of each bookmark wins, and what was removed stands in it as a tombstone.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from eksread.errors import BookmarksUnreadable, StoreError, StoreLocked
from eksread.model.enums import BlockType
from eksread.model.news import Article, Block
from eksread.store import user_records
from eksread.store.database.connection import unwritable
from eksread.store.identity import find
from eksread.store.rows import decode, from_us, to_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from eksread.store.database.connection import Connections, Link


# An article's text as lines that a person can read, and back.

_NAMED: Final = {BlockType.RELATED: "baca juga", BlockType.IMAGE: "gambar", BlockType.EMBED: "sisipan"}
_KINDS: Final = {name: kind for kind, name in _NAMED.items()}
_NAMED_LINE: Final = re.compile(r"\[(baca juga|gambar|sisipan)\](?: (.*?))?(?: <([^<>\s]+)>)?", re.DOTALL)
_HEADING: Final = re.compile(r"(#{2,6}) (.*)", re.DOTALL)
_ITEM: Final = re.compile(r"( *)(?:-|(\d+)\.) (.*)", re.DOTALL)
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
        return Block(BlockType.LIST_ITEM, item[3], level=len(item[1]) // 2, ordinal=ordinal)
    return Block(BlockType.PARAGRAPH, text.removeprefix("\\"))


# A bookmark as an entry of `bookmarks.toml`, and such an entry as a record that merges.


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
    entry["labels"] = user_records.labels(labels)
    if content:
        entry["text"] = to_text(decode(content).blocks)
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
        same = user_records.moment(entry["changed"]) == changed_at and "removed" not in entry
        if same and (note, user_records.labels(labels)) != (entry.get("note", ""), entry.get("labels", [])):
            record["changed_at"] = from_us(max(edited_at, changed_at + 1))
    text = entry.get("text")
    if isinstance(text, str) and not (held and held[3]):
        record["article"] = to_data(from_text(url, str(entry.get("title", url)), text))
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


# Work that no mark should wait for: done by a thread of its own, once nothing has asked for it for a while.


class Quietly:
    """Runs `action` (which must not raise) `quiet` seconds after it was last asked for, `latest` after it was first.

    The thread begins with the first asking: most sessions of the command line never need it.
    """

    def __init__(self, action: Callable[[], None], name: str, *, quiet: float, latest: float) -> None:
        self._action = action
        self._name = name
        self._quiet = quiet
        self._latest = latest
        self._wake = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def hurried(self) -> bool:
        """Whether someone waits for the end: no time for pauses."""
        return self._closing

    def ask(self) -> None:
        """Have it done soon; nothing happens once the end was asked for."""
        with self._wake:
            if self._closing:
                return
            self._last = time.monotonic()
            if self._first is None:
                self._first = self._last
                self._wake.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Do at once what is due, and wait for it."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def abandon(self) -> None:
        """End without doing what is due."""
        with self._wake:
            self._first = None
        self.close()

    def _run(self) -> None:
        while self._wait():
            self._action()

    def _wait(self) -> bool:
        """Wait until it is time; False where there is nothing left to do."""
        with self._wake:
            while not self._closing:
                if self._first is None:
                    self._wake.wait()
                    continue
                due = min(self._last + self._quiet, self._first + self._latest)
                left = due - time.monotonic()
                if left <= 0:
                    break
                self._wake.wait(left)
            wanted, self._first = self._first is not None, None
            return wanted


HEADER: Final = """\
# The bookmarks of eksread, written at each change; kept beside the archive, which has them as well.
# It may be edited, kept in git or synced: what is newer by `changed` is taken in at the next start.
# An entry with `removed` stands for a bookmark that was taken away.

"""

QUIET: Final = 0.5
"""Seconds without a change before the file is written: a burst of marks is written once, and does not wait for it."""

LATEST: Final = 5.0
"""Seconds after a change by which the file is written however many follow."""

PAUSE: Final = 0.0005
"""Seconds of rest after each entry made: Python's other threads get on, so that the next mark need not wait."""

_STAMP: Final = "bookmarks_stamp"
_GENERATION: Final = "bookmarks_generation"
_MIRRORED: Final = "bookmarks_mirrored"
"""Reader facts: what the file looked like when last written or merged; how often bookmarks have changed (counted by a
trigger); and how often they had when the file was written."""

_SELECT: Final = """SELECT b.article_id, b.changed_at, a.url, a.title, a.published, a.place, a.section, b.saved_at,
  b.removed_at, b.note, b.labels, b.content FROM bookmark b JOIN article a ON a.id = b.article_id
  ORDER BY b.saved_at DESC, b.article_id DESC"""


class Mirror:
    """The file beside one store. `on_trouble` is told of errors of the thread, which nobody else would see."""

    def __init__(self, db: Connections, path: Path, on_trouble: Callable[[StoreError], None]) -> None:
        self._db = db
        self._path = path
        self._on_trouble = on_trouble
        self._later = Quietly(self._write_later, "bookmarks", quiet=QUIET, latest=LATEST)
        self._entries: dict[int, tuple[int, int, str]] = {}

    # ---- when ----

    def catch_up(self) -> None:
        """Merge a file that someone else has changed, and have it written where it is behind. Raises StoreError."""
        with self._db.read() as link:
            behind = _fact(link, _GENERATION) != _fact(link, _MIRRORED)
            foreign = self._stamp() not in ("", _fact(link, _STAMP))
            missing = not self._stamp() and _fact(link, _GENERATION) != ""
        if foreign:
            self._merge()
        if foreign or behind or missing:
            self._later.ask()  # opening does not wait for it: thousands of bookmarks take a second
        self._sweep()

    def changed(self) -> None:
        """Have the file written soon."""
        self._later.ask()

    def close(self) -> None:
        """Wait until the file says what the bookmarks are."""
        self._later.close()

    def abandon(self) -> None:
        """End the thread without writing: the archive can't be used."""
        self._later.abandon()

    def _write_later(self) -> None:
        try:
            self.write()
        except StoreError as error:
            logging.getLogger(__name__).warning("bookmarks.toml: %s (%s)", error.code, error.detail)
            if not isinstance(error, StoreLocked):  # that is caught up with at the next change or start
                self._on_trouble(error)

    # ---- what ----

    def write(self) -> None:
        """Merge what someone else wrote, and write the file. Raises StoreError."""
        while True:
            with self._db.read() as link:
                foreign = self._stamp() not in ("", _fact(link, _STAMP))
            if foreign:
                self._merge()
            with self._db.read() as link:
                generation = _fact(link, _GENERATION)
                text = HEADER + "\n".join(self._render(link))
            if self._replace(text, generation):
                return

    def _replace(self, text: str, generation: str) -> bool:
        """Put the text in the file's place, unless bookmarks or file have changed meanwhile."""
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            with os.fdopen(_private(temporary), "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            with self._db.write() as link:
                foreign = self._stamp() not in ("", _fact(link, _STAMP))
                if foreign or _fact(link, _GENERATION) != generation:
                    temporary.unlink()
                    return False
                temporary.replace(self._path)
                _set_fact(link, _STAMP, self._stamp())
                _set_fact(link, _MIRRORED, generation)
            _fsync(self._path.parent)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise unwritable(error, self._path.parent) from error
        return True

    def _sweep(self) -> None:
        """Take away the unfinished files of processes that were killed while they wrote."""
        for path in self._path.parent.glob(f".{self._path.name}.*"):
            pid = path.name.split(".")[-2]
            if pid.isdecimal() and not _is_alive(int(pid)):
                path.unlink(missing_ok=True)

    def _stamp(self) -> str:
        """What tells whether the file is as it was: empty where there is none."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise unwritable(error, self._path.parent) from error
        return f"{status.st_mtime_ns}.{status.st_size}"

    def _merge(self) -> None:
        """Take in what the file says; one that can't be read is set aside and told of."""
        import tomllib

        from eksread.store import user_records

        stamp = self._stamp()
        try:
            data = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except ValueError as error:  # no TOML, no UTF-8
            aside = self._path.with_name(f"{self._path.name}.unreadable-{stamp}")
            self._path.replace(aside)
            self._on_trouble(BookmarksUnreadable(str(error), path=aside))
            return
        except OSError as error:
            raise unwritable(error, self._path.parent) from error
        entries, edited_at = data.get("bookmark", []), int(stamp.split(".")[0]) // 1000
        with self._db.write(durable=True) as link:
            found = [record_of(link, entry, edited_at) for entry in entries if isinstance(entry, dict)]
            user_records.merge(link, found)
            link.bookmarks_changed = False  # it is being written just now
            _set_fact(link, _STAMP, stamp)

    def _render(self, link: Link) -> Iterator[str]:
        """Give each bookmark as TOML; what hasn't changed is not made anew."""
        import tomli_w  # 5 ms that only a change of bookmarks costs

        for row in link.execute(_SELECT).fetchall():
            article_id, changed_at, content = row[0], row[1], row[-1]
            held = self._entries.get(article_id)
            size = len(content or b"")
            if held is None or held[:2] != (changed_at, size):
                entry = tomli_w.dumps(entry_of(row), multiline_strings=True)
                held = (changed_at, size, f"[[bookmark]]\n{entry}")
                self._entries[article_id] = held
                if not self._later.hurried:
                    time.sleep(PAUSE)
            yield held[2]


def _fact(link: Link, name: str) -> str:
    row = link.execute("SELECT value FROM reader_fact WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def _set_fact(link: Link, name: str, value: str) -> None:
    link.execute(
        "INSERT INTO reader_fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # someone else's
    return True


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
