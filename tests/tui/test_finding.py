"""Finding words in an article, and going from a search hit to the place where it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block
from eksread.tui.render.lines import Line, Run
from eksread.tui.render.text_layout import Span, folded, overlaid, spans_of
from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article
    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

FILLER = "Warga berkumpul sejak pagi di tepi jalan dan membawa sapu serta karung untuk bekerja bersama."


def told(*paragraphs: str) -> Article:
    return news(1, title="Kerja Bakti", blocks=tuple(Block(BlockType.PARAGRAPH, text) for text in paragraphs))


LONG = told("Sungai itu surut.", *[FILLER] * 20, "Di hulu sungainya dalam.", *[FILLER] * 20, "SUNGAI lagi.")


def lines_of(*texts: str) -> list[Line]:
    return [Line((Run(text),)) for text in texts]


def test_case_and_accents_do_not_count_and_places_stay() -> None:
    assert folded("Désa ÅİẞK") == "desa aißk" or len(folded("Désa ÅİẞK")) == len("Désa ÅİẞK")
    assert spans_of(lines_of("Ke Désa kami"), ["desa"]) == [(Span(0, 3, 7),)]


def test_a_match_goes_on_in_the_next_line() -> None:
    assert spans_of(lines_of("jembatan tua", "itu roboh"), ["tua itu"]) == [(Span(0, 9, 12), Span(1, 0, 3))]


def test_signs_are_taken_as_they_are() -> None:
    assert spans_of(lines_of("harga (Rp 5.000) naik"), ["5.000)"]) == [(Span(0, 10, 16),)]
    assert spans_of(lines_of("harga 52000"), ["5.000"]) == []


def test_marks_are_laid_over_runs_of_any_look() -> None:
    runs = [Run("abc", "x"), Run("def", "y")]
    assert list(overlaid(runs, [(2, 4, "m")])) == [
        Run("ab", "x"),
        Run("c", "x m"),
        Run("d", "y m"),
        Run("ef", "y"),
    ]


def in_sight(reading: Room, text: str) -> bool:
    return text in " ".join(reading.text.split())


async def test_w_finds_words_and_brackets_go_from_match_to_match(tmp_path: Path) -> None:
    with archive(tmp_path, LONG) as library:
        async with room(library) as reading:
            await reading.press("enter", "w", *"sungai", "enter")
            assert in_sight(reading, "Sungai itu surut.")
            assert "1/3" in reading.status
            await reading.press("right_square_bracket")
            assert in_sight(reading, "Di hulu sungainya dalam.")
            await reading.press("right_square_bracket")
            assert in_sight(reading, "SUNGAI lagi.")
            assert "3/3" in reading.status
            await reading.press("right_square_bracket")
            assert "1/3" in reading.status
            await reading.press("left_square_bracket")
            assert "3/3" in reading.status


async def test_escape_ends_finding_before_it_goes_back(tmp_path: Path) -> None:
    with archive(tmp_path, LONG) as library:
        async with room(library) as reading:
            await reading.press("enter", "w", *"sungai", "enter", "escape")
            assert reading.pane == "article"
            assert "/3" not in reading.status
            await reading.press("escape")
            assert reading.pane == "headlines"


async def test_matches_are_marked_and_stay_so_at_another_width(tmp_path: Path) -> None:
    with archive(tmp_path, LONG) as library:
        async with room(library, (120, 36)) as reading:
            await reading.press("enter", "w", *"sapu serta", "enter")
            assert len(reading.article.matches) == 40
            await reading.press("less_than_sign", "less_than_sign", "less_than_sign")
            article = reading.article
            assert len(article.matches) == 40
            first = article.matches[0][0]
            styles = [run.style for run in article.runs_of(first.row) if run.text.startswith("sapu")]
            assert styles == ["body current"]


async def test_what_is_not_there_is_said_and_the_text_stays(tmp_path: Path) -> None:
    with archive(tmp_path, LONG) as library:
        async with room(library) as reading:
            await reading.press("enter", "w", *"gunung", "enter")
            assert "Not in this article: gunung" in reading.status
            assert in_sight(reading, "Sungai itu surut.")


async def test_a_search_hit_opens_at_the_place_found(tmp_path: Path) -> None:
    with archive(
        tmp_path, told("Pembuka.", *[FILLER] * 20, "Lalu trenggiling lewat.", *[FILLER] * 20)
    ) as library:
        async with room(library) as reading:
            await reading.press("slash", *"trenggiling")
            await reading.finish()
            await reading.press("enter")
            assert reading.pane == "article"
            assert in_sight(reading, "Lalu trenggiling lewat.")
            assert "1/1" in reading.status
