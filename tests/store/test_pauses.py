"""What marks leave to a pause: the mirror, merging the index, folding the log."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from eksread.store import open_store
from eksread.store import store as store_module
from eksread.store.database import connection
from eksread.store.database.debounce import Debounce
from eksread.store.search import index
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from eksread.store import Store

PATIENCE = 20.0
"""Seconds that a thread has to do what it should; it takes a few milliseconds."""


def comes_true(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def folded(folder: Path) -> int:
    """Give how many articles are read according to the database file alone, without its log."""
    copy = folder.with_name("copy.db")
    shutil.copy(folder / "eksread.db", copy)
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as db:
        (count,) = db.execute("SELECT count(*) FROM reading WHERE read_at IS NOT NULL").fetchone()
        return int(count)


def segments(store: Store) -> int:
    with store._connections.read() as db:
        (count,) = db.execute("SELECT count(DISTINCT segid) FROM search_idx").fetchone()
        return int(count)


def filled(folder: Path) -> Store:
    """An archive of 90 articles, all of it in the file."""
    store = open_store(folder)
    with store.portal_data.transaction():
        for number in range(90):
            save(store, f"a{number}", section=f"S{number}", place=f"P{number}")
    store.close()
    return open_store(folder)


def test_a_mark_does_not_fold_the_log_but_a_refresh_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PAUSE", 1000.0)
    monkeypatch.setattr(store_module, "LONGEST", 1000.0)
    monkeypatch.setattr(connection, "CHECKPOINT_AFTER", 5)
    store = filled(tmp_path / "data")
    for number in range(1, 11):
        store.user_data.set_read([number], True, NOW)
    assert folded(tmp_path / "data") == 0
    save(store, "new")  # a refresh does
    assert folded(tmp_path / "data") == 10
    store.close()


def test_the_log_is_folded_when_the_reader_pauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PAUSE", 0.01)
    store = filled(tmp_path / "data")
    store.user_data.set_read([1, 2], True, NOW)
    assert comes_true(lambda: folded(tmp_path / "data") == 2)
    store.close()


def test_bookmarks_leave_segments_that_a_pause_merges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PAUSE", 1000.0)
    monkeypatch.setattr(store_module, "LONGEST", 1000.0)
    store = filled(tmp_path / "data")
    for number in range(1, 51):
        store.user_data.add_bookmark(number, NOW, f"catatan {number}")
    assert segments(store) == 51
    store._tidying._action()
    assert segments(store) < 6
    assert len(store.queries.search("catatan ", limit=100)) == 50
    assert store.maintenance.check() == ()
    store.close()


def test_a_refresh_merges_the_index_as_it_goes(store: Store) -> None:
    for number in range(100):
        save(store, f"a{number}")
    assert segments(store) < 2 * index.MERGED_AFTER
    assert len(store.queries.search("berita ", limit=200)) == 100


def test_batches_are_merged_by_their_number_however_many_articles_they_have(store: Store) -> None:
    save(store, "first")  # sees to what others may have left
    for batch in range(10):
        with store.portal_data.transaction():
            for number in range(index.MERGED_AFTER):
                save(store, f"a{batch}-{number}")
    assert segments(store) == 11


def test_a_merge_that_was_cut_short_is_gone_on_with(store: Store) -> None:
    save(store, "first")
    for number in range(20):
        save(store, f"a{number}", " ".join(f"kata{number}x{word}" for word in range(2000)))
    with store._connections.write() as db:
        index.merge(db, 1)
    assert segments(store) > 20
    assert db.pending_merges.segments == 20
    with store._connections.write() as db:
        index.merge(db, 1000)
        index.merge(db, 1000)
    assert segments(store) < 6
    assert db.pending_merges.segments == 0


def test_what_short_sessions_leave_is_merged_by_the_next_refresh(tmp_path: Path) -> None:
    filled(tmp_path / "data").close()
    for number in range(1, 13):
        store = open_store(tmp_path / "data")
        store.user_data.add_bookmark(number, NOW, f"catatan {number}")
        store.close()
    store = open_store(tmp_path / "data")
    assert segments(store) == 13
    save(store, "new")
    assert segments(store) < 6
    store.close()


def test_a_bookmark_without_a_note_leaves_the_index_alone(store: Store) -> None:
    number = save(store, "a")
    before = segments(store)
    store.user_data.add_bookmark(number, NOW)
    store.user_data.remove_bookmark(number, NOW)
    assert segments(store) == before


def test_merging_with_nothing_to_merge_changes_nothing(store: Store) -> None:
    save(store, "a")
    before = segments(store)
    with store._connections.write() as db:
        index.merge(db, 100)
    assert segments(store) == before == 1


def test_what_is_asked_for_is_done_once_after_a_burst() -> None:
    calls: list[int] = []
    later = Debounce(lambda: calls.append(1), "test", quiet=0.2, latest=PATIENCE)
    for _ in range(20):
        later.ask()
    assert calls == []
    assert comes_true(lambda: calls == [1])
    later.ask()
    assert comes_true(lambda: calls == [1, 1])
    later.close()
    assert calls == [1, 1]


def test_a_burst_without_end_does_not_put_it_off_for_ever() -> None:
    done = threading.Event()
    later = Debounce(done.set, "test", quiet=PATIENCE, latest=0.05)
    later.ask()
    assert done.wait(PATIENCE / 2)
    later.close()


def test_at_the_end_what_is_due_is_done_at_once_and_nothing_after() -> None:
    calls: list[int] = []
    later = Debounce(lambda: calls.append(1), "test", quiet=1000.0, latest=1000.0)
    later.ask()
    assert not later.hurried
    later.close()
    assert (calls, later.hurried) == ([1], True)
    later.ask()
    later.close()
    assert calls == [1]


def test_what_is_abandoned_is_not_done() -> None:
    calls: list[int] = []
    later = Debounce(lambda: calls.append(1), "test", quiet=1000.0, latest=1000.0)
    later.ask()
    later.abandon()
    assert calls == []
