"""Opening, reading, going back: the path that every reader takes."""

from __future__ import annotations

import asyncio

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block, RelatedLink
from tests.tui.fakes import article, headline, library
from tests.tui.rooms import room

pytestmark = pytest.mark.slow


async def test_cached_headlines_are_in_the_first_frame() -> None:
    async with room(library()) as reading:
        assert "Panen Cabai di Marangkayu (1)" in reading.text
        assert "Hari ini" in reading.text or "Today" in reading.text


async def test_an_empty_archive_says_what_to_do() -> None:
    async with room(library(0)) as reading:
        assert "--offline" in reading.text


async def test_enter_opens_and_marks_read_and_q_comes_back() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("j", "enter")
        assert "Alinea 1." in reading.text
        assert held.memory.headline(2).read
        assert not held.memory.headline(1).read
        await reading.press("q")
        assert reading.pane == "headlines"
        assert reading.headlines.cursor == 1


async def test_passing_over_headlines_marks_nothing_read() -> None:
    held = library()
    async with room(held, (120, 36)) as reading:
        await reading.press(*"jjj")
        await reading.settle(0.2)
        assert "Alinea 1." in reading.text, "the article beside the list follows the cursor"
        await reading.pilot.hover("#headlines", offset=(5, 5))
        await reading.settle()
        assert not any(row.read for row in held.memory.rows)


async def test_the_place_in_an_article_is_kept_and_restored() -> None:
    held = library(paragraphs=40)
    async with room(held) as reading:
        await reading.press("enter", "space", "space")
        block = reading.article.top_block
        assert block > 3
        await reading.press("q", "enter")
        assert reading.article.top_block == block


async def test_an_article_read_to_its_end_starts_again_at_its_beginning() -> None:
    held = library(paragraphs=40)
    async with room(held) as reading:
        await reading.press("enter", "G", "q", "enter")
        assert reading.article.scroll_offset.y == 0


async def test_a_link_is_chosen_followed_inside_and_left_by_the_trail() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "tab")
        assert reading.article.current_link == 0
        await reading.press("enter")
        assert reading.article.headline.id == 2
        await reading.press("q")
        assert reading.article.headline.id == 1
        assert reading.pane == "article"
        await reading.press("q")
        assert reading.pane == "headlines"


async def test_a_digit_chooses_a_link_and_the_same_digit_opens_it() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "1")
        assert reading.article.headline.id == 1
        await reading.press("1")
        assert reading.article.headline.id == 2


async def test_a_link_to_what_is_not_held_says_so_when_offline() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "2", "2")
        assert "Kabar yang belum ada" in reading.status
        assert reading.article.headline.id == 1


async def test_a_headline_without_text_is_fetched_on_opening() -> None:
    held = library(offline=False)
    del held.memory.articles[1]
    held.gate = asyncio.Event()
    async with room(held) as reading:
        await reading.press("enter")
        assert "Ringkasan kabar." in reading.text, "what is known is shown at once"
        held.gate.set()
        await reading.settle(0.1)
        assert "Alinea 1." in reading.text
        assert held.memory.headline(1).read


async def test_a_late_answer_does_not_replace_what_is_read_meanwhile() -> None:
    held = library(offline=False)
    del held.memory.articles[1]
    held.gate = asyncio.Event()
    async with room(held) as reading:
        await reading.press("enter", "J")
        assert reading.article.headline.id == 2
        held.gate.set()
        await reading.settle(0.1)
        assert reading.article.headline.id == 2


async def test_a_failed_fetch_is_told_in_the_article_s_place() -> None:
    held = library()
    del held.memory.articles[1]
    async with room(held) as reading:
        await reading.press("enter")
        assert reading.pane == "article"
        assert "Ringkasan kabar." in reading.text
        assert not held.memory.headline(1).read


async def test_space_at_the_end_goes_to_the_next_unread() -> None:
    held = library(paragraphs=2)
    held.memory.rows[1] = headline(2, read=True)
    async with room(held, (80, 50)) as reading:
        await reading.press("enter")
        assert reading.article.at_end
        await reading.press("space")
        assert reading.article.headline.id == 3


@pytest.mark.parametrize(("key", "wanted"), [("J", 3), ("K", 1)])
async def test_neighbours_open_from_within_an_article(key: str, wanted: int) -> None:
    async with room(library()) as reading:
        await reading.press("j", "enter", key)
        assert reading.article.headline.id == wanted


async def test_comments_are_threaded_and_their_number_is_honest() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "c")
        assert reading.pane == "comments"
        lines = reading.lines
        assert any("3" in line and "2" in line for line in lines), "three stated, two held"
        reply = next(line for line in lines if "tetangga" in line)
        assert "│" in reply
        await reading.press("c")
        assert reading.pane == "article"


