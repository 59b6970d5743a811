"""The bookmarks as a text file: written at each change, merged back, never lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import zlib
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block
from eksread.store import Store, open_store
from eksread.store.maintenance import is_damaged
from eksread.store.user_records import from_text, to_text
from tests import odd_files
from tests.store.making import NOW, article, save

if TYPE_CHECKING:
    from eksread.model.stored import Bookmark

LATER = NOW + timedelta(hours=1)


def entries(folder: Path) -> list[dict[str, Any]]:
    return tomllib.loads((folder / "bookmarks.toml").read_text()).get("bookmark", [])  # type: ignore[no-any-return]


def notes(store: Store) -> dict[str, str]:
    return {mark.headline.title: mark.note for mark in store.user_data.bookmarks()}


def folder_with(folder: Path, **marks: str) -> Path:
    """A closed archive with bookmarks by name and note."""
    store = open_store(folder)
    for name, note in marks.items():
        number = save(store, name, f"Teks {name}.", place="Kutim", section="Ekonomi")
        store.user_data.add_bookmark(number, NOW, note)
    store.close()
    return folder


def marks_of(folder: Path) -> tuple[Bookmark, ...]:
    store = open_store(folder)
    found = store.user_data.bookmarks()
    store.close()
    return found


def test_the_file_says_what_a_person_wants_to_read(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    number = save(store, "a", "Satu.\nDua.", place="Kutim", section="Ekonomi", published=NOW)
    store.user_data.add_bookmark(number, LATER, 'catatan "penting"\nbaris dua', ["x", "y"])
    store.close()
    (entry,) = entries(tmp_path)
    assert entry == {
        "url": "https://news.invalid/a",
        "title": "Judul a",
        "published": NOW,
        "place": "Kutim",
        "section": "Ekonomi",
        "saved": LATER,
        "changed": LATER,
        "note": 'catatan "penting"\nbaris dua',
        "labels": ["x", "y"],
        "text": "Satu.\n\nDua.",
    }
    assert (tmp_path / "bookmarks.toml").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".bookmarks*")) == []


def test_without_bookmarks_there_is_no_file(tmp_path: Path) -> None:
    folder_with(tmp_path)
    assert not (tmp_path / "bookmarks.toml").exists()


def test_when_the_database_is_gone_the_bookmarks_come_back_with_their_text(tmp_path: Path) -> None:
    folder_with(tmp_path, a="catatan", b="")
    (before_b, before_a) = marks_of(tmp_path)
    for path in tmp_path.glob("eksread.db*"):
        path.unlink()
    store = open_store(tmp_path)
    assert notes(store) == {"Judul a": "catatan", "Judul b": ""}
    after = {mark.headline.title: mark for mark in store.user_data.bookmarks()}
    assert after["Judul a"].saved_at == before_a.saved_at
    assert after["Judul b"].saved_at == before_b.saved_at
    stored = store.queries.article(after["Judul a"].headline.id)
    store.close()
    assert stored is not None
    assert [block.text for block in stored.article.blocks] == ["Teks a."]
    assert (stored.article.place, stored.article.section) == ("Kutim", "Ekonomi")


def test_what_a_killed_process_left_is_taken_away_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    folder_with(tmp_path, a="")
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f".bookmarks.toml.{ended.pid}.5"
    others = [tmp_path / f".bookmarks.toml.{os.getpid()}.5", tmp_path / ".bookmarks.toml.swp"]
    for path in (left, *others):
        path.touch()
    open_store(tmp_path).close()
    assert not left.exists()
    assert all(path.exists() for path in others)


def test_when_the_file_is_gone_it_is_written_again(tmp_path: Path) -> None:
    folder_with(tmp_path, a="catatan")
    (tmp_path / "bookmarks.toml").unlink()
    marks_of(tmp_path)
    assert [entry["note"] for entry in entries(tmp_path)] == ["catatan"]


def test_two_machines_that_sync_the_file_both_keep_everything(tmp_path: Path) -> None:
    here = folder_with(tmp_path / "here", a="satu", both="dari sini")
    there = folder_with(tmp_path / "there", b="dua", both="dari sini")
    store = open_store(there)
    shared = next(mark for mark in store.user_data.bookmarks() if mark.headline.title == "Judul both")
    store.user_data.add_bookmark(shared.headline.id, LATER, "dari sana")
    store.close()
    for source, target in ((there, here), (here, there)):
        marks_of(source)
        shutil.copy(source / "bookmarks.toml", target / "bookmarks.toml")
        marks_of(target)
    expected = {"Judul a": "satu", "Judul b": "dua", "Judul both": "dari sana"}
    for folder in (here, there):
        assert {mark.headline.title: mark.note for mark in marks_of(folder)} == expected
        assert {entry["title"]: entry["note"] for entry in entries(folder)} == expected


def test_a_removal_travels_as_a_tombstone_and_an_older_copy_does_not_undo_it(tmp_path: Path) -> None:
    here = folder_with(tmp_path / "here", a="satu")
    old = (here / "bookmarks.toml").read_text()
    store = open_store(here)
    store.user_data.remove_bookmark(store.user_data.bookmarks()[0].headline.id, LATER)
    store.close()
    assert entries(here)[0]["removed"] == LATER
    there = folder_with(tmp_path / "there", a="satu")
    shutil.copy(here / "bookmarks.toml", there / "bookmarks.toml")
    assert marks_of(there) == ()
    (here / "bookmarks.toml").write_text(old)
    assert marks_of(here) == ()
    assert "removed" in entries(here)[0]


def test_a_note_edited_by_hand_is_taken_in(tmp_path: Path) -> None:
    folder_with(tmp_path, a="lama")
    path = tmp_path / "bookmarks.toml"
    path.write_text(path.read_text().replace('"lama"', '"baru dengan tangan"'))
    assert [mark.note for mark in marks_of(tmp_path)] == ["baru dengan tangan"]
    assert [entry["note"] for entry in entries(tmp_path)] == ["baru dengan tangan"]


@pytest.mark.parametrize(("cell", "text"), [(5, None), ("\ud800", "| ?")])
def test_an_odd_copy_of_a_text_keeps_no_other_bookmark_from_the_file(
    tmp_path: Path, cell: object, text: str | None
) -> None:
    """Imports took such data in once."""
    folder_with(tmp_path, a="satu", b="dua")
    odd = {"u": "x", "t": "t", "b": [[5, "teks", [], None, 0, None, [[cell]]]]}
    db = sqlite3.connect(tmp_path / "eksread.db")
    with db:
        db.execute(
            "UPDATE bookmark SET content = ? WHERE note = 'satu'", (zlib.compress(json.dumps(odd).encode()),)
        )
    db.close()
    (tmp_path / "bookmarks.toml").unlink()
    store = open_store(tmp_path)
    with closing(open_store(tmp_path / "other")) as other:
        assert other.user_data.import_lines(list(store.user_data.export_lines())).unreadable == 0
    store.close()
    assert {entry["note"]: entry.get("text") for entry in entries(tmp_path)} == {
        "satu": text,
        "dua": "Teks b.",
    }


@pytest.fixture(scope="module")
def one_bookmark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_with(tmp_path_factory.mktemp("one"), a="satu")


def beside(odd: bytes | str, source: Path, folder: Path) -> Path:
    """The same archive with other contents of the bookmarks' file, or with something else in its place."""
    shutil.copytree(source, folder, dirs_exist_ok=True)
    path = folder / "bookmarks.toml"
    if isinstance(odd, bytes):
        path.write_bytes(odd)
    else:
        path.unlink()
        odd_files.make(odd, path)
    return path


