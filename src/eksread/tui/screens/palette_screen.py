"""Choose a command by typing a part of its name; each stands with its key, so that one learns them by the way."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.commands import COMMANDS, Command
from eksread.tui.controllers.hints import HINTS
from eksread.tui.keys import NO_KEY, keys_of, shown_key
from eksread.tui.render.lines import Line, Run, width_of, wrap
from eksread.tui.screens.ask_screen import AskingScreen

GAP: Final = 2
"""Cells at least between a command's name and its key."""


def matching(text: str, place: str) -> tuple[Command, ...]:
    """Give the commands whose name holds all the typed words: that begin with the text, then that apply in `place`, first."""
    words = text.casefold().split()
    found = [
        command
        for command in COMMANDS
        if command.listed and all(word in _(command.label).casefold() for word in words)
    ]
    start = " ".join(words)
    near = {hint.command for hint in HINTS[place]}

    def distance(command: Command) -> tuple[bool, bool, bool]:
        far = bool(command.places) and place not in command.places
        return not _(command.label).casefold().startswith(start), far, command.id not in near

    return tuple(sorted(found, key=distance))


class PaletteScreen(AskingScreen[str]):
    """Gives the id of the chosen command."""

    def __init__(self, place: str) -> None:
        super().__init__(_("What do you want to do?"))
        self.enter, self.typing = _("do it"), _("type")
        self._place = place
        self._found: tuple[Command, ...] = ()

    def asked(self, text: str) -> None:
        """Show the matching commands."""
        self._found = matching(text, self._place)
        width = max(30, self.choices.size.width - 4)
        self.choices.show([self._item(command, width) for command in self._found])
        count = len(self._found)
        text = ngettext("{n} command", "{n} commands", count).format(n=number(count))
        self.tell((Run(text if count else _("No such command."), "dim"),))

    def _key(self, command: Command) -> str:
        return next(map(shown_key, keys_of(command.id)), NO_KEY)

    def _item(self, command: Command, width: int) -> list[Line]:
        """Set a command with its first key at the right; its name takes as many lines as it needs beside the keys."""
        column = max(cell_len(self._key(one)) for one in self._found) + GAP
        first, *others = wrap((Run(_(command.label), "body"),), max(1, width - column))
        key = self._key(command)
        gap = width - width_of(first) - cell_len(key)
        return [Line((*first, Run(" " * gap), Run(key, "key"))), *(Line(runs) for runs in others)]

    def on_resize(self) -> None:
        """Set the key column at the right edge."""
        self.asked(self.input.value)

    def taken(self, index: int) -> str | None:
        """Give the chosen command's id."""
        return self._found[index].id
