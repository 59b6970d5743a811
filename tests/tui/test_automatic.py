"""Fetching by itself while the reader is open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from eksread.errors import Offline, RefreshRunning, StoreFull
from eksread.tui.controllers.refreshing import LONGEST, distance
from tests.tui.fakes import FakeLibrary, headline, library
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY = 0.02
HOUR = 3600.0


async def until(reading: Room, true: Callable[[], bool]) -> None:
    """Let the room run until something is so."""
    async with asyncio.timeout(10):
        while not true():
            await reading.pilot.pause(0.01)


def counted(held: FakeLibrary) -> list[None]:
    """Count the refreshes of a library from now on."""
    begun: list[None] = []
    fetch = held.refresh

    def refresh(section: str | None = None):  # type: ignore[no-untyped-def]
        begun.append(None)
        return fetch(section)

    held.refresh = refresh  # type: ignore[method-assign]
    return begun


async def test_news_is_fetched_again_and_again_and_only_announced() -> None:
    held = library(offline=False)
    begun = counted(held)
    async with room(held, refresh_every=EVERY) as reading:
        await until(reading, lambda: len(begun) >= 2)
        held.coming = [headline(1001)]
        await until(reading, lambda: "1 new article" in reading.lines[0])
        assert reading.headlines.current.id == 1
        assert "Up to date" not in reading.status


async def test_a_refresh_that_runs_is_not_joined_by_another() -> None:
    held = library(offline=False)
    held.gate = asyncio.Event()
    begun = counted(held)
    async with room(held, refresh=True, refresh_every=EVERY) as reading:
        await reading.settle(5 * EVERY)
        assert len(begun) == 1
        held.gate.set()
        await until(reading, lambda: len(begun) >= 3)


async def test_a_line_that_is_down_is_tried_less_and_less_and_stands_in_the_status_alone() -> None:
    held = library(offline=False)
    held.error = Offline()
    async with room(held, (110, 30), refresh_every=EVERY) as reading:
        await until(reading, lambda: (reading.context.refresher.wait or 0) >= 4 * EVERY)
        assert "can't be reached" not in reading.text
        assert "offline" in reading.status
        held.error = None
        await until(reading, lambda: reading.context.refresher.wait == EVERY)
        assert "offline" not in reading.status


async def test_another_process_that_fetches_is_no_matter() -> None:
    held = library(offline=False)
    held.error = RefreshRunning()
    begun = counted(held)
    async with room(held, refresh_every=EVERY) as reading:
        await until(reading, lambda: len(begun) >= 2)
        assert "Another eksread" not in reading.text
        assert reading.context.refresher.wait == EVERY


async def test_a_full_disk_is_said_even_so() -> None:
    held = library(offline=False)
    held.error = StoreFull()
    begun = counted(held)
    async with room(held, refresh_every=EVERY) as reading:
        await until(reading, lambda: len(begun) >= 2)
        assert "disk is full" in reading.text


async def test_nothing_is_fetched_unless_the_settings_say_so_and_never_offline() -> None:
    for held, every in ((library(offline=False), None), (library(), EVERY)):
        begun = counted(held)
        async with room(held, refresh_every=every) as reading:
            await reading.settle(5 * EVERY)
            assert begun == []
            assert reading.context.refresher.wait is None


def test_the_distance_doubles_up_to_some_hours() -> None:
    assert [distance(HOUR, failures) for failures in range(4)] == [HOUR, 2 * HOUR, LONGEST, LONGEST]
    assert distance(600.0, 1_000_000) == LONGEST
    assert distance(10 * HOUR, 3) == 10 * HOUR
