"""`eksread show` and `eksread diff`: one article as text, and what the portal changed in it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from eksread import formatting
from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json, add_reference
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_json, print_message, print_result
from eksread.export import article_text
from eksread.export.json_form import fields, stored_json
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline


def add_show(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_reference(parser)
    parser.add_argument("--plain", action="store_true", help=_("no wrapping: one line a paragraph"))
    parser.add_argument(
        "--keep-unread", action="store_true", help=_("don't mark it as read (--json never does)")
    )
    add_json(parser)
    add_examples(parser, "eksread show 7", "eksread show --keep-unread --plain 7")


def run_show(given: argparse.Namespace, options: Options) -> int:
    """Print the article; its text is fetched if it is not stored. Raises `NotFound`, `NoText` or `FetchError`."""
    with open_library(options) as library:
        item = find_headline(library, given.ref)
        stored = run(library, library.read(item.id))
        columns = None if given.plain else plain_text.width()
        print_result(
            given, stored_json(stored), article_text.article(stored.article, columns, stored.headline)
        )
        if not (given.keep_unread or given.json):
            library.mark_read((item.id,))
    return 0


def find_headline(library: Library, ref: str) -> Headline:
    """Give the headline that the user named by number or address. Raises `NotFound`."""
    return library.headline(int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref)


# `eksread diff`: what the portal changed in an article, word by word.


def add_diff(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_reference(parser)
    add_json(parser)
    add_examples(parser, "eksread diff 7")


def run_diff(given: argparse.Namespace, options: Options) -> int:
    """Print each revision beside the one before it, then edited comments. Raises `NotFound`."""
    from eksread.model.word_diff import diff, marked, shortened, text_of

    with open_library(options) as library:
        item = find_headline(library, given.ref)
        revisions = library.history.revisions(item.id)
        edited = [one for one in library.history.comments(item.id) if one.earlier is not None]
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
                    "pieces": [fields(piece, "op text") for piece in pieces],
                }
                for one, other, pieces in steps
            ]
        )
        return 0
    for one, other, pieces in steps:
        print(f"{formatting.absolute(one.first_seen)} → {formatting.absolute(other.first_seen)}")
        print("\n".join(marked(line) if line else "⋯" for line in shortened(pieces)), end="\n\n")
    for seen in edited:
        print(_("Edited comment of {name}").format(name=seen.comment.author or _("anonymous")))
        print(marked(diff(seen.earlier or "", seen.comment.text)), end="\n\n")
    if not steps and not edited:
        print_message(_("The portal has not changed this article since it was saved."))
    return 0
