"""Reactions below an article: bars with names, and what changed since the reader was there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from eksread.model.news import Reaction
from eksread.tui.render.article_lines import reaction_lines
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article

pytestmark = pytest.mark.slow

THEN = (Reaction("Senang", 60), Reaction("Sedih", 40))
TODAY = (Reaction("Senang", 72), Reaction("Sedih", 8), Reaction("Marah", 20))


def told(*reactions: Reaction) -> Article:
    return news(1, reactions=reactions)


def texts(*given: Reaction, width: int = 72, before: tuple[Reaction, ...] = ()) -> list[str]:
    """Give the words of the lines, without the bars."""
    lines = reaction_lines(given, width, before=before)
    return [" ".join(line.text.translate({ord("█"): " ", ord("░"): " "}).split()) for line in lines]


def test_the_strongest_stands_first_with_its_name() -> None:
    assert texts(Reaction("Sedih", 30), Reaction(None, 70), Reaction("Marah", 0)) == [
        "Readers' reactions",
        "without a name 70 %",
        "Sedih 30 %",
    ]


def test_a_change_has_a_sign_and_a_number() -> None:
    assert texts(*TODAY, before=THEN) == [
        "Readers' reactions",
        "Senang 72 % ▲ 12",
        "Marah 20 % ▲ 20",
        "Sedih 8 % ▼ 32",
        "▲ ▼ since you were here",
    ]


def test_one_that_nobody_gives_any_more_is_shown_once_more() -> None:
    assert "Sedih 0 % ▼ 40" in texts(Reaction("Senang", 100), before=THEN)


def test_nothing_is_said_where_nothing_changed() -> None:
    assert texts(*THEN, before=THEN) == texts(*THEN)


@pytest.mark.parametrize("width", [38, 48, 72])
def test_no_line_is_wider_than_the_column(width: int) -> None:
    long = (Reaction("Sangat Menginspirasi Sekali", 100), Reaction("Senang", 0))
    lines = reaction_lines(long, width, before=(Reaction("Senang", 100),))
    assert max(cell_len(line.text) for line in lines) <= width


async def test_a_later_visit_shows_what_changed_since_the_last_one(tmp_path: Path) -> None:
    with archive(tmp_path, told(*THEN), at=NOW - timedelta(days=1)) as library:
        library.clock = lambda: NOW - timedelta(hours=2)
        async with room(library, (80, 50)) as reading:
            await reading.press("enter", "end")
            assert "60 %" in reading.text
            assert "▲" not in reading.text
        take(library, told(*TODAY), at=NOW - timedelta(hours=1))
        library.clock = lambda: NOW
        async with room(library, (80, 50)) as reading:
            await reading.press("enter", "end")
            assert "72 % ▲ 12" in reading.text
            assert "8 % ▼ 32" in reading.text
