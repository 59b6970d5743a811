"""Filter a short list of headlines as you type, by the words of their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Run
from eksread.tui.screens.ask_screen import FilterScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.model.lists import Headline


class PickScreen(FilterScreen["Headline"]):
    """Gives the headline that the reader chose."""

    def __init__(self, heading: str, found: Sequence[Headline], now: datetime) -> None:
        super().__init__(heading)
        self.enter = _("read")
        self._now = now
        self._all = found
        self._found = found

    def asked(self, text: str) -> None:
        """Show those whose title holds the typed words."""
        words = text.casefold().split()
        self._found = [row for row in self._all if all(word in row.title.casefold() for word in words)]
        width = max(20, self.choices.size.width - 4)
        self.choices.show([[*choice_lines(row, self._now, width), BLANK] for row in self._found])
        count = len(self._found)
        self.tell((Run(ngettext("{n} article", "{n} articles", count).format(n=number(count)), "dim"),))

    def taken(self, index: int) -> Headline | None:
        """Give the chosen headline."""
        return self._found[index] if index < len(self._found) else None
