"""`eksread reparse`: read the pages that were kept as they came once more, with the parser of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.cli.assemble import opened
from eksread.cli.output import print_json
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(given: argparse.Namespace, options: Options) -> int:
    """Read the pages again, without the network."""
    with opened(options) as library:
        pages, changed = library.reparse()
    if given.json:
        print_json({"pages": pages, "changed": changed})
    else:
        print(_("Read again: {pages} · changed: {changed}").format(pages=pages, changed=changed))
    return 0
