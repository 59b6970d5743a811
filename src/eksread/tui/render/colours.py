"""The looks of text by name, and the palettes they are coloured with.

Not component classes: ninety of them cost 60 ms at start, since Textual matches every CSS rule against each. A look
is a colour's name and its attributes; a widget joins it with its own background. Colour is never the only sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Mapping


class Look(NamedTuple):
    """How text looks. `color` and `background` name colours of the palette; empty means the widget's own."""

    color: str = ""
    background: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


_DIM: Final = Look("dim")
_BRIGHT: Final = Look("strong", bold=True)
_WARM: Final = Look("primary", bold=True)

LOOKS: Final[Mapping[str, Look]] = {
    # bars
    "brand": _WARM,
    "place": _BRIGHT,
    "key": _WARM,
    "hint": _DIM,
    "notice": Look("ink"),
    "grave": Look("error", bold=True),
    "news": _WARM,
    "progress": Look("primary"),
    # lists
    "day": _WARM,
    "rule": Look("faint"),
    "bar": Look("primary"),
    "mark": Look("primary"),
    "unread": _BRIGHT,
    "read": _DIM,
    "read-hit": Look("ink"),
    "time": _DIM,
    "fact": _DIM,
    "advert": Look("warning", bold=True),
    "saved": Look("primary"),
    "updated": Look("secondary"),
    "own": Look("secondary", italic=True),
    "empty": _DIM,
    "empty-head": _BRIGHT,
    "sidebar-item": Look("ink"),
    "here": _BRIGHT,
    "count": _DIM,
    "chosen": Look(background="chosen"),
    # texts
    "kicker": _WARM,
    "title": _BRIGHT,
    "standfirst": Look("ink", italic=True),
    "byline": Look("ink"),
    "dim": _DIM,
    "body": Look("ink"),
    "strong": _BRIGHT,
    "em": Look(italic=True),
    "href": Look(underline=True),
    "heading": _BRIGHT,
    "quote": Look("ink", italic=True),
    "side": Look("primary"),
    "thread": Look("faint"),
    "marker": Look("primary"),
    "frame": Look("faint"),
    "caption": _DIM,
    "adv": Look("background", "warning", bold=True),
    "note": Look("warning"),
    "related": Look("secondary", underline=True),
    "related-label": _DIM,
    "number": _WARM,
    "label": _BRIGHT,
    "author": _BRIGHT,
    "match": Look("primary", bold=True, underline=True),
    "table-head": _BRIGHT,
    "added": Look("success", bold=True),
    "removed": Look("error", strike=True),
    "current": Look(bold=True, reverse=True),
}

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {
        "background": "#16181b",
        "panel": "#191b1f",
        "chosen": "#24282e",
        "faint": "#3f4349",
        "dim": "#9c978e",
        "ink": "#d8d4cb",
        "strong": "#f4f0e6",
        "primary": "#d9a066",
        "secondary": "#8fb0bd",
        "warning": "#e0b060",
        "error": "#e58a7b",
        "success": "#9dbf8a",
    },
    "light": {
        "background": "#faf7f0",
        "panel": "#f4f0e6",
        "chosen": "#ebe5d6",
        "faint": "#cfc8b9",
        "dim": "#6b655b",
        "ink": "#2a2723",
        "strong": "#0f0d0a",
        "primary": "#96351f",
        "secondary": "#2c5866",
        "warning": "#7a5200",
        "error": "#a3261a",
        "success": "#3c6a2e",
    },
    "contrast": {
        "background": "#000000",
        "panel": "#000000",
        "chosen": "#16295c",
        "faint": "#9a9a9a",
        "dim": "#dcdcdc",
        "ink": "#ffffff",
        "strong": "#ffffff",
        "primary": "#ffd700",
        "secondary": "#7fdfff",
        "warning": "#ffd700",
        "error": "#ffb0b0",
        "success": "#a8ff9a",
    },
    "terminal": {
        "background": "ansi_default",
        "panel": "ansi_default",
        "chosen": "ansi_default",
        "faint": "ansi_bright_black",
        "dim": "ansi_default",
        "ink": "ansi_default",
        "strong": "ansi_default",
        "primary": "ansi_yellow",
        "secondary": "ansi_cyan",
        "warning": "ansi_yellow",
        "error": "ansi_red",
        "success": "ansi_green",
    },
}


@lru_cache(maxsize=512)
def style_of(names: str, theme: str) -> Style:
    """Give the style of looks parted by spaces in a theme, later ones over earlier ones; unknown ones add nothing."""
    palette = PALETTES.get(theme, PALETTES["dark"])
    style = Style.null()
    for name in names.split():
        look = LOOKS.get(name)
        if look is not None:
            style += _style(look, palette)
    return style


def _style(look: Look, palette: Mapping[str, str]) -> Style:
    return Style(
        color=Color.parse(palette[look.color]).rich_color if look.color else None,
        bgcolor=Color.parse(palette[look.background]).rich_color if look.background else None,
        bold=look.bold or None,
        italic=look.italic or None,
        underline=look.underline or None,
        reverse=look.reverse or None,
        strike=look.strike or None,
    )
