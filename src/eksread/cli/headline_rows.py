"""Rows of headlines on stdout, each as it comes: for people, separated by tabs, in a form of the user's own, or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

from eksread.cli.arguments import add_json, whole_number
from eksread.cli.line_format import PLAIN, LineFormat
from eksread.cli.output import print_json_list
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from eksread.export.json_form import Json

T = TypeVar("T")
UNLIMITED: Final = sys.maxsize


def add_window(parser: argparse.ArgumentParser, default: int) -> None:
    """Add how many rows are given."""
    parser.add_argument(
        "--limit",
        type=_limit,
        default=default,
        metavar="N|all",
        help=_("at most N (default: {n})").format(n=default),
    )
    parser.add_argument("--offset", type=_offset, default=0, metavar="N", help=_("leave out the first N"))


def _limit(text: str) -> int:
    return UNLIMITED if text == "all" else whole_number(text)


def _offset(text: str) -> int:
    return 0 if text == "0" else whole_number(text)


def window_end(given: argparse.Namespace) -> int:
    """Give the number of rows after which no more is needed."""
    return min(UNLIMITED, int(given.offset) + int(given.limit))


def add_forms(parser: argparse.ArgumentParser) -> None:
    """Add the forms that rows can have."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--plain",
        action="store_true",
        help=_("one line each, separated by tabs: number, time, place, section, title, address, read, saved"),
    )
    forms.add_argument(
        "--format",
        metavar=_("TEXT"),
        help=_("a line of your own, such as '{example}'").format(
            example="{id}\\t{published:%%d %%b}\\t{title}"
        ),
    )
    add_json(forms)


def print_rows(
    given: argparse.Namespace,
    items: Iterable[T],
    *,
    as_json: Callable[[T], Json],
    as_text: Callable[[T], str],
    more: Sequence[str] = (),
) -> int:
    """Print the rows in the form that was asked for; give how many. Raises `UsageError`.

    An item has a headline's fields, or a headline and the fields that `more` names.
    """
    # Before the first item: a form that is none must not be found out after a search.
    line = LineFormat(PLAIN if given.plain else given.format, more) if given.plain or given.format else None
    count = 0

    def counted() -> Iterator[T]:
        nonlocal count
        for count, item in enumerate(items, 1):  # noqa: B007 - for the caller
            yield item

    if given.json:
        print_json_list(map(as_json, counted()))
    else:
        text = as_text if line is None else lambda item: line.line(_fields_of(item, more))
        sys.stdout.writelines(f"{text(item)}\n" for item in counted())
    return count


def _fields_of(item: object, more: Sequence[str]) -> Callable[[str], object]:
    headline = getattr(item, "headline", item)
    return lambda name: getattr(item if name in more else headline, name)
