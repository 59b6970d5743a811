from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from eksread.config import MAX_CONFIG_BYTES, MAX_PROBLEMS, SETTINGS, TABLES, Config, load
from tests import odd_files

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
language = "en"
portal = "https://portal.example/"
theme = "light"
width = 66
images = "blocks"

[refresh]
on_start = false
every = "15m"

[keys]
next = "ctrl+n"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_no_file_means_the_built_in_settings(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Config(), ())


def test_every_setting_is_read(tmp_path: Path) -> None:
    config, problems = load(written(tmp_path, GOOD))
    assert problems == ()
    assert config == Config(
        language="en",
        portal="https://portal.example/",
        theme="light",
        width=66,
        images="blocks",
        refresh_on_start=False,
        refresh_every=900,
        keys={"next": "ctrl+n"},
    )


def test_on_a_metered_connection_nothing_is_fetched_unasked(tmp_path: Path) -> None:
    text = 'metered = true\nrefresh.every = "15m"\nrefresh.on_start = true\n'
    assert load(written(tmp_path, text)) == (
        Config(metered=True, refresh_on_start=False, refresh_every=None),
        (),
    )


def test_broken_toml_names_the_line_and_the_defaults_hold(tmp_path: Path) -> None:
    config, problems = load(written(tmp_path, 'theme = "light"\nwidth = = 3\n'))
    assert config == Config()
    assert len(problems) == 1
    assert "line 2" in problems[0]


def test_a_broken_file_still_says_its_language(tmp_path: Path) -> None:
    config, problems = load(written(tmp_path, 'language = "id"\nwidth = = 3\n'))
    assert config == Config(language="id")
    assert problems[0].endswith("line 2, column 9 is no valid TOML. The built-in settings are used.")


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ("widht = 60", "Did you mean “width”?"),
        ('width = "wide"', "a whole number"),
        ("width = 4", "from 40 to 100"),
        ('theme = "neon"', "dark, light, contrast, terminal"),
        ('images = "ascii"', "auto, blocks, kitty, sixel, off"),
        ("metered = 1", "true or false"),
        ("refresh.every = '2m'", "at least 5m"),
        ("refresh.evry = '20m'", "Did you mean “refresh.every”?"),
        ("keys = 3", "a table, such as keys.next"),
        ("refresh = 5", "is 5, and must be a table, such as refresh.every"),
        ("refresh = [{every = 1979-05-27}]", '[{"every": "1979-05-27"}]'),
        ("width = 1979-05-27", "is 1979-05-27, and"),
    ],
)
def test_a_wrong_entry_is_named_and_the_others_hold(tmp_path: Path, entry: str, part: str) -> None:
    config, problems = load(written(tmp_path, f'language = "en"\n{entry}\n'))
    assert config == Config(language="en")
    assert len(problems) == 1
    assert part in problems[0]
    assert problems[0].startswith(f"{tmp_path / 'config.toml'}, line 2: ")


ODD_VALUES = ("5", "-0.0", "inf", "nan", "1e400", "0x" + "f" * 5000, "9" * 4300, "true", "[]", "[[1]]", "{}", '{"\\u001b" = 1}',
              '""', '"\\u001b]0;x\\u0007"', '"a\\nb"', '"\\u202e"', '"' + "x" * 5000 + '"', "07:32:00", "1979-05-27",
              "1979-05-27T07:32:00-23:59")  # fmt: skip
PORTALS = ("ftp://x", "//", "https://", "https://../", "https://.", "http://[::1", "http://x:99999/", "https://a b/",
           "file:///etc/passwd", "https://x/\\u0000", "https://x/\\u202e", "https://" + "x" * 250, "https://é" + "é" * 120)  # fmt: skip
AGENTS = ("a\\r\\nX-Other: 1", "a\\u0000", "a\\u007f", "péramban", "读者", "😀", " ", "x" * 201)


@pytest.mark.parametrize(("name", "value"), [
    *((name, value) for name in (*SETTINGS, *TABLES) for value in ODD_VALUES
      if (name, value) not in {("metered", "true"), ("refresh.on_start", "true"), ("keys", "{}"), ("refresh", "{}"),
                               ("refresh", '{"\\u001b" = 1}')}),
    *(("portal", f'"{address}"') for address in PORTALS),
    *(("user_agent", f'"{agent}"') for agent in AGENTS),
    *((f"keys.{name}", value) for name in ("next", '"\\u001b"', "x" * 201) for value in ("5", '"\\u001b"')),
])  # fmt: skip
def test_every_wrong_value_is_named_with_its_line_and_what_may_stand_there(
    tmp_path: Path, name: str, value: str
) -> None:
    others = {other: value for other, value in (("language", "en"), ("theme", "light")) if other != name}
    lines = [f'{other} = "{value}"' for other, value in others.items()]
    config, problems = load(written(tmp_path, "\n".join([f"# {name} = 1", *lines, f"{name} = {value}"])))
    assert config == Config(**others)  # type: ignore[arg-type]
    assert problems
    assert all(problem.startswith(str(tmp_path / "config.toml")) for problem in problems)
    assert all(problem.isprintable() and len(problem) < 400 for problem in problems)
    assert "must be" in problems[0]


def test_a_file_full_of_mistakes_is_told_of_in_a_few_lines(tmp_path: Path) -> None:
    text = "".join(f"entry{number} = 1\n" for number in range(10_000))
    config, problems = load(written(tmp_path, text))
    assert config == Config()
    assert len(problems) == MAX_PROBLEMS + 1
    assert "9980 more" in problems[-1]


@pytest.mark.parametrize("odd", [*odd_files.NO_FILES, *odd_files.NO_TOML])
def test_what_is_no_settings_file_is_named_in_one_line(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "config.toml"
    odd_files.make(odd, path)
    config, (problem,) = load(path)
    assert config == Config()
    assert str(path) in problem
    assert "can't be read" in problem
    assert problem.isprintable()


def test_a_file_of_another_kind_is_no_reason_to_fail(tmp_path: Path) -> None:
    for content in (b"\xff\xfe\x00", b"a" * (MAX_CONFIG_BYTES + 1), b"x = " + b"[" * 5000):
        config, problems = load(written(tmp_path, content))
        assert config == Config()
        assert problems
    config, problems = load(tmp_path)
    assert config == Config()
    assert problems


def test_mutated_settings_never_stop_the_start(tmp_path: Path) -> None:
    """Promise 29: a thousand damaged files, each gives usable settings."""
    chooser = random.Random(29)
    for _ in range(1000):
        raw = bytearray(GOOD.encode())
        for _ in range(chooser.randint(1, 6)):
            place = chooser.randrange(len(raw))
            match chooser.randrange(3):
                case 0:
                    raw[place] = chooser.randrange(256)
                case 1:
                    del raw[place : place + chooser.randrange(9)]
                case _:
                    raw[place:place] = chooser.randbytes(3)
        config, _problems = load(written(tmp_path, bytes(raw)))
        assert 40 <= config.width <= 100
        assert config.refresh_on_start is True or config.refresh_on_start is False
