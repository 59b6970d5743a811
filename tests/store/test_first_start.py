"""A first start that is killed at any moment, and what is left of an archive: the next start works, and nothing is lost in silence."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from eksread.errors import StoreEmptied
from eksread.store import Store, open_store
from eksread.store.database import opening
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("EKSREAD_TEST_KILLS", "6"))
"""Calls of a first start, spread over all of them, at which it is killed; a thousand is more than there are."""

DECISIVE = ("fdatasync", "rename")
"""Calls at each of which it is killed: between them the files are in another state."""

START = """
import sys
from pathlib import Path
from eksread.store import open_store
open_store(Path(sys.argv[1])).close()
"""
CRASH = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN")
db.execute("UPDATE article SET title = 'halb' || hex(randomblob(4000))")
os._exit(0)
"""
"""Ends in the middle of a transaction that is in part in the file: a hot journal is left."""

CALL = re.compile(r"^\d+ +(\w+)\(")


def traced(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=%file,%desc",
        *options,
        sys.executable,
        "-c",
        START,
        str(folder),
    ]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def calls(tmp_path: Path) -> list[tuple[str, int]]:
    """Every system call of a first start about the archive's folder, as its name and the how manieth of that name it is."""
    folder, log = tmp_path / "whole", tmp_path / "calls.txt"
    traced(folder, "-o", str(log))
    counted: Counter[str] = Counter()
    found = []
    for line in log.read_text().splitlines():
        if name := CALL.match(line):
            counted[name[1]] += 1
            if str(folder) in line:
                found.append((name[1], counted[name[1]]))
    return found


def use(folder: Path) -> Store:
    store = open_store(folder)
    number = save(store, "a")
    store.user_data.add_bookmark(number, NOW)
    assert store.maintenance.check() == ()
    return store


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace kills at a call")
def test_a_first_start_may_be_killed_at_any_call(tmp_path: Path) -> None:
    everything = calls(tmp_path)
    assert len(everything) > 50
    chosen = everything[:: max(1, len(everything) // KILLS)]
    chosen += [call for call in everything if call[0] in DECISIVE]
    for name, number in dict.fromkeys(chosen):
        folder = tmp_path / f"{name}-{number}"
        ended = traced(folder, "-o", os.devnull, "-e", f"inject={name}:signal=KILL:when={number}")
        assert ended.returncode == -9, (name, number, ended.stderr)
        store = use(folder)
        assert store.trouble is None, (name, number)
        store.close()
        assert not list(folder.glob(".*.part*")), (name, number)
        shutil.rmtree(folder)


@pytest.mark.parametrize("step", ["run_script", "put_in_place"])
def test_a_first_start_that_ends_in_the_middle_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(opening, step, ends)
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path)
    store = use(tmp_path)
    assert store.trouble is None
    store.close()


def test_a_transaction_that_was_cut_short_is_taken_back(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for number in range(40):
        save(store, f"a{number}")
    store.close()
    path = tmp_path / "eksread.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=True)
    assert (tmp_path / "eksread.db-journal").stat().st_size > 0
    store = open_store(tmp_path)
    assert store.trouble is None
    assert store.queries.find_title("Judul a7") is not None
    assert store.maintenance.check() == ()
    store.close()


def test_a_stray_journal_beside_a_sound_archive_is_no_trouble(tmp_path: Path) -> None:
    use(tmp_path).close()
    (tmp_path / "eksread.db-journal").write_bytes(bytes(512))
    store = open_store(tmp_path)
    assert (store.trouble, store.queries.counts().total) == (None, 1)
    store.close()


def table_less(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("emptied", [lambda path: path.write_bytes(b""), table_less])
def test_an_archive_that_was_emptied_is_said_and_its_bookmarks_come_back(
    tmp_path: Path, emptied: object
) -> None:
    use(tmp_path).close()
    emptied(tmp_path / "eksread.db")  # type: ignore[operator]
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreEmptied)
    assert "eksread.db.emptied-" in store.trouble.message
    assert "1 bookmarks" in store.trouble.message
    assert len(store.user_data.bookmarks()) == 1
    store.close()
    assert open_store(tmp_path).trouble is None


@pytest.mark.parametrize("gone", [True, False])
def test_a_log_without_its_archive_is_kept(tmp_path: Path, gone: bool) -> None:
    """SQLite would delete it, or take it for the log of the new file."""
    store = use(tmp_path / "data")
    copy = tmp_path / "copy"
    copy.mkdir()
    log = (tmp_path / "data" / "eksread.db-wal").read_bytes()
    store.close()
    assert log
    (copy / "eksread.db-wal").write_bytes(log)
    if not gone:
        (copy / "eksread.db").touch()
    store = open_store(copy)
    assert isinstance(store.trouble, StoreEmptied)
    assert store.queries.counts().total == 0
    store.close()
    (kept,) = copy.glob("eksread.db.emptied-*-wal")
    assert kept.read_bytes() == log


def test_bookmarks_alone_are_a_new_machine_s(tmp_path: Path) -> None:
    use(tmp_path / "one").close()
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / "bookmarks.toml", tmp_path / "two")
    store = open_store(tmp_path / "two")
    assert (store.trouble, len(store.user_data.bookmarks())) == (None, 1)
    store.close()
