"""The very first start: what it says where there is no network, and what it does not offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.tui.state.sidebar_items import EDITION
from tests.helpers import library_on
from tests.tui.archive import archive, news
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from pathlib import Path


def said(reading: Room) -> str:
    return " ".join(reading.text.replace("│", " ").split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_without_a_network_it_says_that_nothing_is_saved_and_what_helps(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with library_on("http://127.0.0.1:9/", tmp_path) as library:
        async with room(library, size, refresh=True) as reading:
            await reading.finish()
            text = said(reading)
            assert "No news is saved yet." in text
            assert "Press R to fetch the news as soon as there is a connection." in text
            assert "eksread --demo" in text
            assert "? shows all keys." in text


async def test_started_offline_it_names_what_helps_there(tmp_path: Path) -> None:
    with archive(tmp_path) as library:
        async with room(library) as reading:
            text = said(reading)
            assert "It was started with --offline." in text
            assert "Press R" not in text
            assert "eksread --demo" in text


async def test_no_edition_is_offered_where_there_is_none(tmp_path: Path) -> None:
    with archive(tmp_path / "empty") as library:
        async with room(library, (120, 36)) as reading:
            assert EDITION not in [item.key for item in reading.context.state.items]
            await reading.press("E")
            assert "There is no edition" in reading.status
            await reading.press("s")
            assert "edition" not in reading.status
    with archive(tmp_path / "one", news(1)) as library:
        async with room(library) as reading:
            assert EDITION in [item.key for item in reading.context.state.items]
            await reading.press("enter", "q")
            assert EDITION not in [item.key for item in reading.context.state.items]


async def test_an_edition_that_has_been_read_stays_while_it_is_shown(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as library:
        async with room(library) as reading:
            await reading.press("E", "enter", "q")
            assert EDITION in [item.key for item in reading.context.state.items]
