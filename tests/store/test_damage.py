"""Damaged files: no crash, no silence, nothing of the reader's lost that could be read."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from eksread.errors import StoreCorrupt, StoreDamaged, StoreError
from eksread.model.lists import HeadlineQuery
from eksread.store import Store, open_store
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 60
"""Damaged files tried; more find no more kinds of errors and take longer."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with some of everything and no mirror beside it."""
    folder = tmp_path_factory.mktemp("sound")
    store = open_store(folder)
    with store.portal_data.transaction():
        ids = [save(store, f"a{n}", f"Isi berita nomor {n}.\n" * 20, place="Kutim") for n in range(80)]
    store.user_data.set_read(ids[::2], True, NOW)
    for number in ids[::8]:
        store.user_data.add_bookmark(number, NOW, f"catatan {number}")
    store.close()
    (folder / "bookmarks.toml").unlink()
    return folder


def use(store: Store) -> None:
    """Read everything there is, and write a little."""
    for item in store.queries.headlines(HeadlineQuery(limit=100)).items:
        store.queries.article(item.id)
    store.queries.search("berita ", limit=50)
    list(store.user_data.export_lines())
    store.maintenance.stats()
    save(store, "new", "Isi baru.")
    number = save(store, "new2")
    store.user_data.add_bookmark(number, NOW)


def damage(path: Path, source: Random) -> None:
    content = bytearray(path.read_bytes())
    kind = source.randrange(4)
    if kind == 0:
        del content[source.randrange(100, len(content)) :]
    elif kind == 1:
        at = source.randrange(len(content) - 4096)
        content[at : at + 4096] = bytes(4096)
    else:
        for _ in range(source.choice((1, 20, 400))):
            content[source.randrange(len(content))] = source.randrange(256)
    path.write_bytes(content)


@pytest.mark.slow
def test_a_damaged_file_neither_crashes_nor_stays_silent(sound: Path, tmp_path: Path) -> None:
    source = Random(11)
    outcomes: dict[str, int] = {}
    for round_number in range(ROUNDS):
        folder = tmp_path / str(round_number)
        folder.mkdir()
        shutil.copy(sound / "eksread.db", folder)
        damage(folder / "eksread.db", source)
        outcome = "fine"
        for _ in range(3):
            try:
                store = open_store(folder, patience=0.2)
            except StoreError as error:  # by a flipped bit in the header: refused, untouched
                outcome = error.code
                break
            try:
                use(store)
            except StoreDamaged:
                outcome = "damaged"
                continue
            finally:
                store.close()
            if isinstance(store.trouble, StoreCorrupt):
                outcome = "set aside"
            elif outcome == "damaged":  # reported, and sound after the repair at the next start
                outcome = "repaired"
            break
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        shutil.rmtree(folder)
    assert outcomes.pop("set aside", 0) > ROUNDS // 4
    assert set(outcomes) <= {"fine", "repaired", "newer", "foreign", "read-only"}


