"""Three eksreads on one archive: one refreshes, one looks the file over, while this one reads and bookmarks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from eksread.demo import DemoPortal, load_edition
from eksread.model.lists import HeadlineQuery
from eksread.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.store import Store

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 2, tzinfo=UTC)


SECONDS = float(os.environ.get("EKSREAD_TEST_SECONDS", "0"))
"""How long they go on after the first two refreshes; `make together` takes a minute."""


def running(url: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "eksread", *words, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"EKSREAD_PORTAL": url, "EKSREAD_DATA_DIR": str(folder), "EKSREAD_LANG": "en"},
    )


def read_and_mark(store: Store, marked: set[int]) -> None:
    """Do what a reader does with the newest articles that aren't read yet."""
    for item in store.queries.headlines(HeadlineQuery(unread=True, limit=2)).items:
        store.queries.article(item.id)
        store.user_data.set_read([item.id], True, NOW)
        store.user_data.set_position(item.id, 1, NOW)
        store.user_data.add_bookmark(item.id, NOW, "catatan", ["kerja"])
        marked.add(item.id)
    store.queries.search("warga is:saved ", limit=5)
    store.queries.counts()
    store.queries.sections()


def test_one_refreshes_while_the_other_reads_and_bookmarks(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    marked: set[int] = set()
    during = 0
    with DemoPortal() as portal:
        started, rounds = time.monotonic(), 0
        while rounds < 2 or time.monotonic() < started + SECONDS:
            rounds += 1
            refresh = running(portal.url, tmp_path, "refresh")
            third = running(portal.url, tmp_path, "store", "check")
            while refresh.poll() is None:
                read_and_mark(store, marked)
                during += 1
            out, err = refresh.communicate()
            assert (refresh.returncode, err) == (0, "")
            assert json.loads(out)["failed"] == 0
            assert third.communicate() == ("[]\n", "")
    assert during > 20
    for _ in range(len(load_edition().articles) // 2):  # what came at the very end
        read_and_mark(store, marked)
    assert len(marked) == len(load_edition().articles)
    assert {mark.headline.id for mark in store.user_data.bookmarks()} == marked
    assert all(mark.note == "catatan" and mark.headline.read for mark in store.user_data.bookmarks())
    assert [store.queries.article(number) for number in marked].count(None) == 0
    assert store.trouble is None
    assert store.maintenance.check() == ()
    store.close()
