"""The bookmarks as a text file, `bookmarks.toml`: to read, to keep in git, to sync between machines.

It is written anew soon after each change by a thread of its own (a mark must not wait for it), and caught up with at the
next start where that was cut short. A file that someone else has changed is merged, never overwritten: the last
change of each bookmark wins, and what was removed stands in it as a tombstone.

A file that can't be read, or has entries that are not understood, is left as it is: what is understood is taken in, the user is
told, and nothing is written until the file is mended or moved away. A link is written through, to the file it leads to.
"""

from __future__ import annotations

import glob
import logging
import os
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eksread import user_files
from eksread.errors import (
    BookmarksUnreadable,
    FileUnreadable,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    file_error,
)
from eksread.i18n import _
from eksread.paths import make_private
from eksread.store.database.connection import get_fact, set_fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eksread.store.database.connection import Connection, Connections


HEADER: Final = """\
# The bookmarks of eksread, written at each change; kept beside the archive, which has them as well.
# It may be edited, kept in git or synced: what is newer by `changed` is taken in at the next start.
# An entry with `removed` stands for a bookmark that was taken away.

"""

DELAY: Final = 1.0
"""Seconds from a change until the file is written: a burst of marks is written once."""

LARGEST: Final = 64_000_000
"""Bytes of a changed file that are read: 10,000 bookmarks with their texts, which take tomllib some 10 s."""

