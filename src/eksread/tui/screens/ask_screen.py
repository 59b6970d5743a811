"""The form that search and the command palette share: an input above, choices below, one line of state."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from eksread.i18n import _
from eksread.tui.render.lines import Run, hint_runs, width_of
from eksread.tui.widgets.bars import GAP, MARGIN, Bar
from eksread.tui.widgets.choice_list import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


# Closing a screen that lies above the main one, once.

T = TypeVar("T")


def close(screen: Screen[T], result: T | None = None) -> None:
    """Close a screen with a result, unless that is done: of quick keys a second one may have been on its way to it.

    Textual's `dismiss` would then close the screen below, and end the program with an error where there is none.
    """
    if screen.app.screen is screen:
        screen.dismiss(result)


class AskingScreen(Screen[T], Generic[T]):
    """Typing goes into the input; arrows move among the choices; Enter takes one; Esc goes back with None."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "Input"
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

    enter = ""
    """What Enter does, in a word."""
    typing = ""
    """What going back to the words is for, in a word."""
    further: Sequence[tuple[str, str]] = ()
    """Further keys that help where there is something to choose, each with its word."""

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self._left: Sequence[Run] = ()
        self.input = Input(placeholder=prompt, compact=True, id="ask")
        self.choices = Choices(pane_id="choices")
        self.state = Bar(pane_id="state")

    def compose(self) -> ComposeResult:
        """Lay out the form."""
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
        """Show the choices for what was typed."""
        raise NotImplementedError

    def taken(self, index: int) -> T | None:
        """Give what the choice with this index means."""
        raise NotImplementedError

    def tell(self, left: Sequence[Run]) -> None:
        """Say in the line of state what there is; beside it stand the keys that help, as far as they fit."""
        self._left = left
        hints = [*self.further, ("Enter", self.enter)] if self.choices.items else []
        if not self.input.has_focus:
            hints.append(("/", self.typing))
        hints.append(("Esc" if self.input.has_focus else "q", _("back")))
        while hints and width_of(left) + width_of(hint_runs(hints)) > self.size.width - 2 * MARGIN - GAP:
            del hints[0]
        self.state.set(left, hint_runs(hints))

    def on_descendant_focus(self) -> None:
        """Name the keys of where the focus is now."""
        self.tell(self._left)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.asked(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    @on(Choices.Picked)
    def _picked(self) -> None:
        self._take()

    def _take(self) -> None:
        if self.choices.items:
            close(self, self.taken(self.choices.cursor))

    def action_take(self) -> None:
        """Take the chosen one."""
        self._take()

    def action_type(self) -> None:
        """Go to the words."""
        self.input.focus()

    def action_cancel(self) -> None:
        """Go back without choosing."""
        close(self, None)

    def action_move(self, rows: int) -> None:
        """Move among the choices."""
        self.choices.move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a page of choices."""
        self.choices.move(pages * self.choices.fitting)


class FilterScreen(AskingScreen[T]):
    """The form the other way round: a heading, then a list to move in at once; `/` leads to words that filter it."""

    AUTO_FOCUS = "#choices"

    def __init__(self, heading: str) -> None:
        super().__init__(_("/ filters by words"))
        self.typing = _("filter")
        self.heading = Bar(pane_id="heading")
        self._heading = heading

    def compose(self) -> ComposeResult:
        """Lay out the form under its heading."""
        yield self.heading
        yield from super().compose()

    def begin(self) -> None:
        """Show all."""
        self.heading.set((Run(self._heading, "title"),))
        super().begin()

    def on_resize(self) -> None:
        """Set the choices for the new width."""
        self.asked(self.input.value)

    def action_cancel(self) -> None:
        """Go back: from the words to the whole list, from there without choosing."""
        if self.input.has_focus:
            self.choices.focus()
            self.input.value = ""
        else:
            super().action_cancel()