def left_alone(folder: Path) -> str:
    """Use an archive beside whose bookmarks' file nothing is understood; give what is said, once it was found untouched."""
    path = folder / "bookmarks.toml"
    before, plain = path.lstat(), path.is_file() and not path.is_symlink() and path.stat().st_size < 10**6
    content = path.read_bytes() if plain else b""
    store = open_store(folder)
    assert notes(store)["Judul a"] == "satu"
    store.user_data.add_bookmark(save(store, "b"), NOW, "dua")
    store.close()
    after = path.lstat()
    assert (after.st_ino, after.st_mode, after.st_size) == (before.st_ino, before.st_mode, before.st_size)
    assert not plain or path.read_bytes() == content
    assert list(folder.glob("*.damaged*")) + list(folder.glob(".bookmarks*")) == []
    assert store.trouble is not None
    assert store.trouble.code == "bookmarks"
    assert str(path) in store.trouble.message
    assert store.trouble.message.isprintable()
    return store.trouble.message


@pytest.mark.parametrize("odd", [*odd_files.NO_FILES, *odd_files.NO_TOML])
def test_a_file_that_can_not_be_read_is_left_alone_and_named(
    one_bookmark: Path, tmp_path: Path, odd: str
) -> None:
    beside(odd, one_bookmark, tmp_path)
    assert "can't be read" in left_alone(tmp_path)


def test_a_file_that_was_mended_is_taken_in_and_written_again(one_bookmark: Path, tmp_path: Path) -> None:
    path = beside(b"<<<<<<< HEAD\n", one_bookmark, tmp_path)
    left_alone(tmp_path)
    path.write_text((one_bookmark / "bookmarks.toml").read_text().replace('"satu"', '"dari sana"'))
    store = open_store(tmp_path)
    assert store.trouble is None
    assert notes(store) == {"Judul a": "dari sana", "Judul b": "dua"}
    store.close()
    assert {entry["note"] for entry in entries(tmp_path)} == {"dari sana", "dua"}


