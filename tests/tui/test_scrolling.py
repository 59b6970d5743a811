"""Long texts scroll by every key and by the wheel, and the status line keeps up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.tui.fakes import library
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from textual.widget import Widget

pytestmark = pytest.mark.slow


async def _wheel(reading: Room, widget: Widget, event: type[MouseScrollDown | MouseScrollUp]) -> None:
    await reading.pilot._post_mouse_events([event], widget, offset=(5, 5), button=0)
    await reading.settle(0.1)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_the_whole_help_can_be_reached(size: tuple[int, int]) -> None:
    async with room(library(), size) as reading:
        await reading.press("question_mark")
        view = reading.app.screen.view
        seen = set(reading.lines)
        for _page in range(6):
            await reading.press("space")
            seen |= set(reading.lines)
        words = {line.text.strip() for line in view.laid.lines if line.text.strip()}
        assert words <= {line.strip().removesuffix("▁").strip() for line in seen} | {
            line[: size[0] - 1].strip() for line in seen
        }


async def test_help_scrolls_by_every_key_and_by_the_wheel() -> None:
    async with room(library()) as reading:
        await reading.press("question_mark")
        view = reading.app.screen.view
        places = []
        for key in ("j", "down", "k", "up", "pagedown", "pageup", "space", "b", "G", "home", "end", "g"):
            await reading.press(key)
            places.append(view.scroll_offset.y)
        page, end = view.size.height - 2, view.max_scroll_y
        assert places == [1, 2, 1, 0, page, 0, page, 0, end, 0, end, 0]
        await _wheel(reading, view, MouseScrollDown)
        assert view.scroll_offset.y > 0
        await _wheel(reading, view, MouseScrollUp)
        assert view.scroll_offset.y == 0


async def test_the_percent_follows_keys_and_wheel() -> None:
    async with room(library(paragraphs=60)) as reading:
        await reading.press("enter", "G")
        assert "100 %" in reading.status
        await reading.press("home")
        assert reading.status.endswith(" 0 %")
        await _wheel(reading, reading.article, MouseScrollDown)
        assert f"{reading.article.percent} %" in reading.status
        assert reading.article.percent > 0
        await reading.press("end", "down")
        assert "100 %" in reading.status
        await _wheel(reading, reading.article, MouseScrollUp)
        assert f"{reading.article.percent} %" in reading.status
        assert reading.article.percent < 100


async def test_help_has_two_columns_from_120_on() -> None:
    for width, columns in ((100, 1), (120, 2), (200, 2)):
        async with room(library(), (width, 36)) as reading:
            await reading.press("question_mark")
            (line,) = [line for line in reading.lines if line.strip().startswith("Moving")]
            assert len(line.split()) == columns, "the heading of another group stands beside it"
