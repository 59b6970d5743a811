"""One question in the last line: y or Enter says yes, anything else no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from eksread.i18n import _
from eksread.tui.render import Run
from eksread.tui.screens.closing import close
from eksread.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class ConfirmScreen(ModalScreen[bool]):
    """Gives True for a yes. Indonesian `y` (ya) and English `y` (yes) are the same key."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, question: str) -> None:
        super().__init__()
        self._bar = Bar(pane_id="question")
        self._question = question

    def compose(self) -> ComposeResult:
        """Show the question where the status line is."""
        self._bar.set(
            (
                Run(self._question, "notice"),
                Run("   y", "key"),
                Run(_(" yes   "), "hint"),
                Run("n", "key"),
                Run(_(" no"), "hint"),
            )
        )
        yield self._bar

    def on_key(self, event: events.Key) -> None:
        """Any key is an answer."""
        event.stop()
        close(self, event.key in ("y", "enter"))

    def on_click(self) -> None:
        """A click elsewhere is no yes."""
        close(self, False)
