"""`eksread marks export|import`: marks, bookmarks, notes and positions as JSON lines that merge anywhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eksread import user_files
from eksread.cli.arguments import add_examples, add_json, named_file, read_input
from eksread.cli.open_library import open_library
from eksread.cli.output import print_message, print_outcome, print_result
from eksread.errors import FileUnwritable, UsageError
from eksread.export.files import new_file
from eksread.export.json_form import escaped, fields
from eksread.i18n import N_, _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.model.stored import Merged


MOVED: Final = N_("'eksread {old}' is now 'eksread {new}': 'export' writes articles")


def add_marks(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    taken = actions.add_parser("export", help=_("write them; a file must not exist yet"))
    taken.add_argument("file", nargs="?", default="-", metavar=_("FILE"), help=_("where to; default: stdout"))
    given = actions.add_parser("import", help=_("merge them in: the last change of each thing wins"))
    given.add_argument("file", metavar=_("FILE|-"), help=_("a file that 'eksread marks export' wrote"))
    add_json(given)
    examples = "eksread marks export marks.jsonl", "eksread marks import marks.jsonl"
    add_examples(parser, *examples)
    add_examples(taken, examples[0])
    add_examples(given, examples[1])


def run_marks(given: argparse.Namespace, options: Options) -> int:
    """Write or take in the reader's own. Raises `FileUnwritable`, `FileUnreadable`."""
    return (_export if given.action == "export" else _import)(given, options)


def _export(given: argparse.Namespace, options: Options) -> int:
    path = Path(given.file).expanduser()
    if given.file != "-" and options.paths.is_archives(path):
        raise FileUnwritable(path=path, reason=_("the name belongs to the archive"))
    with open_library(options) as library:
        lines = (f"{escaped(line)}\n" for line in library.user_data.export_lines())
        if given.file == "-":
            sys.stdout.writelines(lines)
            return 0
        with named_file(path, FileUnwritable), new_file(path) as stream:
            stream.writelines(line.encode() for line in lines)
    print_message(_("Saved: {path}").format(path=path))
    return 0


def _import(given: argparse.Namespace, options: Options) -> int:
    text = user_files.as_text(read_input(given.file, user_files.OWN_DATA), given.file)
    with open_library(options) as library:
        merged = library.user_data.import_lines(text.split("\n"))
    result = _("Changed: {changed} · not understood: {unreadable}").format(
        changed=merged.changed, unreadable=merged.unreadable
    )
    show = print_result if merged.unreadable else print_outcome
    form = {"changed": merged.changed, "unreadable": merged.unreadable}
    show(given, form | {"odd": [fields(one, "line field") for one in merged.odd]}, result + _named(merged))
    return 1 if merged.unreadable and not merged.changed else 0


def _named(merged: Merged) -> str:
    """Say which lines were not understood, the first of them."""
    lines = [_("line {n}").format(n=one.line) + (f": {one.field}" if one.field else "") for one in merged.odd]
    more = " …" if len(lines) < merged.unreadable else ""
    return f" ({', '.join(lines)}{more})" if lines else ""


# `eksread import FILE`: what `marks import` was called before.


def add_import(parser: argparse.ArgumentParser) -> None:
    """Add what the old form took."""
    parser.add_argument("file", metavar=_("FILE|-"))
    add_json(parser)
    add_examples(parser, "eksread marks import marks.jsonl")


def run_import(given: argparse.Namespace, options: Options) -> int:
    """Say where the command went. Raises `UsageError`."""
    raise UsageError(reason=_(MOVED).format(old="import FILE", new="marks import FILE"))
