"""What marks leave to a pause, and what they do to the index."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from eksread.paths import BOOKMARKS_NAME
from eksread.store import bookmarks_file
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from collections.abc import Callable

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


def segments(store: Store) -> int:
    with store._connections.read() as db:
        (count,) = db.execute("SELECT count(DISTINCT segid) FROM search_idx").fetchone()
        return int(count)


def test_the_index_stays_in_few_segments_whoever_writes(store: Store) -> None:
    for number in range(100):
        store.user_data.add_bookmark(save(store, f"a{number}"), NOW, f"catatan {number}")
    assert segments(store) < 40
    assert len(store.queries.search("catatan ", limit=200)) == 100
    assert store.maintenance.check() == ()


def test_a_bookmark_without_a_note_leaves_the_index_alone(store: Store) -> None:
    number = save(store, "a")
    before = segments(store)
    store.user_data.add_bookmark(number, NOW)
    store.user_data.remove_bookmark(number, NOW)
    assert segments(store) == before


def test_a_burst_of_bookmarks_is_written_once_soon_after_it_began(store: Store) -> None:
    numbers = [save(store, f"a{number}") for number in range(20)]
    file = store._connections.path.with_name(BOOKMARKS_NAME)
    for number in numbers:
        store.user_data.add_bookmark(number, NOW)
    assert not file.exists()
    assert comes_true(file.exists)
    assert file.read_text("utf-8").count("[[bookmark]]") == 20


def test_at_the_end_what_is_due_is_written_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bookmarks_file, "DELAY", 1000.0)
    store.user_data.add_bookmark(save(store, "a"), NOW)
    store.close()
    assert "[[bookmark]]" in store._connections.path.with_name(BOOKMARKS_NAME).read_text("utf-8")