def test_bookmarks_and_marks_are_salvaged(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    path = tmp_path / "eksread.db"
    before = open_store(sound)
    marks = {mark.headline.url: mark.note for mark in before.user_data.bookmarks()}
    before.close()
    (sound / "bookmarks.toml").unlink()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    (tmp_path / "eksread.db.damaged").touch()
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    assert "eksread.db.damaged-" in store.trouble.message
    assert {mark.headline.url: mark.note for mark in store.user_data.bookmarks()} == marks
    assert store.maintenance.check() == ()
    store.close()
    assert open_store(tmp_path).trouble is None


def test_damage_met_while_reading_is_told_and_mended_at_the_next_start(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    path = tmp_path / "eksread.db"
    content = bytearray(path.read_bytes())
    for at in range(40 * 4096, len(content), 4096):
        content[at : at + 200] = b"\xaa" * 200
    path.write_bytes(content)
    store = open_store(tmp_path)
    if store.trouble is None:
        with pytest.raises(StoreDamaged):
            use(store)
        assert isinstance(store.trouble, StoreDamaged)
        assert path.exists()
        store.close()
        store = open_store(tmp_path)
    assert type(store.trouble) is StoreCorrupt
    use(store)
    store.close()


def test_a_bookmark_whose_copy_of_the_text_is_damaged_keeps_its_note(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    store = open_store(tmp_path)
    marks = {mark.headline.url: mark.note for mark in store.user_data.bookmarks()}
    with store._connections.write() as db:
        db.execute("UPDATE bookmark SET content = substr(content, 1, 20) WHERE article_id = 1")
    with pytest.raises(StoreDamaged):
        list(store.user_data.export_lines())
    store.close()
    (tmp_path / "bookmarks.toml").unlink(missing_ok=True)
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    assert {mark.headline.url: mark.note for mark in store.user_data.bookmarks()} == marks
    assert len(list(store.user_data.export_lines())) > len(marks)
    store.close()


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "eksread.db").write_text("Ini bukan basis data. " * 300)
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    use(store)
    store.close()
    (aside,) = tmp_path.glob("eksread.db.damaged-*")
    assert aside.read_text().startswith("Ini bukan")


def test_a_file_marked_as_damaged_is_made_anew_with_all_that_can_be_read(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    (tmp_path / "eksread.db.damaged").touch()
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    assert "10 bookmarks and 80 articles" in store.trouble.message
    assert (store.queries.counts().total, store.queries.counts().unread) == (80, 40)
    assert len(store.queries.search("berita ", limit=200)) == 80
    assert store.maintenance.check() == ()
    store.close()
    assert not (tmp_path / "eksread.db.damaged").exists()
    assert open_store(tmp_path).trouble is None


def test_where_nothing_could_be_read_nothing_is_promised(tmp_path: Path) -> None:
    (tmp_path / "eksread.db").write_text("Ini bukan basis data. " * 300)
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    assert "0 bookmarks and 0 articles" in store.trouble.message
    store.close()


def test_a_damaged_file_is_not_moved_from_under_another_eksread(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    store = open_store(tmp_path)
    script = (
        "import sys; from pathlib import Path; from eksread.store import open_store; from eksread.errors import StoreLocked\n"
        "p = Path(sys.argv[1]); (p / 'eksread.db.damaged').touch()\n"
        ""
        "try: open_store(p, patience=0.1)\n"
        "except StoreLocked: sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == 7
    assert (tmp_path / "eksread.db").exists()
    use(store)
    store.close()


@pytest.mark.parametrize("version", [0, -1, 1, 3])
def test_a_wrong_number_of_its_tables_costs_an_archive_nothing(
    sound: Path, tmp_path: Path, version: int
) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "eksread.db")) as db:
        db.execute(f"PRAGMA user_version = {version}")
    store = open_store(tmp_path)
    assert version in (1, 3) or isinstance(store.trouble, StoreCorrupt)
    assert store.numbers() == {"bookmarks": 10, "articles": 80}
    assert store.maintenance.check() == ()
    store.close()


def test_rows_whose_moments_are_none_are_kept(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "eksread.db", isolation_level=None)) as db:
        db.execute("UPDATE article SET first_seen = '', sort_at = x'ff', title_key = 'kata'")
        db.execute("UPDATE bookmark SET saved_at = '', changed_at = 'kata'")
    (tmp_path / "eksread.db.damaged").touch()
    store = open_store(tmp_path)
    assert store.numbers() == {"bookmarks": 10, "articles": 80}
    store.close()


def test_a_removal_at_no_moment_takes_the_bookmark_out_of_neither_file(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "eksread.db", isolation_level=None)) as db:
        db.execute("UPDATE bookmark SET removed_at = 'kata' WHERE article_id = 1")
    store = open_store(tmp_path)
    store.close()
    assert isinstance(store.trouble, StoreDamaged)
    store = open_store(tmp_path)
    assert store.numbers()["bookmarks"] == 10
    store.close()
    assert "removed =" not in (tmp_path / "bookmarks.toml").read_text()


def test_what_only_the_check_finds_is_told_and_mended_at_the_next_start(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "eksread.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "eksread.db", isolation_level=None)) as db:
        db.execute("UPDATE listing SET unread = 7")
    store = open_store(tmp_path)
    assert store.trouble is None
    assert store.maintenance.check()
    assert isinstance(store.trouble, StoreDamaged)
    store.close()
    store = open_store(tmp_path)
    assert isinstance(store.trouble, StoreCorrupt)
    assert store.numbers() == {"bookmarks": 10, "articles": 80}
    assert store.maintenance.check() == ()
    store.close()
