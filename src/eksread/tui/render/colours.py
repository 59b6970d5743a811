"""The styles of text by name (an unread headline, a match), and the palettes they are coloured with.

Not component classes: ninety of them cost 60 ms at start, since Textual matches every CSS rule against each. A style
is a colour's name and its attributes; a widget joins it with its own background. Colour is never the only sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from eksread.i18n import _

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


TEXT_COLOURS: Final = ("dim", "ink", "strong", "primary", "secondary", "warning", "error", "success")
LEAST_CONTRAST: Final = 4.5
"""Between a text and its background, by WCAG 2.2, 1.4.3 (AA)."""
_palettes = dict(PALETTES)


def use(theme: str, colors: Mapping[str, str]) -> None:
    """Take the reader's own colours over those of a theme, in place of what was taken before.

    The terminal's own colours stay: what they are there is not known.
    """
    _palettes.update(PALETTES)
    if theme != "terminal":
        _palettes[theme] = {**PALETTES[theme], **colors}
    style_of.cache_clear()


def _luminance(color: str) -> float:
    """Give the relative luminance of a colour, by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(color).normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint_texts(theme: str, colors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give each text colour with too little contrast under the reader's own colours, and a sentence that says so."""
    if theme == "terminal" or not colors:
        return
    palette = {**PALETTES[theme], **colors}
    background = _luminance(palette["background"])
    for name in TEXT_COLOURS:
        high, low = sorted((background, _luminance(palette[name])), reverse=True)
        ratio = (high + 0.05) / (low + 0.05)
        if ratio < LEAST_CONTRAST:
            text = _(
                "The colour “{name}” {value} has a contrast of {ratio} to the background {background}; to be read well it needs {least}."
            )
            yield (
                name,
                text.format(
                    name=name,
                    value=palette[name],
                    ratio=f"{ratio:.1f}",
                    background=palette["background"],
                    least=LEAST_CONTRAST,
                ),
            )


@lru_cache(maxsize=512)
def style_of(names: str, theme: str) -> Style:
    """Give the style under names parted by spaces in a theme, later ones over earlier ones; unknown ones add nothing."""
    palette = _palettes.get(theme, _palettes["dark"])
    looks = (STYLES.get(name, "") for name in names.split())
    return Style.combine(
        Style.parse(" ".join(palette.get(word, word) for word in look.split())) for look in looks
    )


def themes() -> Iterator[Theme]:
    """Give the palettes as themes, for Textual's own widgets and the style sheets: dark, light, contrast, terminal."""
    for name, colours in _palettes.items():
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
