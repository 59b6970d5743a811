"""The settings of the terminal interface, given at its start. Free of Textual, so that the plain commands can make one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from eksread.config import IMAGES, NARROWEST, THEMES, USUAL_WIDTH, WIDEST
from eksread.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eksread.library import Library


@dataclass(frozen=True, slots=True)
class TuiSettings:
    """The reader's settings. `keys` maps a command's id (docs/keys.md) to keys separated by commas, as people write them.

    `refresh_every` is the seconds from one refresh to the next that nobody asks for (None: never).
    `section` is the key of the section shown first (None: all news). `browser` is the argv that opens an address,
    which is appended; empty means the system's own browser. `configured` is the theme and the width that the settings
    say, where the reader has chosen others since. `problems` are sentences about the settings file, shown at the start.
    """

    theme: str = THEMES[0]
    width: int = USUAL_WIDTH
    images: str = IMAGES[0]
    refresh_on_start: bool = True
    refresh_every: float | None = None
    section: str | None = None
    browser: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    name: str = "EKSPOSKALTIM"
    configured: tuple[str, int] = ("", 0)
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", min(WIDEST, max(NARROWEST, self.width)))
        if self.theme not in THEMES:
            object.__setattr__(self, "theme", THEMES[0])
        if self.images not in IMAGES:
            object.__setattr__(self, "images", IMAGES[0])
        if not self.configured[0]:
            object.__setattr__(self, "configured", (self.theme, self.width))


# The look that the reader chose while reading, kept with the archive: the settings file is the reader's
# alone.


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
    before, _parted, chosen = (library.facts.get(name) or "").partition(_PARTED)
    return chosen if before == configured else None


def keep_theme(library: Library, settings: TuiSettings, theme: str) -> None:
    """Keep a theme for the next start."""
    library.facts.set(THEME_FACT, f"{settings.configured[0]}{_PARTED}{theme}")


def keep_width(library: Library, settings: TuiSettings, width: int) -> None:
    """Keep a column width (cells) for the next start."""
    library.facts.set(WIDTH_FACT, f"{settings.configured[1]}{_PARTED}{width}")
