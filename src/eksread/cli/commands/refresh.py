"""`eksread refresh`: fetch what is new."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing
from datetime import datetime
from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.output import ProgressLine, print_json, say, summary_text
from eksread.errors import EksreadError, SectionNotFound, UsageError
from eksread.i18n import _
from eksread.json_form import summary_json
from eksread.model.progress import Plan, Progress, Summary
from eksread.portal import WITA

if TYPE_CHECKING:
    import argparse
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


def run_refresh(given: argparse.Namespace, options: Options) -> int:
    """Refresh and print the summary."""
    with opened(options) as library:
        plan = Plan(section_key(library, given.section), given.days, given.max_size, given.images)
        summary = asyncio.run(followed(library, library.refresh(plan=plan)))
    return report(summary, as_json=given.json)


def report(summary: Summary, *, as_json: bool) -> int:
    """Print the end of a refresh; give the exit code."""
    if as_json:
        print_json(summary_json(summary))
        return 0
    for failure in summary.failures[:SHOWN_FAILURES]:
        say(f"{failure.url}: {failure.message}")
    print(summary_text(summary))
    return 0


def section_key(library: Library, name: str | None) -> str | None:
    """Give the key of the section that a person names by name or key. Raises `SectionNotFound`."""
    if name is None:
        return None
    wanted = name.casefold()
    for section in library.queries.sections():
        if wanted in (section.key.casefold(), section.name.casefold()):
            return section.key
    raise SectionNotFound(ref=name)


def _size(text: str) -> int:
    """Give the bytes of `20MB`, `500 kB`, `1,5GB` or `100000`. Raises `ArgumentTypeError`."""
    import argparse

    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([kmg]?)i?b?", text.strip(), re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(_("“{text}” is no size; 20MB would be one").format(text=text))
    power: int = " kmg".index(match[2].lower() or " ")
    return round(float(match[1].replace(",", ".")) * float(1000**power))


def _days(text: str) -> int:
    """Give a number of days from 1 to `MAX_DAYS`. Raises `ArgumentTypeError`."""
    import argparse

    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DAYS):
        raise argparse.ArgumentTypeError(
            _("“{text}” is no number of days from 1 to {most}").format(text=text, most=MAX_DAYS)
        )
    return int(text)


async def followed(library: Library, events: AsyncGenerator[Progress | Summary, None]) -> Summary:
    """Take a refresh to its end with a progress line, and close the connections."""
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
        await library.disconnect()
    raise EksreadError("the refresh ended without a summary")


# `eksread archive`: old news, back through the years, politely.


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--since", required=True, metavar=_("DATE"), help=_("how far back, such as 2019-01-01")
    )
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))


def run_archive(given: argparse.Namespace, options: Options) -> int:
    """Walk back; a walk that was stopped goes on where it was. Raises `UsageError` for a date that is none."""
    try:
        since = datetime.fromisoformat(given.since)
    except ValueError as error:
        raise UsageError(
            reason=_("“{text}” is no date such as 2019-01-01.").format(text=given.since)
        ) from error
    since = since if since.tzinfo else since.replace(tzinfo=WITA)
    with opened(options) as library:
        key = section_key(library, given.section)
        summary = asyncio.run(followed(library, library.walk(since, key)))
    return report(summary, as_json=given.json)
