"""`eksread search`: find in all that was ever fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.arguments import add_json, whole_number
from eksread.cli.json_form import hit_json
from eksread.cli.open_library import open_library
from eksread.cli.output import print_json, print_message
from eksread.formatting import found_instead, misread
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options

DEFAULT_LIMIT = 20


def add_search(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "words", nargs="+", metavar=_("WORD"), help=_("what to look for; any text is a valid query")
    )
    parser.add_argument(
        "--limit", type=whole_number, default=DEFAULT_LIMIT, metavar="N", help=_("at most N (default: 20)")
    )
    add_json(parser)


def run_search(given: argparse.Namespace, options: Options) -> int:
    """Print what was found, the best first."""
    with open_library(options) as library:
        query = " ".join(given.words)
        for part in library.queries.misread(f"{query} "):  # the space: nothing is still being typed
            print_message(misread(part))
        hits = library.queries.search(query, limit=given.limit)
        near = None if hits else library.queries.nearest(query)
        if near:
            print_message(found_instead(query, near))
            hits = library.queries.search(near, limit=given.limit)
        if given.json:
            print_json([hit_json(hit) for hit in hits])
            return 0
        columns, now = plain_text.width(), library.clock()
        for hit in hits:
            print(plain_text.headline(hit.headline, now, columns))
            if hit.snippet:
                print(plain_text.wrap(plain_text.snippet(hit.snippet), columns, " " * 9))
    if not hits:
        print_message(_("Nothing was found."))
    return 0
