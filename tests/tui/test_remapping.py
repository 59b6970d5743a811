"""Keys of the reader's own: every text names them, and what they opened they close."""

from __future__ import annotations

import ast
import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import eksread.tui
from eksread.model.enums import BlockType
from eksread.model.news import Block, Comment, Comments
from eksread.tui import key_names
from eksread.tui.commands import BY_ID
from eksread.tui.key_names import chosen, key_of
from eksread.tui.render.article_lines import comments_state
from eksread.tui.screens.help_screen import help_lines
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW, library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

TUI = Path(eksread.tui.__file__).parent
LONE_KEY = re.compile(r"(?<![\w{’'(-])(?:[b-zB-Z?\]\[<>]|Enter|Esc|Tab|Space)(?![\w}’'-])")
"""A key that stands as a word of its own; “a” is one as well, and a sign at the end of a sentence is none."""
OF_A_SCREEN = {"Enter finds, Esc cancels", "Enter keeps it, Esc shows all", "Enter saves, Esc cancels"}
"""Texts on keys that belong to a screen and to no command."""


def texts() -> Iterator[str]:
    """Give every text of the reading room that is translated."""
    for path in TUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_", "ngettext"):
                found = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (text for text in found if isinstance(text, str))


def test_no_text_names_a_key_that_the_settings_may_have_changed() -> None:
    found = set(texts()) - OF_A_SCREEN
    assert "Press {key}." in found
    assert {text for text in found if LONE_KEY.search(re.sub(r"\?$", "", text))} == set()


@pytest.mark.parametrize(
    ("command", "asked", "pressed", "said"),
    [
        ("undo", "Ctrl-R", ("m",), "Marked read. Ctrl-R undoes."),
        ("undo", "Ctrl-R", ("f", "f"), "Ctrl-R undoes."),
        ("undo", "Ctrl-R", ("A", "y"), "All marked read. Ctrl-R undoes."),
        ("find", "&", ("enter", "right_square_bracket"), "& finds a word."),
        ("help", "*", ("asterisk", "q", "U"), "U does nothing here. * shows all keys."),
        ("comments", "v", ("x",), "press v in an article"),
    ],
)
async def test_notices_name_the_key_in_use(
    command: str, asked: str, pressed: tuple[str, ...], said: str
) -> None:
    async with room(library(), (120, 24), keys={command: asked}) as reading:
        await reading.press(*pressed)
        assert said in reading.status


async def test_pages_name_the_key_in_use() -> None:
    asked = {"save": "U", "comments": "V", "show-new": "%"}
    async with room(library(), (120, 60), keys=asked) as reading:
        assert "U bookmark" in reading.status
        await reading.press("F")
        assert "Press U on an article" in " ".join(reading.text.split())
        await reading.press("q")
        reading.context.state.waiting = 3
        reading.context.status.update()
        assert "3 new articles - press %" in reading.text


async def test_the_welcome_names_the_keys_in_use() -> None:
    held = library(0, offline=False)
    held.gate = asyncio.Event()
    async with room(held, (80, 24), refresh=True, keys={"down": "v", "help": "*"}) as reading:
        assert "v and k move, Enter reads, q goes back, * helps." in reading.text


@pytest.mark.parametrize("key", ["v", "j"])
async def test_help_is_closed_by_the_key_that_opened_it(key: str) -> None:
    async with room(library(), keys={"help": key}) as reading:
        await reading.press(key)
        assert "Everything works with the keyboard and with the mouse." in reading.text
        await reading.press(key)
        assert reading.app.screen is reading.main


async def test_the_changes_are_closed_by_the_key_that_opened_them(tmp_path: Path) -> None:
    with archive(tmp_path, news(1), at=NOW - timedelta(hours=5)) as held:
        take(held, news(1, blocks=(Block(BlockType.PARAGRAPH, "Kini lain."),)), at=NOW)
        async with room(held, keys={"changes": "v"}) as reading:
            await reading.press("v")
            assert "What has changed" in reading.text
            await reading.press("v")
            assert reading.app.screen is reading.main


def test_articles_and_comments_name_the_keys_in_use() -> None:
    key_names.use(chosen({"comments": "V"}))
    comment = Comment("rahma", NOW, "Mantap.", 0)
    stated = [Comments(count, items=(comment,)) for count in (1, 7)]
    assert [comments_state(news(1, comments=comments)) for comments in stated] == [
        "1 comment: press V.",
        "The page counts 7 comments, 1 of them saved. Press V.",
    ]


def test_help_shows_the_keys_in_use_and_says_where_there_is_none() -> None:
    key_names.use(chosen({"find": "/, Ctrl-F7"}))
    page = [line.text for line in help_lines(72)]
    assert any(line.startswith("/  Ctrl-F7 ") and BY_ID["find"].label[:20] in line for line in page)
    assert any(line.startswith("\u2013 ") and BY_ID["search"].label[:20] in line for line in page)


def test_a_command_without_a_key_is_named_by_the_way_to_it() -> None:
    key_names.use(chosen({"find": "/"}))
    assert key_of("search") == f"Ctrl-P “{BY_ID['search'].label}”"
    key_names.use(chosen({"find": "home", "save": "j, down"}))
    assert key_of("down") == "\u2013"


async def test_a_control_key_that_suspends_is_free_for_another_command() -> None:
    asked = {"suspend": "Ctrl-O", "save": "Ctrl-Z"}
    async with room(library(), keys=asked) as reading:
        await reading.press("ctrl+z")
        assert reading.status.startswith("Bookmarked:")


async def test_every_key_that_leaves_is_free_for_another_command() -> None:
    async with room(library(), keys={"quit": "Ctrl-X", "save": "Ctrl-Q"}) as reading:
        await reading.press("ctrl+q")
        assert reading.status.startswith("Bookmarked:")
        await reading.press("ctrl+x")
        assert not reading.app.is_running
