"""`eksread export [FILE]`: marks, bookmarks, notes and positions as JSON lines that merge anywhere."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from eksread import user_files
from eksread.cli.arguments import add_json, named_file, read_input
from eksread.cli.open_library import open_library
from eksread.cli.output import escaped, print_message, print_result
from eksread.errors import FileUnwritable
from eksread.export.json_form import fields
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from eksread.cli.options import Options


def add_export(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar=_("FILE"), help=_("where to; default: stdout")
    )


def run_export(given: argparse.Namespace, options: Options) -> int:
    """Write the reader's own, one JSON document a line. Raises `FileUnwritable` where the file can't be made."""
    if given.file != "-" and options.paths.is_archives(Path(given.file)):
        raise FileUnwritable(path=Path(given.file), reason=_("the name belongs to the archive"))
    with open_library(options) as library:
        lines = (escaped(line) for line in library.user_data.export_lines())
        if given.file == "-":
            sys.stdout.writelines(f"{line}\n" for line in lines)
            return 0
        path = Path(given.file).expanduser()
        with named_file(path, FileUnwritable):
            _write(path, lines)
    print_message(_("Saved: {path}").format(path=path))
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write a new file that its owner alone can read, whole or not at all. Raises `OSError`, also where one is there."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
            stream.flush()
            os.fsync(stream.fileno())
        # Taken first, because a rename would silently replace what is there.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


# `eksread import FILE|-`: take in what `eksread export` wrote, here or elsewhere.


def add_import(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE|-"), help=_("a file that 'eksread export' wrote"))
    add_json(parser)


def run_import(given: argparse.Namespace, options: Options) -> int:
    """Merge: the last change of each thing wins, and nothing is lost. Raises `FileUnreadable`."""
    text = user_files.as_text(read_input(given.file, user_files.OWN_DATA), given.file)
    with open_library(options) as library:
        merged = library.user_data.import_lines(text.split("\n"))
    result = _("Changed: {changed} · not understood: {unreadable}").format(
        changed=merged.changed, unreadable=merged.unreadable
    )
    odd = [(_("line {n}").format(n=one.line) + (f", {one.field}" if one.field else "")) for one in merged.odd]
    if odd:
        result += f" ({'; '.join(odd)}{'; …' if len(odd) < merged.unreadable else ''})"
    form = {"changed": merged.changed, "unreadable": merged.unreadable}
    print_result(given, form | {"odd": [fields(one, "line field") for one in merged.odd]}, result)
    return 1 if merged.unreadable and not merged.changed else 0
