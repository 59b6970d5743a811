"""The command line: options, commands, and how every failure ends.

Exit codes: 0, 1 (failed), 2 (usage), 130 (interrupted).
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from eksread import __version__, config, paths
from eksread.cli import logfile
from eksread.cli import options as global_options
from eksread.cli.arguments import CommandParser, Parser, add_examples, translate_argparse
from eksread.cli.output import print_error, print_warning, screen_possible, set_quiet
from eksread.errors import EksreadError, SystemRefused, UsageError, reason_of
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
    "open": ("show", N_("open an article in the browser")),
    "search": ("list", N_("search everything that is saved")),
    "bookmark": ("bookmark", N_("add, remove or list bookmarks")),
    "diff": ("show", N_("show what the portal changed in an article")),
    "store": ("maintain", N_("the archive: stats, check, vacuum, prune")),
    "backup": ("maintain", N_("copy the whole archive to a file")),
    "restore": ("maintain", N_("put a copy back in place")),
    "export": ("export", N_("write articles as Markdown, HTML, EPUB, text, JSON lines or Atom")),
    "marks": ("marks", N_("take marks, bookmarks and notes to another machine")),
    "import": ("marks", N_("the old name of 'marks import'")),
    "reparse": ("parse", N_("read kept pages again with the parser of today")),
    "doctor": ("doctor", N_("find out what is wrong, and what to do")),
    "parse": ("parse", N_("show what eksread reads in a page")),
}
"""Command -> its module in `eksread.cli.commands`, and what it does. Only the module in use is imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run eksread; give the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    # Until the log's file is known, logging would print to stderr.
    logging.getLogger("eksread").addHandler(logging.NullHandler())
    try:
        return _run(argv)
    except EksreadError as error:
        if not isinstance(error, UsageError):
            logging.getLogger(__name__).warning("%s: %s %s", error.code, error.detail, error.values)
        print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whatever read our output has closed it (`eksread list | head`): no failure.
        return 0
    except OSError as error:
        # Mostly our output: a full disk, a terminal that is gone. A traceback would not help the user.
        logging.getLogger(__name__).exception("unforeseen")
        refused = SystemRefused(str(error), reason=reason_of(error))
        print_error(refused)
        return refused.exit_code


def _run(argv: Sequence[str]) -> int:
    first = _first_options(argv)
    config_path = global_options.config_path(first.config)
    settings = config_path or paths.find().config_file
    loaded = config.load(settings, named=config_path is not None)
    global_options.choose_language(first.lang, os.environ, loaded[0].language)
    if loaded[
        1
    ]:  # what is wrong is in sentences: once more, in the language that the file itself may have named
        loaded = config.load(settings, named=config_path is not None)
    translate_argparse()
    parser = command_parser()
    given = parser.parse_args(argv)
    resolved = global_options.resolve(given, loaded)
    if resolved.log_file_named:
        logfile.ensure(resolved.paths)
    logfile.start(resolved.paths.log_file)
    for problem in resolved.problems:
        print_warning(problem)
    if given.command is None:
        if screen_possible():
            return _open_reader(resolved)  # which enables garbage collection after its first paint
        given = parser.parse_args([*argv, "list"])
    gc.enable()
    set_quiet(resolved.quiet)
    if resolved.verbose:
        logfile.show_on_stderr()
    code: int = _function("run", given.command)(given, resolved)
    sys.stdout.flush()
    return code


def _open_reader(options: global_options.Options) -> int:
    """Open the reader in the terminal; give the exit code."""
    # Textual draws on stderr, and `eksread 2>file` must draw here.
    if not sys.stderr.isatty():
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    from eksread.cli.open_library import open_library

    with open_library(options) as library:
        from eksread.tui.start import run_app

        return run_app(library, options.config, options.problems)


def _first_options(argv: Sequence[str]) -> argparse.Namespace:
    """Find the two options that must be known before the others are parsed: help and errors are translated."""
    parser = Parser(add_help=False, allow_abbrev=False)
    for flag in ("--lang", "--config"):
        parser.add_argument(
            flag, nargs="?"
        )  # a missing value is an error of the full parser, in the right language
    return parser.parse_known_args(argv)[0]


def command_parser() -> CommandParser:
    """Make the parser. A command's own arguments are added when it is used, so that only its module is imported."""
    parser = CommandParser(
        prog="eksread",
        description=_("A terminal news reader for EKSPOSKALTIM.com. Without a command it opens the reader."),
    )
    add_examples(
        parser,
        "eksread --demo",
        "eksread refresh --days 3 --images",
        "eksread list --unread",
        "eksread --lang id",
    )
    parser.add_argument(
        "-V",
        "--version",
        action="version",
        version=f"eksread {__version__}",
        help=_("show program's version number and exit"),
    )
    global_options.add_global(parser)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for name, (_module, purpose) in COMMANDS.items():
        commands.add_parser(name, help=_(purpose), description=_(purpose), fill=partial(_fill, name))
    return parser


def _fill(name: str, parser: CommandParser) -> None:
    """Add a command's own arguments, then the global options, to it and to its actions."""
    _function("add", name)(parser)
    for one in (parser, *(parser.commands.choices.values() if parser.commands else ())):
        # The usage shows a command's own arguments; the global ones would hide them.
        usage = one.format_usage().removeprefix(_("usage: ")).rstrip()
        one.usage = usage.replace("%", "%%")
        global_options.add_global(one, again=True)


def _function(verb: str, command: str) -> Callable[..., int]:
    """Give `add_COMMAND(parser)` or `run_COMMAND(given, options) -> exit code` of the command's module."""
    module = import_module(f"eksread.cli.commands.{COMMANDS[command][0]}")
    function: Callable[..., int] = getattr(module, f"{verb}_{command}")
    return function
