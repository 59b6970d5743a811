"""A line with a left and a right side: the masthead and the status line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.strip import Strip

from eksread.tui.messages import BarClicked
from eksread.tui.render.lines import Run, fit, width_of, wrap
from eksread.tui.widgets.line_widget import LEFT, LineWidget, selected_strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

MARGIN: Final = 1
GAP: Final = 2
"""Cells at least between the two sides."""
MOST_LINES: Final = 10
"""Lines that a long notice may take: an address of 500 characters at 60 cells."""
ADDRESS: Final = "href"
"""The style of a notice's address: each of its pieces leads to the whole, where a line ends as well (OSC 8)."""
_LINKED: Final = re.compile(r"https?://[!-~]+")
"""What may stand in an escape sequence: printable ASCII."""


class Bar(LineWidget):
    """One line. What stands right is kept whole before what stands left.

    With `grows`, a left side that finds no room beside the right one takes the whole width, and more lines if need be;
    such a bar is on a layer above the panes, so that nothing else moves.
    """

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, pane_id: str, grows: bool = False) -> None:
        super().__init__(id=pane_id)
        self._grows = grows
        self._left: tuple[Run, ...] = ()
        self._right: tuple[Run, ...] = ()
        self._lines: list[tuple[Run, ...]] = [()]
        self._whole = False
        self._width = 0

    def set(self, left: Sequence[Run], right: Sequence[Run] = (), *, whole: bool = False) -> None:
        """Show both sides; `whole` asks that the left one be shown in full. Nothing is drawn where nothing changed."""
        sides = (tuple(left), tuple(right))
        if sides != (self._left, self._right):
            self._left, self._right = sides
            self._whole = whole
            self._set_lines()
            self.refresh()

    def _set_lines(self) -> None:
        self._width = self.size.width
        room = max(1, self._width - 2 * MARGIN)
        needed = width_of(self._left) + width_of(self._right) + GAP
        if self._grows and self._whole and needed > room:
            self._lines = _paragraph(self._left, room)
        else:
            self._lines = [self._sides(room)]
        if self._grows and self.styles.height is not None and self.styles.height.value != len(self._lines):
            self.styles.height = len(self._lines)

    def on_click(self, event: events.Click) -> None:
        """Say which piece of the left side was clicked."""
        left = MARGIN
        for index, piece in enumerate(self._left):
            right = left + width_of((piece,))
            if event.button == LEFT and left <= event.x < right and not self._whole:
                self.post_message(BarClicked(self.id, index))
            left = right

    # ---- selecting ----

    @property
    def allow_select(self) -> bool:
        """Whether words can be selected with the mouse: those of a notice, since hints are for clicking."""
        return self._whole

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text; an address that takes several lines is one again."""
        found = ""
        for y, runs in enumerate(self._lines):
            span = selection.get_span(y)
            if span is not None:
                text = " " * MARGIN + "".join(run.text for run in runs)
                parted = y and runs[:1] and runs[0].style == ADDRESS == self._lines[y - 1][-1].style
                found += ("" if parted else " ") + text[span[0] : None if span[1] < 0 else span[1]].strip()
        return found.strip(), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    # ---- drawing ----

    @property
    def text(self) -> str:
        """What both sides say."""
        return "  ".join("".join(run.text for run in side) for side in (self._left, self._right) if side)

    def _sides(self, room: int) -> tuple[Run, ...]:
        right = _fitted(self._right, room)
        left = _fitted(self._left, room - width_of(right) - (GAP if right else 0))
        return (*left, Run(" " * (room - width_of(left) - width_of(right))), *right)

    def render_line(self, y: int) -> Strip:
        """Draw a line; the first frame is drawn before the widget hears of its size."""
        if self._width != self.size.width:
            self._set_lines()
        runs = self._lines[y] if y < len(self._lines) else ()
        strip = self._linked(runs)
        span = self.text_selection.get_span(y) if self.text_selection is not None else None
        if span is not None:
            style = self.screen.get_component_rich_style("screen--selection")
            strip = selected_strip(strip, span, MARGIN, style)
        return strip.apply_offsets(0, y)

    def _linked(self, runs: Sequence[Run]) -> Strip:
        """Give a line, each piece of an address in it as a link to the whole."""
        strip = self.strip(runs, self.size.width, MARGIN)
        address = "".join(run.text for run in self._left if run.style == ADDRESS)
        if not _LINKED.fullmatch(address):
            return strip
        at, pieces = MARGIN, [strip.crop(0, MARGIN)]
        for run in runs:
            piece = strip.crop(at, at + width_of((run,)))
            pieces.append(piece.apply_style(Style(link=address)) if run.style == ADDRESS else piece)
            at += width_of((run,))
        return Strip.join([*pieces, strip.crop(at, strip.cell_length)])


def _paragraph(runs: Sequence[Run], room: int) -> list[tuple[Run, ...]]:
    """Give runs as lines; where there are too many the last one is shortened."""
    lines = wrap(runs, room)
    if len(lines) > MOST_LINES:
        rest = " ".join(run.text for line in lines[MOST_LINES - 1 :] for run in line)
        lines[MOST_LINES - 1 :] = [(Run(fit(rest, room), lines[-1][0].style),)]
    return lines


def _fitted(runs: Sequence[Run], room: int) -> tuple[Run, ...]:
    """Give as many runs as fit; the one that does not is shortened."""
    shown: list[Run] = []
    for run in runs:
        cells = width_of((run,))
        if cells > room:
            shortened = fit(run.text, room)
            if shortened.strip(" ·…"):
                shown.append(Run(shortened, run.style))
            break
        shown.append(run)
        room -= cells
    return tuple(shown)
