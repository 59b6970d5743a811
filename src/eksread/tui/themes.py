"""The palettes as Textual themes, for the widgets that are Textual's own and for the styles of the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from eksread.tui.render.colours import PALETTES

if TYPE_CHECKING:
    from collections.abc import Iterator


def themes() -> Iterator[Theme]:
    """Give the themes: paper by night, paper by day, high contrast, the terminal's own colours."""
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
