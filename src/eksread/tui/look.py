"""Theme and column width: those of the settings, or those that the reader has chosen since.

A choice is kept in the archive, since the settings file is the reader's alone, together with what the file said at the
time: once that is changed, the file comes first again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.config import NARROWEST, THEMES, WIDEST
from eksread.errors import StoreError

if TYPE_CHECKING:
    from eksread.config import Config
    from eksread.library import Library

THEME_FACT: Final = "look_theme"
WIDTH_FACT: Final = "look_width"
_SEPARATOR: Final = ">"


class Look:
    """The look to start with; an archive that can't be read has no choice in it, and says so itself."""

    def __init__(self, library: Library, config: Config) -> None:
        self._library = library
        self._config = config
        theme, width = self._chosen(THEME_FACT, config.theme), self._chosen(WIDTH_FACT, config.width)
        self.theme = theme if theme in THEMES else config.theme
        fits = width.isdecimal() and NARROWEST <= int(width) <= WIDEST
        self.width = int(width) if fits else config.width

    def _chosen(self, fact: str, configured: object) -> str:
        try:
            before, _separator, chosen = (self._library.facts.get(fact) or "").partition(_SEPARATOR)
        except StoreError:
            return ""
        return chosen if before == str(configured) else ""

    def keep_theme(self, theme: str) -> None:
        """Keep a theme for the next start."""
        self._library.facts.set(THEME_FACT, f"{self._config.theme}{_SEPARATOR}{theme}")

    def keep_width(self, width: int) -> None:
        """Keep a column width (cells) for the next start."""
        self._library.facts.set(WIDTH_FACT, f"{self._config.width}{_SEPARATOR}{width}")
