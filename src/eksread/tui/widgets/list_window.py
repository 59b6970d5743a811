"""The visible part of a long list, and its cursor. Knows neither Textual nor what the rows are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eksread.tui.render.lines import Line


class Top(NamedTuple):
    """Where a screen begins: a row, and how many of its lines are scrolled off."""

    row: int
    skip: int


class Window:
    """The rows on a screen of `height` lines, and the cursor, whose row is scrolled into view when it moves.

    `lines` gives a row's lines by its index, none outside of `count()` rows; their number must not depend on the cursor.
    The position is never a sum of heights: these differ from row to row and are known for the shown rows alone, so a
    list of 100,000 rows is as quick as one of 100, and has no virtual size.
    """

    def __init__(self, count: Callable[[], int], lines: Callable[[int], Sequence[Line]]) -> None:
        self._count = count
        self._row_lines = lines
        self.height = 0
        self.cursor = 0
        self.top = Top(0, 0)
        self._heights: dict[int, int] = {}
        self._frame: list[tuple[int, Line]] | None = None

    # ---- what is seen ----

    def frame(self) -> Sequence[tuple[int, Line]]:
        """Give the lines on the screen from its top, each with its row's index."""
        if self._frame is None:
            frame: list[tuple[int, Line]] = []
            index, wanted = self.top.row, self.height + self.top.skip
            while len(frame) < wanted and (lines := self._lines(index)):
                frame += [(index, line) for line in lines]
                index += 1
            self._frame = frame[self.top.skip : wanted]
        return self._frame

    def span(self, index: int) -> range:
        """Give the screen lines that a row takes."""
        lines = [y for y, (row, _line) in enumerate(self.frame()) if row == index]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    @property
    def rows_seen(self) -> int:
        """How many rows the screen shows, in whole or in part."""
        return len({index for index, _line in self.frame()})

    def _lines(self, index: int) -> Sequence[Line]:
        lines = self._row_lines(index)
        if lines:
            self._heights[index] = len(lines)
        return lines

    def _height(self, index: int) -> int:
        return self._heights.get(index) or len(self._lines(index))

    # ---- what changes it ----

    def redraw(self) -> None:
        """Lay the rows out again, since their styles have changed; their heights are as they were."""
        self._frame = None

    def reshape(self, height: int) -> None:
        """Lay the rows out again for a screen of `height` lines, since they may have other heights."""
        self.height = height
        self._heights.clear()
        self._frame = None
        self._reveal()

    def start(self, cursor: int, line: int = 0) -> None:
        """Show other rows, with the cursor's row on screen line `line` if it can."""
        self.cursor = max(0, min(cursor, self._count() - 1))
        self.top = Top(self.cursor, 0)
        self._heights.clear()
        self._frame = None
        self.scroll(-line)
        self._reveal()

    def begin(self, row: int, skip: int = 0) -> None:
        """Begin the screen with a row (`skip` of its lines scrolled off), as far as the cursor's stays in sight."""
        self.top = Top(max(0, min(row, self.cursor)), skip)
        self._reveal()
        self._frame = None

    def choose(self, index: int) -> bool:
        """Move the cursor to a row, the nearest where there is none, and show it; give whether it moved."""
        before, self.cursor = self.cursor, max(0, min(index, self._count() - 1))
        self._frame = None
        self._reveal()
        return self.cursor != before

    def scroll(self, lines: int) -> None:
        """Scroll the screen, not the cursor."""
        if not self._count() or not self.height:
            return
        top, skip = self.top.row, self.top.skip + lines
        while skip < 0 and top > 0:
            top -= 1
            skip += self._height(top)
        skip = max(0, skip)
        while skip >= (height := self._height(top)) and top < self._count() - 1:
            skip -= height
            top += 1
        self.top = Top(top, min(skip, self._height(top) - 1))
        self._frame = None

    def _reveal(self) -> None:
        """Scroll as little as shows the whole row under the cursor."""
        if not self.height or not self._count():
            return
        if self.cursor < self.top.row or (self.cursor == self.top.row and self.top.skip):
            self.top = Top(self.cursor, 0)
        else:
            self._reveal_below()
        self._fill()
        self._frame = None

    def _reveal_below(self) -> None:
        """Put the cursor's row at the bottom where it is below the screen."""
        index, used = self.cursor, self._height(self.cursor)
        while index > self.top.row and used < self.height:
            index -= 1
            used += self._height(index)
        if index == self.top.row and used - self.top.skip <= self.height:
            return
        self.top = Top(index, 0 if index == self.cursor else max(0, used - self.height))

    def _fill(self) -> None:
        """Leave no blank below the last row while there are rows above."""
        top, skip = self.top
        used, index = -skip, top
        while index < self._count() and used < self.height:
            used += self._height(index)
            index += 1
        missing = self.height - used
        while missing > 0 and (skip or top):
            if not skip:
                top -= 1
                skip = self._height(top)
            step = min(missing, skip)
            skip -= step
            missing -= step
        self.top = Top(top, skip)
