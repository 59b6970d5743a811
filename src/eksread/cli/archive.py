"""`eksread archive`: old news, back through the years, politely."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.refresh import followed, report, section_key
from eksread.errors import UsageError
from eksread.i18n import _
from eksread.portal import WITA

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--since", required=True, metavar=_("DATE"), help=_("how far back, such as 2019-01-01")
    )
    parser.add_argument("--section", metavar=_("NAME"), help=_("only this section"))
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))


def run(given: argparse.Namespace, options: Options) -> int:
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
