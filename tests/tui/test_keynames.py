"""Keys as people write them, and as Textual calls them."""

from __future__ import annotations

import string

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key

from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import key_name, near_key, parted, shown_key


@pytest.mark.parametrize("sign", [*string.ascii_letters, *string.digits, *string.punctuation, " ", "é", "§"])
def test_a_sign_has_the_name_that_textual_gives_it(sign: str) -> None:
    assert key_name(sign) == _character_to_key(sign)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ctrl-R", "ctrl+r"),
        ("ctrl+r", "ctrl+r"),
        ("Control+R", "ctrl+r"),
        ("^R", "ctrl+r"),
        ("^", "circumflex_accent"),
        ("Ctrl--", "ctrl+minus"),
        ("Ctrl-]", "ctrl+right_square_bracket"),
        ("Ctrl-Space", "ctrl+@"),
        ("Shift-n", "N"),
        ("Shift+Tab", "shift+tab"),
        ("shift+ctrl+Home", "ctrl+shift+home"),
        ("Alt-x", "alt+x"),
        ("Alt-X", "alt+shift+x"),
        (" Space ", "space"),
        ("Esc", "escape"),
        ("Return", "enter"),
        ("Page Down", "pagedown"),
        ("page_up", "pageup"),
        ("PgDn", "pagedown"),
        ("\u2193", "down"),
        ("F12", "f12"),
        ("question_mark", "question_mark"),
        ("slash", "slash"),
    ],
)
def test_a_key_is_understood_as_people_write_it(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize("written", ["", "  ", "jk", "Ctrl-", "Ctrl-Foo", "F99", "Super-x", "\x1b"])
def test_what_is_no_key_has_no_name(written: str) -> None:
    assert key_name(written) is None


def test_every_built_in_key_is_read_back_as_it_is_shown() -> None:
    for name in (name for command in COMMANDS for name in command.keys.split(",")):
        assert key_name(name) == name
        assert key_name(shown_key(name)) == name


def test_a_control_key_has_the_name_under_which_it_comes_from_a_terminal() -> None:
    for letter in set(string.ascii_uppercase) - set("IM"):
        (key,) = ANSI_SEQUENCES_KEYS[chr(ord(letter) - ord("A") + 1)][:1]
        assert key_name(f"Ctrl-{letter}") == key.value or letter == "H"


def test_keys_are_parted_by_commas_and_a_comma_or_a_space_alone_is_one() -> None:
    assert list(parted("a, Ctrl-B")) == ["a", "Ctrl-B"]
    assert list(parted("a, ")) == ["a", ""]
    assert list(parted(",")) == [","]
    assert list(parted(" ")) == [" "]
    assert key_name(",") == "comma"


@pytest.mark.parametrize(("written", "near"), [("Spce", "Space"), ("pgdwn", "PgDn"), ("slahs", "/")])
def test_a_slip_is_understood(written: str, near: str) -> None:
    assert near_key(written) == near
