"""`eksread backup FILE` and `eksread restore FILE`: the whole archive, with everything of the reader's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eksread.cli.open_library import open_library
from eksread.cli.output import print_message
from eksread.errors import FileUnreadable, FileUnwritable
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options


def add_backup(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE"), help=_("where to; it must not be there yet"))


def run_backup(given: argparse.Namespace, options: Options) -> int:
    """Copy the archive, while others may read and write. Raises `FileUnwritable` or `StoreError`."""
    target = Path(given.file).expanduser().absolute()
    if target.exists():
        raise FileUnwritable(path=target, reason=_("it is there already"))
    with open_library(options) as library:
        library.maintenance.backup(target)
    print_message(_("Saved: {path}").format(path=target))
    return 0


# `eksread restore FILE`: the archive that a backup holds, in the place of the present one.


def add_restore(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE"), help=_("a file that 'eksread backup' wrote"))


def run_restore(given: argparse.Namespace, options: Options) -> int:
    """Put the backup in place; what was there is kept beside it. Raises `FileUnreadable` or `StoreError`."""
    from eksread.store import restore_store

    source = Path(given.file).expanduser().absolute()
    if not source.is_file():
        reason = _("it is no ordinary file") if source.exists() else _("there is no such file")
        raise FileUnreadable(path=source, reason=reason)
    aside, whole = restore_store(options.paths.data_dir, source)
    if aside is not None:
        print_message(_("What was there before is kept as {path}.").format(path=aside))
    print_message(_("Restored from {path}.").format(path=source))
    if not whole:
        print_message(_("Some of it could not be read, and was left out."))
    return 0
