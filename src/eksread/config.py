"""The settings file: TOML, checked by hand-written tables, never a reason not to start.

A file that can't be read gives the built-in settings and a problem that names the line; so does each wrong entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from eksread.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THEMES: Final = ("light", "dark", "contrast", "terminal")
LANGUAGES: Final = ("id", "en")
NARROWEST: Final = 40
WIDEST: Final = 100
"""Reading widths in cells: below 40 words break too often, above 100 the eye loses the line."""
MAX_CONFIG_BYTES: Final = 256 * 1024
"""A settings file is a page or two; more is a mistake that must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings as they hold. `keys` maps a command's name to its keys, parted by commas."""

    language: str | None = None
    portal: str | None = None
    theme: str = "dark"
    width: int = 72
    refresh_on_start: bool = True
    user_agent: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"language": LANGUAGES, "theme": THEMES}
_TYPES: Final[Mapping[str, type]] = {
    "language": str,
    "portal": str,
    "theme": str,
    "width": int,
    "refresh_on_start": bool,
    "user_agent": str,
    "keys": dict,
}


def load(path: Path) -> tuple[Config, tuple[str, ...]]:
    """Read the settings; give them and what is wrong with the file, as sentences for a person."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_CONFIG_BYTES + 1)
    except FileNotFoundError:
        return Config(), ()
    except OSError as error:
        return Config(), (_broken(path, error.strerror or str(error)),)
    if len(raw) > MAX_CONFIG_BYTES:
        return Config(), (_broken(path, _("it is too large")),)
    import tomllib  # only a reader who has a settings file pays for the parser

    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Config(), (_broken(path, str(error)),)
    return _checked(table)


def _broken(path: Path, reason: str) -> str:
    return _("The settings in {path} can't be read: {reason}. The built-in settings are used.").format(
        path=path, reason=reason
    )


def _checked(table: Mapping[str, object]) -> tuple[Config, tuple[str, ...]]:
    """Take the entries that are right; say of each other one what is wrong."""
    good: dict[str, object] = {}
    problems: list[str] = []
    for name, value in table.items():
        wanted = _TYPES.get(name)
        if wanted is None:
            near = get_close_matches(name, _TYPES, n=1)
            hint = _(" Did you mean “{name}”?").format(name=near[0]) if near else ""
            problems.append(_("Unknown setting “{name}”.").format(name=name) + hint)
        elif type(value) is not wanted:
            problems.append(_("The setting “{name}” must be {kind}.").format(name=name, kind=_kind(wanted)))
        elif name in _CHOICES and value not in _CHOICES[name]:
            choices = ", ".join(_CHOICES[name])
            problems.append(
                _("The setting “{name}” must be one of: {choices}.").format(name=name, choices=choices)
            )
        elif name == "width" and isinstance(value, int) and not NARROWEST <= value <= WIDEST:
            problems.append(
                _("The setting “{name}” must be from {low} to {high}.").format(
                    name=name, low=NARROWEST, high=WIDEST
                )
            )
        else:
            good[name] = value
    keys = good.get("keys")
    if isinstance(keys, dict):
        good["keys"] = {key: value for key, value in keys.items() if isinstance(value, str)}
    known = {item.name for item in fields(Config)}
    return Config(**{name: value for name, value in good.items() if name in known}), tuple(problems)  # type: ignore[arg-type]  # each value was checked against _TYPES


def _kind(wanted: type) -> str:
    names = {str: _("a text"), int: _("a whole number"), bool: _("true or false"), dict: _("a table")}
    return names[wanted]
