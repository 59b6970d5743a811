"""`eksread backup FILE` and `eksread restore FILE`: the whole archive, with everything of the reader's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.output import say
from eksread.errors import FileUnreadable
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE"), help=_("where to; it must not be there yet"))


def run(given: argparse.Namespace, options: Options) -> int:
    """Copy the archive, while others may read and write. Raises `FileUnreadable` or `StoreError`."""
    target = Path(given.file).expanduser().absolute()
    if target.exists():
        raise FileUnreadable(path=target, reason=_("it is there already"))
    with opened(options) as library:
        library.kept.upkeep.backup(target)
    say(_("Saved: {path}").format(path=target))
    return 0
