"""What a screen shows of a long list, and where blocks and links stand in a text: no screen is needed to know it."""

from __future__ import annotations

import random

import pytest

from eksread.tui.render.lines import BLANK, Line, Run
from eksread.tui.render.text_layout import LaidText
from eksread.tui.state.screen_state import Place
from eksread.tui.widgets.list_window import Window


class Heights:
    """Rows of these heights; how many were laid out is counted."""

    def __init__(self, *heights: int) -> None:
        self.heights = heights
        self.set = 0

    def count(self) -> int:
        return len(self.heights)

    def lines(self, index: int) -> list[Line]:
        self.set += 1
        return [BLANK] * self.heights[index] if 0 <= index < len(self.heights) else []


def window_on(rows: Heights) -> Window:
    return Window(rows.count, rows.lines)


def seen(window: Window) -> list[int]:
    return [index for index, _line in window.frame()]


def test_the_window_moves_as_little_as_shows_the_chosen_row_whole() -> None:
    window = window_on(Heights(2, 3, 2, 3, 2))
    window.reshape(6)
    assert seen(window) == [0, 0, 1, 1, 1, 2]
    window.choose(1)
    assert seen(window) == [0, 0, 1, 1, 1, 2]
    window.choose(2)
    assert seen(window) == [0, 1, 1, 1, 2, 2]
    window.choose(0)
    assert seen(window) == [0, 0, 1, 1, 1, 2]


def test_there_is_no_blank_below_the_last_row_while_rows_are_above() -> None:
    window = window_on(Heights(2, 3, 2))
    window.reshape(4)
    window.choose(2)
    window.scroll(5)
    window.reshape(6)
    assert seen(window) == [0, 1, 1, 1, 2, 2]


def test_scrolling_leaves_the_cursor() -> None:
    window = window_on(Heights(*[2] * 10))
    window.reshape(4)
    window.scroll(3)
    assert seen(window) == [1, 2, 2, 3]
    assert window.cursor == 0
    window.scroll(-9)
    assert seen(window) == [0, 0, 1, 1]


def test_other_rows_begin_with_the_cursor_where_it_stood() -> None:
    window = window_on(Heights(*[2] * 10))
    window.reshape(6)
    window.start(5, 2)
    assert seen(window) == [4, 4, 5, 5, 6, 6]
    assert list(window.span(5)) == [2, 3]


def test_a_cursor_beyond_the_end_stands_on_the_last_row() -> None:
    window = window_on(Heights(1, 1))
    window.reshape(5)
    assert window.choose(99)
    assert window.cursor == 1
    assert not window.choose(99)


def test_an_empty_list_shows_nothing() -> None:
    window = window_on(Heights())
    window.reshape(5)
    window.scroll(1)
    assert not window.choose(3)
    assert seen(window) == []


def test_only_rows_near_the_screen_are_set() -> None:
    rows = Heights(*[3] * 100_000)
    window = window_on(rows)
    window.reshape(30)
    window.choose(99_999)
    window.frame()
    window.choose(50_000)
    window.frame()
    assert rows.set < 200


@pytest.mark.parametrize("seed", range(20))
def test_the_chosen_row_is_whole_on_the_screen_however_it_was_come_to(seed: int) -> None:
    chance = random.Random(seed)
    rows = Heights(*(chance.randint(1, 4) for _ in range(60)))
    window = window_on(rows)
    window.reshape(chance.randint(4, 12))
    for _turn in range(80):
        match chance.randrange(3):
            case 0:
                window.scroll(chance.randint(-9, 9))
            case 1:
                window.reshape(chance.randint(4, 12))
            case _:
                window.choose(chance.randrange(70))
                assert len(window.span(window.cursor)) == rows.heights[window.cursor]


LAID = LaidText(
    (
        Line((Run("Judul"),)),
        BLANK,
        Line((Run("Satu"),), block=0),
        Line(block=0),
        Line((Run("Baca juga"),), block=1, link=0),
        Line((Run("kabar"),), block=1, link=0),
        Line((Run("Dua"),), block=2),
    )
)


def test_blocks_and_links_are_known_by_row() -> None:
    assert [LAID.block_at(row) for row in range(7)] == [0, 0, 0, 1, 1, 1, 2]
    assert LAID.block_at(99) == 0
    assert LAID.row_at(Place(2, 0)) == 6
    assert LAID.row_at(Place(9, 0)) == 0
    assert [LAID.link_at(row) for row in (-1, 3, 5, 99)] == [-1, -1, 0, -1]
    assert LAID.row_of_link(0) == 4
    assert LAID.row_of_link(-1) is None
    assert LAID.row_of_link(7) is None
