"""argparse in our words: one sentence for a failure, and the interface's language throughout."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from eksread import i18n
from eksread.errors import UsageError
from eksread.i18n import N_, _

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
    """argparse with our way of failing: exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        raise UsageError(reason=_("{message}. See 'eksread --help'.").format(message=message))


def speak() -> None:
    """Let argparse look its texts up in our catalogue instead of the system's, which has none for it."""
    argparse._ = i18n._  # type: ignore[attr-defined]  # the name under which argparse itself calls gettext


def whole(text: str) -> int:
    """Give a whole number from 1 on. Raises `ArgumentTypeError`."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise argparse.ArgumentTypeError(_("“{text}” is no whole number from 1 on").format(text=text))
    return int(text)
