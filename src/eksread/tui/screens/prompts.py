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
