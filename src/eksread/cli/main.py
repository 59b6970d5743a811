"""The command line: options, commands, and how every failure ends.

Exit codes: 0, 1 (failed), 2 (usage), 130 (interrupted).
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread import __version__, config, logfile, paths
from eksread.cli import options as global_options
from eksread.cli.arguments import Parser, speak
from eksread.cli.output import complain, say
from eksread.errors import EksreadError, SystemRefused, UsageError
from eksread.i18n import N_, _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

INTERRUPTED: Final = 130
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "refresh": ("refresh", N_("fetch what is new")),
    "archive": ("refresh", N_("fetch old news, back to a date")),
    "list": ("list", N_("list the saved headlines")),
    "show": ("show", N_("show an article")),
    "search": ("search", N_("search everything that is saved")),
    "bookmark": ("bookmark", N_("add, remove or list bookmarks")),
    "diff": ("diff", N_("show what the portal changed in an article")),
    "store": ("maintain", N_("the archive: stats, check, vacuum, prune")),
    "backup": ("backup", N_("copy the whole archive to a file")),
    "restore": ("backup", N_("put a copy back in place")),
    "export": ("marks", N_("write marks, bookmarks and notes as JSON lines")),
    "import": ("marks", N_("take in such lines from elsewhere")),
    "reparse": ("parse", N_("read kept pages again with the parser of today")),
    "doctor": ("doctor", N_("find out what is wrong, and what to do")),
    "parse": ("parse", N_("show what eksread reads in a page")),
}
"""Command -> its module in `eksread.cli.commands`, and what it does. Only the wanted one is imported."""


class _Command(NamedTuple):
    """`add_NAME` and `run_NAME` of a command's module."""

    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, global_options.Options], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run eksread; give the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(argv)
    except EksreadError as error:
        if not isinstance(error, UsageError):
            logging.getLogger(__name__).warning("%s: %s %s", error.code, error.detail, error.values)
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`eksread list | head`): nothing is wrong, and nothing more can be said.
        return 0
    except OSError as error:
        # Mostly our output: a full disk, a terminal that is gone. A traceback would tell a person nothing.
        logging.getLogger(__name__).exception("unforeseen")
        refused = SystemRefused(str(error), reason=error.strerror or error)
        complain(refused)
        return refused.exit_code


def _run(argv: Sequence[str]) -> int:
    early = _early(argv)
    global_options.choose_language(early.lang, os.environ, None)
    config_path = global_options.config_path(early.config)
    loaded = config.load(config_path or paths.find().config_file, named=config_path is not None)
    global_options.choose_language(early.lang, os.environ, loaded[0].language)
    speak()
    wanted = next((word for word in argv if word in COMMANDS), None)
    given = _parser(wanted).parse_args(argv)
    resolved = global_options.resolve(given, loaded)
    named = global_options.named_log(given)
    if named is not None:
        logfile.ensure(named)
    logfile.start(resolved.paths.log_file)
    for problem in resolved.problems:
        say(f"eksread: {problem}")
    if given.command is None:
        from eksread.cli.commands import read

        if read.screen_possible():
            return read.run(resolved)  # which collects garbage again after its first paint
        gc.enable()
        return _command("list").run(_parser("list").parse_args([*argv, "list"]), resolved)
    gc.enable()
    code = _command(given.command).run(given, resolved)
    sys.stdout.flush()
    return code


def _early(argv: Sequence[str]) -> argparse.Namespace:
    """Find the two options that decide how everything else is read, and in which language it fails."""
    early = Parser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang")
    early.add_argument("--config")
    return early.parse_known_args(argv)[0]


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    """Make the parser; only the wanted command's own options are filled in."""
    parser = Parser(
        prog="eksread",
        description=_("A terminal news reader for EKSPOSKALTIM.com. Without a command it opens the reader."),
        epilog=_("Bahasa Indonesia: eksread --lang id"),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"eksread {__version__}",
        help=_("show program's version number and exit"),
    )
    global_options.add_global(parser)
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    for name, (_module, purpose) in COMMANDS.items():
        sub = commands.add_parser(name, help=_(purpose), description=_(purpose), allow_abbrev=False)
        global_options.add_global(sub, again=True)
        if name == wanted:
            _command(name).add(sub)
    return parser


def _command(name: str) -> _Command:
    module = import_module(f"eksread.cli.commands.{COMMANDS[name][0]}")
    return _Command(getattr(module, f"add_{name}"), getattr(module, f"run_{name}"))
