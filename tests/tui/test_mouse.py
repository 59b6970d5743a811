"""What the mouse does: the wheel, dragging, double and right clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.tui.fakes import library
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from textual.widget import Widget


async def turn(
    reading: Room, widget: Widget, event: type[MouseScrollDown | MouseScrollUp], times: int
) -> None:
    for _turn in range(times):
        await reading.pilot._post_mouse_events([event], widget, offset=(3, 3))
    await reading.settle()


@pytest.mark.parametrize("keys", [(), ("s",), ("colon",), ("slash", *"feri"), ("enter", "a")])
async def test_the_wheel_scrolls_every_list_and_never_chooses(keys: tuple[str, ...]) -> None:
    async with room(library(100), (80, 10)) as reading:
        await reading.press(*keys)
        await reading.finish()
        screen = reading.app.screen
        view = reading.context.panes.focused if screen is reading.main else screen.choices
        before = view.window.frame()[0]
        await turn(reading, view, MouseScrollDown, 2)
        assert view.cursor == 0
        assert view.window.frame()[0] != before, "it scrolled"
        await turn(reading, view, MouseScrollUp, 3)
        assert (view.cursor, view.window.frame()[0]) == (0, before)
