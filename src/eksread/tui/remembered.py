"""The look that the reader chose while reading, kept with the archive: the settings file is the reader's alone.

A choice is kept beside what the settings said when it was made; settings that have been changed since come first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eksread.config import THEMES
from eksread.errors import StoreError

if TYPE_CHECKING:
    from eksread.library import Library
    from eksread.tui.settings import TuiSettings

THEME_FACT: Final = "look_theme"
WIDTH_FACT: Final = "look_width"
_PARTED: Final = ">"


def remembered(library: Library, settings: TuiSettings) -> TuiSettings:
    """Give the settings with the look that was chosen last; an archive that can't be read has none, and says so itself."""
    theme, width = settings.configured
    try:
        chosen = _chosen(library, THEME_FACT, theme)
        wide = _chosen(library, WIDTH_FACT, str(width))
    except StoreError:
        return settings
    return replace(
        settings,
        theme=chosen if chosen in THEMES else theme,
        width=int(wide) if wide and wide.isdecimal() else width,
    )


def _chosen(library: Library, name: str, configured: str) -> str | None:
    before, _parted, chosen = (library.kept.notes.fact(name) or "").partition(_PARTED)
    return chosen if before == configured else None


def keep_theme(library: Library, settings: TuiSettings, theme: str) -> None:
    """Keep a theme for the next start."""
    library.kept.notes.set_fact(THEME_FACT, f"{settings.configured[0]}{_PARTED}{theme}")


def keep_width(library: Library, settings: TuiSettings, width: int) -> None:
    """Keep a column width (cells) for the next start."""
    library.kept.notes.set_fact(WIDTH_FACT, f"{settings.configured[1]}{_PARTED}{width}")
