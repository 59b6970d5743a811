"""The section and the place in its list are there again at the next start."""

from __future__ import annotations

import json

import pytest

from eksread.tui.controllers.list_content import PLACE_FACT
from tests.tui.fakes import headline, library
from tests.tui.rooms import Room, room

pytestmark = pytest.mark.slow


async def leave(reading: Room) -> None:
    reading.main.leaving()
    await reading.context.writer.drain()


async def test_section_headline_and_scroll_are_there_again() -> None:
    held = library(300)
    async with room(held) as reading:
        await reading.press("s", "j", "j", "j", "j", "enter")
        section = reading.sidebar_item.key
        await reading.press(*"jjjjjjjjjjjj", "k", "k")
        chosen, top = reading.headlines.current.id, reading.headlines.window.top.row
        await leave(reading)
    async with room(held) as reading:
        assert section.startswith("section:")
        assert reading.sidebar_item.key == section
        assert (reading.headlines.current.id, reading.headlines.window.top.row) == (chosen, top)


async def test_news_that_came_meanwhile_lies_above_the_place() -> None:
    held = library(300)
    async with room(held) as reading:
        await reading.press("j", "j", "j")
        chosen = reading.headlines.current.id
        await leave(reading)
    held.memory.rows[:0] = [headline(1000 + number) for number in range(80)]
    async with room(held) as reading:
        assert (reading.headlines.current.id, reading.headlines.cursor) == (chosen, 83)


async def test_who_left_at_the_top_finds_the_newest() -> None:
    held = library(30)
    async with room(held) as reading:
        await leave(reading)
    held.memory.rows.insert(0, headline(1000))
    async with room(held) as reading:
        assert reading.headlines.current.id == 1000


async def test_a_store_that_can_t_be_read_for_a_moment_costs_no_place() -> None:
    held = library(300)
    async with room(held) as reading:
        await reading.press(*"jjjjj")
        seen, reading.headlines.rows.get = reading.headlines.rows.get, lambda _index: None
        reading.context.list.reload()
        await reading.settle()
        assert (reading.headlines.cursor, seen(5).id) == (5, reading.headlines.current.id)


@pytest.mark.parametrize(
    "kept",
    [
        "no json",
        "[]",
        json.dumps({"key": "section:gone", "article": 3, "from_end": 5, "above": 0}),
        json.dumps({"key": "all", "article": 3, "from_end": -7, "above": 10**9}),
        json.dumps({"key": "all", "article": "x", "from_end": 1e400, "above": None}),
    ],
)
async def test_a_place_that_makes_no_sense_is_the_top_of_all_news(kept: str) -> None:
    held = library(30)
    held.facts.set(PLACE_FACT, kept)
    async with room(held) as reading:
        assert (reading.sidebar_item.key, reading.headlines.cursor) == ("all", 0)
