"""The long list reads windows and nothing else."""

from __future__ import annotations

import pytest

from eksread.model.lists import HeadlineQuery
from eksread.tui.state.headline_pages import PAGE, PAGES_KEPT, Rows
from tests.tui.fakes import library
from tests.tui.rooms import room

pytestmark = pytest.mark.slow


def test_rows_are_the_store_s_rows_from_either_end() -> None:
    held = library(500)
    rows = Rows(held, HeadlineQuery(), 500)
    assert rows.get(499).id == 500
    assert rows.get(250).id == 251
    assert [rows.get(index).id for index in range(500)] == list(range(1, 501))
    assert rows.get(500) is None
    assert rows.get(-1) is None


def test_the_end_is_reached_without_reading_the_way() -> None:
    held = library(3000)
    rows = Rows(held, HeadlineQuery(), 3000)
    rows.get(0)
    rows.get(2999)
    assert held.memory.reads <= 2 * PAGE


def test_only_some_pages_are_held() -> None:
    held = library(3000)
    rows = Rows(held, HeadlineQuery(), 3000)
    for index in range(1400):
        rows.get(index)
    assert len(rows._head._pages) <= PAGES_KEPT


def test_a_total_that_was_counted_wrong_is_corrected_at_the_end() -> None:
    held = library(10)
    rows = Rows(held, HeadlineQuery(), 14)
    assert rows.get(0).id == 1
    assert len(rows) == 10


async def test_the_list_shows_its_end_and_its_top_again() -> None:
    held = library(2000)
    async with room(held) as reading:
        await reading.press("G")
        assert reading.headlines.current.id == 2000
        assert "(2000)" in reading.text
        await reading.press("g", "g")
        assert reading.headlines.current.id == 1
        assert "(1)" in reading.text
        assert held.memory.reads < 10 * PAGE


async def test_a_single_g_moves_nothing() -> None:
    async with room(library()) as reading:
        await reading.press("j", "j", "g", "j")
        assert reading.headlines.cursor == 3


async def test_the_cursor_s_row_is_always_whole_on_the_screen() -> None:
    async with room(library(300), (60, 20)) as reading:
        for key in ["j"] * 12 + ["k"] * 9 + ["pagedown"] * 4 + ["pageup"] * 2 + ["G", "k", "k", "home"]:
            await reading.pilot.press(key)
            view = reading.headlines
            wanted = len(view.lines_of(view.cursor))
            shown = sum(index == view.cursor for index, _line in view.window.frame())
            assert shown == wanted, key


async def test_the_wheel_scrolls_and_a_click_opens() -> None:
    async with room(library(100)) as reading:
        view = reading.headlines
        top = view.window.frame()[0]
        await reading.pilot._post_mouse_events([_wheel()], "#headlines", offset=(5, 5))
        await reading.settle()
        assert view.window.frame()[0] != top
        assert view.cursor == 0
        index = view.window.frame()[4][0]
        await reading.pilot.click("#headlines", offset=(10, 4))
        await reading.settle()
        assert reading.article.headline.id == index + 1


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown
