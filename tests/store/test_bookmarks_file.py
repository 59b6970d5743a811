"""The bookmarks as a text file: written at each change, merged back, never lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from eksread.model.enums import BlockType
from eksread.model.news import Block
from eksread.store import Store, open_store
from eksread.store.user_records import from_text, to_text
from tests.store.making import NOW, article, save

if TYPE_CHECKING:
    from pathlib import Path

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
        store.user_data.add_bookmark(save(store, name, f"Teks {name}."), NOW, note)
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


def test_a_file_that_is_no_toml_is_set_aside_and_told_of(tmp_path: Path) -> None:
    folder_with(tmp_path, a="satu")
    (tmp_path / "bookmarks.toml").write_text("[[bookmark\nurl = rusak")
    store = open_store(tmp_path)
    assert store.trouble is not None
    assert store.trouble.code == "bookmarks"
    assert notes(store) == {"Judul a": "satu"}
    store.close()
    (aside,) = tmp_path.glob("bookmarks.toml.unreadable-*")
    assert aside.read_text() == "[[bookmark\nurl = rusak"
    assert [entry["note"] for entry in entries(tmp_path)] == ["satu"]


def test_odd_entries_are_passed_over(tmp_path: Path) -> None:
    folder_with(tmp_path, a="satu")
    path = tmp_path / "bookmarks.toml"
    odd = '\n[[bookmark]]\nnote = "tanpa alamat"\n\n[[bookmark]]\nurl = 5\nchanged = "x"\n'
    path.write_text(path.read_text() + odd)
    assert [mark.note for mark in marks_of(tmp_path)] == ["satu"]


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
