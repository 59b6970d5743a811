"""All articles of a place or a person, listed as a sidebar item of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FIRST = news(1, title="Feri Berlayar Lagi", place="Kutim", reporter="Rahma", editor="Idris")
OTHER_NAME = news(2, title="Pasar Ramai Kembali", place="Kutai Timur", reporter="Awang", editor="Idris")
ELSEWHERE = news(3, title="Dermaga Dibuka", place="Bontang", reporter="Rahma", editor="Siti")
ALL = (FIRST, OTHER_NAME, ELSEWHERE)


async def test_a_place_is_listed_under_all_its_names(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library, (80, 30)) as reading:
            await reading.press("i")
            assert "OF THIS ARTICLE" in reading.text.upper()
            await reading.press("enter")
            assert reading.sidebar_item.key == "place:Kutim"
            rows = reading.headlines.rows
            assert [rows.get(index).title for index in range(len(rows))] == [FIRST.title, OTHER_NAME.title]
            assert "Kutim  2 unread" in reading.lines[0]
            await reading.press("q")
            assert reading.sidebar_item.key == "all"


async def test_an_article_leads_to_all_of_its_reporter(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library, (80, 30)) as reading:
            await reading.press("enter", "i", "down", "enter")
            assert reading.pane == "headlines"
            rows = reading.headlines.rows
            assert [rows.get(index).title for index in range(len(rows))] == [FIRST.title, ELSEWHERE.title]
            assert "By Rahma" in reading.lines[0]


async def test_each_stands_once_and_typing_finds_any(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library, (80, 40)) as reading:
            await reading.press("i")
            assert sum("Kutim" in line or "Kutai Timur" in line for line in reading.lines) == 1
            assert sum("Idris" in line for line in reading.lines) == 1
            await reading.press("slash", *"siti")
            await reading.press("enter")
            assert reading.sidebar_item.key == "person:Siti"


async def test_people_have_numbers_as_places_have(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library, (80, 40)) as reading:
            await reading.press("i")
            await reading.finish()
            numbers = {
                "Rahma": "2 articles",
                "Idris": "2 articles",
                "Awang": "1 article",
                "Siti": "1 article",
            }
            for name, number in numbers.items():
                (line,) = [line for line in reading.lines if name in line]
                assert number in line


async def test_nothing_of_that_name_is_said(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library) as reading:
            await reading.press("i", "slash", "x", "y", "z")
            assert "Nobody and nowhere of that name." in reading.text


async def test_marking_all_read_marks_the_place_alone(tmp_path: Path) -> None:
    with archive(tmp_path, *ALL) as library:
        async with room(library) as reading:
            await reading.press("i", "enter", "A", "y")
            assert [library.headline(one.url).read for one in ALL] == [True, True, False]


async def test_hostile_names_do_nothing(tmp_path: Path) -> None:
    odd = replace(FIRST, place="[red]Kutim\x1b[31m", reporter="[b]x[/b]\x1b]0;y\x07")
    with archive(tmp_path, odd) as library:
        async with room(library, (80, 30)) as reading:
            await reading.press("i", "down", "enter")
            assert "\x1b" not in reading.text
            assert "By [b]x[/b]" in reading.text


async def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    with archive(tmp_path) as library:
        async with room(library) as reading:
            await reading.press("i")
            assert "No place and no reporter is known yet." in reading.text