async def test_an_external_comment_box_is_explained() -> None:
    held = library()
    text = held.memory.articles[1]
    from dataclasses import replace

    from eksread.model.news import Comments

    held.memory.articles[1] = replace(text, comments=Comments(external="facebook"))
    async with room(held) as reading:
        await reading.press("enter", "c")
        assert "Facebook" in reading.text


async def test_an_advertorial_says_so_above_its_headline() -> None:
    async with room(library()) as reading:
        await reading.press("j", "j", "enter")
        lines = reading.lines
        notice = next(index for index, line in enumerate(lines) if "ADVERTORIAL" in line)
        title = next(index for index, line in enumerate(lines) if "Sungai Surut" in line)
        assert notice < title


async def test_reactions_are_bars_with_names_and_percents() -> None:
    async with room(library()) as reading:
        await reading.press("enter", "G")
        bar = next(line for line in reading.lines if "Senang" in line)
        assert "60 %" in bar
        assert bar.count("█") > bar.count("░") > 0


async def test_every_kind_of_block_is_set() -> None:
    held = library()
    row = headline(1)
    blocks = (
        Block(BlockType.HEADING, "Anak judul", level=2),
        Block(BlockType.QUOTE, "Kata orang."),
        Block(BlockType.LIST_ITEM, "butir satu"),
        Block(BlockType.LIST_ITEM, "butir angka", ordinal=3),
        Block(BlockType.IMAGE, "Keterangan foto", url="https://portal.example/a.jpg"),
        Block(BlockType.TABLE, "", rows=(("Nama", "Jumlah"), ("Marangkayu", "12"))),
        Block(BlockType.RELATED, "Baca ini"),
        Block(BlockType.EMBED, "Video", url="https://portal.example/v"),
    )
    from dataclasses import replace

    held.memory.articles[1] = replace(
        article(row), blocks=blocks, related=(RelatedLink("Baca ini", None),), lead_image=None
    )
    async with room(held, (80, 60)) as reading:
        await reading.press("enter")
        for part in (
            "Anak judul",
            "▎ Kata orang.",
            "• butir satu",
            "3. butir angka",
            "Picture: Keterangan foto",
        ):
            assert part in reading.text
        head = next(line for line in reading.lines if "Nama" in line)
        cell = next(line for line in reading.lines if "Marangkayu" in line and "12" in line)
        assert head.index("Jumlah") == cell.index("12")
        assert "1 Baca ini" in reading.text
        assert "Video" in reading.text


async def test_an_article_that_vanished_says_so_at_its_head_and_an_editor_alone_is_one() -> None:
    from dataclasses import replace

    held = library(3)
    row = held.memory.rows[0] = replace(held.memory.rows[0], gone=True)
    held.memory.articles[row.id] = replace(held.memory.articles[row.id], reporter=None, editor="Idris")
    async with room(held, (80, 24)) as reading:
        await reading.press("enter")
        assert "× No longer on the portal; this is the saved copy." in reading.text
        assert "Editor: Idris" in reading.text
        assert "By " not in reading.text


async def test_the_title_takes_the_width_of_the_column() -> None:
    from dataclasses import replace

    held = library(3)
    row = held.memory.rows[0]
    title = "Perpustakaan Keliling Singgah di Sepuluh Kampung Pesisir Selama Libur Sekolah Ini"
    held.memory.articles[row.id] = replace(held.memory.articles[row.id], title=title)
    async with room(held, (80, 24)) as reading:
        await reading.press("enter")
        lines = [line.text for line in reading.article.laid.lines]
        assert "Perpustakaan Keliling Singgah di Sepuluh Kampung Pesisir Selama Libur" in lines


async def test_the_chosen_link_has_a_bar_and_one_background() -> None:
    async with room(library(), (80, 24)) as reading:
        await reading.press("enter", "tab")
        view = reading.article
        rows = [row for row in range(len(view.laid)) if view.laid.link_at(row) == 0]
        for row in rows:
            strip = view._chosen(row)
            assert strip.text.strip().startswith("▌")
            column = strip.crop(view._left, view._left + view.text_width)
            assert len({segment.style.bgcolor for segment in column if segment.style}) == 1
            assert not any(segment.style.reverse for segment in column if segment.style)


async def test_a_read_mark_does_not_lay_the_article_out_again() -> None:
    async with room(library(), (120, 36)) as reading:
        await reading.settle(0.1)
        laid = reading.article.laid
        await reading.press("m")
        assert reading.article.laid is laid
        assert reading.article.headline is not None
        assert reading.article.headline.read
        await reading.press("f")
        assert reading.article.laid is not laid, "it says that it is saved"
