"""`w` filters a list in its place; the whole list comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.archive import archive, news
from tests.tui.fakes import headline, library
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def titles(reading: Room) -> list[str]:
    return [row.title for row in reading.headlines.rows.all()]


async def typed(reading: Room, *keys: str) -> None:
    await reading.press(*keys)
    await reading.finish()


async def test_the_list_shows_what_is_found_while_one_types_and_keeps_it() -> None:
    async with room(library(60), (100, 24)) as reading:
        await typed(reading, "w", *"sungai")
        assert len(titles(reading)) == 12
        assert all("Sungai" in title for title in titles(reading))
        assert "All news / sungai  12 articles" in reading.lines[0]
        assert "Sungai Surut, Feri Kecil Berhenti Sementara (8)" in reading.text, (
            "the list is seen behind the input"
        )
        await typed(reading, "down", "enter")
        assert (reading.pane, reading.headlines.cursor) == ("headlines", 1)
        assert "q whole list" in reading.status
        await reading.press("enter")
        assert reading.article.headline.id == 8
        await reading.press("J")
        assert reading.article.headline.id == 13, "the next one of those found"


@pytest.mark.parametrize("keys", [("escape",), ("enter", "backspace"), ("backspace",) * 6 + ("enter",)])
async def test_the_place_in_the_whole_list_is_as_it_was(keys: tuple[str, ...]) -> None:
    async with room(library(300)) as reading:
        await reading.press(*["j"] * 40, "k", "k")
        before = reading.lines[2:-1]
        await typed(reading, "w", *"sungai", *keys)
        if reading.context.state.narrowed:
            await typed(reading, "w", "escape")
        assert reading.lines[2:-1] == before
        assert len(reading.headlines.rows) == 300


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_the_whole_list_comes_back_at_the_headline_that_was_found(key: str) -> None:
    async with room(library(300)) as reading:
        await typed(reading, "w", *"sungai", "enter", "j", "j", "j", key)
        assert (len(reading.headlines.rows), reading.headlines.current.id) == (300, 18)
        assert reading.sidebar_item.key == "all"


async def test_nothing_found_says_how_to_go_back() -> None:
    async with room(library(20)) as reading:
        await typed(reading, "w", *"xyzzy")
        assert "Nothing found." in reading.text
        assert "Esc shows the whole list again." in reading.text
        await typed(reading, "escape")
        assert len(titles(reading)) == 20


async def test_news_that_arrives_is_announced_and_does_not_end_the_filter() -> None:
    held = library(20)
    async with room(held) as reading:
        await typed(reading, "w", *"sungai", "enter")
        held.memory.rows.insert(0, headline(1000))
        reading.context.list.arrived(None)
        await reading.settle()
        assert len(titles(reading)) == 4
        assert reading.context.state.waiting == 1
        await reading.press("full_stop")
        assert len(titles(reading)) == 21


async def test_all_read_marks_what_the_filter_shows_alone() -> None:
    held = library(20)
    async with room(held) as reading:
        await typed(reading, "w", *"sungai", "enter", "A")
        assert "Mark 4 articles read?" in reading.text
        await typed(reading, "y")
        assert sum(row.read for row in held.memory.rows) == 4


async def test_the_section_is_kept_and_the_filter_is_not(tmp_path: Path) -> None:
    found = (
        news(1, title="Sungai Surut"),
        news(2, title="Pasar Ramai"),
        news(3, title="Sungai Naik, Belum Surut"),
    )
    with archive(tmp_path, *found) as held:
        for row in held.queries.headlines().items:
            if row.title != "Sungai Naik, Belum Surut":
                held.add_bookmark(row.id)
        async with room(held) as reading:
            await typed(reading, "F", "w", *"surut")
            assert titles(reading) == ["Sungai Surut"], "only what is saved"
            await typed(reading, "enter")
            reading.main.leaving()
            await reading.context.writer.drain()
        async with room(held) as reading:
            assert reading.sidebar_item.key == "saved"
            assert len(titles(reading)) == 2


async def test_an_edition_is_filtered_by_its_titles(tmp_path: Path) -> None:
    with archive(
        tmp_path, *(news(n, title=f"Kabar {n} {word}") for n, word in enumerate(["feri", "pasar"], 1))
    ) as held:
        async with room(held) as reading:
            await reading.press("E")
            whole = len(titles(reading))
            await typed(reading, "w", *"feri")
            assert titles(reading) == ["Kabar 1 feri"]
            await typed(reading, "escape")
            assert len(titles(reading)) == whole
            assert reading.sidebar_item.key == "edition"
