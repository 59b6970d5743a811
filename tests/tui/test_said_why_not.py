"""A key that can do nothing here says why, in the line where notices stand."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from eksread.errors import Offline
from eksread.model.news import Comments
from tests.tui.fakes import article, headline, library
from tests.tui.rooms import Room, room

NO_TEXT = "The text of this article is not saved yet."


async def said_by(reading: Room, *keys: str) -> str:
    await reading.press(*keys)
    return reading.status.replace("\n", " ")


async def test_in_an_empty_list_the_keys_of_an_article_say_that_there_is_none() -> None:
    async with room(library(0)) as reading:
        for key in "feNLmadoyYp":
            assert "There is no article here." in await said_by(reading, key), key
        assert "Nothing unread here." in await said_by(reading, "A")
        assert "come with the article's text" in await said_by(reading, "c")
        assert "Nothing unread below." in await said_by(reading, "n")
        assert "This is the last article." in await said_by(reading, "J")
        assert "Nothing to undo." in await said_by(reading, "u")
        await reading.press("enter")
        assert reading.pane == "headlines"


async def test_without_its_text_an_article_can_be_saved_but_not_copied_or_paged() -> None:
    held = library(2)
    held.memory.articles.clear()
    async with room(held) as reading:
        for key in "Yp":
            assert NO_TEXT in await said_by(reading, key)
        assert "come with the article's text" in await said_by(reading, "c")
        await reading.press("f")
        assert held.memory.headline(1).saved


async def test_in_an_article_without_links_and_comments_their_keys_say_so() -> None:
    held = library(2)
    text = article(headline(1))
    alone = replace(text.comments, items=text.comments.items[:1])
    held.memory.articles[1] = replace(text, blocks=text.blocks[:2], related=(), comments=alone)
    async with room(held) as reading:
        await reading.press("enter")
        assert "This article has no links." in await said_by(reading, "tab")
        assert "This article has no links." in await said_by(reading, "1")
        assert "Nothing is being searched for" in await said_by(reading, "right_square_bracket")
        await reading.press("w", *"alinea", "enter")
        assert reading.article.needles == ("alinea",)
        await reading.press("w", *["backspace"] * 6, "enter")
        assert reading.article.needles == ()
        await reading.press("c")
        assert "Words are found in the article" in await said_by(reading, "w")
        assert "No comment is new" in await said_by(reading, "right_square_bracket")
        assert "No comment has a reply here." in await said_by(reading, "x")
        await reading.press("tab", "enter")
        assert "Mantap, lanjutkan." in reading.text, "there is nothing to fold"


async def test_where_no_comment_is_stored_the_keys_of_comments_move_nothing() -> None:
    held = library(1)
    held.memory.articles[1] = replace(article(headline(1)), comments=Comments())
    async with room(held) as reading:
        await reading.press("c", "tab", "enter", "j")
        assert (reading.pane, reading.comments.current_link) == ("comments", -1)


async def test_shift_tab_goes_to_the_last_link_first_and_a_number_beyond_them_is_said() -> None:
    async with room(library(2)) as reading:
        await reading.press("enter", "shift+tab")
        assert reading.article.current_link == len(reading.article.links) - 1
        assert "This article has no link 9." in await said_by(reading, "9")


async def test_an_address_that_is_none_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    held = library(1)
    held.memory.rows[0] = headline(1, url="https://portal.example/berita 'satu'")
    async with room(held) as reading:
        assert "no plain http(s) address" in await said_by(reading, "o")


@pytest.mark.parametrize(("key", "variable"), [("p", "PAGER"), ("N", "EDITOR")])
async def test_where_no_pager_or_editor_is_found_the_variable_to_set_is_named(
    key: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with room(library(1)) as reading:
        assert f"Set {variable}." in await said_by(reading, key)


async def test_an_article_that_did_not_come_says_so_unless_the_reader_has_gone_on() -> None:
    held = library(3, offline=False)
    held.memory.articles.clear()
    held.error, held.gate = Offline(), asyncio.Event()
    async with room(held) as reading:
        await reading.press("enter")
        assert "Fetching the text" in reading.text
        await reading.press("q", "j")
        held.gate.set()
        await reading.finish()
        assert "can't be reached" not in reading.text, "it was left"
        await reading.press("enter")
        await reading.finish()
        assert "can't be reached" in reading.text


async def test_a_link_that_did_not_come_is_said_in_the_article_that_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = library(3, offline=False)

    async def follow(_link: object) -> None:
        raise Offline

    monkeypatch.setattr(held, "follow", follow)
    async with room(held) as reading:
        await reading.press("enter", "2", "2")
        await reading.finish()
        assert "can't be reached" in reading.status
        assert reading.article.headline.id == 1
        assert "Alinea 15." in reading.text


async def test_a_link_that_came_opens_and_the_trail_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    held = library(3, offline=False)
    monkeypatch.setattr(held, "follow", lambda _link: held.read(3))
    async with room(held) as reading:
        await reading.press("enter", "2", "2")
        await reading.finish()
        assert reading.article.headline.id == 3
        await reading.press("q")
        assert (reading.pane, reading.article.headline.id) == ("article", 1)


async def test_back_passes_over_an_article_that_is_gone_from_the_store() -> None:
    held = library(4)
    async with room(held) as reading:
        await reading.press("enter", "1", "1")
        assert reading.article.headline.id == 2
        del held.memory.articles[1]
        await reading.press("q")
        assert reading.pane == "headlines"


async def test_a_second_refresh_says_that_one_runs() -> None:
    held = library(2, offline=False)
    held.gate = asyncio.Event()
    async with room(held, refresh=True) as reading:
        assert "Already fetching." in await said_by(reading, "R")
        held.gate.set()
        await reading.finish()


async def test_back_in_the_list_goes_to_the_sections_and_q_there_to_the_list() -> None:
    async with room(library(2)) as reading:
        await reading.press("h")
        assert reading.pane == "sections"
        await reading.press("q")
        assert reading.pane == "headlines"
        await reading.press("J")
        assert (reading.pane, reading.headlines.cursor) == ("headlines", 1)
