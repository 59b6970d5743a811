"""The look that was chosen while reading is there again at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.config import Config
from eksread.tui.look import Look
from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


async def test_theme_and_width_are_there_again(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as library:
        async with room(library, (200, 50)) as reading:
            await reading.press("t", "enter", "greater_than_sign")
        again = Look(library, Config())
        assert (again.theme, again.width) == ("light", 74)
        async with room(library, (200, 50), theme=again.theme, width=again.width) as reading:
            assert reading.app.theme == "light"
            await reading.press("enter")
            assert reading.article.text_width == 74


async def test_a_theme_chosen_twice_is_the_last_one(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as library:
        async with room(library) as reading:
            await reading.press("t", "t")
        assert Look(library, Config()).theme == "contrast"


async def test_settings_changed_since_come_first(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as library:
        async with room(library) as reading:
            await reading.press("t")
        assert Look(library, Config(theme="terminal")).theme == "terminal"


def test_nonsense_in_the_archive_changes_nothing(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as library:
        library.facts.set("look_theme", "dark>pink")
        library.facts.set("look_width", "72>wide")
        again = Look(library, Config())
        assert (again.theme, again.width) == ("dark", 72)
