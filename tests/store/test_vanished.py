"""The data folder deleted or replaced under an open archive: said, and the bookmarks kept as a file."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from eksread.errors import StoreVanished
from eksread.store import open_store
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path


def restarted(folder: Path) -> dict[str, str]:
    store = open_store(folder)
    found = {mark.headline.title: mark.note for mark in store.user_data.bookmarks()}
    store.close()
    return found


def test_a_bookmark_in_a_deleted_folder_is_an_error_and_is_kept_in_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    first, second = save(store, "a", "Teks a."), save(store, "b", "Teks b.")
    store.user_data.add_bookmark(first, NOW, "catatan")
    shutil.rmtree(folder)
    for _ in range(2):
        with pytest.raises(StoreVanished) as caught:
            store.user_data.add_bookmark(second, NOW, "baru")
    assert f"All bookmarks are kept in {folder / 'bookmarks.toml'}" in caught.value.message
    store.close()
    assert restarted(folder) == {"Judul a": "catatan", "Judul b": "baru"}


def test_the_first_write_of_another_thread_is_kept_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    number = save(store, "a", "Teks a.")
    shutil.rmtree(folder)
    raised: list[str] = []

    def write() -> None:
        with pytest.raises(StoreVanished) as caught:
            store.user_data.add_bookmark(number, NOW)
        raised.append(caught.value.code)

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert raised == ["vanished"]
    store.close()
    assert restarted(folder) == {"Judul a": ""}


def test_an_archive_that_another_one_replaced_is_not_written_unseen_and_its_bookmarks_stay(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    number = save(store, "a", "Teks a.")
    folder.rename(tmp_path / "away")
    other = open_store(folder)
    other.user_data.add_bookmark(save(other, "b", "Teks b."), NOW)
    other.close()
    before = (folder / "bookmarks.toml").read_text()
    with pytest.raises(StoreVanished) as caught:
        store.user_data.add_bookmark(number, NOW)
    assert "could not be kept" in caught.value.message
    assert (folder / "bookmarks.toml").read_text() == before
    store.close()


def test_where_the_folder_cannot_be_made_the_error_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    number = save(store, "a", "Teks a.")
    shutil.rmtree(folder)
    folder.touch()
    with pytest.raises(StoreVanished) as caught:
        store.user_data.add_bookmark(number, NOW)
    assert "could not be kept" in caught.value.message
    store.close()
