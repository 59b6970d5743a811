"""The settings file: TOML, each entry checked by `SETTINGS`. No mistake in it keeps eksread from starting.

A file that can't be read gives the built-in settings and a problem that names the line; so does each wrong entry.
docs/configuration.md describes every setting; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

THEMES: Final = ("dark", "light", "contrast", "terminal")
"""The themes, the default first, in the order in which a key switches between them."""
IMAGES: Final = ("auto", "blocks", "kitty", "off")
"""How lead pictures are shown: as well as the terminal can, in half-blocks, by Kitty's protocol, not at all."""
NARROWEST: Final = 40
WIDEST: Final = 100
"""Reading widths in cells: below 40 words break too often, above 100 the eye loses the line."""
USUAL_WIDTH: Final = 72
"""66 to 76 cells read best."""
MAX_CONFIG_BYTES: Final = 256 * 1024
"""A settings file is a page or two; a larger file is a mistake and must not fill the memory."""
SHORTEST_INTERVAL: Final = 5 * 60
"""Seconds: a portal has a few new articles an hour, and asking more often than this is rude."""
_UNITS: Final[Mapping[str, int]] = {"m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings. `keys` maps a command's name to its keys, separated by commas; `refresh_every` is in seconds."""

    language: str | None = None
    portal: str | None = None
    theme: str = THEMES[0]
    width: int = USUAL_WIDTH
    images: str = IMAGES[0]
    user_agent: str | None = None
    refresh_on_start: bool = True
    refresh_every: int | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


class _InvalidValue(ValueError):
    """What a value must be instead, as words for the user."""


def load(path: Path, *, named: bool = False) -> tuple[Config, tuple[str, ...]]:
    """Read the settings; give them and what is wrong with the file, as sentences for the user.

    A file that isn't there is wrong only if the user `named` it.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_CONFIG_BYTES + 1)
    except FileNotFoundError as error:
        return Config(), ((_unreadable(path, error.strerror or str(error)),) if named else ())
    except OSError as error:
        return Config(), (_unreadable(path, error.strerror or str(error)),)
    if len(raw) > MAX_CONFIG_BYTES:
        return Config(), (_unreadable(path, _("it is too large")),)
    import tomllib  # takes time at the start, and most users have no settings file

    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Config(), (_unreadable(path, str(error)),)
    config, problems = _valid_entries(table)
    return config, tuple(f"{path}: {problem}" for problem in problems)


def _unreadable(path: Path, reason: str) -> str:
    return _("The settings in {path} can't be read: {reason}. The built-in settings are used.").format(
        path=path, reason=reason
    )


def _valid_entries(table: Mapping[str, object]) -> tuple[Config, tuple[str, ...]]:
    """Give the settings made from the valid entries, and what is wrong with each of the others."""
    good: dict[str, object] = {}
    problems: list[str] = []
    for name, value in _entries(table):
        if name not in SETTINGS:
            from difflib import get_close_matches  # rarely needed, and 2 ms at every start

            near = get_close_matches(name, SETTINGS, n=1)
            hint = _(" Did you mean “{name}”?").format(name=near[0]) if near else ""
            problems.append(_("Unknown setting “{name}”.").format(name=name) + hint)
            continue
        try:
            good[name.replace(".", "_")] = SETTINGS[name](value)
        except _InvalidValue as wrong:
            problems.append(_("The setting “{name}” must be {kind}.").format(name=name, kind=wrong))
    if good.pop("metered", False):  # nothing is fetched unasked
        good |= {"refresh_on_start": False, "refresh_every": None}
    return Config(**good), tuple(problems)  # type: ignore[arg-type]  # each value passed its check


def _entries(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give each entry by its name; those of the table `refresh` have a dotted one."""
    for name, value in table.items():
        if name == "refresh" and isinstance(value, dict):
            yield from ((f"refresh.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _InvalidValue(_("a text"))
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _InvalidValue(_("true or false"))
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise _InvalidValue(_("one of: {choices}").format(choices=", ".join(choices)))
        return str(value)

    return check


def _width(value: object) -> int:
    if type(value) is not int or not NARROWEST <= value <= WIDEST:
        raise _InvalidValue(_("a whole number from {low} to {high}").format(low=NARROWEST, high=WIDEST))
    return value


def _interval(value: object) -> int | None:
    """Give seconds; "never" is None."""
    if value == "never":
        return None
    match = re.fullmatch(r"(\d{1,4})\s*([mh])", value) if isinstance(value, str) else None
    if match is None or int(match[1]) * _UNITS[match[2]] < SHORTEST_INTERVAL:
        raise _InvalidValue(_("“never” or a time of at least 5m, such as 15m or 2h"))
    return int(match[1]) * _UNITS[match[2]]


def _keys(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) for keys in value.values()):
        raise _InvalidValue(_("a table of commands and their keys"))
    return value


SETTINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "language": _one_of(LANGUAGES),
    "portal": _text,
    "theme": _one_of(THEMES),
    "width": _width,
    "images": _one_of(IMAGES),
    "user_agent": _text,
    "metered": _flag,
    "refresh.on_start": _flag,
    "refresh.every": _interval,
    "keys": _keys,
}
"""Name in the file -> what checks its value and gives that of `Config`, whose attribute has `_` for the dot."""
