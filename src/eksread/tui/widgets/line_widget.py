"""Widgets that show `Line`s by Textual's line API: the base of all text on the screen, and that of all lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from eksread.model.display_text import harmless
from eksread.tui.messages import MenuAsked
from eksread.tui.render.colours import style_of
from eksread.tui.render.headline_lines import THIN_BAR, is_of_row
from eksread.tui.widgets.list_window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized

    from rich.style import Style
    from textual import events

    from eksread.tui.render.lines import Line, Run

WHEEL: Final = 3
"""Lines per turn of the mouse wheel, as terminals scroll."""


LEFT: Final = 1
"""The mouse button that chooses and follows."""
RIGHT: Final = 3
"""The mouse button that asks what can be done."""


def selected_strip(strip: Strip, span: tuple[int, int], left: int, style: Style) -> Strip:
    """Give a strip with a part of its text in `style`: `span` counts characters, an end of -1 means that of the words.

    The margin, `left` cells wide, is never selected.
    """
    text = strip.text
    start, end = max(span[0], left), len(text.rstrip()) if span[1] == -1 else span[1]
    if start >= end:
        return strip
    first, last = (strip.index_to_cell_position(min(len(text), index)) for index in (start, end))
    chosen = [Segment(cell, (own or style) + style) for cell, own, _control in strip.crop(first, last)]
    return Strip.join((strip.crop(0, first), Strip(chosen), strip.crop(last, strip.cell_length)))


class LineWidget(Widget):
    """The base of our line widgets: gives runs the styles of the theme, on the widget's own background."""

    _base: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The widget's own style. Textual makes it anew at each call, from all ancestors: too slow for every line."""
        if self._base is None:
            self._base = super().rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Forget the style when the theme or a class changes it."""
        super().notify_style_update()
        self._base = None

    def strip(self, runs: Iterable[Run], width: int, left: int = 0) -> Strip:
        """Give runs as a strip of exactly `width` cells, `left` cells from its left edge."""
        base, theme = self.rich_style, self.app.theme
        segments = [Segment(" " * left, base)] if left else []
        segments += [
            Segment(harmless(piece.text), base + style_of(piece.style, theme) if piece.style else base)
            for piece in runs
            if piece.text
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def over(self, strip: Strip, names: str) -> Strip:
        """Give a strip with styles laid over its own (`Strip.apply_style` would lay them under)."""
        style = style_of(names, self.app.theme)
        return Strip(
            [Segment(text, own + style if own else style) for text, own, _control in strip], strip.cell_length
        )


class ListWidget(LineWidget, can_focus=True):
    """Rows of a few lines each, with a cursor. What it says of moving and clicking is for subclasses."""

    ALLOW_SELECT = False
    ALWAYS_CHOSEN: ClassVar[bool] = False
    """Whether the chosen row has its background without the focus as well; else a thin bar stands there."""

    rows: Sized = ()

    def __init__(self, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self._window = Window(lambda: len(self.rows), self.lines_of)
        self._laid_for = Size(0, 0)

    def lines_of(self, index: int) -> list[Line]:
        """Give the lines of a row, those of the row itself beginning with a bar; none outside the list."""
        raise NotImplementedError

    def moved(self) -> None:
        """Say that another row is chosen."""

    def picked(self) -> None:
        """Say that the chosen row was clicked."""

    @property
    def cursor(self) -> int:
        """The index of the chosen row."""
        return self._window.cursor

    @property
    def window(self) -> Window:
        """What is seen, for the size as it is: a frame is drawn before the widget hears of its new size."""
        if self._laid_for != self.size:
            self._laid_for = self.size
            self._window.reshape(self.size.height)
        return self._window

    def reshape(self) -> None:
        """Draw again, with rows that may have other heights now."""
        self._laid_for = Size(0, 0)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        frame, width = self.window.frame(), self.size.width
        if y >= len(frame):
            return Strip.blank(width, self.rich_style)
        index, line = frame[y]
        if index != self.cursor or not is_of_row(line):
            return self.strip(line.runs, width)
        if self.has_focus or self.ALWAYS_CHOSEN:
            return self.over(self.strip(line.runs, width), "chosen")
        return self.strip((line.runs[0]._replace(text=THIN_BAR), *line.runs[1:]), width)

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def move_to(self, index: int) -> None:
        """Move the cursor to a row and show it."""
        window = self.window
        top, before = window.top, window.span(window.cursor)
        moved = window.choose(index)
        if top != window.top:
            self.refresh()
        elif moved:
            spans = (before, window.span(window.cursor))
            self.refresh(*(Region(0, span.start, self.size.width, len(span)) for span in spans))
        if moved:
            self.moved()

    def page(self, pages: int) -> None:
        """Move the cursor by about a screen."""
        self.move(pages * max(1, self.window.rows_seen - 1))

    def home(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def end(self) -> None:
        """Move to the last row."""
        self.move_to(len(self.rows) - 1)

    def wheel(self, turns: int) -> None:
        """Scroll without moving the cursor."""
        self.window.scroll(turns * WHEEL)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked; a right click asks what can be done with it."""
        frame = self.window.frame()
        row = frame[event.y][0] if event.y < len(frame) and is_of_row(frame[event.y][1]) else None
        if event.button == RIGHT:
            self.move_to(self.cursor if row is None else row)
            self.post_message(MenuAsked(self.id, event.screen_offset))
        elif event.button == LEFT and row is not None:
            self.window.choose(row)
            self.refresh()
            self.picked()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on in the list."""
        event.stop()
        self.wheel(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back in the list."""
        event.stop()
        self.wheel(-1)