NAMED: Final = 3
"""Entries that are not understood and are named: the line stays readable."""

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
        self._behind = False
        self._wake, self._closing = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._entries: dict[int, tuple[int, int, str]] = {}
        self._left_alone: str | None = None
        self._rescued = ""

    # ---- when ----

    def catch_up(self) -> None:
        """Merge a file that someone else has changed, and have it written where it is behind.

        What keeps it from being merged now is said, and is no reason not to start. Raises StoreError of a damaged archive.
        """
        try:
            self._catch_up()
        except (StoreFull, StoreLocked, StoreReadOnly) as error:
            self._on_trouble(error)

    def _catch_up(self) -> None:
        with self._connections.read() as db:
            behind = _fact(db, _GENERATION) != _fact(db, _MIRRORED)
            foreign = self._is_foreign(db)
            missing = not self._stamp() and _fact(db, _GENERATION) != ""
        if not foreign or self._merge():
            if foreign or behind or missing:
                self.changed()  # opening does not wait for it: thousands of bookmarks take a second
            self._sweep()

    def changed(self) -> None:
        """Have the file written soon."""
        self._behind = True
        if self._thread is None:  # most sessions of the command line never need one
            self._thread = threading.Thread(target=self._keep_writing, name="bookmarks", daemon=True)
            self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """Wait until the file says what the bookmarks are."""
        self._closing.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _keep_writing(self) -> None:
        while self._behind or not self._closing.is_set():
            self._wake.wait()
            self._wake.clear()
            self._closing.wait(DELAY)
            if self._behind:
                self._behind = False
                self._write_or_say()

    def _write_or_say(self) -> None:
        try:
            self.write()
        except StoreError as error:
            logging.getLogger(__name__).warning("bookmarks.toml: %s (%s)", error.code, error.detail)
            if not isinstance(error, StoreLocked):  # that is caught up with at the next change or start
                self._on_trouble(error)

    # ---- what ----

    def write(self) -> None:
        """Merge what someone else wrote, and write the file, unless it is to be left alone. Raises StoreError."""
        while True:
            with self._connections.read() as db:
                foreign = self._is_foreign(db)
            if foreign and not self._merge():
                return
            with self._connections.read() as db:
                generation = _fact(db, _GENERATION)
                text = HEADER + "\n".join(self._render(db))
            if self._replace(text, generation):
                return

    def rescue(self) -> str:
        """Write the file after the archive was deleted under its readers; say in a sentence whether the bookmarks are kept.

        The archive can't note any more what was written. A file that someone else has written meanwhile is left alone.
        """
        try:
            make_private(self._path.parent)
            with self._connections.read() as db:
                if self._stamp() != self._rescued and self._is_foreign(db):
                    return _("The bookmarks could not be kept.")
                text = HEADER + "\n".join(self._render(db))
            path = self._target()
            _write_beside(path, text).replace(path)
            self._rescued = self._stamp()
        except OSError as error:
            logging.getLogger(__name__).warning("bookmarks.toml: %s", error)
            return _("The bookmarks could not be kept.")
        return _("All bookmarks are kept in {path}.").format(path=path)

    def _replace(self, text: str, generation: str) -> bool:
        """Put the text in the file's place, unless bookmarks or file have changed meanwhile."""
        path = self._target()
        try:
            temporary = _write_beside(path, text)
            with self._connections.write() as db:
                if self._is_foreign(db) or _fact(db, _GENERATION) != generation:
                    temporary.unlink()
                    return False
                temporary.replace(path)
                _set_fact(db, _STAMP, self._stamp())
                _set_fact(db, _MIRRORED, generation)
            _fsync(path.parent)
        except OSError as error:
            with suppress(OSError):
                _beside(path).unlink()
            raise file_error(error, path.parent) from error
        return True

    def _target(self) -> Path:
        """Give the file itself where a link leads to it, also to one that isn't there yet."""
        return Path(os.path.realpath(self._path))

    def _sweep(self) -> None:
        """Take away the unfinished files of processes that were killed while they wrote."""
        target = self._target()
        for path in target.parent.glob(f".{glob.escape(target.name)}.*"):
            pid = path.name.split(".")[-2]
            if pid.isdecimal() and not _is_alive(int(pid)):
                with suppress(OSError):  # another process was faster, or the folder can't be written
                    path.unlink()

    def _stamp(self) -> str:
        """What tells whether the file is as it was: empty where there is none."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return ""
        except OSError as error:  # a link to itself, a folder that may not be looked into
            return f"0.{error.strerror}"
        return f"{status.st_mtime_ns}.{status.st_size}"

    def _is_foreign(self, db: Connection) -> bool:
        """Whether someone else has changed the file since it was last written or merged."""
        return self._stamp() not in ("", _fact(db, _STAMP))

    def _merge(self) -> bool:
        """Take in what the file says; give whether all of it was understood. One that was not is reported, once."""
        from eksread.store import user_records

        stamp = self._stamp()
        if stamp == self._left_alone:
            return False
        odd = []
        try:
            entries = _entries(self._path)
        except FileUnreadable as error:
            return self._leave_alone(stamp, str(error.values["reason"]))
        with self._connections.write(durable=True) as db:
            for number, entry in enumerate(entries, 1):
                wrong = user_records.merge_entry(db, entry, int(stamp.split(".")[0]) // 1000)
                if wrong:
                    odd.append(_("entry {n} ({what})").format(n=number, what=wrong))
            db.bookmarks_changed = False  # it is being written just now
            if not odd:
                _set_fact(db, _STAMP, stamp)
        if odd:
            more = " …" if len(odd) > NAMED else ""
            return self._leave_alone(
                stamp, _("not understood: {entries}").format(entries=", ".join(odd[:NAMED]) + more)
            )
        return True

    def _leave_alone(self, stamp: str, reason: str) -> bool:
        self._left_alone = stamp
        self._on_trouble(BookmarksUnreadable(reason, path=self._path, reason=reason))
        return False

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
            yield held[2]


def _entries(path: Path) -> list[Any]:
    """Give what stands in the file. Raises `FileUnreadable`."""
    text = user_files.as_text(user_files.read_bytes(path, LARGEST), path)
    entries = user_files.parse_toml(text, path).get("bookmark", [])
    if not isinstance(entries, list):
        raise FileUnreadable(path=path, reason=_("“bookmark” must be a list of tables"))
    return entries


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


def _beside(path: Path) -> Path:
    """Give the name of what is to take the place of the file at `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")


def _write_beside(path: Path, text: str) -> Path:
    """Write it, down to the disk. Raises OSError."""
    temporary = _beside(path)
    # "replace": a text may have half of a surrogate pair, which is no UTF-8
    with os.fdopen(_private(temporary), "w", encoding="utf-8", errors="replace") as stream:
        if path.exists():
            os.fchmod(stream.fileno(), stat.S_IMODE(path.stat().st_mode))
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return temporary


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