def test_a_file_that_was_moved_away_is_written_again(one_bookmark: Path, tmp_path: Path) -> None:
    path = beside(b"bookmark = 5", one_bookmark, tmp_path)
    assert "must be a list" in left_alone(tmp_path)
    path.rename(tmp_path / "aside.toml")
    open_store(tmp_path).close()
    assert {entry["note"] for entry in entries(tmp_path)} == {"satu", "dua"}


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ('note = "tanpa alamat"', "url "),
        ('url = ""', "url "),
        ("url = 5", "url "),
        ("url = 2024-01-01T00:00:00Z", "url "),
        ('url = ["https://news.invalid/x"]', "url "),
        *(
            (f'url = "https://news.invalid/x"\n{name} = {value}', f"{name} must be a ")
            for name, values in {
                "title": ("5", "[]", "true"),
                "note": ("nan", "{}", "1979-05-27"),
                "labels": ('"satu"', "5", "{a = 1}", "[1]", '["a", []]'),
                "place": ("5", "[]"),
                "section": ("1979-05-27", "{}"),
                "text": ("inf", '["a"]', "0xff"),
                "saved": ('"kemarin"', "1979-05-27", "07:32:00", "5"),
                "changed": ('"x"', "false", "[1979-05-27T07:32:00Z]"),
                "removed": ('""', "1e400"),
                "published": ("0", '"2024"'),
            }.items()
            for value in values
        ),
    ],
)
def test_an_entry_that_is_not_understood_is_named_and_stays(
    one_bookmark: Path, tmp_path: Path, entry: str, named: str
) -> None:
    sound = (one_bookmark / "bookmarks.toml").read_bytes().replace(b"/a", b"/c").replace(b"satu", b"tiga")
    beside(sound + f"\n[[bookmark]]\n{entry}\n".encode(), one_bookmark, tmp_path)
    assert f"entry 2 ({named}" in left_alone(tmp_path)
    assert {mark.note for mark in marks_of(tmp_path)} == {"satu", "dua", "tiga"}


@pytest.mark.parametrize("line", [" " * 300 + "- x", "9" * 5000 + ". x", " " * 300 + "9" * 20 + ". x"])
def test_a_text_by_hand_is_taken_in_however_odd_its_lines_are(
    one_bookmark: Path, tmp_path: Path, line: str
) -> None:
    entry = f"[[bookmark]]\nurl = 'https://news.invalid/x'\nnote = 'tangan'\ntext = '{line}'\n"
    beside(entry.encode(), one_bookmark, tmp_path)
    assert {mark.note for mark in marks_of(tmp_path)} == {"satu", "tangan"}
    assert {entry["note"] for entry in entries(tmp_path)} == {"satu", "tangan"}


def test_an_entry_by_hand_needs_no_more_than_an_address(one_bookmark: Path, tmp_path: Path) -> None:
    beside(b'[[bookmark]]\nurl = "https://news.invalid/x"\nnote = "tangan"\n', one_bookmark, tmp_path)
    assert {mark.note for mark in marks_of(tmp_path)} == {"satu", "tangan"}
    assert {entry["note"] for entry in entries(tmp_path)} == {"satu", "tangan"}


FIRST, LAST = "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59.999999-23:59"
SOUND = "2024-05-03T10:00:00Z"


