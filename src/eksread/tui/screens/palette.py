"""Choose a command by typing a part of its name; each stands with its keys, so that one learns them by the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.commands import COMMANDS, Command, keys_of, shown_keys
from eksread.tui.render import Line, Run
from eksread.tui.screens.asking import AskingScreen

if TYPE_CHECKING:
    from collections.abc import Mapping


def matching(text: str) -> tuple[Command, ...]:
    """Give the commands whose name holds all the typed words, those that begin with the text first."""
    words = text.casefold().split()
    found = [
        command
        for command in COMMANDS
        if command.listed and all(word in _(command.label).casefold() for word in words)
    ]
    start = " ".join(words)
    return tuple(sorted(found, key=lambda command: not _(command.label).casefold().startswith(start)))


class PaletteScreen(AskingScreen[str]):
    """Gives the id of the chosen command."""

    def __init__(self, remapped: Mapping[str, str]) -> None:
        super().__init__(_("What do you want to do?"))
        self._remapped = remapped
        self._found: tuple[Command, ...] = ()

    def asked(self, text: str) -> None:
        """Show the matching commands."""
        self._found = matching(text)
        width = max(30, self.choices.size.width - 4)
        self.choices.show([(self._item(command, width),) for command in self._found])
        self.state.set(() if self._found else (Run(_("No such command."), "dim"),))

    def _item(self, command: Command, width: int) -> Line:
        keys = shown_keys(keys_of(command, self._remapped))
        label = _(command.label)
        gap = max(2, width - cell_len(label) - cell_len(keys))
        return Line((Run(label, "body"), Run(" " * gap), Run(keys, "key")))

    def on_resize(self) -> None:
        """Set the key column at the right edge."""
        self.asked(self.input.value)

    def taken(self, index: int) -> str | None:
        """Give the chosen command's id."""
        return self._found[index].id
