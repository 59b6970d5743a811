"""The status line names the keys that help where the reader stands, the dearest first where room is short."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.events import Key
from textual.widgets import Input

from eksread.model.news import Comments
from eksread.tui.commands import ARTICLE, BY_ID, COMMANDS, LIST
from eksread.tui.controllers.hints import GAPS, HINTS, fitting, hints
from eksread.tui.screens.palette_screen import matching
from tests.tui.fakes import library
from tests.tui.rooms import room

pytestmark = pytest.mark.slow


def test_every_hint_is_a_command_and_its_ranks_are_an_order() -> None:
    for place, found in HINTS.items():
        ids = [hint.command for hint in found if hint.command is not None]
        assert set(ids) <= set(BY_ID), place
        assert len({hint.rank for hint in found}) == len(found), place


@pytest.mark.parametrize("place", HINTS)
@pytest.mark.parametrize("cells", range(0, 120, 7))
def test_hints_fit_whole_and_the_lowest_ranks_stay(place: str, cells: int) -> None:
    kept, gap = fitting(HINTS[place], cells)
    needed = sum(len(hint.key) + 1 + len(hint.word) for hint in kept) + gap * max(0, len(kept) - 1)
    assert needed <= cells
    assert gap in GAPS
    assert kept == [hint for hint in HINTS[place] if hint in kept], "the order stays"
    ranks = {hint.rank for hint in kept}
    assert all(hint.rank > max(ranks, default=-1) for hint in HINTS[place] if hint not in kept)


async def test_what_f_and_m_would_do_is_told() -> None:
    async with room(library(), (120, 24)) as reading:
        assert "f bookmark" in reading.status
        assert "m mark read" in reading.status
        await reading.press("f", "m", "j", "k")
        assert "f remove bookmark" in reading.status
        assert "m mark unread" in reading.status


async def test_q_says_where_it_leads() -> None:
    async with room(library(), (120, 24)) as reading:
        assert "q quit" in reading.status
        await reading.press("F")
        assert "q all news" in reading.status
        assert "f bookmark" not in reading.status, "nothing is saved, so there is nothing to unsave"
        assert "Enter read" not in reading.status


async def test_what_a_hint_says_here_does_not_change_its_rank() -> None:
    async with room(library(), (120, 24)) as reading:
        await reading.press("enter", "G")
        ranks = {hint.command: hint.rank for hint in hints(reading.context.state, reading.context.panes)}
        assert ranks == {hint.command: hint.rank for hint in HINTS[ARTICLE] if hint.command in ranks}
        assert len(set(ranks.values())) == len(ranks)


async def test_space_says_what_it_does_at_the_end_of_an_article() -> None:
    async with room(library(), (120, 24)) as reading:
        await reading.press("enter")
        assert "Space next page" in reading.status
        await reading.press("G")
        assert "Space next unread" in reading.status


async def test_matches_and_links_are_hinted_only_where_there_are_any() -> None:
    async with room(library(), (160, 24)) as reading:
        await reading.press("enter")
        assert "1–9 link" in reading.status
        assert "] next match" not in reading.status
        await reading.press("w", *"warga", "enter")
        assert "] next match" in reading.status


async def test_a_narrow_screen_gives_its_room_to_the_keys() -> None:
    async with room(library(), (60, 20)) as reading:
        assert "/ search" in reading.status
        assert "? help" in reading.status
        assert "updated" not in reading.status
        assert "offline" in reading.status


def test_the_palette_offers_first_what_applies_here() -> None:
    in_list, in_article = matching("", LIST), matching("", ARTICLE)
    assert set(in_list) == set(in_article) == {command for command in COMMANDS if command.listed}
    far = [command for command in in_list if command.places and LIST not in command.places]
    assert in_list[-len(far) :] == tuple(far)
    assert matching("zen", ARTICLE)[0].id == "zen"


async def test_the_palette_keeps_its_key_column_beside_long_names() -> None:
    async with room(library(), (40, 16)) as reading:
        await reading.press("colon", *"copy")
        lines = [line for line in reading.lines if line.rstrip().endswith(" Y")]
        assert len(lines) == 1
        assert any("Markdown" in line for line in reading.lines), "the name goes on below"


async def test_a_saved_article_says_so_with_its_note() -> None:
    held = library(paragraphs=60)
    async with room(held) as reading:
        await reading.press("enter")
        assert "★ Bookmarked" not in reading.text
        await reading.press("e", *"besok", "enter")
        assert "Bookmarked with its note" in reading.status
        assert any("★ Bookmarked" in line and "✎ besok" in line for line in reading.lines)
        await reading.press("f")
        assert "★ Bookmarked" not in reading.text


async def test_saving_does_not_move_what_is_being_read() -> None:
    async with room(library(paragraphs=60)) as reading:
        await reading.press("enter", "space", "space")
        before = [line[:-4] for line in reading.lines[2:-1]]  # without the scrollbar
        await reading.press("f")
        assert [line[:-4] for line in reading.lines[2:-1]] == before
        await reading.press("f")
        assert [line[:-4] for line in reading.lines[2:-1]] == before


async def test_a_link_that_is_chosen_or_is_none_is_told() -> None:
    async with room(library(), (120, 24)) as reading:
        await reading.press("enter", "1")
        assert "1 again or Enter opens it" in reading.status
        await reading.press("9")
        assert "no link 9" in reading.status
        await reading.press("2", "1", "1")
        assert "chosen" not in reading.status, "it is open"


async def test_marks_are_told_with_the_way_back() -> None:
    async with room(library()) as reading:
        await reading.press("m")
        assert "Marked read. u undoes." in reading.status
        await reading.press("m")
        assert "Marked unread. u undoes." in reading.status


async def test_a_prompt_says_how_it_ends() -> None:
    for size, told in (((80, 24), True), ((40, 12), False)):
        async with room(library(), size) as reading:
            await reading.press("e")
            assert ("Esc cancels" in reading.text) is told


async def test_help_says_how_much_is_left() -> None:
    async with room(library(), (80, 20)) as reading:
        await reading.press("question_mark")
        assert "Space next page" in reading.lines[-1]
        assert reading.lines[-1].rstrip().endswith("0 %")
        await reading.press("end")
        assert "Space" not in reading.lines[-1]
        assert reading.lines[-1].rstrip().endswith("100 %")


async def test_below_the_heading_of_a_day_rows_tell_the_time() -> None:
    async with room(library(), (100, 40)) as reading:
        await reading.press("G", "g", "g")
        lines = reading.lines
        heading = next(index for index, line in enumerate(lines) if "Yesterday ─" in line)
        assert any("hours ago" in line for line in lines[:heading])
        facts = [line for line in lines[heading:] if " · " in line and "Yesterday" not in line]
        assert facts
        assert all(re.search(r"\b\d\d:\d\d · ", line) for line in facts)


async def test_comments_are_hinted_only_where_they_can_be_read() -> None:
    held = library()
    held.memory.articles[1] = replace(held.memory.articles[1], comments=Comments(external="disqus"))
    async with room(held, (120, 24)) as reading:
        await reading.press("enter")
        assert "c comments" not in reading.status
        await reading.press("c")
        assert "The comments are on Disqus" in reading.text
        assert "Tab choose" not in reading.status
        assert "fold" not in reading.status


async def test_x_says_whether_it_folds_or_unfolds() -> None:
    async with room(library(), (120, 24)) as reading:
        await reading.press("c")
        assert "x fold all" in reading.status
        await reading.press("x")
        assert "x unfold all" in reading.status


async def test_ctrl_c_leaves_a_prompt_and_nothing_else() -> None:
    held = library()
    async with room(held) as reading:
        await reading.press("e", *"draf", "ctrl+c")
        assert reading.app.screen is reading.main
        assert not held.memory.headline(1).saved


async def test_the_search_says_how_to_leave_it_wherever_the_focus_is() -> None:
    async with room(library()) as reading:
        await reading.press("slash")
        assert reading.lines[-1].rstrip().endswith("Esc back")
        await reading.press(*"sungai")
        await reading.finish()
        await reading.press("enter", "q")
        assert "/ edit" in reading.lines[-1]
        assert reading.lines[-1].rstrip().endswith("q back")
        await reading.press("slash")
        assert reading.lines[-1].rstrip().endswith("Esc back")


@pytest.mark.parametrize("key", ["slash", "e", "colon"])
async def test_letters_typed_at_once_after_the_key_of_an_input_are_kept(key: str) -> None:
    async with room(library()) as reading:
        for typed in (key, "q", "b", "a"):
            reading.app.post_message(Key(typed, typed if len(typed) == 1 else "/"))
        await reading.finish()
        assert reading.app.screen.query_one(Input).value == "qba"


async def test_what_was_found_is_set_anew_for_another_width() -> None:
    async with room(library(), (100, 30)) as reading:
        await reading.press("slash", *"sungai", "down")
        before = reading.app.screen.choices.cursor  # type: ignore[attr-defined]
        await reading.pilot.resize_terminal(50, 30)
        await reading.finish()
        assert reading.app.screen.choices.cursor == before == 1  # type: ignore[attr-defined]
        cut = [
            line for line in reading.lines if len(line.rstrip()) == 50 and not line.rstrip().endswith("back")
        ]
        assert not cut
        assert "8 articles" in reading.lines[-1]


async def test_an_empty_archive_says_that_there_is_nothing_to_search() -> None:
    async with room(library(0)) as reading:
        await reading.press("slash")
        assert "nothing to search" in reading.lines[-1]


async def test_a_key_without_a_meaning_says_where_those_with_one_are() -> None:
    async with room(library()) as reading:
        await reading.press("X")
        assert "X does nothing here. ? shows all keys." in reading.status
        await reading.press("j")
        assert "does nothing" not in reading.status


async def test_the_cursor_of_a_pane_without_the_focus_is_thin() -> None:
    async with room(library(), (120, 36)) as reading:
        assert sum(line.startswith("▏All news") for line in reading.lines) == 1
        assert any("▌●" in line for line in reading.lines)
        await reading.press("s")
        assert sum(line.startswith("▌All news") for line in reading.lines) == 1
        assert not any("▌●" in line for line in reading.lines)


async def test_a_start_without_news_leaves_the_line_to_the_keys() -> None:
    async with room(library(offline=False), refresh=True) as reading:
        await reading.finish()
        assert "? help" in reading.status
        await reading.press("R")
        await reading.finish()
        assert "Up to date." in reading.status
