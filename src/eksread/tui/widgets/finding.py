"""A text on the screen in which words can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.tui.finder import Finder
from eksread.tui.widgets.textview import TOP, TextView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.tui.finder import Span
    from eksread.tui.render import Line, Run


class FindView(TextView):
    """Shows what a finder finds in the text, and goes from match to match."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
        self.finder = Finder()
        self._waiting = False

    @property
    def matches(self) -> list[tuple[Span, ...]]:
        """What was found."""
        return self.finder.matches

    def find(self, *needles: str, whole: bool = False) -> bool:
        """Mark all matches and go to the first from the top of the screen on (of the `whole` text); give whether there is one."""
        self._waiting = whole and not self.size.height
        self._mark(needles)
        top = 0 if whole else self.scroll_offset.y - TOP
        if self.matches:
            self._show(self.finder.first(lambda row: row >= top))
        return bool(self.matches)

    def find_next(self, step: int) -> bool:
        """Go to the next match (or the one before), around the end; give whether there are any."""
        if self.matches:
            self._show((self.finder.match + step) % len(self.matches))
        return bool(self.matches)

    def resized(self) -> None:
        """Go to the match that was asked for before there was a size."""
        if self._waiting and self.size.height:
            self.find(*self.finder.needles, whole=True)

    def end_find(self) -> bool:
        """Take the marks away; give whether there were any."""
        had = bool(self.finder.needles)
        self._waiting = False
        self._mark(())
        return had

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is being found is marked in them as well."""
        super().set_lines(lines)
        self._mark(self.finder.needles)

    def _mark(self, needles: tuple[str, ...]) -> None:
        self.finder.mark(self.laid.lines, needles)
        self.redraw()

    def _show(self, index: int) -> None:
        self.finder.choose(index)
        self.redraw()
        self.reveal(self.finder.row)

    def runs_of(self, row: int) -> Sequence[Run]:
        """Give a line's runs with its matches marked."""
        return self.finder.over(row, super().runs_of(row))
