"""`eksread list` and `eksread search`: headlines that are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json, whole_number
from eksread.cli.commands.refresh import section_key, with_progress
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_json, print_message, print_warning
from eksread.errors import EksreadError
from eksread.export.article_text import wrap
from eksread.export.json_form import fields, headline_json, hit_json
from eksread.formatting import found_instead, misread
from eksread.i18n import _
from eksread.model.lists import HeadlineQuery

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library

DEFAULT_LIMIT = 30
SEARCH_LIMIT = 20


def add_list(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument(
        "--place", metavar=_("PLACE"), help=_("only datelines from this place, such as Kutim")
    )
    parser.add_argument("--unread", action="store_true", help=_("only what is unread"))
    parser.add_argument("--saved", action="store_true", help=_("only bookmarks"))
    parser.add_argument(
        "--limit", type=whole_number, default=DEFAULT_LIMIT, metavar="N", help=_("at most N (default: 30)")
    )
    parser.add_argument("--sections", action="store_true", help=_("list the sections instead"))
    parser.add_argument("--plain", action="store_true", help=_("one line each, separated by tabs"))
    add_json(parser)
    add_examples(
        parser,
        "eksread list --unread --section Bontang",
        "eksread list --place Kutim --limit 100",
        "eksread list --plain | cut -f 1,5",
    )


def run_list(given: argparse.Namespace, options: Options) -> int:
    """Print the headlines; a first run fetches them."""
    with open_library(options) as library:
        _fill_if_empty(library)
        if given.sections:
            _print_sections(library, given.json)
            return 0
        query = HeadlineQuery(
            section=section_key(library, given.section),
            place=given.place,
            unread=True if given.unread else None,
            saved=True if given.saved else None,
            limit=given.limit,
        )
        items = library.queries.headlines(query).items
        if given.json:
            print_json([headline_json(item) for item in items])
        elif given.plain:
            for item in items:
                when = item.published.isoformat(timespec="minutes") if item.published else "-"
                print(item.id, when, item.place or "-", item.section or "-", item.title, sep="\t")
        else:
            columns, now = plain_text.width(), library.clock()
            for item in items:
                print(plain_text.headline(item, now, columns))
        if not items:
            print_message(_("No headlines are saved here yet. 'eksread refresh' fetches them."))
    return 0


def _fill_if_empty(library: Library) -> None:
    """Fetch the news if nothing at all is saved: an empty list is no help on the first run."""
    if library.offline or library.queries.counts().total:
        return
    try:
        run(library, with_progress(library.refresh()))
    except EksreadError as error:
        print_warning(error.sentences()[0])


def _print_sections(library: Library, as_json: bool) -> None:
    sections = library.queries.sections()
    if as_json:
        print_json([fields(item, "key name url total unread") for item in sections])
        return
    for item in sections:
        print(f"{item.name:<24}{item.unread:>6} / {item.total}")


# `eksread search`: find in all that was ever fetched.


def add_search(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "words", nargs="+", metavar=_("WORD"), help=_("what to look for; any text is a valid query")
    )
    parser.add_argument(
        "--limit", type=whole_number, default=SEARCH_LIMIT, metavar="N", help=_("at most N (default: 20)")
    )
    add_json(parser)
    add_examples(parser, "eksread search kapal", "eksread search '\"harga cabai\" place:kutim after:2019-07'")


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
                print(wrap(plain_text.snippet(hit.snippet), columns, " " * 9))
    if not hits:
        print_message(_("Nothing was found."))
    return 0
