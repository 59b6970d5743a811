"""Theme, column width, density and sidebar: those of the settings, or those that the reader has chosen since.

A choice is kept in the archive, since the settings file is the reader's alone, together with what the file said at the
time: once that is changed, the file comes first again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.config import DENSITIES, NARROWEST, THEMES, WIDEST
from eksread.errors import StoreError

if TYPE_CHECKING:
    from eksread.config import Config
    from eksread.library import Library

_SEPARATOR: Final = ">"


class Look:
    """The look to start with; an archive that can't be read has no choice in it, and says so itself."""

    def __init__(self, library: Library, config: Config) -> None:
        self._library = library
        self._config = config
        theme, width, density = map(self._chosen, ("theme", "width", "density"))
        self.theme = theme if theme in THEMES else config.theme
        fits = width.isdecimal() and NARROWEST <= int(width) <= WIDEST
        self.width = int(width) if fits else config.width
        self.density = density if density in DENSITIES else config.density
        self.sidebar = self._chosen("sidebar") != HIDDEN

    def use_settings(self, config: Config) -> None:
        """Take settings that have changed: what is chosen from now on holds until they change again."""
        self._config = config

    def _configured(self, name: str) -> object:
        return getattr(self._config, name, "")

    def _chosen(self, name: str) -> str:
        try:
            before, _separator, chosen = (self._library.facts.get(f"look_{name}") or "").partition(_SEPARATOR)
        except StoreError:
            return ""
        return chosen if before == str(self._configured(name)) else ""

    def keep(self, name: str, chosen: object) -> None:
        """Keep what was chosen (`theme`, `width` in cells, `density`, `sidebar`) for the next start."""
        self._library.facts.set(f"look_{name}", f"{self._configured(name)}{_SEPARATOR}{chosen}")


HIDDEN: Final = "hidden"
