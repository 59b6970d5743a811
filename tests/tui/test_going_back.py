"""Going back leads to where the reader came from; marks tell at once what they have done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eksread.model.news import Comment, Comments
from eksread.tui.screens.search_screen import SearchScreen
from tests.tui.archive import archive, news
from tests.tui.fakes import NOW, library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_the_comments_in_the_list_are_those_of_the_chosen_row(size: tuple[int, int]) -> None:
    held = library()
    for number, text in ((1, "Yang pertama."), (2, "Yang kedua.")):
        items = (Comment("warga", NOW, text),)
        held.memory.articles[number] = replace(
            held.memory.articles[number], comments=Comments(1, items=items)
        )
    async with room(held, size) as reading:
        await reading.press("enter", "q", "j", "c")
        assert "Yang kedua." in reading.text
        assert "Yang pertama." not in reading.text
        await reading.press("f")
        assert held.memory.headline(2).saved, "what is done there is done to the same article"
        await reading.press("q")
        assert reading.pane == "headlines"
        await reading.press("k", "enter", "c")
        assert "Yang pertama." in reading.text
        await reading.press("q")
        assert reading.pane == "article"


async def test_m_in_an_article_just_opened_makes_it_unread_and_u_read_again() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("enter")
        assert held.memory.headline(1).read
        await reading.press("m")
        assert not held.memory.headline(1).read
        await reading.press("u")
        assert held.memory.headline(1).read
        await reading.press("q")
        assert reading.headlines.current.read


async def test_m_right_after_enter_makes_it_unread(tmp_path: Path) -> None:
    with archive(tmp_path, *(news(number) for number in range(1, 4))) as kept:
        async with room(kept) as reading:
            await reading.pilot.press("enter", "m")
            await reading.finish()
            assert not kept.headline(news(1).url).read
            await reading.press("q")
            assert not reading.headlines.current.read


async def test_undoing_all_read_brings_the_signs_back_at_once(tmp_path: Path) -> None:
    with archive(tmp_path, *(news(number) for number in range(1, 4))) as kept:
        async with room(kept, (80, 30)) as reading:
            unread = reading.text.count("●")
            await reading.press("A", "y")
            await reading.finish()
            assert "●" not in reading.text
            await reading.press("u")
            await reading.finish()
            assert reading.text.count("●") == unread


async def test_q_after_search_goes_to_what_was_found_and_then_to_the_headlines() -> None:
    async with room(library()) as reading:
        await reading.press("slash", *"sungai")
        await reading.finish()
        await reading.press("down", "enter")
        opened = reading.article.headline
        await reading.press("q")
        await reading.finish()
        search = reading.app.screen
        assert isinstance(search, SearchScreen)
        assert search.input.value == "sungai"
        assert search.choices.cursor == 1
        await reading.press("enter")
        assert reading.article.headline.id == opened.id
        await reading.press("q")
        await reading.finish()
        await reading.press("slash", "end", "x")
        assert search.app.screen.input.value == "sungaix", "the words can be changed"
        await reading.press("escape", "slash", *"sungai")
        await reading.finish()
        await reading.press("enter", "q")
        await reading.finish()
        await reading.press("q")
        assert reading.app.is_running
        assert reading.app.screen is reading.main
        assert reading.pane == "headlines"


async def test_an_article_of_the_list_does_not_go_back_to_an_old_search() -> None:
    async with room(library()) as reading:
        await reading.press("slash", *"sungai")
        await reading.finish()
        await reading.press("enter", "J", "q")
        assert reading.app.screen is reading.main
        assert reading.pane == "headlines"


@pytest.mark.parametrize("key", ["saved", "unread", "section:bontang"])
async def test_q_goes_to_all_news_first_and_leaves_only_from_there(key: str) -> None:
    async with room(library()) as reading:
        await reading.press("f")
        reading.context.list.show(key)
        await reading.press("q")
        assert reading.app.is_running
        assert reading.sidebar_item.key == "all"
        await reading.press("q")
        assert not reading.app.is_running


async def test_a_search_begun_in_an_article_leads_back_to_it() -> None:
    async with room(library()) as reading:
        await reading.press("j", "enter")
        first = reading.article.headline.id
        await reading.press("slash", *"sungai")
        await reading.finish()
        await reading.press("enter")
        assert reading.article.headline.id != first
        await reading.press("q")
        await reading.finish()
        await reading.press("q")
        assert reading.pane == "article"
        assert reading.article.headline.id == first
        await reading.press("q")
        assert reading.pane == "headlines"


def unchosen(lines: list[str]) -> list[str]:
    """Give lines without the bar of a chosen link: the way back chooses none."""
    return [line.replace("▌", "▏") for line in lines]


async def test_back_from_a_link_the_text_stands_where_it_stood_to_the_line() -> None:
    async with room(library(paragraphs=30), (60, 20)) as reading:
        await reading.press("enter", "j", "j", "j", "j", "j", "j")
        await reading.press("1", "j")
        before = unchosen(reading.lines[2:-1])
        await reading.press("enter")
        assert unchosen(reading.lines[2:-1]) != before
        await reading.press("q")
        assert unchosen(reading.lines[2:-1]) == before


async def test_a_search_out_of_the_comments_leads_back_to_them() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "c")
        await reading.press("slash", *"sungai", "enter", "q", "q")
        assert reading.pane == "comments"
        assert "Mantap, lanjutkan." in reading.text
