"""argparse with failures in one sentence, in the interface's language, and arguments that several commands take."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from eksread import i18n, user_files
from eksread.errors import FileUnreadable, FileUnwritable, UsageError, reason_of
from eksread.i18n import N_, _
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

TEXTS: Final = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("argument %(argument_name)s: %(message)s"),
)
"""argparse's own texts, so that the catalogues have them."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        self.refuse(f"{message}.")

    def refuse(self, *sentences: str) -> NoReturn:
        """Raise `UsageError` with the sentences, and the help that says more."""
        help_of = _("See '{command} --help'.").format(command=self.prog)
        raise UsageError(reason=" ".join((*filter(None, sentences), help_of)))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End after help or version. Raises OSError where they could not be printed: argparse passes over that."""
        sys.stdout.flush()
        super().exit(status, message)


class CommandParser(Parser):
    """The parser of eksread or of one of its commands, which gets its arguments when it is first used.

    It knows its commands as `commands`, and names what is near a word that it does not know.
    """

    commands: argparse._SubParsersAction[CommandParser] | None = None

    def __init__(self, *, fill: Callable[[CommandParser], None] | None = None, **more: Any) -> None:
        # argparse's abbreviations would take another meaning with each new option.
        formatter = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=formatter, **more)
        self._fill = fill

    def add_subparsers(self, **more: Any) -> Any:
        """Add the place of the commands."""
        self.commands = super().add_subparsers(**more)
        return self.commands

    def filled(self) -> Self:
        """Give the parser itself, with its arguments."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
        return self

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]  # the stubs tell namespaces apart
        """Parse; raises `UsageError` for what is not known, which argparse would leave to the outermost parser."""
        found, unknown = super(CommandParser, self.filled()).parse_known_args(args, namespace)
        if unknown:
            self._refuse_unknown(unknown[0])
        return found, unknown

    def _refuse_unknown(self, word: str) -> NoReturn:
        if word.startswith("-") and word != "-":
            option = word.partition("=")[0]
            self.refuse(
                _("There is no option {name}.").format(name=option),
                near(option, self._option_string_actions),
            )
        self.refuse(_("“{word}” is one word too many.").format(word=word))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        if action is self.commands:
            text = _("There is no command “{name}”.").format(name=value)
        else:
            text = _("“{value}” is none of {choices}.").format(value=value, choices=", ".join(action.choices))
        self.refuse(text, near(str(value), action.choices))


def near(word: str, known: Iterable[str]) -> str:
    """Ask whether the nearest of the known words was meant; nothing where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    return _("Did you mean {name}?").format(name=found[0]) if found else ""


def add_examples(parser: argparse.ArgumentParser, *commands: str) -> None:
    """Show command lines as examples at the end of the help."""
    parser.epilog = "\n".join((f"{_('examples')}:", *(f"  {command}" for command in commands)))


def translate_argparse() -> None:
    """Let argparse look its texts up in our catalogue instead of the system's, which has none for it."""
    argparse._ = i18n._  # type: ignore[attr-defined]  # the name under which argparse itself calls gettext


def whole_number(text: str) -> int:
    """Give a whole number from 1 on. Raises `ArgumentTypeError`."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise argparse.ArgumentTypeError(_("“{text}” is no whole number from 1 on").format(text=text))
    return int(text)


def moment(text: str, complaint: str) -> datetime:
    """Give a moment written in ISO 8601, in WITA where it names no zone. Raises `UsageError` with the complaint."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(reason=complaint.format(text=text)) from error
    return found if found.tzinfo else found.replace(tzinfo=WITA)


def add_json(parser: argparse._ActionsContainer) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def references(refs: Iterable[str]) -> Iterator[str]:
    """Give the articles that were named; “-” stands for those that come in, the first word of each line. Raises `FileUnreadable`."""
    for ref in refs:
        if ref != "-":
            yield ref
        else:
            lines = user_files.as_text(read_input(ref, user_files.OWN_DATA), ref).splitlines()
            yield from (words[0] for line in lines if (words := line.split(maxsplit=1)))


def read_input(name: str, limit: int) -> bytes:
    """Give the file that was named on the command line, for “-” what comes in. Raises `FileUnreadable`."""
    if name != "-":
        return user_files.read_bytes(name, limit)
    if sys.stdin is None:
        raise FileUnreadable(path=name, reason=_("nothing comes in"))
    return user_files.read_stream(sys.stdin.buffer, limit, name)


@contextmanager
def named_file(
    path: Path | str, meaning: type[FileUnreadable | FileUnwritable] = FileUnreadable
) -> Iterator[None]:
    """Raise what it means that something goes wrong with a file that was named on the command line."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else _("it is no UTF-8 text")
        raise meaning(str(error), path=path, reason=reason) from error
