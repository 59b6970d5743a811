"""The keys in use: the built-in ones, and those of the settings in their place.

They are one set for the process, as the language is (`i18n`): `use` is called once, at the start, and every text that names a
key asks `key_of`. What is wrong with the settings becomes sentences, and is never a reason not to start.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.tui.commands import BY_ID, COMMANDS, DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


# The names of keys: as a person writes and reads them (`Ctrl-P`, `?`, `↓`), and as Textual calls them.

_FUNCTION_KEYS: Final = [f"f{number}" for number in range(1, 25)]
_SHOWN: Final[Mapping[str, str]] = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "Esc",
    "insert": "Ins",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
} | {name: name.capitalize() for name in (*"enter space tab backspace home end".split(), *_FUNCTION_KEYS)}
"""Keys with a name of their own, as terminals send them, and what stands on them."""
_ALSO: Final[Mapping[str, str]] = {
    "return": "enter",
    "spacebar": "space",
    "bksp": "backspace",
    "pagedn": "pagedown",
}
"""Other names that people write."""
_SAME: Final[Mapping[str, str]] = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
"""Keys for which most terminals send the same byte as for another one (ECMA-48 control codes)."""
_PARTS: Final = r"(?is)((?:(?:ctrl|control|alt|shift)[-+])*)(.+)"
"""Modifiers, and the key. Compiled on use: only readers with keys of their own need it."""


def key_name(written: str) -> str | None:
    """Give Textual's name of a key as people write it: `/`, `Ctrl-R`, `ctrl+r`, `Space`, `PgDn`; None where it is none."""
    text = " " if written == " " else written.strip()
    match = re.fullmatch(_PARTS, re.sub(r"^\^(?=[A-Za-z]$)", "ctrl+", text))
    if match is None:
        return None
    modifiers = {word.replace("control", "ctrl") for word in re.split(r"[-+]", match[1].lower()) if word}
    key = match[2]
    if len(key) == 1 and "ctrl" in modifiers:
        key = key.lower()
    elif len(key) == 1 and "alt" in modifiers and key.isupper():
        modifiers.add("shift")
        key = key.lower()
    elif len(key) == 1 and "shift" in modifiers:
        modifiers.discard("shift")
        key = key.upper()
    name = _sign_name(key) if len(key) == 1 else _named(key)
    if name is None:
        return None
    if modifiers == {"ctrl"} and name in ("space", "at"):
        return "ctrl+@"  # so Textual calls the byte 0, which terminals send for both
    return "+".join([*sorted(modifiers), name])


def _named(written: str) -> str | None:
    """Give the name of a key that is written as a word."""
    word = re.sub(r"[ _-]", "", written).lower()
    word = _ALSO.get(word, word)
    shown = {sign.lower(): name for name, sign in _SHOWN.items()}
    if word in _SHOWN or word in shown:
        return shown.get(word, word)
    return written.lower() if written.lower() in _signs() else None


def _sign_name(sign: str) -> str | None:
    """Give the name of a key that is written as the sign on it."""
    if sign in _SHOWN.values():
        return _named(sign)
    from textual.keys import (
        _character_to_key,
    )  # with it all of Textual, for which `eksread doctor` need not wait

    name = _character_to_key(sign)
    return name if name.isprintable() else None


@cache
def _signs() -> Mapping[str, str]:
    """Give the signs of the keyboard by their names."""
    return {name: sign for sign in string.punctuation if (name := _sign_name(sign)) is not None}


def near_key(written: str) -> str | None:
    """Give the key that `written` may have been meant to be, as a person reads it."""
    from difflib import get_close_matches  # rarely needed, and 2 ms at every start

    near = get_close_matches(written.strip().lower(), [*_SHOWN, *_signs()], n=1)
    return shown_key(near[0]) if near else None


def same_key(name: str) -> str:
    """Give the name of the key that most terminals can't tell from this one; usually the name itself."""
    return _SAME.get(name, name)


def shown_key(name: str) -> str:
    """Give a key as a person reads it: `Ctrl-P`, `?`, `↓`."""
    *modifiers, key = name.split("+")
    sign = _SHOWN.get(key) or _signs().get(key, key)
    if "ctrl" in modifiers:
        sign = sign.upper() if len(sign) == 1 else sign
    return "-".join([*(word.capitalize() for word in modifiers), sign])


