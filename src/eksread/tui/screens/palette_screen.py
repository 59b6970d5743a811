"""Choose a command by typing a part of its name; each is listed with its key."""

from __future__ import annotations

from functools import partial
from typing import Final

from rich.cells import cell_len

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.commands import COMMANDS, Command
from eksread.tui.controllers.hints import HINTS
from eksread.tui.key_names import NO_KEY, keys_of, shown_key
from eksread.tui.render.lines import Line, Run, pad, wrap
from eksread.tui.screens.ask_screen import AskingScreen
from eksread.tui.widgets.choice_list import Choice

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
        super().__init__(_("What do you want to do?"), enter=_("do it"), typing=_("type"))
        self._place = place

    def asked(self, text: str) -> None:
        """Show the matching commands."""
        found = matching(text, self._place)
        keys = [next(map(shown_key, keys_of(command.id)), NO_KEY) for command in found]
        column = max(map(cell_len, keys), default=0) + GAP
        choices = [
            Choice(command.id, partial(command_lines, _(command.label), key, column))
            for command, key in zip(found, keys, strict=True)
        ]
        count = ngettext("{n} command", "{n} commands", len(found)).format(n=number(len(found)))
        self.show(choices, count if found else _("No such command."))


def command_lines(label: str, key: str, column: int, width: int) -> list[Line]:
    """Give a command with its key at the right; its name takes as many lines as it needs beside the `column` of keys."""
    first, *others = wrap((Run(label, "body"),), width - column)
    return [Line((*pad(first, width - cell_len(key)), Run(key, "key"))), *map(Line, others)]
