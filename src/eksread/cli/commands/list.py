"""`eksread list` and `eksread search`: headlines that are saved."""

from __future__ import annotations

import heapq
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from eksread.cli import plain_text
from eksread.cli.arguments import add_examples
from eksread.cli.commands.refresh import section_key, with_progress
from eksread.cli.headline_rows import add_forms, add_window, print_rows, window_end
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_json, print_message, print_warning
from eksread.errors import EksreadError
from eksread.export.json_form import fields, headline_json, hit_json
from eksread.formatting import found_instead, misread
from eksread.i18n import _
from eksread.model.lists import HeadlineQuery

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline

DEFAULT_LIMIT: Final = 30
SEARCH_LIMIT: Final = 20
SORTS: Final[dict[str, Callable[[Headline], Any] | None]] = {
    "newest": None,
    "oldest": None,
    "title": lambda item: item.title.casefold(),
    "comments": lambda item: -(item.comment_count or 0),
}
"""Orders of `list` with their keys; None is one in which the store gives headlines."""


def add_list(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument(
        "--place", metavar=_("PLACE"), help=_("only datelines from this place, such as Kutim")
    )
    parser.add_argument("--unread", action="store_true", help=_("only what is unread"))
    parser.add_argument("--saved", action="store_true", help=_("only bookmarks"))
    add_window(parser, DEFAULT_LIMIT)
    _add_sort(parser, *SORTS)
    parser.add_argument("--sections", action="store_true", help=_("list the sections instead"))
    add_forms(parser)
    add_examples(
        parser,
        "eksread list --unread --section Bontang",
        "eksread list --place Kutim --sort comments --limit 5",
        r"eksread list --limit all --format '{id}\t{published:%d %b}\t{title}'",
        "eksread list --unread --format '{id}' | eksread show -",
    )


def _add_sort(parser: argparse.ArgumentParser, *names: str) -> None:
    parser.add_argument(
        "--sort", choices=names, default=names[0], help=_("the order (default: {name})").format(name=names[0])
    )


def run_list(given: argparse.Namespace, options: Options) -> int:
    """Print the headlines; a first run fetches them."""
    with open_library(options) as library:
        _fill_if_empty(library)
        if given.sections:
            _print_sections(library, given.json)
            return 0
        columns, now = plain_text.width(), library.clock()
        count = print_rows(
            given,
            _wanted(library, given),
            as_json=headline_json,
            as_text=lambda item: plain_text.headline(item, now, columns),
        )
        if not count:
            print_message(_nothing_listed(library, given))
    return 0


def _wanted(library: Library, given: argparse.Namespace) -> Iterator[Headline]:
    """Give the headlines that were asked for."""
    end = window_end(given)
    query = HeadlineQuery(
        section=section_key(library, given.section),
        place=given.place,
        unread=True if given.unread else None,
        saved=True if given.saved else None,
        oldest_first=given.sort == "oldest",
        limit=end,
    )
    found: Iterable[Headline] = _all(library, query)
    key = SORTS[given.sort]
    if key is not None:
        found = heapq.nsmallest(end, found, key)
    return islice(found, given.offset, end)


def _all(library: Library, query: HeadlineQuery) -> Iterator[Headline]:
    """Give all headlines of a query, of which the store gives so many at a time."""
    while True:
        page = library.queries.headlines(query)
        yield from page.items
        if page.next is None:
            return
        query = replace(query, after=page.next)


def _nothing_listed(library: Library, given: argparse.Namespace) -> str:
    counts = library.queries.counts()
    if not counts.total:
        return _("No headlines are saved here yet. 'eksread refresh' fetches them.")
    if given.saved and not counts.saved:
        return _("There are no bookmarks yet. 'eksread bookmark add NUMBER' makes one.")
    return _("No saved headline is like that.")


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
    add_window(parser, SEARCH_LIMIT)
    _add_sort(parser, "best", "newest", "oldest")
    add_forms(parser)
    add_examples(
        parser,
        "eksread search kapal",
        "eksread search '\"harga cabai\" place:kutim after:2019-07'",
        "eksread search kapal --sort newest --format '{id} {title}: {snippet}'",
    )


def run_search(given: argparse.Namespace, options: Options) -> int:
    """Print what was found."""
    with open_library(options) as library:
        query, end = " ".join(given.words), window_end(given)
        for part in library.queries.misread(f"{query} "):  # the space: nothing is still being typed
            print_message(misread(part))
        hits = library.queries.search(query, limit=end, order=given.sort)
        near = None if hits else library.queries.nearest(query)
        if near:
            print_message(found_instead(query, near))
            hits = library.queries.search(near, limit=end, order=given.sort)
        columns, now = plain_text.width(), library.clock()
        count = print_rows(
            given,
            hits[given.offset :],
            as_json=hit_json,
            as_text=lambda hit: plain_text.hit(hit, now, columns),
            more=("snippet",),
        )
        if not count:
            nothing = _("Nothing was found.")
            if not library.queries.counts().total:
                nothing = _(
                    "Nothing is saved yet that could be searched. 'eksread refresh' fetches the news."
                )
            print_message(nothing)
    return 0
