"""`eksread import FILE|-`: take in what `eksread export` wrote, here or elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.output import print_json
from eksread.errors import FileUnreadable
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE|-"), help=_("a file that 'eksread export' wrote"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(given: argparse.Namespace, options: Options) -> int:
    """Merge: the last change of each thing wins, and nothing is lost. Raises `FileUnreadable`."""
    try:
        lines = (sys.stdin.read() if given.file == "-" else Path(given.file).read_text("utf-8")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            str(error), path=given.file, reason=getattr(error, "strerror", None) or str(error)
        ) from error
    with opened(options) as library:
        merged = library.kept.state.import_lines(lines)
    if given.json:
        print_json({"changed": merged.changed, "unreadable": merged.unreadable})
    else:
        print(
            _("Changed: {changed} · not understood: {unreadable}").format(
                changed=merged.changed, unreadable=merged.unreadable
            )
        )
    return 1 if merged.unreadable and not merged.changed else 0
