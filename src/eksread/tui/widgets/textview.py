"""A long text in one centred column, drawn line by line: articles, comments and help all stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from eksread.tui.messages import LinkChosen, ScrolledTo
from eksread.tui.render import BLANK
from eksread.tui.widgets.lines import LineWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

    from eksread.tui.render import Line, Run

MARGIN: Final = 1
"""Cells kept free left and right of the column."""
OVERLAP: Final = 2
"""Lines that stay when paging, so that the eye finds its place."""
TOP: Final = 1
"""Blank lines above the text."""


class TextView(LineWidget, ScrollView, can_focus=True, inherit_bindings=False):
    """Lines in a column of at most `column` cells, centred. Subclasses set the text again when the width changes.

    Textual's own scrolling keys are not inherited: they would scroll in steps, past the commands of the screen.
    """

    LINK_LOOK: ClassVar[str] = "current"
    """How the line of the chosen link looks."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.column = column
        self.lines: Sequence[Line] = ()
        self.current_link = -1
        self._strips: dict[int, Strip] = {}
        self._wanted = 0

    @property
    def measure(self) -> int:
        """The column's width in cells that the pane allows."""
        return max(8, min(self.column, self.size.width - 2 * MARGIN))

    @property
    def _left(self) -> int:
        return max(0, (self.size.width - self.measure) // 2)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the scroll position stays where it can."""
        self.lines = lines
        self._strips.clear()
        self.virtual_size = Size(self.size.width, len(lines) + 2 * TOP)
        self.refresh()
        self.post_message(ScrolledTo())

    def set_column(self, width: int) -> None:
        """Set another column width; the topmost block stays."""
        block = self.top_block
        self.column = width
        self.typeset()
        if block:
            self.show_block(block)
        self._strips.clear()
        self.refresh()

    def typeset(self) -> None:
        """Set the text anew for the present width; subclasses do."""

    # ---- drawing ----

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        row = y + self.scroll_offset.y - TOP
        width = self.size.width
        if not 0 <= row < len(self.lines):
            return Strip.blank(width, self.rich_style)
        if self.text_selection is not None:
            return self._selected_line(row, width)
        strip = self._strips.get(row)
        if strip is None:
            line = self.lines[row]
            strip = self.strip(self.runs_of(row), width, self._left)
            if line.link >= 0 and line.link == self.current_link:
                strip = self.over(strip, self.LINK_LOOK)
            self._strips[row] = strip = strip.apply_offsets(0, row)
        return strip

    def runs_of(self, row: int) -> Sequence[Run]:
        """Give what is drawn of a line."""
        return self.lines[row].runs

    def _selected_line(self, row: int, width: int) -> Strip:
        strip = self.strip(self.runs_of(row), width, self._left)
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is not None:
            text = strip.text
            start, end = span[0], len(text.rstrip()) if span[1] == -1 else span[1]
            start = max(start, self._left)
            if start < end:
                cells = [strip.index_to_cell_position(min(len(text), index)) for index in (start, end)]
                before, chosen, after = (
                    strip.crop(0, cells[0]),
                    strip.crop(cells[0], cells[1]),
                    strip.crop(cells[1], width),
                )
                style = self.screen.get_component_rich_style("screen--selection")
                chosen = Strip([Segment(cell, (own or style) + style) for cell, own, _control in chosen])
                strip = Strip.join((before, chosen, after))
        return strip.apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text, without the column's margin."""
        left = " " * self._left
        text = "\n".join(left + line.text for line in self.lines)
        picked = selection.extract(text)
        return "\n".join(line.removeprefix(left) for line in picked.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget drawn lines when the theme changes."""
        super().notify_style_update()
        self._strips.clear()

    # ---- moving ----

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def percent(self) -> int:
        """How far the text has been scrolled; a text that fits is read at once."""
        return 100 if self.max_scroll_y <= 0 else round(100 * self.scroll_offset.y / self.max_scroll_y)

    @property
    def top_block(self) -> int:
        """The index of the topmost block on the screen."""
        row = max(0, self.scroll_offset.y - TOP)
        if row == 0:
            return 0
        return next((line.block for line in self.lines[row:] if line.block >= 0 and line.runs), 0)

    def move(self, rows: int) -> None:
        """Scroll by lines."""
        self._go(self.scroll_offset.y + rows)

    def page(self, pages: int) -> None:
        """Scroll by screens less a small overlap."""
        self._go(self.scroll_offset.y + pages * max(1, self.size.height - OVERLAP))

    def home(self) -> None:
        """Scroll to the top."""
        self._go(0)

    def end(self) -> None:
        """Scroll to the end."""
        self._go(len(self.lines) + 2 * TOP)

    def show_block(self, block: int) -> None:
        """Scroll so that a block is the topmost; before the first layout it is remembered until then."""
        self._wanted = block if not self.size.height else 0
        if block <= 0:
            self.home()
            return
        row = next((row for row, line in enumerate(self.lines) if line.block >= block), 0)
        self._go(row + TOP)

    def choose_link(self, index: int) -> None:
        """Choose a link by its index (-1: none) and bring it into sight."""
        self.current_link = index
        self._strips.clear()
        row = next((row for row, line in enumerate(self.lines) if line.link == index >= 0), None)
        if (
            row is not None
            and not self.scroll_offset.y <= row + TOP < self.scroll_offset.y + self.size.height - 1
        ):
            self._go(row + TOP - self.size.height // 3)
        self.refresh()

    def _go(self, y: int) -> None:
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say so however it was scrolled: by a key, the wheel or the scrollbar."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(ScrolledTo())

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Set the text for the new width and keep the topmost block."""
        block = self._wanted or (self.top_block if self.scroll_offset.y else 0)
        self.typeset()
        if block:
            self.show_block(block)
        self.resized()

    def resized(self) -> None:
        """Do what waited for a size; subclasses may."""

    def on_click(self, event: events.Click) -> None:
        """Follow a clicked link."""
        row = event.y + self.scroll_offset.y - TOP
        line = self.lines[row] if 0 <= row < len(self.lines) else BLANK
        if line.link >= 0 and self.text_selection is None:
            self.clicked(line.link)

    def clicked(self, link: int) -> None:
        """Say that the link with this index was clicked."""
        self.post_message(LinkChosen(link))
