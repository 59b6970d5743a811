"""Fetching in the background: announced, never in the way, stopped at will, calm when it fails."""

from __future__ import annotations

import asyncio

import pytest

from eksread.errors import Offline, StoreFull
from eksread.model.enums import Stage
from eksread.model.progress import Progress
from tests.tui.fakes import headline, library
from tests.tui.rooms import room

pytestmark = pytest.mark.slow


async def test_news_that_arrives_is_announced_and_moves_nothing() -> None:
    held = library(offline=False)
    held.coming = [headline(1001), headline(1002)]
    async with room(held) as reading:
        await reading.press("j", "j")
        before = [line[22:] for line in reading.lines[3:20]]
        await reading.press("R")
        await reading.settle(0.1)
        assert reading.headlines.current.id == 3
        assert [line[22:] for line in reading.lines[3:20]] == before
        assert "2 new articles" in reading.lines[0]
        await reading.press("full_stop")
        assert reading.headlines.current.id == 1001
        assert "new articles" not in reading.lines[0]


async def test_the_first_news_fills_an_empty_list() -> None:
    held = library(0, offline=False)
    held.coming = [headline(1), headline(2)]
    async with room(held, refresh=True) as reading:
        await reading.settle(0.2)
        assert "Panen Cabai di Marangkayu (1)" in reading.text


async def test_progress_stands_in_one_line_and_escape_stops_it() -> None:
    held = library(offline=False)
    held.gate = asyncio.Event()
    async with room(held, refresh=True) as reading:
        await reading.settle(0.05)
        assert "front page" in reading.status
        await reading.press("escape")
        await reading.settle(0.05)
        assert not reading.context.state.refresh.running
        assert "front page" not in reading.status
        assert reading.pane == "headlines"


async def test_no_line_is_told_calmly_with_the_age_of_what_is_held() -> None:
    held = library(offline=False)
    held.error = Offline()
    async with room(held, (110, 30), refresh=True) as reading:
        await reading.settle(0.1)
        assert "can't be reached" in reading.status
        reading.context.say("")
        assert "offline" in reading.status
        assert "2 hours ago" in reading.status
        assert "Panen" in reading.text


async def test_an_error_of_the_store_is_told_and_reading_goes_on() -> None:
    held = library(offline=False)
    held.error = StoreFull()
    async with room(held, refresh=True) as reading:
        await reading.settle(0.1)
        assert "disk is full" in reading.text
        await reading.press("enter")
        assert "Alinea 1." in reading.text


async def test_an_unforeseen_error_in_a_worker_ends_nothing() -> None:
    held = library(offline=False)
    held.error = RuntimeError("unforeseen")
    async with room(held, refresh=True) as reading:
        await reading.settle(0.1)
        assert reading.app.is_running
        assert "Something went wrong" in reading.text


async def test_a_long_notice_is_whole_on_a_narrow_screen_and_moves_nothing() -> None:
    async with room(library(), (60, 20)) as reading:
        before = reading.lines[:16]
        reading.context.say(
            "Satu kalimat yang cukup panjang untuk dua baris di layar yang sempit. Lalu apa yang dapat dilakukan."
        )
        await reading.settle()
        assert "dapat dilakukan." in " ".join(reading.text.split())
        assert reading.lines[:16] == before


async def test_leaving_does_not_wait_for_the_network() -> None:
    held = library(offline=False)
    held.gate = asyncio.Event()
    async with room(held, refresh=True) as reading:
        await reading.press("q")
        assert not reading.app.is_running


async def test_the_first_start_welcomes_in_three_lines() -> None:
    held = library(0, offline=False)
    held.gate = asyncio.Event()
    async with room(held, refresh=True) as reading:
        assert "Welcome" in reading.text
        assert "? helps." in reading.text
        held.gate.set()
        held.error = Offline()
        await reading.settle(0.1)
        assert "Press R" in reading.text


async def test_a_text_that_comes_is_said_on_its_row_while_the_refresh_goes_on() -> None:
    held = library(3, offline=False)
    held.memory._change([2], has_text=False)
    async with room(held) as reading:
        assert "not saved yet" in reading.text
        held.memory._change([2], has_text=True, published=None)
        before = reading.headlines.current
        reading.context.refresher.progressed(Progress(Stage.BODIES, 1, 3))
        await reading.settle(0.05)
        assert "not saved yet" not in reading.text
        assert reading.headlines.current == before
