"""`eksread bookmark add|remove|list`: what the reader keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json
from eksread.cli.headline_rows import add_forms, print_rows
from eksread.cli.open_library import open_library
from eksread.cli.output import print_message
from eksread.cli.references import References, add_references
from eksread.export.json_form import bookmark_json, fields
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline


def add_bookmark(parser: argparse.ArgumentParser) -> None:
    """Add the three actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|remove|list")
    adding = actions.add_parser("add", help=_("bookmark articles"))
    add_references(adding)
    adding.add_argument("--note", metavar=_("TEXT"), help=_("a note of your own"))
    adding.add_argument(
        "--label", action="append", metavar=_("LABEL"), help=_("a label; may be given several times")
    )
    removing = actions.add_parser("remove", help=_("remove bookmarks"))
    add_references(removing)
    listing = actions.add_parser("list", help=_("list the bookmarks"))
    add_forms(listing)
    add_json(adding)
    add_json(removing)
    add_examples(parser, "eksread bookmark add 7", "eksread bookmark list")
    add_examples(
        adding,
        "eksread bookmark add 7 --note 'untuk rapat' --label kerja",
        "eksread list --section Bontang --format '{id}' | eksread bookmark add - --label bontang",
    )
    add_examples(removing, "eksread bookmark remove 7")
    add_examples(listing, "eksread bookmark list", "eksread bookmark list --format '{id} {title}: {note}'")


def run_bookmark(given: argparse.Namespace, options: Options) -> int:
    """Do the action. Raises `NotFound`."""
    with open_library(options) as library:
        if given.action == "list":
            _list(library, given)
            return 0
        refs = References(given)
        change = _added if given.action == "add" else _removed
        changes = refs.each(library, lambda item: change(library, item, given))
        if given.json:
            refs.print_json(
                fields(item, "id url title") | {"changed": changed} for item, changed, _words in changes
            )
        else:
            for item, _changed, words in changes:
                print_message(words.format(title=item.title))
    return refs.exit_code


def _added(library: Library, item: Headline, given: argparse.Namespace) -> tuple[Headline, bool, str]:
    changed = library.add_bookmark(item.id, given.note, given.label)
    return item, changed, _("Bookmarked: {title}") if changed else _("Bookmarked already: {title}")


def _removed(library: Library, item: Headline, _given: argparse.Namespace) -> tuple[Headline, bool, str]:
    changed = library.remove_bookmark(item.id) is not None
    return item, changed, _("Bookmark removed: {title}") if changed else _("There was no bookmark: {title}")


def _list(library: Library, given: argparse.Namespace) -> None:
    columns, now = plain_text.width(), library.clock()
    count = print_rows(
        given,
        library.user_data.bookmarks(),
        as_json=bookmark_json,
        as_text=lambda item: plain_text.bookmark(item, now, columns),
        more=("saved_at", "note", "labels"),
    )
    if not count:
        print_message(_("There are no bookmarks yet. 'eksread bookmark add NUMBER' makes one."))
