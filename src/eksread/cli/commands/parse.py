"""`eksread parse`: what eksread reads in a page, from a file or stdin. Touches neither network nor store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json, moment, read_input
from eksread.cli.open_library import open_library
from eksread.cli.output import print_outcome, print_result
from eksread.export import article_text
from eksread.export.json_form import parsed_json
from eksread.i18n import _
from eksread.model.fetched import Page
from eksread.model.news import Article, Unknown

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.model.news import Parsed


MAX_BYTES: Final = 12 * 1024 * 1024
"""The limit of a fetched page after decompression."""


def add_parse(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "file", metavar=_("FILE|-"), help=_("a page as HTML, a feed, or a page saved as plain text")
    )
    parser.add_argument("--url", default="", metavar="URL", help=_("the page's address, for its links"))
    parser.add_argument(
        "--fetched", metavar="ISO", help=_("when the page was fetched (ISO 8601); default: now")
    )
    add_json(parser)
    add_examples(parser, "eksread parse page.html", "eksread parse - --url https://eksposkaltim.com/ --json")


def run_parse(given: argparse.Namespace, _options: Options) -> int:
    """Print what was recognised, in full or in part. Raises `FileUnreadable`."""
    from eksread.refresh.parser_process import shared_parser

    fetched = datetime.now(UTC)
    if given.fetched is not None:
        fetched = moment(given.fetched, _("“{text}” is not a time in ISO 8601."))
    page = Page(url=given.url, body=read_input(given.file, MAX_BYTES), fetched_at=fetched)
    found = shared_parser().parse(page)
    print_result(given, parsed_json(found), _text(found))
    return 0


def _text(found: Parsed) -> str:
    if isinstance(found, Article):
        return article_text.article(found, plain_text.width())
    if isinstance(found, Unknown):
        return _("No news was recognised in it ({reason}).").format(reason=found.reason)
    return "\n".join(f"{item.title}\n    {item.url}" for item in found.items)


# `eksread reparse`: read the pages that were kept as they came once more, with the parser of today.


def add_reparse(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_json(parser)
    add_examples(parser, "eksread reparse")


def run_reparse(given: argparse.Namespace, options: Options) -> int:
    """Read the pages again, without the network."""
    with open_library(options) as library:
        pages, changed = library.reparse()
    text = _("Read again: {pages} · changed: {changed}").format(pages=pages, changed=changed)
    print_outcome(given, {"pages": pages, "changed": changed}, text)
    return 0
