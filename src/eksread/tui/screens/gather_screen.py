"""Choose a place or a person whose articles are to be listed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.message import Message

from eksread.errors import EksreadError
from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.render.lines import BLANK, Line, Run, clean, fit
from eksread.tui.screens.ask_screen import FilterScreen
from eksread.tui.state.places_and_people import without_repeats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eksread.tui.state.places_and_people import IndexEntry


class GatherScreen(FilterScreen[str]):
    """Gives the key of the sidebar item that the reader chose."""

    class Arrived(Message):
        """Further choices were read."""

        def __init__(self, offered: Sequence[IndexEntry]) -> None:
            super().__init__()
            self.offered = offered

    def __init__(self, offered: Sequence[IndexEntry], further: Callable[[], Sequence[IndexEntry]]) -> None:
        """`offered` is at hand; `further` is read in a thread meanwhile."""
        super().__init__(_("A place, a reporter, an editor …"))
        self._further = further
        self.enter = _("list the articles")
        self._all = offered
        self._found: Sequence[IndexEntry] = offered

    def begin(self) -> None:
        """Show what is at hand, and read on."""
        super().begin()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        with suppress(EksreadError):  # whoever can't be read is not offered
            self.post_message(self.Arrived(self._further()))

    @on(Arrived)
    def _arrived(self, message: Arrived) -> None:
        self._all = without_repeats(self._all, message.offered)
        chosen = self.choices.cursor
        self.asked(self.input.value)
        self.choices.move(chosen)

    def asked(self, text: str) -> None:
        """Show those whose name holds the typed words."""
        words = text.casefold().split()
        self._found = [item for item in self._all if all(word in item.name.casefold() for word in words)]
        width = max(20, self.choices.size.width - 4)
        labels: dict[int, list[Line]] = {}
        before = ""
        for index, item in enumerate(self._found):
            if item.why != before:
                labels[index] = [*([BLANK] if before else []), Line((Run(item.why, "kicker"),))]
            before = item.why
        items = [[_line(item, width)] for item in self._found]
        self.choices.show(items, labels)
        nobody = (Run(_("Nobody and nowhere of that name."), "dim"),)
        self.tell(() if items else nobody)

    def taken(self, index: int) -> str | None:
        """Give the chosen sidebar item's key."""
        return self._found[index].key if index < len(self._found) else None


def _line(item: IndexEntry, width: int) -> Line:
    total = item.total
    count = "" if total is None else ngettext("{n} article", "{n} articles", total).format(n=number(total))
    name = fit(clean(item.name), max(1, width - cell_len(count) - 2))
    gap = width - cell_len(name) - cell_len(count)
    return Line((Run(name, "body"), Run(" " * gap), Run(count, "dim")))
