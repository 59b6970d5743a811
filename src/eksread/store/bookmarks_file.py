"""The bookmarks as a text file, `bookmarks.toml`: to read, to keep in git, to sync between machines.

It is written anew after each change by a thread of its own (a mark must not wait for it), and caught up with at the
next start where that was cut short. A file that someone else has changed is merged, never overwritten: the last
change of each bookmark wins, and what was removed stands in it as a tombstone.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from eksread.errors import BookmarksUnreadable, StoreError, StoreLocked, file_error
from eksread.store.database.connection import get_fact, set_fact
from eksread.store.database.debounce import Debounce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eksread.store.database.connection import Connection, Connections


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
    """The file beside one store. `on_trouble` takes errors of the thread, which nobody else would see."""

    def __init__(
        self, connections: Connections, path: Path, on_trouble: Callable[[StoreError], None]
    ) -> None:
        self._connections = connections
        self._path = path
        self._on_trouble = on_trouble
        self._later = Debounce(self._write_later, "bookmarks", quiet=QUIET, latest=LATEST)
        self._entries: dict[int, tuple[int, int, str]] = {}

    # ---- when ----

    def catch_up(self) -> None:
        """Merge a file that someone else has changed, and have it written where it is behind. Raises StoreError."""
        with self._connections.read() as db:
            behind = _fact(db, _GENERATION) != _fact(db, _MIRRORED)
            foreign = self._stamp() not in ("", _fact(db, _STAMP))
            missing = not self._stamp() and _fact(db, _GENERATION) != ""
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
            with self._connections.read() as db:
                foreign = self._stamp() not in ("", _fact(db, _STAMP))
            if foreign:
                self._merge()
            with self._connections.read() as db:
                generation = _fact(db, _GENERATION)
                text = HEADER + "\n".join(self._render(db))
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
            with self._connections.write() as db:
                foreign = self._stamp() not in ("", _fact(db, _STAMP))
                if foreign or _fact(db, _GENERATION) != generation:
                    temporary.unlink()
                    return False
                temporary.replace(self._path)
                _set_fact(db, _STAMP, self._stamp())
                _set_fact(db, _MIRRORED, generation)
            _fsync(self._path.parent)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise file_error(error, self._path.parent) from error
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
            raise file_error(error, self._path.parent) from error
        return f"{status.st_mtime_ns}.{status.st_size}"

    def _merge(self) -> None:
        """Take in what the file says; one that can't be read is set aside and reported."""
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
            raise file_error(error, self._path.parent) from error
        entries, edited_at = data.get("bookmark", []), int(stamp.split(".")[0]) // 1000
        with self._connections.write(durable=True) as db:
            found = [
                user_records.record_of(db, entry, edited_at) for entry in entries if isinstance(entry, dict)
            ]
            user_records.merge(db, found)
            db.bookmarks_changed = False  # it is being written just now
            _set_fact(db, _STAMP, stamp)

    def _render(self, db: Connection) -> Iterator[str]:
        """Give each bookmark as TOML; what hasn't changed is not made anew."""
        import tomli_w  # 5 ms that only a change of bookmarks costs

        from eksread.store.user_records import entry_of

        for row in db.execute(_SELECT).fetchall():
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


def _fact(db: Connection, name: str) -> str:
    return get_fact(db, name, table="reader_fact") or ""


def _set_fact(db: Connection, name: str, value: str) -> None:
    set_fact(db, name, value, table="reader_fact")


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
