"""The command line: options, commands, and how every failure ends.

Exit codes: 0, 1 (failed), 2 (usage), 130 (interrupted).
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import TYPE_CHECKING, Final

from eksread import config, paths
from eksread.cli import logfile
from eksread.cli import options as global_options
from eksread.cli.arguments import Parser, translate_argparse
from eksread.cli.command_table import command_parser, function_of
from eksread.cli.output import print_error, print_warning, screen_possible, set_quiet
from eksread.errors import EksreadError, SystemRefused, UsageError, reason_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

INTERRUPTED: Final = 130


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
    if given.command != "config":  # which says itself what is wrong, where it is asked
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
    code: int = function_of("run", given.command)(given, resolved)
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

        return run_app(library, options.config, options.problems, options.paths.config_file)


def _first_options(argv: Sequence[str]) -> argparse.Namespace:
    """Find the two options that must be known before the others are parsed: help and errors are translated."""
    parser = Parser(add_help=False, allow_abbrev=False)
    for flag in ("--lang", "--config"):
        parser.add_argument(
            flag, nargs="?"
        )  # a missing value is an error of the full parser, in the right language
    return parser.parse_known_args(argv)[0]
