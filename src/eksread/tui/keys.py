"""The keys in use: the built-in ones, and those of the settings in their place.

They are one set for the process, as the language is (`i18n`): `use` is called once, when the room starts, and every text that names
a key asks `key_of`. What is wrong with the settings is told as sentences, and never a reason not to start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.tui.commands import BY_ID, COMMANDS, DIGITS
from eksread.tui.keynames import key_name, near_key, parted, same_key, shown_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
