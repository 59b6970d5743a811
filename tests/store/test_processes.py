"""Several real processes on one archive: no error, and nothing acknowledged is lost, however they end."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.lists import HeadlineQuery
from eksread.store import open_store
from tests.store.making import NOW, SITE, save

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS = 8

WRITER = """
import sys
from pathlib import Path
from eksread.store import open_store
from tests.store.making import save
store = open_store(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    save(store, f"w{number}", f"Isi berita nomor {number}. " * 30, place="Kutim")
    number += 1
    if number - int(sys.argv[2]) >= int(sys.argv[3]):
        break
store.close()
"""
READER = """
import sys
from pathlib import Path
from eksread.model.lists import HeadlineQuery
from eksread.store import open_store
from tests.store.making import NOW
store = open_store(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    for item in store.queries.headlines(HeadlineQuery(unread=True, limit=3)).items:
        assert store.queries.article(item.id) is not None
        store.user_data.set_read([item.id], True, NOW)
        store.user_data.add_bookmark(item.id, NOW, "catatan")
        print("mark", item.id, flush=True)
    store.queries.search("berita ", limit=5)
    store.queries.counts()
store.close()
"""
BOTH = """
import sys
from itertools import count
from pathlib import Path
from eksread.store import open_store
from tests.store.making import NOW, save
store = open_store(Path(sys.argv[1]))
for number in count(int(sys.argv[2])):
    article_id = save(store, f"w{number}", f"Isi berita nomor {number}. " * 30, place="Kutim")
    print("article", f"w{number}", flush=True)
    store.user_data.set_read([article_id], True, NOW)
    store.user_data.add_bookmark(article_id, NOW, "catatan")
    print("mark", f"w{number}", flush=True)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_one_writes_while_another_reads_and_bookmarks(tmp_path: Path) -> None:
    articles = 120
    store = open_store(tmp_path)
    save(store, "first")
    writer = start(WRITER, tmp_path, 0, articles)
    readers = [start(READER, tmp_path, 30) for _ in range(2)]
    ended = [process.communicate(timeout=120) for process in (writer, *readers)]
    assert [
        (process.returncode, err) for process, (_, err) in zip((writer, *readers), ended, strict=True)
    ] == [(0, "")] * 3
    marked = {int(line.split()[1]) for out, _ in ended[1:] for line in out.splitlines()}
    assert store.queries.counts().total == articles + 1
    assert {mark.headline.id for mark in store.user_data.bookmarks()} == marked
    assert store.maintenance.check() == ()
    store.close()


def test_what_was_acknowledged_survives_being_killed(tmp_path: Path) -> None:
    saved: set[str] = set()
    marked: set[str] = set()
    for round_number in range(KILLS):
        process = start(BOTH, tmp_path, round_number * 1000)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4 + 3 * round_number)]
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate(timeout=20)
        assert err == ""
        whole = "".join(lines) + out[: out.rfind("\n") + 1]
        for line in whole.splitlines():
            kind, _, name = line.partition(" ")
            if name:
                (saved if kind == "article" else marked).add(f"{SITE}/{name}")
        store = open_store(tmp_path)
        assert store.trouble is None
        assert store.maintenance.check() == ()
        assert [url for url in saved if store.queries.headline(url) is None] == []
        assert marked <= {mark.headline.url for mark in store.user_data.bookmarks()}
        store.close()
    assert len(saved) > 2 * KILLS
    assert len(marked) > 2 * KILLS


def test_threads_share_one_store(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    errors: list[BaseException] = []

    def write(offset: int) -> None:
        try:
            for number in range(30):
                save(store, f"t{offset}-{number}", at=NOW + timedelta(hours=number))
                store.user_data.set_read([1], number % 2 == 0, NOW)
                store.queries.search("isi", limit=5)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        store.queries.headlines(HeadlineQuery())
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.queries.counts().total == 120
    assert store.maintenance.check() == ()
    store.close()
