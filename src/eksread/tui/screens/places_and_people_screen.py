"""Choose a place or a person whose articles are to be listed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.message import Message

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.tui.render.lines import Line, Run, clean, fit, pad
from eksread.tui.screens.ask_screen import FilterScreen, articles
from eksread.tui.state.places_and_people import without_repeats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eksread.tui.state.places_and_people import IndexEntry


class PlacesAndPeopleScreen(FilterScreen["IndexEntry"]):
    """The places and people of the archive; people are read in a thread."""

    class Arrived(Message):
        """Further choices were read."""

        def __init__(self, offered: Sequence[IndexEntry]) -> None:
            super().__init__()
            self.offered = offered

    def __init__(self, offered: Sequence[IndexEntry], further: Callable[[], Sequence[IndexEntry]]) -> None:
        """`offered` is at hand; `further` is read in a thread meanwhile."""
        super().__init__(_("A place, a reporter, an editor …"), offered, enter=_("list the articles"))
        self._further = further

    def begin(self) -> None:
        """Show what is at hand, and read on."""
        super().begin()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        with suppress(EksreadError):  # whoever can't be read is not offered
            self.post_message(self.Arrived(self._further()))

    @on(Arrived)
    def _arrived(self, message: Arrived) -> None:
        self.offered = without_repeats(self.offered, message.offered)
        chosen = self.choices.cursor
        self.asked(self.input.value)
        self.choices.move(chosen)

    def name_of(self, item: IndexEntry) -> str:
        """Give the name."""
        return item.name

    def group_of(self, item: IndexEntry) -> str:
        """Say why it is offered."""
        return item.why

    def summary(self, count: int) -> str:
        """Say where there is none; the list speaks for itself."""
        return "" if count else _("Nobody and nowhere of that name.")

    def lines_of(self, item: IndexEntry, width: int) -> list[Line]:
        """Give the name, and at the right how many articles there are."""
        count = articles(item.total) if item.total is not None else ""
        room = width - cell_len(count)
        name = Run(fit(clean(item.name), max(1, room - 2)), "body")
        return [Line((*pad((name,), room), Run(count, "dim")))]
