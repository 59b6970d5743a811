"""Every key of the table does what the table says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from eksread.config import NARROWEST, THEMES, WIDEST
from eksread.tui.actions import ACTIONS
from eksread.tui.actions.appearance import STEP
from eksread.tui.commands import BY_ID, COMMANDS
from eksread.tui.key_names import shown_key
from tests.tui.fakes import library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.slow


def test_every_command_has_an_action_and_every_action_a_command() -> None:
    assert set(ACTIONS) == set(BY_ID)


def test_no_key_means_two_things() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_the_keys_of_the_habit_are_all_there() -> None:
    keys = {shown_key(key) for command in COMMANDS for key in command.keys.split(",")}
    habit = "j k ↓ ↑ g G Home End Space b Ctrl-D Ctrl-U Enter l q Esc h J K n m A f o y Tab c / r R ? F1 Ctrl-P : z < > t u"
    assert set(habit.split()) <= keys


@pytest.mark.parametrize(
    ("down", "up"), [("j", "k"), ("down", "up"), ("ctrl+d", "ctrl+u"), ("pagedown", "b")]
)
async def test_moving_there_and_back(down: str, up: str) -> None:
    async with room(library(60)) as reading:
        await reading.press(down)
        assert reading.headlines.cursor > 0
        await reading.press(up)
        assert reading.headlines.cursor == 0


@pytest.mark.parametrize("keys", [["G"], ["end"]])
async def test_the_end_and_the_top(keys: Iterable[str]) -> None:
    async with room(library(60)) as reading:
        await reading.press(*keys)
        assert reading.headlines.cursor == 59
        await reading.press("home")
        assert reading.headlines.cursor == 0


@pytest.mark.parametrize("key", ["enter", "l"])
@pytest.mark.parametrize("back", ["q", "escape", "h"])
async def test_opening_and_going_back(key: str, back: str) -> None:
    async with room(library()) as reading:
        await reading.press(key)
        assert reading.pane == "article"
        await reading.press(back)
        assert reading.pane == "headlines"


async def test_n_goes_to_the_next_unread() -> None:
    held = library()
    held.mark_read([2, 3])
    async with room(held) as reading:
        await reading.press("n")
        assert reading.headlines.current.id == 4


async def test_m_marks_and_u_takes_it_back() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("m")
        assert held.memory.headline(1).read
        assert reading.headlines.current.read
        await reading.press("u")
        assert not held.memory.headline(1).read
        assert not reading.headlines.current.read


async def test_a_marks_all_read_after_asking_and_u_takes_it_back() -> None:
    held = library(30)
    held.mark_read([5])
    async with room(held) as reading:
        await reading.press("A", "n")
        assert sum(row.read for row in held.memory.rows) == 1, "no answer but yes marks anything"
        await reading.press("A")
        assert "29" in reading.text
        await reading.press("y")
        assert all(row.read for row in held.memory.rows)
        await reading.press("u")
        assert [row.id for row in held.memory.rows if row.read] == [5]


async def test_a_marks_only_the_shown_section() -> None:
    held = library(40)
    async with room(held) as reading:
        reading.context.list.show("section:bontang")
        await reading.press("A", "y")
        assert {row.section for row in held.memory.rows if row.read} == {"Bontang"}


async def test_f_saves_and_unsaves_and_the_saved_are_listed() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("j", "f", "F")
        assert reading.sidebar_item.key == "saved"
        assert reading.headlines.current.id == 2
        assert "★" in reading.text
        await reading.press("f", "u")
        assert held.memory.headline(2).saved


async def test_y_copies_the_link() -> None:
    async with room(library()) as reading:
        await reading.press("y")
        assert reading.app.clipboard == "https://portal.example/berita-1-kabar.html"


async def test_o_never_starts_anything_but_a_browser_with_one_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr("eksread.tui.actions.external._start", lambda _app, argv: started.append(argv))
    monkeypatch.setenv("BROWSER", f"{sys.executable} --baru")
    async with room(library()) as reading:
        await reading.press("o")
        assert started == [(sys.executable, "--baru", "https://portal.example/berita-1-kabar.html")]
        assert "portal.example" in reading.status


async def test_the_search_finds_and_opens() -> None:
    async with room(library()) as reading:
        await reading.press("slash", *"cabai")
        await reading.settle(0.1)
        assert "kata cabai lain" in reading.text
        await reading.press("down", "enter")
        assert reading.pane == "article"
        assert reading.article.headline.id == 6


async def test_the_search_is_left_with_escape() -> None:
    async with room(library()) as reading:
        await reading.press("slash", "x", "escape")
        assert reading.app.screen is reading.main
        assert reading.pane == "headlines"


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_names_every_key_and_closes(key: str) -> None:
    async with room(library(), (100, 200)) as reading:
        await reading.press(key)
        for command in COMMANDS:
            assert command.label in " ".join(reading.text.split()), command.id
        await reading.press("q")
        assert reading.app.screen is reading.main


@pytest.mark.parametrize("key", ["ctrl+p", "colon"])
async def test_the_palette_does_a_command_by_its_name(key: str) -> None:
    async with room(library()) as reading:
        await reading.press(key, *"bookmarks", "enter")
        assert reading.sidebar_item.key == "saved"


async def test_z_shows_the_article_alone() -> None:
    async with room(library(), (120, 36)) as reading:
        await reading.press("enter")
        assert "Semua" in reading.text or "All news" in reading.text
        await reading.press("z")
        assert "All news" not in reading.text
        assert "Alinea 1." in reading.text
        await reading.press("z")
        assert "All news" in reading.text


async def test_the_column_is_set_by_the_angle_brackets() -> None:
    async with room(library(), (200, 50)) as reading:
        await reading.press("enter", "less_than_sign", "less_than_sign")
        assert reading.article.text_width == 68
        await reading.press("greater_than_sign")
        assert reading.article.text_width == 70


@pytest.mark.parametrize(("width", "over", "back"), [(NARROWEST, "<", ">"), (WIDEST, ">", "<")])
async def test_the_settings_and_the_angle_brackets_end_at_the_same_width(
    width: int, over: str, back: str
) -> None:
    async with room(library(), (200, 50), width=width) as reading:
        await reading.press("enter")
        assert reading.article.text_width == width
        await reading.press(over)
        assert reading.article.text_width == width
        await reading.press(back)
        assert abs(reading.article.text_width - width) == STEP


async def test_t_walks_through_the_themes() -> None:
    async with room(library()) as reading:
        seen = []
        for _turn in range(4):
            await reading.press("t")
            seen.append(reading.app.theme)
        assert seen == [*THEMES[1:], THEMES[0]]


async def test_q_at_the_top_leaves() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "q", "q")
        assert not reading.app.is_running
        assert reading.app.return_code == 0


async def test_tab_goes_to_the_sections_and_their_choice_fills_the_list() -> None:
    async with room(library()) as reading:
        await reading.press("tab", "j", "j", "j", "j")
        assert reading.sidebar_item.name == "Bontang"
        assert {row.section for row in (reading.headlines.rows.get(i) for i in range(5))} == {"Bontang"}
        await reading.press("enter")
        assert reading.pane == "headlines"


async def test_keys_can_be_remapped() -> None:
    async with room(library(), keys={"down": "x"}) as reading:
        await reading.press("x")
        assert reading.headlines.cursor == 1
        await reading.press("j")
        assert reading.headlines.cursor == 1


async def test_e_saves_with_a_note_and_l_with_labels_and_both_stand_in_the_list() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("e", *"besok", "enter", "L", *"kota,air", "enter")
        mark = held.memory.marks[1]
        assert (mark.note, mark.labels) == ("besok", ("kota", "air"))
        await reading.press("F")
        assert "besok" in reading.text
        assert "#kota #air" in reading.text
        await reading.press("e", "!", "enter")
        assert "besok!" in reading.text, "the note is there to be changed, and the list follows"


async def test_a_note_is_left_with_escape() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("e", "x", "escape")
        assert not held.memory.marks
        assert not held.memory.headline(1).saved


async def test_unsaving_by_mistake_loses_no_note() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("e", *"penting", "enter", "f")
        assert not held.memory.marks
        await reading.press("u")
        assert held.memory.marks[1].note == "penting"


async def test_text_selected_with_the_mouse_is_copied_without_its_margin() -> None:
    async with room(library()) as reading:
        await reading.press("enter")
        line = next(y for y, text in enumerate(reading.lines) if "Alinea 1." in text)
        await reading.pilot.mouse_down(offset=(reading.lines[line].index("Alinea"), line))
        await reading.pilot.hover(offset=(20, line + 1))
        await reading.pilot.mouse_up(offset=(20, line + 1))
        await reading.press("y")
        copied = reading.app.clipboard
        assert copied.startswith("Alinea 1. Warga")
        assert copied.count("\n") == 1
        assert not copied.split("\n")[1].startswith(" ")


async def test_all_read_is_seen_at_once_and_so_is_its_undoing() -> None:
    async with room(library(10)) as reading:
        await reading.press("A", "y")
        await reading.settle()
        assert "●" not in reading.text
        await reading.press("u")
        await reading.settle()
        assert "●" in reading.text


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_by_ctrl_keeps_the_place(key: str) -> None:
    held = library(paragraphs=60)
    async with room(held, (80, 24)) as reading:
        await reading.press("enter", "space", "space", key)
        assert not reading.app.is_running
    assert reading.app.main is not None
    await reading.app.main.context.writer.drain()
    assert held.memory.reading(1).block > 0
