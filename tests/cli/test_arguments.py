"""The command line itself: which word is the command, what is said of one that is not known, what the helps show."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from eksread import i18n
from eksread.cli.command_table import COMMANDS, command_parser
from eksread.cli.main import main
from eksread.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from eksread.cli.arguments import CommandParser


def parsers() -> Iterator[CommandParser]:
    """Give the parser of eksread, of each command, and of each action of one."""
    whole = command_parser()
    yield whole
    assert whole.commands is not None
    for command in whole.commands.choices.values():
        yield command.filled()
        if command.commands is not None:
            yield from command.commands.choices.values()


def with_value(parser: argparse.ArgumentParser) -> list[str]:
    """Give the options that take a value."""
    return [
        action.option_strings[-1] for action in parser._actions if action.option_strings and action.nargs != 0
    ]


HELPS = [pytest.param(parser.prog.split()[1:], id=parser.prog) for parser in parsers()]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EKSREAD_LANG", "en")
    i18n.use("en")
    yield
    i18n.use("en")


def test_a_command_s_name_may_be_any_option_s_value() -> None:
    parser = command_parser()
    for option in with_value(parser):
        for name in COMMANDS:
            given = parser.parse_args([option, name, "reparse"])
            assert (given.command, vars(given)[option[2:].replace("-", "_")]) == ("reparse", name)


def taken_for_a_command(parser: argparse.ArgumentParser, words: list[str]) -> bool:
    try:
        parser.parse_args(words)
    except UsageError as error:  # what else is required, or the value is no number
        return "There is no command" in error.message
    return False


def test_a_command_s_name_may_be_the_value_of_an_option_of_each_command() -> None:
    whole = command_parser()  # one for all: each takes as long as a start
    for parser in parsers():
        _eksread, *words = parser.prog.split()
        for option in with_value(parser) if words else ():
            assert [name for name in COMMANDS if taken_for_a_command(whole, [*words, option, name])] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lst"], "There is no command “lst”. Did you mean list? See 'eksread --help'."),
        (["x"], "There is no command “x”. See 'eksread --help'."),
        (["bookmark", "ad", "1"], "There is no command “ad”. Did you mean add? See 'eksread bookmark --help'."),
        (["list", "--unred"], "There is no option --unred. Did you mean --unread? See 'eksread list --help'."),
        (["list", "--limt=3"], "There is no option --limt. Did you mean --limit? See 'eksread list --help'."),
        (["store", "stats", "--jsn"], "There is no option --jsn. Did you mean --json? See 'eksread store stats --help'."),
        (["--ofline", "list"], "There is no option --ofline. Did you mean --offline? See 'eksread --help'."),
        (["list", "mars"], "“mars” is one word too many. See 'eksread list --help'."),
        (["list", "--limit"], "argument --limit: expected one argument. See 'eksread list --help'."),
    ],
)  # fmt: skip
def test_what_is_not_known_is_named_with_what_is_near_and_the_help_that_says_more(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err == f"eksread: {said}\n"


@pytest.mark.parametrize("words", HELPS)
def test_each_help_has_the_global_options_and_a_usage_without_them(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    text = capsys.readouterr().out
    for option in ("--demo", "--data-dir DIR", "-q, --quiet", "-v, --verbose"):
        assert option in text
    if words:
        assert "--demo" not in text.split("\n\n")[0]


@pytest.mark.parametrize("words", HELPS)
def test_each_help_has_examples_that_are_right(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    _, _, examples = capsys.readouterr().out.partition("examples:\n")
    lines = [line.strip() for line in examples.splitlines() if line.strip().startswith("eksread")]
    assert lines
    for line in lines:
        for part in line.split(" | "):
            command = shlex.split(part.partition(" >")[0])
            if command[0] == "eksread":
                command_parser().parse_args(command[1:])
        # `import` is a name of the past: its example is the new one.
        assert words in ([], ["import"]) or f"eksread {' '.join(words)}" in line
