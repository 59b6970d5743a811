"""The settings file: TOML, each entry checked by `SETTINGS`. No mistake in it keeps eksread from starting.

A file that can't be read gives the built-in settings and a problem that names the line; so does each wrong entry.
docs/configuration.md describes every setting; a test compares the two.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread import user_files
from eksread.errors import FileUnreadable
from eksread.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

THEMES: Final = ("dark", "light", "contrast", "terminal")
"""The themes, the default first, in the order in which a key switches between them."""
DENSITIES: Final = ("comfortable", "compact")
"""How a list shows its headlines: whole with a line of facts, or one line each."""
IMAGES: Final = ("auto", "blocks", "kitty", "sixel", "off")
"""How pictures are shown: as well as the terminal can, in half-blocks, by Kitty's protocol, whole ones by Sixel, not at all."""
NARROWEST: Final = 40
WIDEST: Final = 100
"""Reading widths in cells: below 40 words break too often, above 100 the eye loses the line."""
USUAL_WIDTH: Final = 72
"""66 to 76 cells read best."""
MAX_CONFIG_BYTES: Final = 250_000
"""A settings file is a page or two; a larger file is a mistake and must not fill the memory."""
SHORTEST_INTERVAL: Final = 5 * 60
"""Seconds: a portal has a few new articles an hour, and asking more often than this is rude."""
LONGEST_TEXT: Final = 200
"""Characters of a free text: of the header that says who asks, as servers refuse long ones, and of the keys of a command."""
LONGEST_COMMAND: Final = 50
"""Words of a command: more is a mistake."""
LONGEST_ADDRESS: Final = 200
"""Bytes of a portal's address: the folder of its news is called after it, and names of folders end at 255."""
MAX_PROBLEMS: Final = 20
"""Mistakes that are listed: a file with more is none of settings."""
_LANGUAGE_LINE: Final = rf"""(?m)^[ \t]*language[ \t]*=[ \t]*["']({"|".join(LANGUAGES)})["']"""
"""The language that a file names which can't be read as a whole: what is wrong with it is said in that language."""
_UNITS: Final[Mapping[str, int]] = {"m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings. `keys` maps a command's name to its keys, separated by commas; `refresh_every` is in seconds.

    `given` are the names, as in the file, of those that the file gives.
    """

    language: str | None = None
    portal: str | None = None
    theme: str = THEMES[0]
    width: int = USUAL_WIDTH
    density: str = DENSITIES[0]
    images: str = IMAGES[0]
    user_agent: str | None = None
    metered: bool = False
    refresh_on_start: bool = True
    refresh_every: int | None = None
    read_aloud: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = field(default=frozenset(), compare=False)


class _InvalidValue(ValueError):
    """What a value must be instead, as words for the user."""


def load(path: Path, *, named: bool = False) -> tuple[Config, tuple[str, ...]]:
    """Read the settings; give them and what is wrong with the file, as sentences for the user.

    A file that isn't there is wrong only if the user `named` it.
    """
    if not named and not os.path.lexists(path):
        return Config(), ()
    text = ""
    try:
        text = user_files.as_text(user_files.read_bytes(path, MAX_CONFIG_BYTES), path)
        table = user_files.parse_toml(text, path)
    except FileUnreadable as error:
        sentence = _("The settings in {path} can't be read: {reason}. The built-in settings are used.")
        named_there = re.search(_LANGUAGE_LINE, text)
        config = Config(language=named_there[1] if named_there is not None else None)
        return config, (sentence.format_map(error.values),)
    config, wrong = _valid_entries(table)
    problems = [f"{where(path, text, name)}: {problem}" for name, problem in wrong[:MAX_PROBLEMS]]
    if len(wrong) > MAX_PROBLEMS:
        more = _("{n} more problems in the settings.").format(n=len(wrong) - MAX_PROBLEMS)
        problems.append(f"{path}: {more}")
    return config, tuple(problems)


def where(path: Path, text: str, name: str) -> str:
    """Give file and line of an entry; the file alone where its line is not found, as for a name with escapes."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        key = re.sub(r"[\s\"']", "", line.partition("=")[0])
        header = key.startswith("[")
        if header:
            table = key.lstrip("[").partition("]")[0]
        found = table if header else f"{table}.{key}".lstrip(".")
        inline = not header and name.startswith(f"{found}.")
        if inline or f"{found}.".startswith(f"{name}."):
            return _("{path}, line {line}").format(path=path, line=number)
    return str(path)


def _valid_entries(table: Mapping[str, object]) -> tuple[Config, list[tuple[str, str]]]:
    """Give the settings made from the valid entries; of each other one its name and what is wrong with it."""
    good: dict[str, object] = {}
    keys: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for name, value in _entries(table):
        try:
            if name.startswith("keys."):
                keys[_text(name.removeprefix("keys."))] = _text(value)
            elif name in SETTINGS:
                good[name.replace(".", "_")] = SETTINGS[name](value)
            elif name in TABLES:  # one that is a table is given entry by entry
                raise _InvalidValue(_("a table, such as {example}").format(example=TABLES[name]))
            else:
                problems.append((name, _unknown(name) if len(problems) < MAX_PROBLEMS else ""))
        except _InvalidValue as wrong:
            text = _("The setting “{name}” is {value}, and must be {kind}.")
            problems.append((name, text.format(name=_short(name), value=user_files.shown(value), kind=wrong)))
    given = frozenset(
        {*(name for name in SETTINGS if name.replace(".", "_") in good), *(f"keys.{name}" for name in keys)}
    )
    if good.get("metered"):  # nothing is fetched unasked
        good |= {"refresh_on_start": False, "refresh_every": None}
    return Config(**good, keys=keys, given=given), problems  # type: ignore[arg-type]  # each value passed its check


def _entries(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give each entry by its name; those of the tables `refresh` and `keys` have a dotted one."""
    for name, value in table.items():
        if name in TABLES and isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _unknown(name: str) -> str:
    """Say that there is no such setting, and which one may have been meant."""
    from difflib import get_close_matches  # rarely needed, and 2 ms at every start

    near = get_close_matches(name, SETTINGS, n=1)
    hint = _(" Did you mean “{name}”?").format(name=near[0]) if near else ""
    return _("Unknown setting “{name}”.").format(name=_short(name)) + hint


def _short(name: str) -> str:
    return user_files.shown(name).strip('"')


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT or not value.isprintable():
        raise _InvalidValue(_("a text of at most {n} characters").format(n=LONGEST_TEXT))
    return value


def _user_agent(value: object) -> str:
    agent = value.strip() if isinstance(value, str) else ""
    if not (agent.isascii() and agent.isprintable() and 0 < len(agent) <= LONGEST_TEXT):
        raise _InvalidValue(_("a text of at most {n} ASCII characters").format(n=LONGEST_TEXT))
    return agent


def _portal(value: object) -> str:
    address = portal_address(value) if isinstance(value, str) else None
    if address is None:
        raise _InvalidValue(_("an address such as https://eksposkaltim.com/"))
    return address


def portal_address(text: str) -> str | None:
    """Give the address of a front page with its scheme and a slash at its end; None where it is none."""
    text = text.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and (parts.port or 0) >= 0
        usable = usable and any(map(str.isalnum, parts.hostname or ""))
    except ValueError:
        return None
    if not usable or not text.isprintable() or " " in text or len(text.encode()) > LONGEST_ADDRESS:
        return None
    return text if text.endswith("/") else f"{text}/"


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


def _command(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= LONGEST_COMMAND:
        raise _InvalidValue(_("a list of texts: a program and its options"))
    return tuple(map(_text, value))


SETTINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "language": _one_of(LANGUAGES),
    "portal": _portal,
    "theme": _one_of(THEMES),
    "width": _width,
    "density": _one_of(DENSITIES),
    "images": _one_of(IMAGES),
    "user_agent": _user_agent,
    "metered": _flag,
    "refresh.on_start": _flag,
    "refresh.every": _interval,
    "read_aloud": _command,
}
"""Name in the file -> what checks its value and gives that of `Config`, whose attribute has `_` for the dot."""

TABLES: Final[Mapping[str, str]] = {"refresh": 'refresh.every = "15m"', "keys": 'keys.next = "n"'}
"""Those that are tables, with an entry of each as an example."""
