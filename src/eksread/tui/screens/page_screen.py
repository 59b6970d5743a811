"""A page to read and close: the keys, the changes of an article, the end of an edition."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from eksread.formatting import number, weekday_date
from eksread.i18n import _, ngettext
from eksread.tui.key_names import keys_of
from eksread.tui.messages import ScrolledTo
from eksread.tui.render.lines import BLANK, Line, Run, hint_runs, paragraph, text_lines
from eksread.tui.screens.ask_screen import close
from eksread.tui.widgets.bars import Bar
from eksread.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.app import ComposeResult

    from eksread.tui.state.current_edition import Edition


_SPACE: Final = "Space"
END_COLUMN: Final = 56
"""Cells of the page at an edition's end: two short sentences."""


class PageView(TextView):
    """The page's text, laid out for every width (cells)."""

    def __init__(self, lines: Callable[[int], Iterable[Line]], column: int) -> None:
        super().__init__(column=column, pane_id="page")
        self._set = lines

    def lay_out(self) -> None:
        """Lay the page out for the present width."""
        self.set_lines(tuple(self._set(self.text_width)))


class PageScreen(Screen[None]):
    """Shows one long text; any of the keys that go back closes it."""

    CSS_PATH = "page_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,h,left,enter", "close", show=False),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "page(1)", show=False),
        Binding("b,pageup,ctrl+u", "page(-1)", show=False),
        Binding("home,g", "home", show=False),
        Binding("end,G", "end", show=False),
        Binding("ctrl+c,ctrl+q", "app.leave", show=False),
    ]

    def __init__(self, lines: Callable[[int], Iterable[Line]], *, column: int, closed_by: str = "") -> None:
        """`closed_by` is the command that opens the page: its keys close it as well."""
        super().__init__()
        self.view = PageView(lines, column)
        self.action_move, self.action_page = self.view.move, self.view.page
        self.action_home, self.action_end = self.view.home, self.view.end
        self.state = Bar(pane_id="state")
        for key in keys_of(closed_by) if closed_by else ():
            self._bindings.key_to_bindings[key] = [Binding(key, "close", show=False)]

    def compose(self) -> ComposeResult:
        """Show the page."""
        yield self.view
        yield self.state

    @on(ScrolledTo)
    def _scrolled(self) -> None:
        """Say which keys help, and how far down the page one is where it does not fit."""
        more = () if self.view.at_end else ((_SPACE, _("next page")),)
        self.state.set(
            hint_runs((("q", _("back")), *more)),
            (Run(f"{self.view.percent} %", "dim"),) if self.view.max_scroll_y else (),
        )

    def action_close(self) -> None:
        """Go back."""
        close(self)


def edition_end(edition: Edition) -> PageScreen:
    """Give the page at the end of an edition."""
    return PageScreen(partial(_edition_end, edition), column=END_COLUMN)


def _edition_end(edition: Edition, width: int) -> Iterator[Line]:
    """Give the page at the end of an edition. It names nothing more to read: the end is meant."""
    yield BLANK
    yield Line((Run(f"{edition.name} · {weekday_date(edition.at)}", "kicker"),))
    yield BLANK
    yield Line((Run(_("Finished."), "title"),))
    yield BLANK
    count, minutes = len(edition.articles), edition.minutes
    read = ngettext("You have read {n} article", "You have read {n} articles", count).format(n=number(count))
    minutes_read = ngettext("about {n} minute of reading.", "about {n} minutes of reading.", minutes)
    yield from text_lines(f"{read}, {minutes_read.format(n=number(minutes))}", "body", width)
    yield BLANK
    rest = _("What comes from now on waits for the next edition. There is nothing more to do here.")
    yield from text_lines(rest, "body", width)
    yield BLANK
    yield from paragraph((Run("q", "key"), Run("  " + _("back"), "hint")), width)
