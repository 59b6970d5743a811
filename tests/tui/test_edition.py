"""The edition: made once, read to its end, and then over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.tui.state.current_edition import EDITION_FACT, edition_to_read, last_edition
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
STORIES = [news(1, section="Kaltim"), news(2, section="Bontang"), news(3, section="Kaltim")]


def titles(reading: Room) -> list[str]:
    rows = reading.headlines.rows
    return [rows.get(index).title for index in range(len(rows))]


async def test_it_stands_by_sections_with_its_minutes_and_progress(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES, news(30)) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("E")
            assert titles(reading) == [STORIES[1].title, STORIES[0].title, STORIES[2].title], (
                "not the one of old"
            )
            headings = [
                line for line in reading.lines if "───" in line and ("Kaltim" in line or "Bontang" in line)
            ]
            assert len(headings) == 2
            assert "Evening edition" in reading.lines[0]
            assert "0/3 · 3 min left" in reading.lines[0]
            await reading.press("enter")
            assert "1/3 · 2 min left" in reading.lines[0]


async def test_space_reads_on_to_the_end_which_is_one(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES) as library:
        async with room(library, (100, 60)) as reading:
            await reading.press("E", "j", "enter", "end", "space", "end", "space")
            assert "2/3" in reading.lines[0] or "3/3" in reading.lines[0]
            await reading.press("end", "space")
            assert "Finished." in reading.text
            assert "You have read 3 articles, about 3 minutes of reading." in " ".join(reading.text.split())
            await reading.press("q")
            assert reading.pane == "headlines"
            assert reading.sidebar_item.key == "all"
            await reading.press("E")
            assert "nothing new since the last edition" in reading.text


async def test_what_comes_meanwhile_waits_for_the_next_one(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES[:2], at=NOW - HOUR) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("E")
            take(library, STORIES[2], at=NOW + HOUR)
            await reading.press("F", "E")
            assert len(titles(reading)) == 2, "the edition that was begun goes on"
            await reading.press("A", "y", "q")
            library.clock = lambda: NOW + 2 * HOUR
            await reading.press("F", "E")
            assert titles(reading) == [STORIES[2].title]


async def test_a_new_half_day_has_a_new_edition_without_what_was_left(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES[:2], at=NOW - HOUR) as library:
        async with room(library) as reading:
            await reading.press("E")
        library.clock = lambda: NOW + 20 * HOUR
        take(library, STORIES[2], at=NOW + 19 * HOUR)
        edition = edition_to_read(library)
        assert edition.name == "Morning edition"
        assert [library.headline(one).title for one, _minutes in edition.articles] == [STORIES[2].title]
        assert library.queries.counts().unread == 3, "nothing was marked"


async def test_passing_over_it_among_the_sections_begins_nothing(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES) as library:
        async with room(library) as reading:
            await reading.press("s", "j", "j", "j")
            assert reading.sidebar_item.key == "edition"
            assert last_edition(library) is None
            await reading.press("enter")
            assert last_edition(library) is not None


def test_a_fact_that_makes_no_sense_is_no_edition(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES) as library:
        for value in (
            "",
            "[]",
            '{"at": 3, "articles": []}',
            '{"at": "2026-07-15T00:00:00+00:00", "articles": [1]}',
            "{",
        ):
            library.facts.set(EDITION_FACT, value)
            assert last_edition(library) is None


async def test_all_read_at_once_is_finished_as_well(tmp_path: Path) -> None:
    with archive(tmp_path, *STORIES) as library:
        async with room(library) as reading:
            await reading.press("E", "A", "y")
            await reading.settle()
            assert "Finished." in reading.text
