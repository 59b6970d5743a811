"""argparse with failures in one sentence, in the interface's language, and arguments that several commands take."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, NoReturn

from eksread import i18n, user_files
from eksread.errors import FileUnreadable, FileUnwritable, UsageError, reason_of
from eksread.i18n import N_, _
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEXTS: Final = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("argument %(argument_name)s: %(message)s"),
)
"""argparse's own texts, so that the catalogues have them."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        raise UsageError(reason=_("{message}. See 'eksread --help'.").format(message=message))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End after help or version. Raises OSError where they could not be printed: argparse passes over that."""
        sys.stdout.flush()
        super().exit(status, message)


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


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def add_reference(parser: argparse.ArgumentParser) -> None:
    """Add the article that a command is about."""
    parser.add_argument(
        "ref", metavar=_("NUMBER|URL"), help=_("the article's number in 'eksread list', or its address")
    )


def references(refs: Iterable[str]) -> Iterator[str]:
    """Give the articles that were named; “-” stands for those that come in on stdin, one a line."""
    for ref in refs:
        if ref != "-":
            yield ref
        else:
            words = (line.split() for line in sys.stdin)
            yield from (first for first, *_more in filter(None, words))


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
