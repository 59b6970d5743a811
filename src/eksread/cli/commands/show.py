"""`eksread show`: one article as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.arguments import add_json, add_reference
from eksread.cli.json_form import stored_json
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_result
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline


def add_show(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_reference(parser)
    parser.add_argument("--plain", action="store_true", help=_("no wrapping: one line a paragraph"))
    parser.add_argument(
        "--keep-unread", action="store_true", help=_("don't mark it as read (--json never does)")
    )
    add_json(parser)


def run_show(given: argparse.Namespace, options: Options) -> int:
    """Print the article; its text is fetched if it is not stored. Raises `NotFound`, `NoText` or `FetchError`."""
    with open_library(options) as library:
        item = find_headline(library, given.ref)
        stored = run(library, library.read(item.id))
        columns = None if given.plain else plain_text.width()
        print_result(given, stored_json(stored), plain_text.article(stored.article, columns, stored.headline))
        if not (given.keep_unread or given.json):
            library.mark_read((item.id,))
    return 0


def find_headline(library: Library, ref: str) -> Headline:
    """Give the headline that the user named by number or address. Raises `NotFound`."""
    return library.headline(int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref)
