"""The styles of text by name (an unread headline, a match), and the palettes they are coloured with.

Not component classes: ninety of them cost 60 ms at start, since Textual matches every CSS rule against each. A style
is a colour's name and its attributes; a widget joins it with its own background. Colour is never the only sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STYLES: Final[Mapping[str, str]] = {
    name: style
    for style, names in {
        "dim": "hint read time fact empty count dim caption related-label",
        "ink": "notice read-hit sidebar-item byline body",
        "italic ink": "standfirst quote",
        "italic dim": "source",
        "bold strong": "place unread empty-head here title strong heading label author table-head",
        "bold primary": "brand key news day kicker number",
        "primary": "progress bar mark saved side marker",
        "faint": "rule thread frame",
        "secondary": "updated",
        "italic secondary": "own",
        "underline secondary": "related",
        "warning": "note",
        "bold warning": "advert",
        "bold background on warning": "adv",
        "bold error": "grave",
        "strike error": "removed",
        "bold success": "added",
        "bold underline primary": "match",
        "bold reverse": "current",
        "italic": "em",
        "underline": "href",
        "on chosen": "chosen",
    }.items()
    for name in names.split()
}
"""Name of a style -> how it looks: attributes and colours of the palette, as Rich writes styles."""

_TABLE: Final = """
name        dark    light   contrast terminal
background  #16181b #faf7f0 #000000 default
panel       #191b1f #f4f0e6 #000000 default
chosen      #24282e #ebe5d6 #16295c default
faint       #3f4349 #cfc8b9 #9a9a9a bright_black
dim         #9c978e #6b655b #dcdcdc default
ink         #d8d4cb #2a2723 #ffffff default
strong      #f4f0e6 #0f0d0a #ffffff default
primary     #d9a066 #96351f #ffd700 yellow
secondary   #8fb0bd #2c5866 #7fdfff cyan
warning     #e0b060 #7a5200 #ffd700 yellow
error       #e58a7b #a3261a #ffb0b0 red
success     #9dbf8a #3c6a2e #a8ff9a green
"""


_NAMES, *_COLUMNS = zip(*map(str.split, _TABLE.strip().splitlines()), strict=True)

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    theme: dict(zip(_NAMES[1:], colours, strict=True)) for theme, *colours in _COLUMNS
}
"""Theme -> the palette's colours by name, as Rich writes them."""


@lru_cache(maxsize=512)
def style_of(names: str, theme: str) -> Style:
    """Give the style under names parted by spaces in a theme, later ones over earlier ones; unknown ones add nothing."""
    palette = PALETTES.get(theme, PALETTES["dark"])
    looks = (STYLES.get(name, "") for name in names.split())
    return Style.combine(
        Style.parse(" ".join(palette.get(word, word) for word in look.split())) for look in looks
    )


def themes() -> Iterator[Theme]:
    """Give the palettes as themes, for Textual's own widgets and the style sheets: dark, light, contrast, terminal."""
    for name, colours in PALETTES.items():
        ansi = name == "terminal"
        palette = {key: f"ansi_{value}" if ansi else value for key, value in colours.items()}
        yield Theme(
            name=name,
            ansi=ansi,
            dark=name != "light",
            accent=palette["primary"],
            foreground=palette["ink"],
            surface=palette["background"],
            boost=palette["background"] if ansi else None,
            variables=(BUILTIN_THEMES["ansi-dark"].variables if ansi else {})
            | {key: palette[key] for key in ("ink", "strong", "dim", "faint", "chosen")}
            | {"side": palette["panel"]},
            primary=palette["primary"],
            secondary=palette["secondary"],
            warning=palette["warning"],
            error=palette["error"],
            success=palette["success"],
            background=palette["background"],
            panel=palette["panel"],
        )
