"""`eksread refresh`: fetch what is new."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.output import ProgressLine, print_json, say, summary_text
from eksread.errors import EksreadError, SectionNotFound
from eksread.i18n import _
from eksread.jsonform import summary_json
from eksread.model import Progress, Summary

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library

SHOWN_FAILURES = 5
"""Failures named one by one; more of them would hide the summary."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))


def run(given: argparse.Namespace, options: Options) -> int:
    """Refresh and print the summary."""
    with opened(options) as library:
        summary = asyncio.run(refresh(library, section_key(library, given.section)))
    if given.json:
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
    for section in library.sections():
        if wanted in (section.key.casefold(), section.name.casefold()):
            return section.key
    raise SectionNotFound(ref=name)


async def refresh(library: Library, section: str | None = None) -> Summary:
    """Run a refresh to its end with a progress line, and close the connections."""
    line = ProgressLine()
    try:
        async for event in library.refresh(section):
            if isinstance(event, Progress):
                line.show(event)
            else:
                return event
    finally:
        line.clear()
        await library.disconnect()
    raise EksreadError("the refresh ended without a summary")
