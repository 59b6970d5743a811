"""One line at the bottom of the screen: to write in (a note, labels), or a question to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.tui.render.lines import Run
from eksread.tui.screens.ask_screen import close
from eksread.tui.widgets.bars import Bar
from eksread.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class PromptScreen(ModalScreen[str]):
    """Gives what was written, or None where the reader changed their mind."""

    CSS_PATH = "prompts.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+c", "cancel", show=False, priority=True),
        Binding("ctrl+q", "app.leave", show=False, priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (56, "-roomy")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, prompt: str, present: str, *, ends: str = "") -> None:
        """`ends` says which keys end it and how; without it Enter saves."""
        super().__init__()
        self._ends = ends or _("Enter saves, Esc cancels")
        self._prompt = prompt
        self._present = clean(present)

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Horizontal(id="prompt"):
            yield Label(self._prompt, markup=False)
            yield LineInput(self._present, compact=True, select_on_focus=False, id="answer")
            yield Label(self._ends, id="keys", markup=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        close(self, event.value)

    def action_cancel(self) -> None:
        """Go back without writing."""
        close(self, None)


class FilterPrompt(PromptScreen):
    """Words that filter the list above, which shows at once what they find. Gives the words, or None for the whole list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n,tab", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        present: str,
        typed: Callable[[str], None],
        move: Callable[[int], None],
        page: Callable[[int], None],
    ) -> None:
        """`typed` is called with all that is typed at each letter, `move` and `page` to move in the list."""
        super().__init__(_("Filter:"), present, ends=_("Enter keeps it, Esc shows all"))
        self._typed = typed
        self.action_move, self.action_page = move, page

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(event.value)


class ConfirmScreen(ModalScreen[bool]):
    """Gives True for y or Enter, False for anything else. Indonesian `y` (ya) and English `y` (yes) are the same key."""

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, question: str) -> None:
        super().__init__()
        self._bar = Bar(pane_id="question")
        self._question = question

    def compose(self) -> ComposeResult:
        """Show the question where the status line is."""
        yes, no = Run(_(" yes   "), "hint"), Run(_(" no"), "hint")
        self._bar.set((Run(f"{self._question}   ", "notice"), Run("y", "key"), yes, Run("n", "key"), no))
        yield self._bar

    def on_key(self, event: events.Key) -> None:
        """Any key is an answer."""
        event.stop()
        close(self, event.key in ("y", "enter"))

    def on_click(self) -> None:
        """A click elsewhere means no."""
        close(self, False)
