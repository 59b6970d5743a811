"""Opening: whose file it is, what shape, and what happens where it can't be used."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eksread.errors import StoreAway, StoreForeign, StoreNewer, StoreOdd, StoreReadOnly
from eksread.model.lists import HeadlineQuery
from eksread.store import open_store, restore_store
from eksread.store.database import schema
from eksread.store.database.opening import run_script
from tests.store.making import save

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parent / "schemas"

READERS_TABLES = ("reading", "bookmark", "saved_search")
MORE_OF_THE_READERS = """
INSERT INTO saved_search VALUES ('Adat', 'adat -iklan', 1714740000000000, NULL), ('Lama', 'x', 1, 2);
UPDATE reading SET finished_at = 1714740000000001, comments_seen_at = 1714740000000002, anchor = 7;
INSERT INTO bookmark VALUES (1, 3, 5, 5, 'dibuang', '[]', x'789cab562a55b252aa50d2512a01d225403a49c92a3ab616004c720642');
"""
"""Beside what the kept schemas' files have: a search and one taken away, every kind of mark, a tombstone with a text."""

as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def shape(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows}


def numbers(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as db:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return application, version


def readers_own(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the reader did, table by table."""
    with closing(sqlite3.connect(path)) as db:
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in READERS_TABLES}


def index_settings(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT k, v FROM search_config ORDER BY k").fetchall()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_fresh_archive_is_private_and_says_whose_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    store = open_store(folder)
    save(store, "a")
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    store.close()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert modes
    assert set(modes.values()) == {0o600}
    assert numbers(folder / "eksread.db") == (schema.APPLICATION_ID, schema.VERSION)


def test_a_fresh_archive_has_pages_that_texts_fill(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "eksread.db")) as db:
        assert db.execute("PRAGMA page_size").fetchone() == (schema.PAGE_BYTES,)


def test_a_file_that_others_could_read_becomes_private(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "eksread.db").chmod(0o644)
    open_store(tmp_path).close()
    assert (tmp_path / "eksread.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_old_archive_gets_the_shape_of_a_fresh_one_and_keeps_what_is_in_it(
    tmp_path: Path, version: int
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    with closing(sqlite3.connect(old / "eksread.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript((SCHEMAS / f"v{version}.sql").read_text())
        db.executescript(MORE_OF_THE_READERS)
    before = readers_own(old / "eksread.db")
    open_store(tmp_path / "fresh").close()
    store = open_store(old)
    page = store.queries.headlines(HeadlineQuery())
    (mark,) = store.user_data.bookmarks()
    found = store.queries.search("pasar pagi ", limit=5)
    problems = store.maintenance.check()
    store.close()
    assert shape(old / "eksread.db") == shape(tmp_path / "fresh" / "eksread.db")
    assert index_settings(old / "eksread.db") == index_settings(tmp_path / "fresh" / "eksread.db")
    assert numbers(old / "eksread.db") == (schema.APPLICATION_ID, schema.VERSION)
    assert [(item.title, item.read, item.saved) for item in page.items] == [
        ("Feri Berhenti", False, True),
        ("Pasar Pagi Dibuka", True, False),
    ]
    assert (mark.note, mark.labels) == ("catatan lama", ("penting",))
    assert [hit.headline.title for hit in found] == ["Pasar Pagi Dibuka"]
    assert problems == ()
    assert readers_own(old / "eksread.db") == before
    assert all(before.values())
    assert numbers(old / f"eksread.db.v{version}.bak")[1] == version


def test_every_old_schema_is_kept(tmp_path: Path) -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {f"v{n}.sql" for n in range(1, schema.VERSION)}


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(tmp_path / "eksread.db", isolation_level=None)) as db:
        db.executescript((SCHEMAS / "v1.sql").read_text())
    before = shape(tmp_path / "eksread.db")

    def fails(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE search")
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules["eksread.store.database.migrations"].STEPS, 1, fails)
    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path)
    assert shape(tmp_path / "eksread.db") == before
    assert numbers(tmp_path / "eksread.db")[1] == 1


@pytest.mark.parametrize("wal", [False, True])
def test_a_newer_archive_is_refused_untouched(tmp_path: Path, wal: bool) -> None:
    path = tmp_path / "eksread.db"
    with closing(sqlite3.connect(path)) as db:
        if wal:
            db.execute("PRAGMA journal_mode = WAL")
        db.executescript(
            f"CREATE TABLE x (y); PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = 99"
        )
    before = digest(path)
    with pytest.raises(StoreNewer):
        open_store(tmp_path)
    assert digest(path) == before


def test_a_foreign_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "eksread.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('soto banjar')")
    before = digest(path)
    with pytest.raises(StoreForeign) as caught:
        open_store(tmp_path)
    assert str(path) in caught.value.message
    assert digest(path) == before


@as_root
def test_a_read_only_folder_opens_for_reading(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    save(store, "a")
    store.close()
    tmp_path.chmod(0o500)
    try:
        store = open_store(tmp_path)
        assert store.queries.counts().total == 1
        assert store.queries.search("isi ", limit=1)
        with pytest.raises(StoreReadOnly) as caught:
            store.facts.set("x", "y")
        store.close()
        assert str(tmp_path) in caught.value.message
    finally:
        tmp_path.chmod(0o700)


def test_two_that_open_at_the_same_moment_can_both_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch = Path.touch

    def touched_and_taken_away(path: Path, *arguments: int, **options: int) -> None:
        touch(path, *arguments, **options)  # type: ignore[arg-type]  # handed on as they came
        if path.name == ".eksread-probe":
            path.unlink()  # by the other one, whose probe has the same name

    monkeypatch.setattr(Path, "touch", touched_and_taken_away)
    store = open_store(tmp_path)
    save(store, "a")
    assert store.queries.counts().total == 1
    store.close()


def test_an_immutable_file_is_read_without_a_lock_beside_it(tmp_path: Path) -> None:
    from eksread.store.database.connection import Connections
    from eksread.store.queries import Queries

    store = open_store(tmp_path)
    save(store, "a")
    store.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    db = Connections(tmp_path / "eksread.db", mode="immutable", patience=0.1)
    assert Queries(db).counts().total == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    db.close()


def test_the_first_screen_does_not_read_the_whole_archive(tmp_path: Path) -> None:
    """Opening and listing take as many pages of a large archive as of a small one, but for the depth of the trees."""

    def pages(count: int) -> int:
        folder = tmp_path / str(count)
        store = open_store(folder)
        with store.portal_data.transaction():
            for number in range(count):
                save(store, f"a{number}", "Isi berita.")
        store.close()
        store = open_store(folder)
        store.queries.headlines(HeadlineQuery(limit=20))
        with store._connections.read() as db:
            steps = 0

            def count_step() -> int:
                nonlocal steps
                steps += 1
                return 0

            db.set_progress_handler(count_step, 10)
            store.queries.headlines(HeadlineQuery(limit=20))
            db.set_progress_handler(None, 0)
        store.close()
        return steps

    assert pages(400) <= pages(50) + 2


def test_a_fresh_archive_can_be_made_by_hand_from_the_schema(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as db:
        run_script(db, schema.FRESH)
    open_store(tmp_path).close()
    assert shape(tmp_path / "x.db") == shape(tmp_path / "eksread.db")


def test_closing_twice_and_using_a_closed_store_are_no_crash(tmp_path: Path) -> None:
    from eksread.errors import StoreError

    store = open_store(tmp_path)
    store.close()
    with pytest.raises(StoreError):
        store.queries.counts()


@pytest.mark.parametrize("open_it", [open_store, lambda folder: restore_store(folder, folder / "copy.db")])
def test_a_link_to_an_archive_that_is_not_there_is_named_and_kept(
    tmp_path: Path, open_it: Callable[[Path], object]
) -> None:
    store = open_store(tmp_path / "elsewhere")
    store.maintenance.backup(tmp_path / "copy.db")
    store.close()
    shutil.rmtree(tmp_path / "elsewhere")
    (tmp_path / "eksread.db").symlink_to("elsewhere/eksread.db")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreAway) as caught:
        open_it(tmp_path)
    assert "elsewhere/eksread.db" in caught.value.message
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "eksread.db").is_symlink()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_file_where_sqlite_has_one_is_named_and_left(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    open_store(tmp_path).close()
    odd = tmp_path / f"eksread.db{suffix}"
    odd.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(odd)
    elif kind == "folder":
        odd.mkdir()
    else:
        odd.symlink_to("/dev/zero")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreOdd) as caught:
        open_store(tmp_path)
    assert str(odd) in caught.value.message
    assert sorted(tmp_path.rglob("*")) == before
