"""`eksread completions SHELL`: the script that completes commands, options, and words of the archive in a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.cli.arguments import add_examples
from eksread.cli.command_table import command_parser
from eksread.cli.open_library import open_library
from eksread.i18n import _
from eksread.model.lists import HeadlineQuery

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from eksread.cli.arguments import CommandParser
    from eksread.cli.options import Options
    from eksread.library import Library

SHELLS: Final = ("bash", "zsh", "fish")
_RECENT: Final = 100
"""Numbers of articles that are offered: more than a terminal shows."""
_VALUES: Final[Mapping[str, str]] = {"ref": "ids", "refs": "ids", "section": "sections", "place": "places"}
"""Name of an argument -> which words of the archive complete it."""
_FILES: Final = ("file", "output", "config", "log_file")


def add_completions(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("shell", choices=SHELLS, help=_("the shell that reads the script"))
    # What the script itself calls.
    parser.add_argument("--values", choices=sorted(set(_VALUES.values())), help="==SUPPRESS==")
    add_examples(
        parser,
        "eksread completions bash > ~/.local/share/bash-completion/completions/eksread",
        "eksread completions zsh > ~/.zfunc/_eksread",
        "eksread completions fish > ~/.config/fish/completions/eksread.fish",
    )


def run_completions(given: argparse.Namespace, options: Options) -> int:
    """Print the script, or one of the archive's words a line."""
    if given.values is None:
        import shtab

        parser = command_parser()
        for one in _all_parsers(parser):
            _mark(one, given.shell)
        print(shtab.complete(parser, shell=given.shell))
        return 0
    with open_library(options) as library:
        for word in _words(library, given.values):
            # bash and zsh take each word of a line for a completion of its own.
            if given.shell == "fish" or " " not in word:
                print(word)
    return 0


def _words(library: Library, kind: str) -> Iterable[str]:
    if kind == "ids":
        return (str(row.id) for row in library.queries.headlines(HeadlineQuery(limit=_RECENT)).items)
    if kind == "sections":
        return (section.name for section in library.queries.sections())
    return (place.name for place in library.history.places())


def _all_parsers(parser: CommandParser) -> Iterable[CommandParser]:
    """Give a parser and those of its commands, each with its arguments."""
    yield parser.filled()
    for one in (parser.commands.choices if parser.commands else {}).values():
        yield from _all_parsers(one)


def _mark(parser: CommandParser, shell: str) -> None:
    """Say of each argument what completes it, where that is not a fixed choice."""
    import shtab

    for action in parser._actions:  # argparse has no other list of them; shtab itself reads this one
        if action.dest in _VALUES:
            command = f"eksread completions {shell} --values {_VALUES[action.dest]} 2>/dev/null"
            action.complete = shtab.cmd(command)  # type: ignore[attr-defined]  # where shtab looks for it
        elif action.dest in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.dest == "data_dir":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
