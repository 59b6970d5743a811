"""What the reading room is told at its start. Free of Textual, so that the plain commands can make one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES: Final = ("dark", "light", "contrast", "terminal")
"""The themes in the order in which `t` walks through them."""

PICTURES: Final = ("auto", "blocks", "kitty", "off")
"""How lead pictures are shown: as the terminal can, in half-blocks, by Kitty's protocol, not at all."""

MIN_WIDTH: Final = 48
MAX_WIDTH: Final = 100
DEFAULT_WIDTH: Final = 72
"""Cells of the reading column: 66 to 76 read best; the reader may go further either way."""


@dataclass(frozen=True, slots=True)
class TuiSettings:
    """The reader's settings. `keys` maps a command's id (docs/keys.md) to keys parted by commas.

    `refresh_every` is the seconds from one refresh to the next that nobody asks for (None: never).
    `section` is the key of the section shown first (None: all news). `browser` is the argv that opens an address,
    which is appended; empty means the system's own browser. `configured` is the theme and the width that the settings
    say, where the reader has chosen others since. `problems` are sentences about the settings file, told at the start.
    """

    theme: str = "dark"
    width: int = DEFAULT_WIDTH
    images: str = "auto"
    refresh_on_start: bool = True
    refresh_every: float | None = None
    section: str | None = None
    browser: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    name: str = "EKSPOSKALTIM"
    configured: tuple[str, int] = ("", 0)
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", min(MAX_WIDTH, max(MIN_WIDTH, self.width)))
        if self.theme not in THEMES:
            object.__setattr__(self, "theme", THEMES[0])
        if self.images not in PICTURES:
            object.__setattr__(self, "images", PICTURES[0])
        if not self.configured[0]:
            object.__setattr__(self, "configured", (self.theme, self.width))