@pytest.mark.parametrize(("saved", "changed", "removed"), [
    (FIRST, SOUND, ""), (LAST, "0001-01-01T00:00:00+23:59", ""), (SOUND, FIRST, ""), (SOUND, LAST, ""),
    (SOUND, SOUND, FIRST), (SOUND, SOUND, LAST), (FIRST, FIRST, FIRST), (LAST, LAST, LAST), (FIRST, LAST, ""),
    ("0001-01-01T00:00:00", "9999-12-31T23:59:59", ""),
])  # fmt: skip
@pytest.mark.parametrize("way", ["file", "import"])
def test_an_odd_date_costs_neither_the_archive_nor_the_bookmark(
    one_bookmark: Path, tmp_path: Path, saved: str, changed: str, removed: str, way: str
) -> None:
    url, moments = (
        "https://news.invalid/x",
        {"saved": saved, "changed": changed, "removed": removed, "published": saved},
    )
    given = {name: moment for name, moment in moments.items() if moment}
    if way == "file":
        lines = [
            f'url = "{url}"',
            'note = "tahun"',
            *(f"{name} = {moment}" for name, moment in given.items()),
        ]
        beside("\n".join(["[[bookmark]]", *lines, ""]).encode(), one_bookmark, tmp_path)
        open_store(tmp_path).close()
    else:
        shutil.copytree(one_bookmark, tmp_path, dirs_exist_ok=True)
        fields = {name if name == "published" else f"{name}_at": moment for name, moment in given.items()}
        store = open_store(tmp_path)
        line = json.dumps({"kind": "bookmark", "url": url, "note": "tahun"} | fields)
        assert store.user_data.import_lines([line]).unreadable == 0
        store.close()
    for _ in range(2):
        store = open_store(tmp_path)
        assert store.trouble is None
        assert store.maintenance.check() == ()
        assert not is_damaged(tmp_path / "eksread.db")
        for mark in store.user_data.bookmarks():
            assert all(mark.saved_at.astimezone(timezone(timedelta(hours=h))) for h in (-23, 23))
        assert len(list(store.user_data.export_lines())) == 2
        store.close()
    assert [entry.get("note", "removed") for entry in entries(tmp_path) if entry["url"] == url] == [
        "removed" if removed else "tahun"
    ]
    assert list(tmp_path.glob("eksread.db.damaged*")) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_written_through(one_bookmark: Path, tmp_path: Path, there: bool) -> None:
    synced, folder = tmp_path / "synced", tmp_path / "data"
    synced.mkdir()
    shutil.copytree(one_bookmark, folder)
    path, target = folder / "bookmarks.toml", synced / "my [bookmarks].toml"
    path.rename(target)
    target.chmod(0o640)
    if not there:
        target.unlink()
    left = synced / f".{target.name}.{2**22 + 1}.5"
    left.touch()
    path.with_name("between").symlink_to("../synced/my [bookmarks].toml")
    path.symlink_to("between")
    store = open_store(folder)
    store.user_data.add_bookmark(save(store, "b"), NOW, "dua")
    store.close()
    assert store.trouble is None
    assert path.is_symlink()
    assert not target.is_symlink()
    assert {entry["note"] for entry in tomllib.loads(target.read_text())["bookmark"]} == {"satu", "dua"}
    assert target.stat().st_mode & 0o777 == (0o640 if there else 0o600)
    assert list(synced.iterdir()) == [target]


def test_a_link_into_a_folder_that_is_not_there_is_told_and_reading_goes_on(
    one_bookmark: Path, tmp_path: Path
) -> None:
    path = beside(b"", one_bookmark, tmp_path)
    path.unlink()
    path.symlink_to("unmounted/bookmarks.toml")
    store = open_store(tmp_path)
    assert notes(store) == {"Judul a": "satu"}
    store.close()
    assert store.trouble is not None
    assert str(tmp_path / "unmounted") in store.trouble.message
    assert path.is_symlink()


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no second file system")
def test_a_link_to_another_file_system_is_written_through(one_bookmark: Path, tmp_path: Path) -> None:
    path = beside(b"", one_bookmark, tmp_path)
    with TemporaryDirectory(dir="/dev/shm") as other:
        path.unlink()
        path.symlink_to(f"{other}/bookmarks.toml")
        open_store(tmp_path).close()
        assert path.is_symlink()
        assert b"satu" in Path(other, "bookmarks.toml").read_bytes()


def test_a_file_changed_while_eksread_runs_is_merged_not_overwritten(tmp_path: Path) -> None:
    there = folder_with(tmp_path / "there", b="dari sana")
    here = tmp_path / "here"
    store = open_store(here)
    shutil.copy(there / "bookmarks.toml", here / "bookmarks.toml")
    store.user_data.add_bookmark(save(store, "a"), NOW, "dari sini")
    store.close()
    expected = {"dari sini", "dari sana"}
    assert {entry["note"] for entry in entries(here)} == expected
    assert {mark.note for mark in marks_of(here)} == expected


def test_text_goes_into_the_file_and_back() -> None:
    blocks = (
        Block(BlockType.PARAGRAPH, "Biasa saja."),
        Block(BlockType.HEADING, "Judul kecil", level=3),
        Block(BlockType.QUOTE, "Kata orang"),
        Block(BlockType.LIST_ITEM, "satu", level=1),
        Block(BlockType.LIST_ITEM, "dua", ordinal=2),
        Block(BlockType.TABLE, "a b c d", rows=(("a", "b"), ("c", "d"))),
        Block(BlockType.RELATED, "Baca ini", url="https://news.invalid/x"),
        Block(BlockType.IMAGE, "", url="https://news.invalid/1.jpg"),
        Block(BlockType.PARAGRAPH, "- bukan butir"),
        Block(BlockType.PARAGRAPH, "[gambar] bukan gambar"),
        Block(BlockType.PARAGRAPH, "\\ miring"),
    )
    assert from_text("u", "t", to_text(blocks)).blocks == blocks
    assert from_text("u", "t", to_text(article("a", "Satu.").blocks)).blocks == article("a", "Satu.").blocks
