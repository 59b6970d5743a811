"""A long text in one centred column, drawn line by line: the base of articles, comments and help."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from eksread.tui.messages import LinkChosen, MenuAsked, ScrolledTo
from eksread.tui.render.headline_lines import BAR, THIN_BAR
from eksread.tui.render.text_layout import LaidText, overlaid, spans_of
from eksread.tui.state.screen_state import START, Place
from eksread.tui.widgets.line_widget import LEFT, RIGHT, LineWidget, selected_strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

    from eksread.tui.render.lines import Line, Run
    from eksread.tui.render.text_layout import Span


MARGIN: Final = 1
"""Cells kept free left and right of the column."""
OVERLAP: Final = 2
"""Lines that stay when paging, so that the eye finds its place."""
TOP: Final = 1
"""Blank lines above the text."""
DOUBLE: Final = 2
"""Clicks in a row on one place."""


class TextView(LineWidget, ScrollView, can_focus=True, inherit_bindings=False):
    """Lines in a column of at most `column` cells, centred. Subclasses set the text again when the width changes.

    Textual's own scrolling keys are not inherited: they would scroll in steps, past the commands of the screen.
    """

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.column = column
        self.laid = LaidText()
        self.current_link = -1
        self.place: Place = START
        """The place to which the reader has scrolled."""
        self._laid_for = Size(0, 0)
        """The size for which the text is set: while the widget's is another, a scroll is not the reader's."""

    @property
    def _room(self) -> int:
        """Cells beside the scrollbar, whose place stays free where there is none: the text must not move when it comes."""
        return self.size.width - self.styles.scrollbar_size_vertical

    @property
    def text_width(self) -> int:
        """The column's width in cells that the pane allows."""
        return max(8, min(self.column, self._room - 2 * MARGIN))

    @property
    def _left(self) -> int:
        return max(0, (self._room - self.text_width) // 2)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the scroll position stays where it can."""
        self.laid = LaidText(lines)
        self.virtual_size = Size(self.size.width, len(lines) + 2 * TOP)
        self.refresh()
        self.post_message(ScrolledTo())

    def set_column(self, width: int) -> None:
        """Set another column width; what is read stays."""
        place = self.place
        self.column = width
        self.lay_out()
        self.show_place(place)
        self.refresh()

    def lay_out(self) -> None:
        """Lay the text out for the present width; subclasses do."""

    # ---- drawing ----

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        row = y + self.scroll_offset.y - TOP
        if not 0 <= row < len(self.laid):
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._drawn(row)
        selection = self.text_selection
        if selection is not None:
            span = selection.get_span(row)
            if span is not None:
                style = self.screen.get_component_rich_style("screen--selection")
                strip = selected_strip(strip, span, self._left, style)
        elif self.laid.link_at(row) == self.current_link >= 0:
            strip = self._chosen(row)
        return strip.apply_offsets(0, row)

    def _drawn(self, row: int) -> Strip:
        return self.strip(self.runs_of(row), self.size.width, self._left)

    def _chosen(self, row: int) -> Strip:
        """Draw a line of the chosen link: a bar, and one background as wide as the column."""
        runs = [run._replace(text=run.text.replace(THIN_BAR, BAR)) for run in self.runs_of(row)]
        column = self.strip(runs, self.text_width)
        margin = Strip([Segment(" " * self._left, self.rich_style)])
        line = Strip.join((margin, self.over(column, "chosen")))
        return line.adjust_cell_length(self.size.width, self.rich_style)

    def runs_of(self, row: int) -> Sequence[Run]:
        """Give what is drawn of a line."""
        return self.laid.lines[row].runs

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text, without the column's margin."""
        margin = " " * self._left
        lines = selection.extract(self.laid.text(self._left)).split("\n")
        return "\n".join(line.removeprefix(margin) for line in lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

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
        row = self.scroll_offset.y - TOP
        return self.laid.block_at(row) if row > 0 else 0

    @property
    def blocks_in_sight(self) -> set[int]:
        """The indexes of the blocks on the screen; -1 is what is above, between and below them."""
        top = max(0, self.scroll_offset.y - TOP)
        return {line.block for line in self.laid.lines[top : top + self.size.height - TOP] if line.runs}

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
        self._go(len(self.laid) + 2 * TOP)

    def show_place(self, place: Place) -> None:
        """Scroll to a place; before the first layout it is remembered until then."""
        self.place = place
        self._go(self.laid.row_at(place) + TOP if place != START else 0)

    def choose_link(self, index: int) -> None:
        """Choose a link by its index (-1: none) and bring it into sight."""
        self.current_link = index
        self.refresh()
        row = self.laid.row_of_link(index)
        if row is not None:
            self.reveal(row)

    def reveal(self, row: int) -> None:
        """Bring a row into sight, with a third of the screen above it where it was not."""
        if not self.scroll_offset.y <= row + TOP < self.scroll_offset.y + self.size.height - 1:
            self._go(row + TOP - self.size.height // 3)

    def _go(self, y: int) -> None:
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say so however it was scrolled: by a key, the wheel or the scrollbar."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._laid_for:
            row = round(new_value) - TOP
            self.place = self.laid.place_at(row) if row > 0 else START
        self.post_message(ScrolledTo())

    # ---- events ----

    def on_resize(self, event: events.Resize) -> None:
        """Lay the text out for the new width and keep the place, however often the size changes."""
        self.lay_out()
        self.show_place(self.place)
        self._laid_for = self.size
        self.resized()

    def resized(self) -> None:
        """Do what waited for a size; subclasses may."""

    def on_click(self, event: events.Click) -> None:
        """Follow a clicked link; a double click elsewhere is on a word, a right one asks for the menu."""
        event.prevent_default()  # Textual would select the whole text at a double click
        row = event.y + self.scroll_offset.y - TOP
        link = self.laid.link_at(row)
        if event.button == RIGHT:
            self.post_message(MenuAsked(self.id, event.screen_offset))
        elif event.button != LEFT or self.text_selection is not None:
            return
        elif link >= 0:
            self.clicked(link)
        elif event.chain == DOUBLE:
            self.word_clicked(self.laid.word_at(row, event.x - self._left))

    def word_clicked(self, word: str) -> None:
        """Do what a double click on a word does, "" on none; subclasses may."""

    def clicked(self, link: int) -> None:
        """Say that the link with this index was clicked."""
        self.post_message(LinkChosen(link))


class FindView(TextView):
    """Marks what is found in the text, and goes from match to match."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
        self.needles: tuple[str, ...] = ()
        self.matches: list[tuple[Span, ...]] = []
        self.match = 0
        """The number of the present match."""
        self._marks: dict[int, list[tuple[int, int, str]]] = {}
        self._waiting = False

    def find(self, *needles: str, whole: bool = False) -> bool:
        """Mark all matches and go to the first from the top of the screen on (of the `whole` text); give whether there is one."""
        self._waiting = whole and not self.size.height
        self._find(needles)
        top = 0 if whole else self.scroll_offset.y - TOP
        if self.matches:
            self._show(next((at for at, spans in enumerate(self.matches) if spans[0].row >= top), 0))
        return bool(self.matches)

    def find_next(self, step: int) -> bool:
        """Go to the next match (or the one before), around the end; give whether there are any."""
        if self.matches:
            self._show((self.match + step) % len(self.matches))
        return bool(self.matches)

    def resized(self) -> None:
        """Go to the match that was asked for before there was a size."""
        if self._waiting and self.size.height:
            self.find(*self.needles, whole=True)

    def end_find(self) -> bool:
        """Take the marks away; give whether there were any."""
        had = bool(self.needles)
        self._waiting = False
        self._find(())
        return had

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is being found is marked in them as well."""
        super().set_lines(lines)
        self._find(self.needles)

    def _find(self, needles: tuple[str, ...]) -> None:
        """Find the needles; the present match keeps its number where it can."""
        self.needles, self.matches = needles, spans_of(self.laid.lines, needles)
        self._mark(min(self.match, max(0, len(self.matches) - 1)))

    def _mark(self, match: int) -> None:
        self.match, self._marks = match, defaultdict(list)
        for at, spans in enumerate(self.matches):
            for row, start, end in spans:
                self._marks[row].append((start, end, "current" if at == match else "match"))
        self.refresh()

    def _show(self, match: int) -> None:
        self._mark(match)
        self.reveal(self.matches[match][0].row)

    def runs_of(self, row: int) -> Sequence[Run]:
        """Give a line's runs with its matches marked."""
        runs = super().runs_of(row)
        return tuple(overlaid(runs, self._marks[row])) if row in self._marks else runs
