"""Searches that stand among the sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block, Teaser
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article

pytestmark = pytest.mark.slow


def told(number: int, title: str) -> Article:
    return news(number, title=title, blocks=(Block(BlockType.PARAGRAPH, "Isi."),))


FOUND = (told(3, "Sungai Surut"), told(5, "Feri di Sungai Besar"))
OTHER = told(4, "Pasar Ramai")


async def test_ctrl_s_keeps_a_search_and_its_sidebar_item_shows_what_it_finds_newest_first(
    tmp_path: Path,
) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        async with room(library) as reading:
            await reading.press("slash", *"sungai")
            await reading.finish()
            await reading.press("ctrl+s")
            assert "/ sungai" in reading.text
            await reading.press("escape", "s", "G", "enter")
            rows = reading.headlines.rows
            assert [rows.get(index).title for index in range(len(rows))] == [
                "Sungai Surut",
                "Feri di Sungai Besar",
            ]
            assert "/ sungai" in reading.lines[0]
        async with room(library) as reading:
            assert "/ sungai" in reading.text, "there at the next start"


async def test_a_filter_that_is_none_is_told_while_its_words_are_looked_for(tmp_path: Path) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        async with room(library) as reading:
            await reading.press("slash", *"sungai is:odd")
            await reading.finish()
            assert "“is:odd” is searched for as words" in reading.text
            await reading.press(*["backspace"] * 7)
            await reading.finish()
            assert "searched for as words" not in reading.text
            assert "2 articles" in reading.text


async def test_a_kept_search_finds_what_comes(tmp_path: Path) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        library.user_data.save_search("sungai", "sungai", library.clock())
        async with room(library) as reading:
            await reading.press("s", "G", "enter")
            take(library, told(1, "Sungai Pasang"))
            await reading.press("full_stop")
            assert reading.headlines.rows.get(0).title == "Sungai Pasang"


async def test_all_read_there_marks_only_what_was_found(tmp_path: Path) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        library.user_data.save_search("sungai", "sungai", library.clock())
        async with room(library) as reading:
            await reading.press("s", "G", "enter", "A", "y")
            assert library.queries.counts().unread == 1


async def test_a_kept_search_is_removed_and_that_undone(tmp_path: Path) -> None:
    with archive(tmp_path, *FOUND) as library:
        library.user_data.save_search("air", "sungai OR banjir", library.clock())
        async with room(library) as reading:
            await reading.press("D")
            assert "Choose a saved search" in reading.status
            await reading.press("s", "G", "D")
            assert not library.queries.saved_searches()
            assert reading.sidebar_item.key == "all"
            await reading.press("u")
            (search,) = library.queries.saved_searches()
            assert (search.name, search.query) == ("air", "sungai OR banjir")
            assert "/ air" in reading.text


async def test_a_search_that_finds_nothing_yet_says_so(tmp_path: Path) -> None:
    with archive(tmp_path, OTHER) as library:
        library.user_data.save_search("gempa", "gempa", library.clock())
        async with room(library) as reading:
            await reading.press("s", "G", "enter")
            assert "finds what comes" in reading.text


async def test_a_saved_search_from_elsewhere_does_nothing(tmp_path: Path) -> None:
    hostile = "gempa \x1b]0;x\x07\x9b2J\u202e\u200b bumi"
    with archive(tmp_path, OTHER) as library:
        library.user_data.save_search(hostile, hostile, library.clock())
        async with room(library, (120, 36)) as reading:
            for keys in (("s", "G", "enter"), ("w", "a"), ("escape", "D")):
                await reading.press(*keys)
                assert not set("\x1b\x07\x9b\u202e\u200b") & set(reading.text)


async def test_removing_a_saved_search_is_hinted_where_it_works(tmp_path: Path) -> None:
    with archive(tmp_path, OTHER) as library:
        library.user_data.save_search("gempa", "gempa", library.clock())
        async with room(library) as reading:
            await reading.press("s")
            assert "D remove" not in reading.status
            await reading.press("G")
            assert "D remove" in reading.status


async def test_a_misspelt_search_finds_what_was_meant_and_says_so(tmp_path: Path) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        async with room(library) as reading:
            await reading.press("slash", *"sungia")
            await reading.finish()
            assert "Nothing for “sungia”; this is for “sungai”." in reading.text
            assert "Sungai Surut" in reading.text
            await reading.press(*["backspace"] * 6, *"xyzzyx")
            await reading.finish()
            assert "Nothing found, nor with fewer words or other spellings." in reading.text


async def test_nothing_typed_is_no_search_to_keep_and_a_click_below_the_hits_opens_nothing(
    tmp_path: Path,
) -> None:
    with archive(tmp_path, *FOUND, OTHER) as library:
        async with room(library) as reading:
            await reading.press("slash", "ctrl+s")
            assert library.queries.saved_searches() == ()
            await reading.press(*"pasar")
            await reading.finish()
            height = reading.app.screen.query_one("#choices").size.height
            await reading.pilot.click("#choices", offset=(2, height - 1))
            await reading.settle()
            assert "1 article" in reading.text
            assert reading.pane == "headlines"


async def test_a_hit_whose_text_is_not_stored_opens_with_what_is_known(tmp_path: Path) -> None:
    with archive(tmp_path, OTHER) as library:
        teaser = Teaser("Sungai Surut", "https://portal.example/berita-9-kabar.html", NOW)
        library.portal_data.save_teasers((teaser,), NOW)
        async with room(library) as reading:
            await reading.press("slash", *"surut")
            await reading.finish()
            await reading.press("enter")
            assert reading.pane == "article"
            assert "The text of this article is not saved yet." in reading.text
