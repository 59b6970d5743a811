"""Choose a place or a person whose articles are to be listed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.tui.render.lines import Line, Run, clean, fit, pad
from eksread.tui.screens.ask_screen import FilterScreen, articles
from eksread.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eksread.tui.state.places_and_people import IndexEntry


class PlacesAndPeopleScreen(FilterScreen[str]):
    """The places and people of the archive: gives the key of the chosen one."""

    def __init__(self, offered: Sequence[IndexEntry], further: Callable[[], Sequence[IndexEntry]]) -> None:
        """`offered` is at hand; `further` is read in a thread meanwhile."""
        heading = _("A place, a reporter, an editor …")
        super().__init__(heading, list(map(_choice, offered)), enter=_("list the articles"))
        self._further = further

    def begin(self) -> None:
        """Show what is at hand, and read on."""
        super().begin()
        self.run_worker(self._read_further(), exit_on_error=False)

    async def _read_further(self) -> None:
        with suppress(EksreadError):  # whoever can't be read is not offered
            known, further = {item.value.casefold() for item in self.offered}, await in_thread(self._further)
            new = [_choice(entry) for entry in further if entry.key.casefold() not in known]
            self.offered, chosen = [*self.offered, *new], self.choices.cursor
            self.asked(self.input.value)
            self.choices.move(chosen)

    def summary(self, count: int) -> str:
        """Say where there is none; the list speaks for itself."""
        return "" if count else _("Nobody and nowhere of that name.")


def _choice(entry: IndexEntry) -> Choice[str]:
    return Choice(entry.key, partial(_lines, entry), entry.why, entry.name)


def _lines(entry: IndexEntry, width: int) -> list[Line]:
    """Give the name, and at the right how many articles there are."""
    count = articles(entry.total) if entry.total is not None else ""
    room = width - cell_len(count)
    name = Run(fit(clean(entry.name), max(1, room - 2)), "body")
    return [Line((*pad((name,), room), Run(count, "dim")))]
