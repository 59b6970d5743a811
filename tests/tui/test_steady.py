"""Nothing pulls the reader away from where they are, and what is done is done to what they see."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eksread.tui.render.lines import Line, Run
from eksread.tui.render.text_layout import FOOT, LaidText
from eksread.tui.state.screen_state import HEAD, Place
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW, FakeLibrary, library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.stored import StoredArticle

pytestmark = pytest.mark.slow


class Slow(FakeLibrary):
    """Gives a text when the gate is opened."""

    def __init__(self) -> None:
        made = library(6, offline=False)
        super().__init__(made.memory, offline=False)
        self.gate_of_texts = asyncio.Event()
        for number in made.memory.articles:
            self.memory._change([number], has_text=False)
        self._texts, self.memory.articles = dict(made.memory.articles), {}

    async def read(self, article_id: int) -> StoredArticle:
        await self.gate_of_texts.wait()
        self.memory.articles[article_id] = self._texts[article_id]
        held = self.memory.article(article_id)
        assert held is not None
        return held


@pytest.mark.parametrize("keys", [("q",), ("q", "j", "j"), ("s",)], ids=" ".join)
async def test_a_text_that_comes_late_does_not_pull_the_reader_back(keys: tuple[str, ...]) -> None:
    held = Slow()
    async with room(held, (120, 36)) as reading:
        await reading.press("enter", *keys)
        pane = reading.pane
        held.gate_of_texts.set()
        await reading.settle(0.1)
        assert reading.pane == pane != "article"
        assert not held.memory.headline(1).read


async def test_escape_stops_fetching_a_text() -> None:
    held = Slow()
    async with room(held) as reading:
        await reading.press("enter", "escape")
        assert reading.pane == "article"
        assert "Stopped." in reading.text
        held.gate_of_texts.set()
        await reading.settle(0.1)
        assert "Alinea 1." not in reading.text
        await reading.press("escape")
        assert reading.pane == "headlines"


async def test_news_does_not_change_the_edition_that_is_being_read(tmp_path: Path) -> None:
    with archive(tmp_path, news(1), news(2), at=NOW) as kept:
        async with room(kept, (100, 40)) as reading:
            await reading.press("E", "enter", "n", "q")
            assert "2/2" in reading.lines[0]
            take(kept, news(3), at=NOW)
            reading.context.list.reload()
            reading.context.status.update()
            assert "2/2" in reading.lines[0] or "finished" in reading.lines[0]
            await reading.press("enter", "n")
            assert "done" in reading.text.lower() or "finished" in reading.text.lower()


async def test_beside_the_list_stands_the_article_that_is_acted_on() -> None:
    held = library()
    async with room(held, (120, 36)) as reading:
        await reading.press("slash", *"sungai", "down", "enter", "q", "escape")
        await reading.settle(0.1)
        shown, chosen = reading.article.headline, reading.headlines.current
        assert shown is not None
        assert chosen is not None
        assert shown.id == chosen.id


async def test_undo_takes_back_its_own_mark_alone() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("f", "enter", "q", "u")
        row = reading.headlines.current
        assert row is not None
        assert (row.read, row.saved) == (True, False)
        assert held.memory.headline(1) == row


async def test_a_note_of_several_lines_keeps_them(tmp_path: Path) -> None:
    with archive(tmp_path, news(1)) as kept:
        kept.add_bookmark(1, "satu\ndua", ())
        async with room(kept) as reading:
            await reading.press("e")
            assert "N opens it" in reading.status
            assert kept.user_data.bookmarks()[0].note == "satu\ndua"


async def test_all_saved_can_be_marked_read() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("f", "j", "f", "F", "A")
        assert "Mark 2 articles read?" in reading.text
        await reading.press("y")
        assert all(row.read for row in held.memory.rows if row.saved)


async def test_a_click_on_a_heading_opens_nothing() -> None:
    async with room(library()) as reading:
        heading = next(y for y, line in enumerate(reading.lines) if "Yesterday ─" in line)
        await reading.pilot.click(offset=(40, heading))
        await reading.settle()
        assert reading.pane == "headlines"
        await reading.pilot.click(offset=(40, heading + 2))
        await reading.settle()
        assert reading.pane == "article"


async def test_the_edition_is_filtered_by_its_titles(tmp_path: Path) -> None:
    with archive(tmp_path, *(news(number) for number in range(1, 6)), at=NOW) as kept:
        async with room(kept, (100, 40)) as reading:
            await reading.press("E", "w", *"feri")
            await reading.finish()
            assert "/ feri  1 article" in reading.lines[0]
            await reading.press("enter", "enter")
            assert reading.pane == "article"
            assert "Feri" in (reading.article.headline or news(1)).title
            assert reading.context.state.edition is not None


async def test_the_way_over_links_is_named() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("enter")
        first = held.memory.headline(1).title
        await reading.press("1", "1")
        assert f"‹ {first}" in reading.lines[0]
        await reading.press("q")
        assert "‹" not in reading.lines[0]


@pytest.mark.parametrize("size", [(80, 50), (40, 12), (120, 36), (60, 20)], ids=str)
async def test_the_place_outlives_other_sizes(size: tuple[int, int]) -> None:
    async with room(library(paragraphs=40), (80, 24)) as reading:
        await reading.press("enter", "space", "space", "j", "j")
        before = reading.lines[2:-1]
        for other in (size, (200, 60), (80, 24)):
            await reading.pilot.resize_terminal(*other)
            await reading.settle(0.1)
        assert reading.lines[2:-1] == before


def test_a_place_is_the_same_at_every_width() -> None:
    def laid(*parts: tuple[int, str]) -> LaidText:
        return LaidText([Line((Run(text),), block=block) for block, text in parts])

    wide = laid((-1, "Judul"), (0, "satu dua"), (0, "tiga"), (0, ""), (1, "empat"), (-1, "kaki"))
    narrow = laid((-1, "Judul"), (0, "satu"), (0, "dua"), (0, "tiga"), (0, ""), (1, "empat"), (-1, "kaki"))
    assert [wide.place_at(row) for row in (0, 2, 4, 5)] == [
        Place(HEAD, 0),
        Place(0, 7),
        Place(1, 0),
        Place(FOOT, 0),
    ]
    assert [narrow.row_at(wide.place_at(row)) for row in range(6)] == [0, 1, 3, 4, 5, 6]


async def test_quitting_by_ctrl_q_keeps_marks_and_place(tmp_path: Path) -> None:
    long = replace(news(1), blocks=news(1).blocks * 12)
    with archive(tmp_path, long) as kept:
        async with room(kept, (60, 14)) as reading:
            await reading.press("enter", "space", "space")
            await reading.pilot.press("f", "ctrl+q")
            await reading.pilot.pause(0.1)
            await reading.app.main.context.writer.drain()  # type: ignore[union-attr]
        assert kept.user_data.reading(1).block > 0
        assert [mark.headline.id for mark in kept.user_data.bookmarks()] == [1]
