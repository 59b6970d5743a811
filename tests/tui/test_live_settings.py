"""A saved change of the settings file shows in the running reader."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from eksread.config import Config, load
from eksread.tui import key_names, live_settings
from eksread.tui.app import EksreadApp
from tests.tui.archive import archive, news
from tests.tui.rooms import Room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@asynccontextmanager
async def watching(
    folder: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Room, Path]]:
    """Run the reader on a settings file, which it looks at often."""
    monkeypatch.setattr(live_settings, "LOOK_EVERY", 0.02)
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    config, problems = load(path)
    with archive(folder, news(5)) as library:
        app = EksreadApp(library, config, problems, path)
        async with app.run_test(size=(140, 40)) as pilot:
            room = Room(app, pilot)
            await room.settle()
            yield room, path
    key_names.use(key_names.BUILT_IN)


async def taken(room: Room) -> None:
    await asyncio.sleep(0.3)
    await room.settle()


START = "refresh.on_start = false\n"


async def test_theme_width_density_and_keys_change_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(tmp_path, START, monkeypatch) as (room, path):
        path.write_text(
            START + 'theme = "light"\nwidth = 60\ndensity = "compact"\n[keys]\ndensity = "F6"\n', "utf-8"
        )
        await taken(room)
        assert room.app.theme == "light"
        assert room.article.column == 60
        assert room.headlines.compact
        assert "The changed settings are in use." in room.status
        await room.press("f6")
        assert not room.headlines.compact
        await room.press("T")  # the key that it had before
        assert not room.headlines.compact
        path.write_text(START, "utf-8")
        await taken(room)
        assert (room.app.theme, room.article.column) == ("dark", 72)
        await room.press("T")
        assert room.headlines.compact


async def test_a_wrong_file_is_said_and_changes_nothing_until_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(tmp_path, START, monkeypatch) as (room, path):
        for wrong in ('theme = "pink"\nwidth = 60\n', "width = \n", 'width = 60\n[keys]\nnexd = "n"\n'):
            path.write_text(START + wrong, "utf-8")
            await taken(room)
            assert "The settings stay as they were:" in room.status
            assert room.context.config == Config(refresh_on_start=False)
            assert room.article.column == 72
        path.unlink()
        await taken(room)
        assert room.article.column == 72
        path.write_text(START, "utf-8")
        await taken(room)
        assert "The changed settings are in use." in room.status


async def test_what_changes_at_the_next_start_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(tmp_path, START, monkeypatch) as (room, path):
        path.write_text(START + 'language = "id"\nimages = "off"\n', "utf-8")
        await taken(room)
        assert "at the next start also: language, images." in room.status


async def test_what_the_reader_chose_gives_way_to_a_change_of_the_same_setting_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(tmp_path, START, monkeypatch) as (room, path):
        await room.press("t")
        assert room.app.theme == "light"
        path.write_text(START + "width = 60\n", "utf-8")
        await taken(room)
        assert (room.app.theme, room.article.column) == ("light", 60)
        path.write_text(START + 'width = 60\ntheme = "contrast"\n', "utf-8")
        await taken(room)
        assert room.app.theme == "contrast"


async def test_a_new_interval_counts_from_now_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watching(tmp_path, START, monkeypatch) as (room, path):
        assert room.context.refresher.wait is None
        path.write_text(START + 'refresh.every = "15m"\n', "utf-8")
        await taken(room)
        assert room.context.refresher.wait == (None if room.context.library.offline else 900)
