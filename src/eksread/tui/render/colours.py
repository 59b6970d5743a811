"""The styles of text by name (an unread headline, a match), and the palettes they are coloured with.

Not component classes: ninety of them cost 60 ms at start, since Textual matches every CSS rule against each. A style
is a colour's name and its attributes; a widget joins it with its own background. Colour is never the only sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class TextStyle(NamedTuple):
    """How text looks. `color` and `background` name colours of the palette; empty means the widget's own."""

    color: str = ""
    background: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


_DIM: Final = TextStyle("dim")
_BRIGHT: Final = TextStyle("strong", bold=True)
_WARM: Final = TextStyle("primary", bold=True)

STYLES: Final[Mapping[str, TextStyle]] = {
    # bars
    "brand": _WARM,
    "place": _BRIGHT,
    "key": _WARM,
    "hint": _DIM,
    "notice": TextStyle("ink"),
    "grave": TextStyle("error", bold=True),
    "news": _WARM,
    "progress": TextStyle("primary"),
    # lists
    "day": _WARM,
    "rule": TextStyle("faint"),
    "bar": TextStyle("primary"),
    "mark": TextStyle("primary"),
    "unread": _BRIGHT,
    "read": _DIM,
    "read-hit": TextStyle("ink"),
    "time": _DIM,
    "fact": _DIM,
    "advert": TextStyle("warning", bold=True),
    "saved": TextStyle("primary"),
    "updated": TextStyle("secondary"),
    "own": TextStyle("secondary", italic=True),
    "empty": _DIM,
    "empty-head": _BRIGHT,
    "sidebar-item": TextStyle("ink"),
    "here": _BRIGHT,
    "count": _DIM,
    "chosen": TextStyle(background="chosen"),
    # texts
    "kicker": _WARM,
    "title": _BRIGHT,
    "standfirst": TextStyle("ink", italic=True),
    "byline": TextStyle("ink"),
    "dim": _DIM,
    "body": TextStyle("ink"),
    "strong": _BRIGHT,
    "em": TextStyle(italic=True),
    "href": TextStyle(underline=True),
    "heading": _BRIGHT,
    "quote": TextStyle("ink", italic=True),
    "side": TextStyle("primary"),
    "thread": TextStyle("faint"),
    "marker": TextStyle("primary"),
    "frame": TextStyle("faint"),
    "caption": _DIM,
    "adv": TextStyle("background", "warning", bold=True),
    "note": TextStyle("warning"),
    "related": TextStyle("secondary", underline=True),
    "related-label": _DIM,
    "number": _WARM,
    "label": _BRIGHT,
    "author": _BRIGHT,
    "match": TextStyle("primary", bold=True, underline=True),
    "table-head": _BRIGHT,
    "added": TextStyle("success", bold=True),
    "removed": TextStyle("error", strike=True),
    "current": TextStyle(bold=True, reverse=True),
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
    """Give the style under names parted by spaces in a theme, later ones over earlier ones; unknown ones add nothing."""
    palette = PALETTES.get(theme, PALETTES["dark"])
    style = Style.null()
    for name in names.split():
        found = STYLES.get(name)
        if found is not None:
            style += _style(found, palette)
    return style


def _style(found: TextStyle, palette: Mapping[str, str]) -> Style:
    return Style(
        color=Color.parse(palette[found.color]).rich_color if found.color else None,
        bgcolor=Color.parse(palette[found.background]).rich_color if found.background else None,
        bold=found.bold or None,
        italic=found.italic or None,
        underline=found.underline or None,
        reverse=found.reverse or None,
        strike=found.strike or None,
    )


def themes() -> Iterator[Theme]:
    """Give the palettes as themes, for Textual's own widgets and the style sheets: dark, light, contrast, terminal."""
    for name, palette in PALETTES.items():
        yield Theme(
            name=name,
            ansi=name == "terminal",
            dark=name != "light",
            primary=palette["primary"],
            secondary=palette["secondary"],
            accent=palette["primary"],
            warning=palette["warning"],
            error=palette["error"],
            success=palette["success"],
            foreground=palette["ink"],
            background=palette["background"],
            surface=palette["background"],
            panel=palette["panel"],
            boost=palette["background"] if name == "terminal" else None,
            variables=(BUILTIN_THEMES["ansi-dark"].variables if name == "terminal" else {})
            | {key: palette[key] for key in ("ink", "strong", "dim", "faint", "chosen")}
            | {"side": palette["panel"]},
        )
