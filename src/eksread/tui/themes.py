"""Four looks: paper by night, paper by day, high contrast, and the terminal's own colours."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

_DARK: Final = Theme(
    name="dark",
    dark=True,
    primary="#d9a066",
    secondary="#8fb0bd",
    accent="#d9a066",
    warning="#e0b060",
    error="#e58a7b",
    success="#9dbf8a",
    foreground="#d8d4cb",
    background="#16181b",
    surface="#16181b",
    panel="#1c1f23",
    variables={
        "ink": "#d8d4cb",
        "strong": "#f4f0e6",
        "dim": "#918d85",
        "faint": "#3a3d42",
        "chosen": "#262a30",
        "side": "#191b1f",
    },
)
_LIGHT: Final = Theme(
    name="light",
    dark=False,
    primary="#96351f",
    secondary="#2c5866",
    accent="#96351f",
    warning="#7a5200",
    error="#a3261a",
    success="#3c6a2e",
    foreground="#2a2723",
    background="#faf7f0",
    surface="#faf7f0",
    panel="#f1ede3",
    variables={
        "ink": "#2a2723",
        "strong": "#0f0d0a",
        "dim": "#6b655b",
        "faint": "#cfc8b9",
        "chosen": "#ebe5d6",
        "side": "#f4f0e6",
    },
)
_CONTRAST: Final = Theme(
    name="contrast",
    dark=True,
    primary="#ffd700",
    secondary="#7fdfff",
    accent="#ffd700",
    warning="#ffd700",
    error="#ff9a9a",
    success="#a8ff9a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    variables={
        "ink": "#ffffff",
        "strong": "#ffffff",
        "dim": "#dcdcdc",
        "faint": "#9a9a9a",
        "chosen": "#1f3a7a",
        "side": "#000000",
    },
)
_TERMINAL: Final = Theme(
    name="terminal",
    ansi=True,
    dark=True,
    primary="ansi_yellow",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ink": "ansi_default",
        "strong": "ansi_default",
        "dim": "ansi_default",
        "faint": "ansi_bright_black",
        "chosen": "ansi_default",
        "side": "ansi_default",
    },
)

THEMES: Final = (_DARK, _LIGHT, _CONTRAST, _TERMINAL)
