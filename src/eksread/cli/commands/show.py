"""`eksread show`, `eksread open` and `eksread diff`: articles as text, in the browser, and what the portal changed in them."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, NamedTuple

from eksread import formatting
from eksread.cli import plain_text
from eksread.cli.arguments import add_examples, add_json
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_message
from eksread.cli.references import References, add_references
from eksread.export import article_text
from eksread.export.json_form import fields, moment, stored_json
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.export.json_form import Json
    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.stored import Revision, SeenComment, StoredArticle
    from eksread.model.word_diff import Piece

BETWEEN = "\n* * *\n"
"""Between two articles."""


def add_show(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_references(parser)
    parser.add_argument("--plain", action="store_true", help=_("no wrapping: one line a paragraph"))
    parser.add_argument(
        "--keep-unread", action="store_true", help=_("don't mark it as read (--json never does)")
    )
    add_json(parser)
    add_examples(
        parser,
        "eksread show 7",
        "eksread show --keep-unread --plain 7 8",
        "eksread search kapal --plain | eksread show -",
    )


def run_show(given: argparse.Namespace, options: Options) -> int:
    """Print the articles; a text is fetched if it is not stored. Raises `NotFound`, `NoText` or `FetchError`."""
    refs = References(given)
    with open_library(options) as library:
        found = refs.each(library, lambda item: run(library, library.read(item.id)))
        if given.json:
            refs.print_json(map(stored_json, found))
            return refs.exit_code
        columns = None if given.plain else plain_text.width()
        for number, stored in enumerate(found):
            print(*([BETWEEN] if number else []), _article(stored, columns), sep="\n")
            if not given.keep_unread:
                library.mark_read((stored.headline.id,))
    return refs.exit_code


def _article(stored: StoredArticle, columns: int | None) -> str:
    return article_text.article(stored.article, columns, stored.headline)


# `eksread open`: in the browser.


def add_open(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_references(parser)
    add_examples(parser, "eksread open 7", "eksread open 7 8")


def run_open(given: argparse.Namespace, options: Options) -> int:
    """Open the articles' pages in the browser. Raises `NotFound` or `NoProgram`."""
    from eksread.tui.browser import open_page

    refs = References(given)
    with open_library(options) as library:
        for host in refs.each(library, lambda item: open_page(item.url, os.environ)):
            print_message(_("Opened in the browser: {host}").format(host=host))
    return refs.exit_code


# `eksread diff`: what the portal changed in an article, word by word.


class Step(NamedTuple):
    """Two revisions of an article, one after the other, and what was changed."""

    one: Revision
    other: Revision
    pieces: tuple[Piece, ...]


class Changes(NamedTuple):
    """What the portal changed in an article, and comments that were edited."""

    headline: Headline
    steps: list[Step]
    comments: list[SeenComment]


def add_diff(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_references(parser)
    add_json(parser)
    add_examples(parser, "eksread diff 7", "eksread list --saved --format '{id}' | eksread diff -")


def run_diff(given: argparse.Namespace, options: Options) -> int:
    """Print each revision beside the one before it, then edited comments. Raises `NotFound`."""
    refs = References(given)
    with open_library(options) as library:
        found = refs.each(library, lambda item: _changes(library, item))
        if given.json:
            refs.print_json(_diff_json(changes, named=refs.many) for changes in found)
            return refs.exit_code
        for changes in found:
            if refs.many:
                print(f"{changes.headline.id} {changes.headline.title}\n")
            _print_changes(changes)
    return refs.exit_code


def _changes(library: Library, item: Headline) -> Changes:
    from eksread.model.word_diff import diff, text_of

    steps = [
        Step(one, other, tuple(diff(text_of(one.article), text_of(other.article))))
        for one, other in itertools.pairwise(library.history.revisions(item.id))
    ]
    edited = [one for one in library.history.comments(item.id) if one.earlier is not None]
    return Changes(item, steps, edited)


def _diff_json(changes: Changes, *, named: bool) -> Json:
    steps: list[Json] = [
        {
            "from": moment(step.one.first_seen),
            "to": moment(step.other.first_seen),
            "pieces": [fields(piece, "op text") for piece in step.pieces],
        }
        for step in changes.steps
    ]
    return fields(changes.headline, "id url title") | {"changes": steps} if named else steps


def _print_changes(changes: Changes) -> None:
    from eksread.model.word_diff import diff, marked, shortened

    for step in changes.steps:
        print(f"{formatting.absolute(step.one.first_seen)} → {formatting.absolute(step.other.first_seen)}")
        print("\n".join(marked(line) if line else "⋯" for line in shortened(step.pieces)), end="\n\n")
    for seen in changes.comments:
        print(_("Edited comment of {name}").format(name=seen.comment.author or _("anonymous")))
        print(marked(diff(seen.earlier or "", seen.comment.text)), end="\n\n")
    if not changes.steps and not changes.comments:
        print_message(_("The portal has not changed this article since it was saved."))
