"""What marks leave to a pause, and what they do to the index."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from eksread.store.database.debounce import Debounce
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from collections.abc import Callable

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