def shown_keys(names: tuple[str, ...]) -> str:
    """Give all keys of a command, as `j  ↓`."""
    return "  ".join(map(shown_key, names))


def parted(keys: str) -> Iterator[str]:
    """Give the keys that a setting names, which parts them by commas; a comma or a space alone is the key."""
    yield from [keys] if keys in (",", " ") else map(str.strip, keys.split(","))


NUMBERS: Final = "1\u20139"
"""What the digits are called, which choose a link by its number and are no command."""
NO_KEY: Final = "\u2013"


class Keys(NamedTuple):
    """Command -> its keys, as Textual names them, no key twice; the digits that choose links; and what was wrong."""

    of: Mapping[str, tuple[str, ...]]
    digits: tuple[str, ...] = tuple(DIGITS.split(","))
    problems: tuple[str, ...] = ()


BUILT_IN: Final = Keys({command.id: tuple(command.keys.split(",")) for command in COMMANDS})
_used = BUILT_IN


def chosen(settings: Mapping[str, str]) -> Keys:
    """Give the keys under the settings' table of commands and keys, as people write them.

    A key has one meaning: of two commands that the settings give it to the first has it, and a built-in meaning gives way.
    """
    if not settings:
        return BUILT_IN
    problems: list[str] = []
    wished = dict(_understood(settings, problems))
    owners: dict[str, str] = {}
    kept: dict[str, tuple[str, ...]] = {}
    for name in (*wished, *(name for name in BUILT_IN.of if name not in wished)):
        keys = wished.get(name, BUILT_IN.of[name])
        for key in keys:
            owner = owners.setdefault(same_key(key), name)
            if owner != name:
                problems.append(_clash(key, owner, name))
        kept[name] = tuple(key for key in keys if owners[same_key(key)] == name)
        if not kept[name]:
            problems.append(_("“{name}” has no key now.").format(name=name))
    digits = tuple(key for key in BUILT_IN.digits if key not in owners)
    problems += [_clash(key, owners[key], NUMBERS) for key in BUILT_IN.digits if key in owners]
    return Keys({name: kept[name] for name in BUILT_IN.of}, digits, tuple(problems))


def mistakes(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Say what names no command or no key; that two commands want the same key is none of it."""
    problems: list[str] = []
    for _one in _understood(settings, problems):
        pass
    return tuple(problems)


def _clash(key: str, owner: str, other: str) -> str:
    text = _("In your settings {key} is the key of both “{owner}” and “{other}”: it does “{owner}”.")
    return text.format(key=shown_key(key), owner=owner, other=other)


def _understood(settings: Mapping[str, str], problems: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the commands and keys that there are; say of each other one what it may have been meant to be."""
    for name, written in settings.items():
        if name not in BY_ID:
            from difflib import get_close_matches  # rarely needed, and 2 ms at every start

            near = get_close_matches(name, BY_ID, n=1)
            hint = _(" Did you mean “{name}”?").format(name=near[0]) if near else ""
            problems.append(_("Unknown command “{name}” among the keys.").format(name=name) + hint)
            continue
        keys: list[str] = []
        for word in parted(written):
            key = key_name(word)
            if key is not None:
                keys.append(key)
                continue
            near_sign = near_key(word)
            hint = _(" Did you mean “{name}”?").format(name=near_sign) if near_sign else ""
            text = _("“{key}”, given to “{name}”, is no key.")
            problems.append(text.format(key=word.strip(), name=name) + hint)
        if keys:
            yield name, tuple(dict.fromkeys(keys))


def use(keys: Keys) -> None:
    """Take these keys from now on."""
    global _used  # the interface has one set of keys per process, as it has one language
    _used = keys


def used() -> Keys:
    """Give the keys in use."""
    return _used


def keys_of(command: str) -> tuple[str, ...]:
    """Give the keys of a command, as Textual names them; none where the settings have given all of them away."""
    return _used.of[command]


def key_of(command: str) -> str:
    """Give the first key of a command as a person reads it; without one, the way to it by the list of commands."""
    keys = keys_of(command)
    if keys:
        return shown_key(keys[0])
    if BY_ID[command].listed and keys_of("palette"):
        return _("{key} “{name}”").format(key=key_of("palette"), name=_(BY_ID[command].label))
    return NO_KEY
