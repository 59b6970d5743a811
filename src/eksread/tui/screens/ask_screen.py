"""The base of all screens to choose from: an input, choices that follow what is typed, a status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Run, hint_runs, width_of
from eksread.tui.widgets.bars import GAP, MARGIN, Bar
from eksread.tui.widgets.choice_list import Choice, Choices
from eksread.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult

    from eksread.model.lists import Headline

BESIDE_PANEL: Final = 90
"""Columns from which the page is seen beside a panel; below, the panel needs all of them."""

T = TypeVar("T")


def close(screen: Screen[T], result: T | None = None) -> None:
    """Close a screen with a result, unless that is done: of quick keys a second one may have been on its way to it.

    Textual's `dismiss` would then close the screen below, and end the program with an error where there is none.
    """
    if screen.app.screen is screen:
        screen.dismiss(result)


def articles(count: int) -> str:
    """Give a number of articles in words."""
    return ngettext("{n} article", "{n} articles", count).format(n=number(count))


class AskingScreen(ModalScreen[T], Generic[T]):
    """A panel over the dimmed page. Typing goes into the input; arrows move among the choices; Enter takes one; Esc goes back with None.

    A screen shows what is found for the typed words (`asked`).
    """

    CSS_PATH = "ask_screen.tcss"
    AUTO_FOCUS = "Input"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE_PANEL, "-roomy")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-tall")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+c,ctrl+q", "app.leave", show=False, priority=True),
        Binding("down,ctrl+n,tab", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        # Further ones while the focus is with the choices; the input takes them as letters.
        Binding("q,h,left", "cancel", show=False),
        Binding("enter,l,right", "take", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("slash", "type", show=False),
    ]

    further: Sequence[tuple[str, str]] = ()
    """Further keys that help where there is something to choose, each with its word."""

    def __init__(self, prompt: str, *, enter: str, typing: str) -> None:
        """`enter` is what Enter does, `typing` what going back to the input is for, each in a word."""
        super().__init__()
        self._enter, self._typing = enter, typing
        self._left = Run("")
        self.input = LineInput(placeholder=prompt, compact=True, id="ask")
        self.choices: Choices[T] = Choices(pane_id="choices")
        self.action_move, self.action_page = self.choices.move, self.choices.page
        self.action_type = self.input.focus
        self.state = Bar(pane_id="state")

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical(id="panel"):
            yield from self.parts()

    def parts(self) -> ComposeResult:
        """Give the parts of the form, from above."""
        yield self.input
        yield self.choices
        yield self.state

    def on_mount(self) -> None:
        """Begin."""
        self.begin()

    def begin(self) -> None:
        """Answer the empty question."""
        self.asked("")

    def asked(self, text: str) -> None:
        """Show what is found for the typed text."""
        raise NotImplementedError

    # ---- showing ----

    def show(self, found: Sequence[Choice[T]], state: str, style: str = "dim", *, cursor: int = 0) -> None:
        """Show these choices, with the cursor on one of them, and what there is to say of them."""
        self.choices.show(found, cursor)
        self.tell(state, style)

    def on_resize(self) -> None:
        """Name as many keys as fit now."""
        self.call_after_refresh(self._show_state)

    def on_click(self, event: events.Click) -> None:
        """Go back by a click on the page below."""
        if event.widget is self:
            close(self, None)

    def tell(self, text: str, style: str = "dim") -> None:
        """Show a text in the status line, beside it the useful keys, as far as they fit."""
        self._left = Run(text, style)
        self._show_state()

    def _show_state(self) -> None:
        typing = self.focused is self.input
        hints = [*self.further, ("Enter", self._enter)] if self.choices.rows else []
        hints += [("Esc", _("back"))] if typing else [("/", self._typing), ("q", _("back"))]
        room = self.state.size.width - 2 * MARGIN - GAP - width_of((self._left,))
        while hints and width_of(hint_runs(hints)) > room:
            del hints[0]
        self.state.set((self._left,) if self._left.text else (), hint_runs(hints))

    def on_descendant_focus(self) -> None:
        """Name the keys of where the focus is now."""
        self._show_state()

    # ---- typing and choosing ----

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.asked(event.value)

    @on(Input.Submitted)
    @on(Choices.Picked)
    def _chosen(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Take the chosen item."""
        if self.choices.rows:
            close(self, self.choices.rows[self.choices.cursor].value)

    def action_cancel(self) -> None:
        """Go back without choosing."""
        close(self, None)


class FilterScreen(AskingScreen[T]):
    """The form the other way round: a heading, then a list to move in at once; `/` leads to words that filter it."""

    AUTO_FOCUS = "#choices"

    def __init__(self, heading: str, offered: Sequence[Choice[T]], *, enter: str) -> None:
        super().__init__(_("/ filters by words"), enter=enter, typing=_("filter"))
        self.heading = Bar(pane_id="heading")
        self.heading.set((Run(heading, "title"),))
        self.offered = offered

    def parts(self) -> ComposeResult:
        """Give the parts of the form, its heading above."""
        yield self.heading
        yield from super().parts()

    def summary(self, count: int) -> str:
        """Say how many were found."""
        return articles(count)

    def asked(self, text: str) -> None:
        """Show the choices whose name holds the typed words."""
        words = text.casefold().split()
        found = [item for item in self.offered if all(word in item.name.casefold() for word in words)]
        self.show(found, self.summary(len(found)))

    def action_cancel(self) -> None:
        """Go back: from the words to the whole list, from there without choosing."""
        if self.input.has_focus:
            self.choices.focus()
            self.input.value = ""
        else:
            super().action_cancel()


def headline_choice(item: Headline, now: datetime, group: str = "") -> Choice[Headline]:
    """Give a headline as a choice, with its facts."""
    return Choice(item, lambda width: [*choice_lines(item, now, width), BLANK], group, item.title)
