"""A small menu of what can be done here, at the mouse or beside what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from eksread.tui.key_names import NO_KEY, keys_of, shown_key
from eksread.tui.screens.ask_screen import close
from eksread.tui.screens.palette_screen import GAP, command_lines
from eksread.tui.widgets.choice_list import BESIDE, Choice, Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Offset

EDGE: Final = 2
"""Lines or cells that the border takes."""
CLOSED_BY: Final = "menu"


class MenuScreen(ModalScreen[str]):
    """Gives the id of the chosen command; its own key chooses it as well."""

    CSS_PATH = "menu_screen.tcss"
    AUTO_FOCUS = "#menu"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left", "cancel", show=False),
        Binding("ctrl+c,ctrl+q", "app.leave", show=False, priority=True),
        Binding("down,j,tab", "move(1)", show=False),
        Binding("up,k,shift+tab", "move(-1)", show=False),
        Binding("enter,l,right,space", "take", show=False),
    ]

    def __init__(self, offered: Sequence[tuple[str, str]], at: Offset) -> None:
        """`offered` are the commands, each with its name; `at` is the place of the screen where the menu begins."""
        super().__init__()
        keys = {command: next(map(shown_key, keys_of(command)), NO_KEY) for command, _name in offered}
        column = max(map(cell_len, keys.values())) + GAP
        self._at = at
        self._width = max(cell_len(name) for _command, name in offered) + column + BESIDE + EDGE
        self.choices: Choices[str] = Choices(pane_id="menu")
        self.box = Container(self.choices, id="box")
        self.choices.rows = [
            Choice(command, partial(command_lines, name, keys[command], column)) for command, name in offered
        ]
        self.action_move = self.choices.move
        for command, _name in offered:
            for key in keys_of(command):
                self._bindings.key_to_bindings.setdefault(key, [Binding(key, f"choose('{command}')")])
        for key in keys_of(CLOSED_BY):
            self._bindings.key_to_bindings[key] = [Binding(key, "cancel")]

    def compose(self) -> ComposeResult:
        """Show the commands."""
        yield self.box

    def on_resize(self, event: events.Resize) -> None:
        """Stand at the place that was asked for, as far as the screen has room there."""
        width = min(self._width, event.size.width)
        inner = width - EDGE - BESIDE
        height = min(sum(len(row.lines(inner)) for row in self.choices.rows) + EDGE, event.size.height)
        styles = self.box.styles
        styles.width, styles.height = width, height
        styles.offset = (
            max(0, min(self._at.x, event.size.width - width)),
            max(0, min(self._at.y, event.size.height - height)),
        )

    @on(Choices.Picked)
    def action_take(self) -> None:
        """Take the chosen command."""
        close(self, self.choices.rows[self.choices.cursor].value)

    def action_choose(self, command: str) -> None:
        """Take a command by its key."""
        close(self, command)

    def action_cancel(self) -> None:
        """Go back without choosing."""
        close(self, None)

    def on_click(self, event: events.Click) -> None:
        """A click elsewhere closes it."""
        if event.widget is self:
            self.action_cancel()
