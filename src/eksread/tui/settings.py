"""What the reading room is told at its start. Free of Textual, so that the plain commands can make one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eksread.config import IMAGES, NARROWEST, THEMES, USUAL_WIDTH, WIDEST

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TuiSettings:
    """The reader's settings. `keys` maps a command's id (docs/keys.md) to keys parted by commas, as people write them.

    `refresh_every` is the seconds from one refresh to the next that nobody asks for (None: never).
    `section` is the key of the section shown first (None: all news). `browser` is the argv that opens an address,
    which is appended; empty means the system's own browser. `configured` is the theme and the width that the settings
    say, where the reader has chosen others since. `problems` are sentences about the settings file, told at the start.
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
