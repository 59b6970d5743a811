"""Filter a short list of headlines as you type, by the words of their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.i18n import _, ngettext
from eksread.tui.render import BLANK, Line, Run, wrap_title
from eksread.tui.screens.asking import FilterScreen
from eksread.tui.typeset_rows import facts
from eksread.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.model import Headline


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
        self.choices.show([self._item(row, width) for row in self._found])
        count = len(self._found)
        self.tell((Run(ngettext("{n} article", "{n} articles", count).format(n=number(count)), "dim"),))

    def _item(self, row: Headline, width: int) -> list[Line]:
        look = "read-hit" if row.read else "title"
        lines = [Line((Run(text, look),)) for text in wrap_title(row.title, width, 2)]
        return [*lines, Line(facts(row, self._now, width, chosen=False)), BLANK]

    def taken(self, index: int) -> Headline | None:
        """Give the chosen headline."""
        return self._found[index] if index < len(self._found) else None
