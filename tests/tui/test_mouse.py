"""What the mouse does: the wheel, dragging, double and right clicks."""

from __future__ import annotations

import base64
import sys
from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.tui.archive import archive, news
from tests.tui.fakes import library
from tests.tui.rooms import SIZES, Room, room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget

pytestmark = pytest.mark.slow


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


async def drag(reading: Room, start: tuple[int, int], end: tuple[int, int]) -> None:
    await reading.pilot.mouse_down(offset=start)
    await reading.pilot.hover(offset=end)
    await reading.pilot.mouse_up(offset=end)
    await reading.settle()


def place(reading: Room, text: str) -> tuple[int, int]:
    """Give where a text is on the screen."""
    y = next(y for y, line in enumerate(reading.lines) if text in line)
    return reading.lines[y].index(text), y


async def test_dragging_over_an_article_copies_what_is_selected() -> None:
    async with room(library()) as reading:
        await reading.press("enter")
        x, y = place(reading, "Alinea 1.")
        await drag(reading, (x, y), (x + 8, y))
        assert reading.app.clipboard == "Alinea 1."
        assert "was copied; Y" in reading.status
        await reading.press("Y")
        assert reading.app.clipboard.startswith("> Alinea 1.")


async def test_dragging_over_an_address_of_several_lines_copies_it_whole(tmp_path: Path) -> None:
    url = "https://portal.example/" + "sungai-surut-" * 9 + "1.html"
    with archive(tmp_path, news(1, title="Sungai Surut", url=url)) as held:
        async with room(held, (60, 20)) as reading:
            await reading.press("y")
            reading.app.copy_to_clipboard("")
            x, y = place(reading, "https")
            await drag(reading, (x, y), (50, 19))
            assert reading.app.clipboard == url


async def test_neither_a_click_nor_dragging_in_a_list_copies_anything() -> None:
    async with room(library(), (120, 36)) as reading:
        await drag(reading, (20, 4), (30, 8))
        await reading.pilot.click(offset=(25, 6))
        await reading.settle()
        assert reading.app.clipboard == ""


async def test_a_double_click_on_a_word_searches_for_it(tmp_path: Path) -> None:
    with archive(tmp_path, news(1, title="Kerja Bakti"), news(2, title="Sapu Baru")) as held:
        async with room(held) as reading:
            await reading.press("enter")
            x, y = place(reading, "karung")
            await reading.pilot.double_click("#article", offset=(x + 2, y - reading.article.region.y))
            await reading.finish()
            assert reading.app.screen.input.value == "karung"
            assert "Kerja Bakti" in reading.text
            assert "2 articles" in reading.text
            await reading.press("escape")
            assert reading.pane == "article"
            assert reading.app.clipboard == ""


async def test_a_double_click_beside_the_words_does_nothing() -> None:
    async with room(library(), (120, 36)) as reading:
        await reading.press("enter")
        for x in (0, reading.article.size.width - 1):
            await reading.pilot.double_click("#article", offset=(x, 12))
            await reading.finish()
        assert reading.app.screen is reading.main
        assert not reading.main.selections


# ---- the menu ----


async def test_a_right_click_offers_what_can_be_done_with_the_headline() -> None:
    held = library()
    async with room(held) as reading:
        wanted = reading.headlines.rows.get(2)
        x, y = place(reading, wanted.title[:20])
        await reading.pilot.click(offset=(x, y), button=3)
        await reading.settle()
        assert reading.headlines.current.id == wanted.id
        assert reading.pane == "headlines", "nothing is opened"
        names = [line.split("│")[1] for line in reading.lines if line.count("│") == 2]
        assert any(name.split() == ["▌", "Read", "Enter"] for name in names)
        assert any(name.split() == ["Bookmark", "f"] for name in names)
        await reading.pilot.click("#menu", offset=(5, 1))
        await reading.settle()
        assert wanted.id in held.memory.marks


async def test_the_menu_opens_by_its_key_and_takes_the_keys_of_its_commands() -> None:
    held = library()
    async with room(held, (120, 36)) as reading:
        await reading.press("j", "M")
        assert "Bookmark  " in reading.text
        await reading.press("f")
        assert reading.app.screen is reading.main
        assert list(held.memory.marks) == [2]
        await reading.press("M")
        assert "Remove bookmark" in reading.text
        await reading.press("j", "k", "M")
        assert reading.app.screen is reading.main
        await reading.press("M", "enter")
        assert reading.pane == "article"


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu_is_whole_in_every_corner(size: tuple[int, int]) -> None:
    async with room(library(30), size) as reading:
        await reading.press("enter")
        for corner in ((3, size[1] - 3), (size[0] - 4, 3), (size[0] - 4, size[1] - 3)):
            await reading.pilot.click(offset=corner, button=3)
            await reading.settle()
            menu = reading.app.screen.choices
            assert reading.app.screen.region.contains_region(menu.parent.region)
            await reading.press("escape")
            assert reading.app.screen is reading.main


async def test_the_menu_of_a_section_and_of_an_article_beside_the_list() -> None:
    async with room(library(30), (120, 36)) as reading:
        await reading.pilot.click(offset=place(reading, "Unread"), button=3)
        await reading.settle()
        assert reading.sidebar_item.key == "unread"
        assert "Mark all in this list read" in reading.text
        assert "Comments" not in reading.text
        await reading.press("escape")
        await reading.pilot.click(offset=(100, 20), button=3)
        await reading.settle()
        assert reading.pane == "sections"
        assert reading.article.headline is not None
        assert not reading.article.headline.read, "the article beside the list is not opened by it"


@pytest.mark.slow
def test_in_a_real_terminal_the_mouse_copies_searches_and_opens_the_menu(tmp_path: Path) -> None:
    with archive(tmp_path, news(1, title="Kerja Bakti")):
        pass
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(tmp_path)]
    terminal = Terminal(argv, surroundings(), (100, 30))

    def mouse(button: int, word: str, end: str = "M") -> None:
        """Send a report of the mouse (SGR, 1006) at a word."""
        y = next(y for y, line in enumerate(terminal.screen.display) if word in line)
        terminal.press(f"\x1b[<{button};{terminal.screen.display[y].index(word) + 1};{y + 1}{end}")

    try:
        terminal.until("Kerja Bakti")
        terminal.press("\r")
        terminal.until("Alinea 1.")
        mouse(0, "Alinea 1.")
        mouse(32, "Warga")
        mouse(0, "Warga", "m")
        terminal.until("was copied")
        assert b"\x1b]52;c;" + base64.b64encode(b"Alinea 1. W") in terminal.raw
        for _click in range(2):
            mouse(0, "karung")
            mouse(0, "karung", "m")
        terminal.until("1 article")
        terminal.press("\x1b")
        terminal.until("Space next page")
        terminal.rest()
        mouse(2, "Alinea 2.")
        mouse(2, "Alinea 2.", "m")
        terminal.until("Copy as Markdown")
        terminal.press("q")
        terminal.rest()
        terminal.press("qq")
        assert terminal.ended() == 0
        assert terminal.is_restored
    finally:
        terminal.close()
