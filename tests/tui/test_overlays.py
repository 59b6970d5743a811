"""Palette, search, menus and prompts lie over the page, which stays where it is."""

from __future__ import annotations

import pytest

from tests.tui.fakes import library
from tests.tui.rooms import SIZES, Room, room

pytestmark = pytest.mark.slow


def colours(reading: Room, x: int, y: int) -> object:
    """Give the colour of the text at a cell of the screen."""
    strip = reading.app.screen._compositor.render_strips()[y]
    return next(iter(strip.crop(x, x + 1))).style.color


@pytest.mark.parametrize("keys", [("colon",), ("slash", "a"), ("e",), ("A",)])
async def test_the_page_below_is_dimmed_and_does_not_move(keys: tuple[str, ...]) -> None:
    async with room(library(), (200, 50)) as reading:
        await reading.press("j", "j")
        await reading.settle(0.1)  # the article beside the list follows the cursor
        before, colour = reading.lines, colours(reading, 1, 0)
        await reading.press(*keys)
        await reading.finish()
        assert reading.lines[0] == before[0]
        assert reading.lines[3][:20] == before[3][:20], "the page is seen beside it"
        assert colours(reading, 1, 0) != colour
        await reading.press("escape")
        assert reading.lines[:-1] == before[:-1]
        assert (colours(reading, 1, 0), reading.headlines.cursor) == (colour, 2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("colon",), ("slash", *"sungai"), ("enter", "a")])
async def test_panels_have_room_for_their_choices(keys: tuple[str, ...], size: tuple[int, int]) -> None:
    async with room(library(), size) as reading:
        await reading.press(*keys)
        await reading.finish()
        screen = reading.app.screen
        assert screen.choices.size.height >= 5
        assert screen.region.contains_region(screen.query_one("#panel").region)
        assert "Esc" in reading.lines[screen.state.region.y] or "q" in reading.lines[screen.state.region.y]


async def test_a_click_on_the_page_closes_a_panel() -> None:
    async with room(library(), (120, 36)) as reading:
        await reading.press("colon")
        await reading.pilot.click(offset=(2, 2))
        await reading.settle()
        assert reading.app.screen is reading.main
        assert reading.pane == "headlines"
