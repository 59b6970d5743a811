"""Restoring: rows of known tables into a fresh archive, whatever the file is; never less than there was."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from eksread.errors import BackupUnreadable, FileUnreadable, StoreLocked, StoreNewer
from eksread.model.lists import HeadlineQuery
from eksread.model.news import Comment, Comments, Reaction
from eksread.store import open_store, restore_store
from eksread.store.database import opening, schema
from tests.store.making import NOW, SITE, save
from tests.store.test_opening import SCHEMAS, shape

if TYPE_CHECKING:
    from pathlib import Path

MORE = {"comments": Comments(1, None, (Comment("Ani", NOW, "Halo"),)), "reactions": (Reaction("Senang", 5),)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A backup of two articles, one of them with a revision more, comments and reactions, bookmarked; the other one read."""
    store = open_store(tmp_path / "elsewhere")
    one = save(store, "a", "Isi lama.", place="Kutim", reporter="Amr", **MORE)
    save(store, "a", "Isi baru.", place="Kutim", reporter="Amr", **MORE)
    store.user_data.add_bookmark(one, NOW, "lama", ["penting"])
    store.user_data.set_read([save(store, "b")], True, NOW)
    store.user_data.save_search("Adat", "adat", NOW)
    store.maintenance.backup(tmp_path / "copy.db")
    store.close()
    return tmp_path / "copy.db"


def doctor(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("squeezed", 1, lambda size: zlib.compress(bytes(size)))
        for statement in statements:
            db.execute(statement)


def test_restoring_brings_an_archive_back_and_keeps_the_one_that_was_there(
    copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.user_data.add_bookmark(save(store, "c"), NOW, "sendiri")
    store.close()
    aside, whole = restore_store(folder, copy)
    assert whole
    assert aside is not None
    assert aside.exists()
    store = open_store(folder)
    # the newer one from bookmarks.toml
    assert {mark.note: mark.labels for mark in store.user_data.bookmarks()} == {
        "lama": ("penting",),
        "sendiri": (),
    }
    assert [item.title for item in store.queries.headlines(HeadlineQuery(unread=False)).items] == ["Judul b"]
    assert [
        len(store.history.revisions(1)),
        len(store.history.comments(1)),
        len(store.history.reactions(1)),
    ] == [2, 1, 1]
    assert store.history.by_person("amr", limit=3).items
    assert [found.name for found in store.queries.saved_searches()] == ["Adat"]
    assert len(store.queries.search("baru ", limit=3)) == 1
    assert store.maintenance.check() == ()
    store.close()
    restore_store(folder, aside)
    store = open_store(folder)
    assert {mark.note for mark in store.user_data.bookmarks()} == {"lama", "sendiri"}
    store.close()


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_backup_of_an_older_eksread_is_restored(tmp_path: Path, version: int) -> None:
    doctor(tmp_path / "old.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as db:
        db.executescript((SCHEMAS / f"v{version}.sql").read_text())
    assert restore_store(tmp_path / "data", tmp_path / "old.db") == (None, True)
    store = open_store(tmp_path / "data")
    assert [mark.note for mark in store.user_data.bookmarks()] == ["catatan lama"]
    assert store.maintenance.check() == ()
    store.close()


def test_the_archive_itself_is_not_restored(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    save(store, "a")
    store.close()
    before = sorted((tmp_path / "data").iterdir())
    (tmp_path / "link.db").symlink_to(tmp_path / "data" / "eksread.db")
    for path in (tmp_path / "data" / "eksread.db", tmp_path / "link.db"):
        with pytest.raises(FileUnreadable) as caught:
            restore_store(tmp_path / "data", path)
        assert "the archive itself" in caught.value.message
    assert sorted((tmp_path / "data").iterdir()) == before
    store = open_store(tmp_path / "data")
    assert store.queries.counts().total == 1
    store.close()


def test_what_is_no_backup_and_an_archive_in_use_are_refused_untouched(copy: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    save(store, "c")
    store.close()
    (tmp_path / "x.jsonl").write_text('{"kind": "search", "name": "n", "query": "q"}\n' * 100)
    (tmp_path / "empty.db").touch()
    doctor(tmp_path / "foreign.db", "CREATE TABLE x (y)")
    before = sorted((tmp_path / "data").iterdir())
    for name in ("x.jsonl", "empty.db", "foreign.db"):
        with pytest.raises(BackupUnreadable) as caught:
            restore_store(tmp_path / "data", tmp_path / name)
        assert name in caught.value.message
        assert "another program" not in caught.value.message
    newer = tmp_path / "newer.db"
    newer.write_bytes(copy.read_bytes())
    doctor(newer, "PRAGMA user_version = 99")
    with pytest.raises(StoreNewer):
        restore_store(tmp_path / "data", newer)
    assert sorted((tmp_path / "data").iterdir()) == before
    store = open_store(tmp_path / "data")
    with pytest.raises(StoreLocked):
        restore_store(tmp_path / "data", copy)
    assert store.queries.counts().total == 1
    store.close()


DOCTORED = {
    "a trigger": ["CREATE TRIGGER evil AFTER INSERT ON bookmark BEGIN DELETE FROM bookmark; END"],
    "a view": ["ALTER TABLE section RENAME TO s", "CREATE VIEW section AS SELECT randomblob(900000000)"],
    "a virtual table": [
        "DROP TABLE section",
        "CREATE VIRTUAL TABLE section USING fts5 (key, name, url, rank2, seen_at)",
    ],
    "a generated column": [
        "DROP TABLE section",
        """CREATE TABLE section (key TEXT PRIMARY KEY AS (zeroblob(900000000)), name TEXT, url TEXT, rank INTEGER,
           seen_at INTEGER)""".replace("PRIMARY KEY AS", "AS"),
    ],
    "a doctored index of words": [
        "UPDATE search_data SET block = x'ff00ff'",
        "UPDATE search_config SET v = 99",
    ],
    "a doctored list": ["UPDATE tally SET total = 1000000", "DELETE FROM listing", "DROP TABLE word"],
    "foreign facts": ["INSERT INTO reader_fact VALUES ('bookmarks_stamp', '1.1') ON CONFLICT DO NOTHING"],
    "a table more": ["CREATE TABLE more (x)", "INSERT INTO more VALUES (1)"],
}


@pytest.mark.parametrize("name", DOCTORED)
def test_what_a_backup_defines_does_not_act(copy: Path, tmp_path: Path, name: str) -> None:
    doctor(copy, *DOCTORED[name])
    restore_store(tmp_path / "data", copy)
    open_store(tmp_path / "fresh").close()
    assert shape(tmp_path / "data" / "eksread.db") == shape(tmp_path / "fresh" / "eksread.db")
    store = open_store(tmp_path / "data")
    store.user_data.add_bookmark(2, NOW, "sesudah")
    assert {mark.note for mark in store.user_data.bookmarks()} == {"lama", "sesudah"}
    assert len(store.queries.search("baru ", limit=3)) == 1
    assert store.maintenance.check() == ()
    store.close()
    assert "sesudah" in (tmp_path / "data" / "bookmarks.toml").read_text()


VALUES = {
    "huge": "UPDATE article SET summary = hex(zeroblob(9000000)) WHERE id = 2",
    "a bomb": "UPDATE revision SET content = squeezed(99000000) WHERE article_id = 2",
    "a title of bytes": "UPDATE article SET title = x'00ff' WHERE id = 2",
    "a number of words": "UPDATE article SET published = 'besok', published_zone = 'WITA' WHERE id = 2",
    "a moment beyond": "UPDATE article SET published = 1 << 62, first_seen = -(1 << 62), sort_at = 1 << 62 WHERE id = 2",
    "a source unknown": "UPDATE article SET published_source = 'oracle', published = 1 WHERE id = 2",
    "an id beyond": "UPDATE article SET id = 9223372036854775807 WHERE id = 2",
    "text that is none": "UPDATE article SET summary = CAST(x'ff41' AS TEXT) WHERE id = 2",
    "a revision of none": "UPDATE article SET revision_id = 77 WHERE id = 2",
    "reactions": "INSERT INTO reaction_sample VALUES (2, 1, '[[[')",
    "a depth": """INSERT INTO comment (article_id, key, text, depth, rank, first_seen, last_seen)
                  VALUES (2, 1, 'x', 1 << 60, 1, 1, 1)""",
    "a mark of words": "UPDATE reading SET read_at = 'kemarin', block = x'00'",
    "a page": "INSERT INTO raw_page VALUES (1, 'u', 'u', 1, 't', squeezed(99000000))",
}


@pytest.mark.parametrize("name", VALUES)
def test_values_of_another_kind_are_left_out_and_the_rest_is_kept(
    copy: Path, tmp_path: Path, name: str
) -> None:
    doctor(copy, VALUES[name])
    _, whole = restore_store(tmp_path / "data", copy)
    assert whole == (name in ("a revision of none", "text that is none"))
    store = open_store(tmp_path / "data")
    assert store.trouble is None
    assert [mark.note for mark in store.user_data.bookmarks()] == ["lama"]
    items = store.queries.headlines(HeadlineQuery()).items
    assert len(items) >= 1
    for item in items:
        store.queries.article(item.id)
        store.history.comments(item.id)
        store.history.reactions(item.id)
    assert list(store.user_data.export_lines())
    assert list(store.maintenance.raw_pages()) == []
    save(store, "c")
    assert store.maintenance.check() == ()
    store.close()


@pytest.mark.parametrize("value", ["kemarin", "2024-05-03T10:00:00", "\x1b[31m"])
def test_a_fact_that_should_be_a_moment_and_is_none_is_not_known(
    copy: Path, tmp_path: Path, value: str
) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("INSERT INTO fact VALUES ('refreshed_at', ?)", (value,))
    restore_store(tmp_path / "data", copy)
    store = open_store(tmp_path / "data")
    assert store.facts.moment("refreshed_at") is None
    store.close()


def test_a_bookmark_whose_article_is_gone_is_kept_by_its_own_copy(copy: Path, tmp_path: Path) -> None:
    doctor(copy, "DELETE FROM article WHERE id = 1")
    restore_store(tmp_path / "data", copy)
    store = open_store(tmp_path / "data")
    (mark,) = store.user_data.bookmarks()
    assert (mark.note, mark.headline.url) == ("lama", f"{SITE}/a")
    assert store.queries.article(mark.headline.id) is not None
    assert store.maintenance.check() == ()
    store.close()


@pytest.mark.parametrize("step", ["rebuild", "_set_aside", "replace"])
def test_a_restore_that_ends_in_the_middle_leaves_the_old_archive_or_the_new_one(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.user_data.add_bookmark(save(store, "c"), NOW, "sendiri")
    store.close()
    set_aside = opening._set_aside

    def ends(*arguments: object) -> None:
        if step == "replace":
            set_aside(*arguments)  # type: ignore[arg-type]  # handed on as they came
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        target = (
            "eksread.store.search.index.rebuild"
            if step == "rebuild"
            else "eksread.store.database.opening._set_aside"
        )
        patched.setattr(target, ends)
        with pytest.raises(KeyboardInterrupt):
            restore_store(folder, copy)
    store = open_store(folder)
    assert "sendiri" in {mark.note for mark in store.user_data.bookmarks()}
    assert store.queries.counts().total == (3 if step == "replace" else 1)
    assert store.maintenance.check() == ()
    store.close()
