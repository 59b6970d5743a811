"""`eksread refresh`: fetch what is new."""

from __future__ import annotations

import argparse
import re
from contextlib import aclosing
from typing import TYPE_CHECKING

from eksread import formatting
from eksread.cli.arguments import add_examples, moment
from eksread.cli.open_library import open_library, run
from eksread.cli.output import ProgressLine, print_message, print_outcome, print_result, summary_text
from eksread.errors import EksreadError, SectionNotFound
from eksread.export.json_form import summary_json
from eksread.i18n import _
from eksread.model.progress import Plan, Progress, Summary

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from eksread.cli.options import Options
    from eksread.library import Library


MAX_DAYS = 366
"""Days planned for at once; further back is `eksread archive`'s work."""
SHOWN_FAILURES = 5
"""Failures named one by one; more of them would hide the summary."""


def add_refresh(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument(
        "--days", type=_days, metavar="N", help=_("everything of the last N days, for reading offline")
    )
    parser.add_argument(
        "--max-size", type=_size, metavar=_("SIZE"), help=_("stop after so much, such as 20MB")
    )
    parser.add_argument("--images", action="store_true", help=_("pictures as well, after all texts"))
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))
    add_examples(
        parser,
        "eksread refresh",
        "eksread refresh --days 3 --max-size 20MB --images",
        "eksread refresh --quiet --section Bontang",
    )


def run_refresh(given: argparse.Namespace, options: Options) -> int:
    """Refresh and print the summary. 1 where a plan could not be carried out to its end."""
    with open_library(options) as library:
        plan = Plan(section_key(library, given.section), given.days, given.max_size, given.images)
        summary = run(library, with_progress(library.refresh(plan=plan)))
    _print_summary(summary, given)
    if given.images and not given.json:
        print_message(_("New pictures: {n}").format(n=formatting.number(summary.pictures)))
    planned = given.days is not None or given.max_size is not None
    return 1 if planned and summary.reason else 0


def _print_summary(summary: Summary, given: argparse.Namespace) -> None:
    """Print the end of a refresh, and its first failures."""
    if not given.json:
        for failure in summary.failures[:SHOWN_FAILURES]:
            print_message(f"{failure.url}: {failure.message}")
    # A refresh that left something out is told of with `--quiet` too.
    show = print_result if summary.reason else print_outcome
    show(given, summary_json(summary), summary_text(summary))


def section_key(library: Library, name: str | None) -> str | None:
    """Give the key of the section that the user named by name or key. Raises `SectionNotFound`."""
    if name is None:
        return None
    wanted = name.casefold()
    for section in library.queries.sections():
        if wanted in (section.key.casefold(), section.name.casefold()):
            return section.key
    raise SectionNotFound(ref=name)


def _size(text: str) -> int:
    """Give the bytes of `20MB`, `500 kB`, `1,5GB` or `100000`. Raises `ArgumentTypeError`."""
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([kmg]?)i?b?", text.strip(), re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(_("“{text}” is no size; 20MB would be one").format(text=text))
    power: int = " kmg".index(match[2].lower() or " ")
    return round(float(match[1].replace(",", ".")) * float(1000**power))


def _days(text: str) -> int:
    """Give a number of days from 1 to `MAX_DAYS`. Raises `ArgumentTypeError`."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DAYS):
        raise argparse.ArgumentTypeError(
            _("“{text}” is no number of days from 1 to {most}").format(text=text, most=MAX_DAYS)
        )
    return int(text)


async def with_progress(events: AsyncGenerator[Progress | Summary, None]) -> Summary:
    """Take a refresh to its end with a progress line; give its summary."""
    line = ProgressLine()
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Progress):
                    line.show(event)
                else:
                    return event
    finally:
        line.clear()
    raise EksreadError("the refresh ended without a summary")


# `eksread archive`: old news, back through the years, politely.


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--since", required=True, metavar=_("DATE"), help=_("how far back, such as 2019-01-01")
    )
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))
    add_examples(
        parser, "eksread archive --since 2019-01-01", "eksread archive --since 2024-06-01 --section Bontang"
    )


def run_archive(given: argparse.Namespace, options: Options) -> int:
    """Fetch old news; a stopped walk continues where it was. Raises `UsageError` for an invalid date."""
    since = moment(given.since, _("“{text}” is no date such as 2019-01-01."))
    with open_library(options) as library:
        key = section_key(library, given.section)
        summary = run(library, with_progress(library.walk(since, key)))
    _print_summary(summary, given)
    return 0
