"""The keys under the settings: one meaning a key, and what is wrong is told."""

from __future__ import annotations

import random
import string

import pytest

from eksread import i18n
from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import BUILT_IN, chosen, shown_key
from tests.tui.fakes import library
from tests.tui.rooms import room

LONG = "/home/siti/.config/eksread/config.toml: The setting “theme” must be one of: dark, light, contrast, terminal."


def test_no_settings_leave_the_built_in_keys() -> None:
    assert chosen({}) is BUILT_IN
    assert BUILT_IN.of["quit"] == ("ctrl+q", "ctrl+c")


def test_keys_without_a_clash_are_no_problem() -> None:
    keys = chosen({"next-unread": "n, Ctrl-N", "down": "k", "up": "j", "find": "/", "search": "w"})
    assert keys.problems == ()
    assert keys.of["next-unread"] == ("n", "ctrl+n")
    assert keys.of["find"] == ("slash",)
    assert keys.of["save"] == ("f",)


@pytest.mark.parametrize(
    ("settings", "key", "owner", "other"),
    [
        ({"find": "/"}, "/", "find", "search"),
        ({"find": "slash"}, "/", "find", "search"),
        ({"save": "1"}, "1", "save", "1–9"),
        ({"down": "v", "up": "v"}, "v", "down", "up"),
        ({"up": "v", "down": "v"}, "v", "up", "down"),
        ({"gather": "Ctrl-I"}, "Tab", "gather", "next-link"),
    ],
)
def test_a_clash_names_the_key_both_commands_and_which_of_them_has_it(
    settings: dict[str, str], key: str, owner: str, other: str
) -> None:
    keys = chosen(settings)
    assert keys.problems[0] == (
        f"In your settings {key} is the key of both “{owner}” and “{other}”: it does “{owner}”."
    )
    given = [name for names in keys.of.values() for name in names] + list(keys.digits)
    assert len(given) == len(set(given))


def test_a_command_that_has_lost_its_last_key_is_named() -> None:
    assert chosen({"find": "/"}).problems[1:] == ("“search” has no key now.",)
    assert len(chosen({"find": "j"}).problems) == 1, "“down” has the arrow still"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"serch": "v"}, "Unknown command “serch” among the keys. Did you mean “search”?"),
        ({"zzz": "v"}, "Unknown command “zzz” among the keys."),
        ({"find": "Spce"}, "“Spce”, given to “find”, is no key. Did you mean “Space”?"),
        ({"find": "U, "}, "“”, given to “find”, is no key."),
    ],
)
def test_what_is_no_command_and_no_key_is_told(settings: dict[str, str], problem: str) -> None:
    assert chosen(settings).problems == (problem,)


def test_a_command_whose_keys_are_none_keeps_the_built_in_ones() -> None:
    assert chosen({"find": "Foo-Bar"}).of["find"] == ("w",)


def test_no_settings_whatever_stop_the_start() -> None:
    chance = random.Random(6)
    words = [
        *BUILT_IN.of,
        *string.printable,
        *"\u2193\u00e9\u0301\ud800\x00",
        "Ctrl-",
        "alt+",
        "F1",
        "Space",
        "",
    ]
    for _round in range(300):
        settings = {
            "".join(chance.choices(words, k=chance.choice((1, 1, 2)))): "".join(chance.choices(words, k=3))
            for _entry in range(5)
        }
        keys = chosen(settings)
        given = [name for names in keys.of.values() for name in names] + list(keys.digits)
        assert len(given) == len(set(given)), settings
        assert keys.of.keys() == BUILT_IN.of.keys()


async def test_the_key_does_what_is_told() -> None:
    async with room(library(), keys={"find": "/", "save": "1"}) as reading:
        await reading.press("enter", "slash")
        assert "Find:" in reading.text
        await reading.press("escape", "1")
        assert "Bookmarked:" in reading.status


async def test_every_command_can_be_given_another_key() -> None:
    free = iter(
        "123456789BCHIMOPQSTUVWXZ!#$%&'()*+-;=@^_`{|}~v"
        + "\u00e9\u00e8\u00ea\u00eb\u00e0\u00e2\u00ee\u00ef\u00f4\u00fb\u00f6\u00fc\u00e4\u00f1\u00e7\u00f8"
    )
    settings = {command.id: next(free) for command in COMMANDS}
    given = {name: [shown_key(key) for key in keys] for name, keys in chosen(settings).of.items()}
    assert given == {name: [key] for name, key in settings.items()}
    async with room(library(), keys=settings) as reading:
        await reading.press(settings["down"])
        assert reading.headlines.cursor == 1
        await reading.press("down")
        assert reading.headlines.cursor == 1


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 36)], ids=str)
async def test_of_several_problems_the_first_is_told_whole_and_where_all_are(
    size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    async with room(library(), size, keys={"find": "/"}, problems=(LONG,)) as reading:
        said = "".join(reading.text.split())
        assert LONG.replace(" ", "") in said
        assert "3problems" in said or "3masalah" in said
        assert "“eksreaddoctor”" in said


async def test_a_notice_too_long_for_its_lines_ends_with_dots() -> None:
    async with room(library(), (40, 12), problems=("sangat panjang " * 40,)) as reading:
        assert reading.lines[-1].rstrip().endswith("…")


async def test_a_problem_stands_until_a_key_is_pressed_whatever_is_said_meanwhile() -> None:
    async with room(library(offline=False), refresh=True, problems=("Salah.",)) as reading:
        await reading.settle(0.1)
        reading.context.say("Lain.")
        assert reading.status.startswith("Salah.")
        await reading.press("f9")
        assert "Salah." not in reading.status


async def test_a_problem_goes_by_a_click_as_well() -> None:
    async with room(library(), problems=("Salah.",)) as reading:
        await reading.pilot.click("#headlines", offset=(5, 6))
        await reading.settle()
        assert reading.pane == "article"
        assert "Salah." not in reading.status


async def test_the_key_that_takes_a_problem_away_still_does_its_own() -> None:
    async with room(library(), problems=("Salah.",)) as reading:
        await reading.press("f")
        assert reading.status.startswith("Bookmarked:")
