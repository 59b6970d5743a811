"""The table of commands, and the command line's parser made from it."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from eksread import __version__
from eksread.cli import options as global_options
from eksread.cli.arguments import CommandParser, add_examples
from eksread.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    "config": ("settings", N_("the settings: a sample, what holds, mistakes")),
    "doctor": ("doctor", N_("find out what is wrong, and what to do")),
    "parse": ("parse", N_("show what eksread reads in a page")),
    "completions": ("completions", N_("print what completes eksread's words in a shell")),
}
"""Command -> its module in `eksread.cli.commands`, and what it does. Only the module in use is imported."""


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
    function_of("add", name)(parser)
    for one in (parser, *(parser.commands.choices.values() if parser.commands else ())):
        # The usage shows a command's own arguments; the global ones would hide them.
        usage = one.format_usage().removeprefix(_("usage: ")).rstrip()
        one.usage = usage.replace("%", "%%")
        global_options.add_global(one, again=True)


def function_of(verb: str, command: str) -> Callable[..., int]:
    """Give `add_COMMAND(parser)` or `run_COMMAND(given, options) -> exit code` of the command's module."""
    module = import_module(f"eksread.cli.commands.{COMMANDS[command][0]}")
    function: Callable[..., int] = getattr(module, f"{verb}_{command}")
    return function
