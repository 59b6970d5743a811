"""Notices are one calm line that makes way; the footer's hints can be clicked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eksread.errors import BookmarksUnreadable
from tests.tui.fakes import library
from tests.tui.rooms import room


async def test_a_notice_makes_way_for_the_next_key() -> None:
    async with room(library()) as reading:
        await reading.press("f")
        assert "Bookmarked:" in reading.status
        await reading.press("j")
        assert "Bookmarked:" not in reading.status
        assert "read" in reading.status


async def test_a_notice_does_not_follow_to_another_screen() -> None:
    async with room(library()) as reading:
        await reading.press("f")
        await reading.pilot.click("#headlines", offset=(5, 7))
        await reading.settle()
        assert reading.pane == "article"
        assert "Bookmarked:" not in reading.status


async def test_a_title_that_is_cut_ends_without_doubled_dots() -> None:
    held = library()
    title = "Nelayan Pulang Membawa Ikan di Tengah Hujan Deras Semalam"
    held.memory.rows[0] = replace(held.memory.rows[0], title=title, saved=True)
    async with room(held) as reading:
        await reading.press("f")
        assert "… u undoes" in reading.text
    held.memory.rows[0] = replace(held.memory.rows[0], title="Ikan Pulang.", saved=True)
    async with room(held) as reading:
        await reading.press("f")
        assert "Ikan Pulang. u undoes" in reading.text


async def test_the_column_is_told_alone_where_no_article_is_shown() -> None:
    async with room(library()) as reading:
        await reading.press("less_than_sign")
        assert "Column of 70 characters." in reading.text
        assert "room" not in reading.text


@pytest.mark.parametrize(
    ("hint", "done"), [("? help", "HelpScreen"), ("/ search", "SearchScreen"), ("f bookmark", "")]
)
async def test_clicking_a_hint_does_its_command(hint: str, done: str) -> None:
    held = library()
    async with room(held, (120, 24)) as reading:
        at = reading.lines[-1].index(hint)
        await reading.pilot.click(offset=(at + len(hint) - 1, 23))
        await reading.settle()
        if done:
            assert type(reading.app.screen).__name__ == done
        else:
            assert held.memory.headline(1).saved


async def test_clicking_between_hints_or_a_notice_does_nothing() -> None:
    held = library()
    async with room(held) as reading:
        hints = reading.lines[-1]
        await reading.pilot.click(offset=(hints.index("updated"), 23))
        await reading.press("f")
        await reading.pilot.click(offset=(hints.index("? help"), 23))
        await reading.settle()
        assert reading.app.screen is reading.main


async def test_what_is_wrong_with_the_settings_is_told_at_start() -> None:
    async with room(library(), problems=("config.toml: Unknown setting “tema”.",)) as reading:
        assert "Unknown setting “tema”." in reading.text
        await reading.press("j")
        assert "tema" not in reading.text


async def test_an_odd_file_of_bookmarks_is_told_at_start() -> None:
    news = library()
    news.memory.trouble = BookmarksUnreadable(path="/x/bookmarks.toml", reason="it is a folder")
    async with room(news) as reading:
        assert "/x/bookmarks.toml can't be read: it is a folder." in reading.text
        await reading.press("j")
        assert "bookmarks.toml" not in reading.text
