"""The settings file: TOML, checked by a hand-written table, never a reason not to start.

A file that can't be read gives the built-in settings and a problem that names the line; so does each wrong entry.
docs/configuration.md describes every setting; a test holds the two together.
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
"""The themes, the built-in one first, in the order in which the reading room walks through them."""
IMAGES: Final = ("auto", "blocks", "kitty", "off")
"""How lead pictures are shown: as the terminal can, in half-blocks, by Kitty's protocol, not at all."""
NARROWEST: Final = 40
WIDEST: Final = 100
"""Reading widths in cells: below 40 words break too often, above 100 the eye loses the line."""
USUAL_WIDTH: Final = 72
"""66 to 76 cells read best; the reader may go further either way."""
MAX_CONFIG_BYTES: Final = 256 * 1024
"""A settings file is a page or two; more is a mistake that must not fill the memory."""
SHORTEST_EVERY: Final = 5 * 60
"""Seconds: a portal has a few new articles an hour, and asking more often than this is rude."""
_UNITS: Final[Mapping[str, int]] = {"m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings as they hold. `keys` maps a command's name to its keys, parted by commas; seconds in `refresh_every`."""

    language: str | None = None
    portal: str | None = None
    theme: str = THEMES[0]
    width: int = USUAL_WIDTH
    images: str = IMAGES[0]
    user_agent: str | None = None
    refresh_on_start: bool = True
    refresh_every: int | None = None
    metered: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)


class _Wrong(ValueError):
    """What an entry must be, for a person."""


def load(path: Path, *, named: bool = False) -> tuple[Config, tuple[str, ...]]:
    """Read the settings; give them and what is wrong with the file, as sentences for a person.

    A file that isn't there is wrong only where a person `named` it.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_CONFIG_BYTES + 1)
    except FileNotFoundError as error:
        return Config(), ((_broken(path, error.strerror or str(error)),) if named else ())
    except OSError as error:
        return Config(), (_broken(path, error.strerror or str(error)),)
    if len(raw) > MAX_CONFIG_BYTES:
        return Config(), (_broken(path, _("it is too large")),)
    import tomllib  # only a reader who has a settings file pays for the parser

    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Config(), (_broken(path, str(error)),)
    config, problems = _checked(table)
    return config, tuple(f"{path}: {problem}" for problem in problems)


def _broken(path: Path, reason: str) -> str:
    return _("The settings in {path} can't be read: {reason}. The built-in settings are used.").format(
        path=path, reason=reason
    )


def _checked(table: Mapping[str, object]) -> tuple[Config, tuple[str, ...]]:
    """Take the entries that are right; say of each other one what is wrong."""
    good: dict[str, object] = {}
    problems: list[str] = []
    for name, value in _entries(table):
        if name not in SETTINGS:
            from difflib import get_close_matches  # rarely needed, and 2 ms at every start

            near = get_close_matches(name, SETTINGS, n=1)
            hint = _(" Did you mean “{name}”?").format(name=near[0]) if near else ""
            problems.append(_("Unknown setting “{name}”.").format(name=name) + hint)
            continue
        attribute, check = SETTINGS[name]
        try:
            good[attribute] = check(value)
        except _Wrong as wrong:
            problems.append(_("The setting “{name}” must be {kind}.").format(name=name, kind=wrong))
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
        raise _Wrong(_("a text"))
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(_("true or false"))
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise _Wrong(_("one of: {choices}").format(choices=", ".join(choices)))
        return str(value)

    return check


def _width(value: object) -> int:
    if type(value) is not int or not NARROWEST <= value <= WIDEST:
        raise _Wrong(_("a whole number from {low} to {high}").format(low=NARROWEST, high=WIDEST))
    return value


def _every(value: object) -> int | None:
    """Give seconds; "never" is None."""
    if value == "never":
        return None
    match = re.fullmatch(r"(\d{1,4})\s*([mh])", value) if isinstance(value, str) else None
    if match is None or int(match[1]) * _UNITS[match[2]] < SHORTEST_EVERY:
        raise _Wrong(_("“never” or a time of at least 5m, such as 15m or 2h"))
    return int(match[1]) * _UNITS[match[2]]


def _keys(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) for keys in value.values()):
        raise _Wrong(_("a table of commands and their keys"))
    return value


SETTINGS: Final[Mapping[str, tuple[str, Callable[[object], object]]]] = {
    "language": ("language", _one_of(LANGUAGES)),
    "portal": ("portal", _text),
    "theme": ("theme", _one_of(THEMES)),
    "width": ("width", _width),
    "images": ("images", _one_of(IMAGES)),
    "user_agent": ("user_agent", _text),
    "metered": ("metered", _flag),
    "refresh.on_start": ("refresh_on_start", _flag),
    "refresh.every": ("refresh_every", _every),
    "keys": ("keys", _keys),
}
"""Name in the file -> attribute of `Config`, and what checks it."""
