"""Comments: threads that fold, what is new since the last visit, counts that are honest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.news import Comment, Comments
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW
from tests.tui.rooms import room

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from eksread.model.news import Article

pytestmark = pytest.mark.slow

LONG_AGO = NOW - timedelta(days=3)
RAHMA = Comment("rahma", LONG_AGO, "Mantap, lanjutkan.", 0)
IDRIS = Comment("idris", LONG_AGO, "Setuju sekali.", 1)
SITI = Comment("siti", LONG_AGO, "Kapan selesai?", 0)
ANSWER = Comment("panitia", NOW, "Bulan depan.", 1)
LAST = Comment("udin", NOW, "Terima kasih.", 2)


def told(*comments: Comment, count: int | None = None) -> Article:
    return news(1, comments=Comments(len(comments) if count is None else count, items=comments))


async def test_a_first_visit_marks_nothing_new_and_the_next_one_what_came_since(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, IDRIS, SITI), at=LONG_AGO) as library:
        library.clock = lambda: NOW - timedelta(hours=2)
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c")
            assert "Kapan selesai?" in reading.text
            assert "●" not in reading.text
            await reading.press("right_square_bracket")
            assert "No comment is new" in reading.status
        take(library, told(RAHMA, IDRIS, SITI, ANSWER, LAST), at=NOW - timedelta(hours=1))
        library.clock = lambda: NOW
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "end")
            assert "5 comments: press c.  ● 2 new" in reading.text
            await reading.press("c")
            assert "2 new since your last visit" in reading.text
            assert [line.strip(" │") for line in reading.lines if "●" in line] == [
                "● panitia  just now  new  ▾ 1 reply",
                "● udin  just now  new",
            ]
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c")
            assert "●" not in reading.text, "they have been seen"


async def test_going_to_the_article_and_back_is_one_visit(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA), at=LONG_AGO) as library:
        library.user_data.set_comments_seen(1, LONG_AGO)
        take(library, told(RAHMA, SITI), at=NOW - timedelta(hours=1))
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c", "c", "c")
            assert "● siti" in reading.text


async def test_brackets_go_to_the_new_ones_in_turn_and_open_the_thread_that_hides_one(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, IDRIS, SITI), at=LONG_AGO) as library:
        library.user_data.set_comments_seen(1, LONG_AGO)
        take(library, told(RAHMA, IDRIS, SITI, ANSWER, LAST), at=NOW - timedelta(hours=1))
        async with room(library, (80, 14)) as reading:
            view = reading.comments
            await reading.press("enter", "c", "x")
            assert "Bulan depan." not in reading.text
            await reading.press("right_square_bracket")
            assert view.items[view.current_link].comment == ANSWER
            assert "Bulan depan." in reading.text
            await reading.press("right_square_bracket")
            assert view.items[view.current_link].comment == LAST
            await reading.press("right_square_bracket")
            assert view.items[view.current_link].comment == ANSWER, "around the end"
            await reading.press("left_square_bracket")
            assert view.items[view.current_link].comment == LAST


async def test_a_thread_folds_to_its_first_comment_and_says_what_it_hides(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, IDRIS, SITI), at=LONG_AGO) as library:
        library.user_data.set_comments_seen(1, LONG_AGO)
        take(library, told(RAHMA, IDRIS, SITI, ANSWER, LAST), at=NOW - timedelta(hours=1))
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c", "tab", "enter")
            assert "▸ 1 reply" in reading.text
            assert "Setuju sekali." not in reading.text
            await reading.press("tab")
            assert reading.comments.items[reading.comments.current_link].comment == SITI
            await reading.press("enter")
            assert "▸ 2 replies, 2 new" in reading.text
            await reading.press("enter")
            assert "Terima kasih." in reading.text
            await reading.press("x", "x")
            assert reading.text.count("▸") == 2


async def test_a_chosen_reply_quotes_what_it_answers(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, IDRIS)) as library:
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c", "tab")
            assert "↳" not in reading.text
            await reading.press("tab")
            assert "↳ rahma: “Mantap, lanjutkan.”" in reading.text


async def test_a_comment_that_went_is_shown_as_gone_and_counted_so(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, SITI), at=LONG_AGO) as library:
        take(library, told(RAHMA, count=4), at=NOW)
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "c")
            assert "The page counts 4 comments, 1 of them saved." in reading.text
            assert "1 is no longer on the page." in reading.text
            assert any("siti" in line and "no longer on the page" in line for line in reading.lines)


@pytest.mark.parametrize(
    "posted", [SITI.posted, LONG_AGO + timedelta(minutes=20)], ids=["same time", "same place"]
)
async def test_an_edited_comment_is_an_edit_with_its_words_and_neither_gone_nor_new(
    posted: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    edited = replace(SITI, text="Kapan semuanya selesai?", posted=posted)
    with archive(tmp_path, told(RAHMA, SITI), at=LONG_AGO) as library:
        library.user_data.set_comments_seen(1, LONG_AGO)
        take(library, told(RAHMA, replace(SITI, text="Kapan ini selesai?")), at=NOW - timedelta(hours=2))
        take(library, told(RAHMA, edited, LAST), at=NOW - timedelta(hours=1))
        assert library.queries.comment_counts(1) == (3, 1)
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "c")
            assert "Kapan [-ini-] {+semuanya+} selesai?" in reading.text
            assert any("siti" in line and "edited" in line for line in reading.lines)
            assert reading.text.count("siti") == 1
            assert "1 new since" in reading.text
            assert "no longer on the page" not in reading.text


async def test_a_click_chooses_a_comment_and_folds_it(tmp_path: Path) -> None:
    with archive(tmp_path, told(RAHMA, IDRIS)) as library:
        async with room(library, (80, 40)) as reading:
            await reading.press("enter", "c")
            row = next(y for y, line in enumerate(reading.lines) if "rahma" in line)
            await reading.pilot.click(offset=(10, row))
            await reading.settle()
            assert "Setuju" not in reading.text
            assert reading.pane == "comments"
