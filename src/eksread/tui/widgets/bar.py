"""A line with a left and a right side: the masthead and the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from eksread.tui.render import Run, fit, width_of
from eksread.tui.widgets.lines import LookBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

MARGIN: Final = 1
GAP: Final = 2
"""Cells at least between the two sides."""


class Bar(LookBook):
    """One line. What stands right is kept whole before what stands left, unless it fills the line."""

    LOOKS = frozenset({"brand", "place", "dim", "key", "hint", "notice", "grave", "news", "progress", "rule"})
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"look--{name}" for name in LOOKS}
    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self._left: tuple[Run, ...] = ()
        self._right: tuple[Run, ...] = ()

    def set(self, left: Sequence[Run], right: Sequence[Run] = ()) -> None:
        """Show both sides; nothing is drawn where nothing changed."""
        sides = (tuple(left), tuple(right))
        if sides != (self._left, self._right):
            self._left, self._right = sides
            self.refresh()

    @property
    def text(self) -> str:
        """What both sides say."""
        return "  ".join("".join(run.text for run in side) for side in (self._left, self._right) if side)

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        room = self.size.width - 2 * MARGIN
        right = _fitted(self._right, room)
        left = _fitted(self._left, room - width_of(right) - (GAP if right else 0))
        gap = room - width_of(left) - width_of(right)
        return self.strip((*left, Run(" " * gap), *right), self.size.width, MARGIN)


def _fitted(runs: Sequence[Run], room: int) -> tuple[Run, ...]:
    """Give as many runs as fit; the one that does not is shortened."""
    shown: list[Run] = []
    for run in runs:
        cells = width_of((run,))
        if cells > room:
            shortened = fit(run.text, room)
            if shortened.strip(" ·…"):
                shown.append(Run(shortened, run.look))
            break
        shown.append(run)
        room -= cells
    return tuple(shown)
