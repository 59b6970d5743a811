"""The rows of an edition, under their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.edition import edition_headlines
from eksread.i18n import _
from eksread.tui.state.headline_pages import FixedRows

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.edition import Edition
    from eksread.library import Library
    from eksread.model.lists import Headline


class EditionRows(FixedRows):
    """The headlines of an edition, under their sections."""

    by_day = False

    def __init__(self, library: Library, edition: Edition) -> None:
        super().__init__(library, edition_headlines(library, edition))

    def group(self, headline: Headline) -> object:
        """Give the key of a headline's group: the section."""
        return headline.section or ""

    def heading(self, headline: Headline, now: datetime) -> str:
        """Give the section's name."""
        return headline.section or _("Other news")
