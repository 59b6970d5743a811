"""`eksread diff`: what the portal changed in an article, word by word."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from eksread import formatting
from eksread.cli.arguments import add_json, add_reference
from eksread.cli.commands.show import find_headline
from eksread.cli.open_library import open_library
from eksread.cli.output import print_json, print_message
from eksread.i18n import _
from eksread.word_diff import Op, Piece, diff, text_of

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options

MARKS = {Op.SAME: ("", ""), Op.REMOVED: ("[-", "-]"), Op.ADDED: ("{+", "+}")}
"""As wdiff writes them: readable without colours, and by other programs."""


def add_diff(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_reference(parser)
    add_json(parser)


def run_diff(given: argparse.Namespace, options: Options) -> int:
    """Print each revision beside the one before it. Raises `NotFound`."""
    with open_library(options) as library:
        item = find_headline(library, given.ref)
        revisions = library.history.revisions(item.id)
    steps = [
        (one, other, diff(text_of(one.article), text_of(other.article)))
        for one, other in itertools.pairwise(revisions)
    ]
    if given.json:
        print_json(
            [
                {
                    "from": one.first_seen.isoformat(timespec="seconds"),
                    "to": other.first_seen.isoformat(timespec="seconds"),
                    "pieces": [{"op": str(piece.op), "text": piece.text} for piece in pieces],
                }
                for one, other, pieces in steps
            ]
        )
        return 0
    for one, other, pieces in steps:
        print(f"{formatting.absolute(one.first_seen)} → {formatting.absolute(other.first_seen)}")
        print(_marked(pieces), end="\n\n")
    if not steps:
        print_message(_("The portal has not changed this article since it was saved."))
    return 0


def _marked(pieces: tuple[Piece, ...]) -> str:
    """Give the text with its changes marked; white space stays outside the marks."""
    parts = []
    for piece in pieces:
        start, end = MARKS[piece.op]
        body = piece.text.rstrip()
        parts.append(f"{start}{body}{end}{piece.text[len(body) :]}" if body else piece.text)
    return "".join(parts)
