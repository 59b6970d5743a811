"""A short list to choose from under an input: search results, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from textual.message import Message

from eksread.tui.render.lines import BLANK, Line, Run
from eksread.tui.widgets.line_widget import ListWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NARROWEST: Final = 20
"""Cells that a choice is given at least."""
BESIDE: Final = 4
"""Cells beside a choice: its mark on the left, and as much on the right."""

T = TypeVar("T", covariant=True)


class Choice(NamedTuple, Generic[T]):
    """Something to choose: what it is, how it is drawn in so many cells, the heading it stands under, if any, and its name."""

    value: T
    lines: Callable[[int], Sequence[Line]]
    group: str = ""
    name: str = ""


class Choices(ListWidget, Generic[T]):
    """Choices of a few lines each; the keys stay with the screen and the input above."""

    ALWAYS_CHOSEN = True

    class Picked(Message):
        """The reader clicked the item that is now chosen."""

    rows: Sequence[Choice[T]] = ()

    def show(self, items: Sequence[Choice[T]], cursor: int = 0) -> None:
        """Show other items, with the cursor on one of them."""
        self.rows = items
        self.window.start(0)
        self.window.choose(cursor)
        self.refresh()

    def lines_of(self, index: int) -> list[Line]:
        """Give the lines of an item, below its group's heading where it is the first of it."""
        if not 0 <= index < len(self.rows):
            return []
        width = max(NARROWEST, self.size.width - BESIDE)
        item, before = self.rows[index], self.rows[index - 1] if index else None
        lines: list[Line] = []
        if item.group and (before is None or before.group != item.group):
            if before is not None and before.lines(width)[-1].runs:
                lines.append(BLANK)
            lines.append(Line((Run("  "), Run(item.group, "kicker"))))
        mark = Run("▌ " if index == self.cursor else "  ", "bar")
        return lines + [Line((mark, *line.runs)) if line.runs else line for line in item.lines(width)]

    def picked(self) -> None:
        """Take the item."""
        self.post_message(self.Picked())
