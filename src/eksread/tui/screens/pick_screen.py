"""Filter a short list of headlines as you type, by the words of their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.i18n import _
from eksread.model.lists import Headline
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Line
from eksread.tui.screens.ask_screen import FilterScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class PickScreen(FilterScreen[Headline, Headline]):
    """Gives the headline that the reader chose."""

    def __init__(self, heading: str, found: Sequence[Headline], now: datetime) -> None:
        super().__init__(heading, found, enter=_("read"))
        self._now = now

    def name_of(self, item: Headline) -> str:
        """Give the title."""
        return item.title

    def lines_of(self, item: Headline, width: int) -> list[Line]:
        """Give the title and the facts."""
        return [*choice_lines(item, self._now, width), BLANK]

    def result_of(self, item: Headline) -> Headline:
        """Give the headline."""
        return item
