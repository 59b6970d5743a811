"""`eksread bookmark add|remove|list`: what the reader keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json
from eksread.cli.commands.show import find_headline
from eksread.cli.open_library import open_library
from eksread.cli.output import print_json, print_message
from eksread.export.article_text import wrap
from eksread.export.json_form import bookmark_json, fields
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library


def add_bookmark(parser: argparse.ArgumentParser) -> None:
    """Add the three actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|remove|list")
    adding = actions.add_parser("add", help=_("bookmark an article"))
    adding.add_argument("ref", metavar=_("NUMBER|URL"))
    adding.add_argument("--note", metavar=_("TEXT"), help=_("a note of your own"))
    adding.add_argument(
        "--label", action="append", metavar=_("LABEL"), help=_("a label; may be given several times")
    )
    removing = actions.add_parser("remove", help=_("remove a bookmark"))
    removing.add_argument("ref", metavar=_("NUMBER|URL"))
    listing = actions.add_parser("list", help=_("list the bookmarks"))
    for action in (adding, removing, listing):
        add_json(action)
    add_examples(parser, "eksread bookmark add 7", "eksread bookmark list")
    add_examples(adding, "eksread bookmark add 7 --note 'untuk rapat' --label kerja")
    add_examples(removing, "eksread bookmark remove 7")
    add_examples(listing, "eksread bookmark list", "eksread bookmark list --json")


def run_bookmark(given: argparse.Namespace, options: Options) -> int:
    """Do the action. Raises `NotFound`."""
    with open_library(options) as library:
        if given.action == "list":
            _list(library, given.json)
            return 0
        item = find_headline(library, given.ref)
        if given.action == "add":
            changed = library.add_bookmark(item.id, given.note, given.label)
            words = _("Bookmarked: {title}") if changed else _("Bookmarked already: {title}")
        else:
            changed = library.remove_bookmark(item.id) is not None
            words = _("Bookmark removed: {title}") if changed else _("There was no bookmark: {title}")
        if given.json:
            print_json(fields(item, "id url title") | {"changed": changed})
        else:
            print_message(words.format(title=item.title))
    return 0


def _list(library: Library, as_json: bool) -> None:
    bookmarks = library.user_data.bookmarks()
    if as_json:
        print_json([bookmark_json(item) for item in bookmarks])
        return
    columns, now = plain_text.width(), library.clock()
    for item in bookmarks:
        print(plain_text.headline(item.headline, now, columns))
        if item.labels:
            print(wrap(", ".join(item.labels), columns, " " * 9, " " * 9 + "# "))
        if item.note:
            print(wrap(item.note, columns, " " * 11, " " * 9 + "> "))
    if not bookmarks:
        print_message(_("There are no bookmarks yet. 'eksread bookmark add NUMBER' makes one."))
