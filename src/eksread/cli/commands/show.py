"""`eksread show`: one article as text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from eksread.cli import plain_text
from eksread.cli.assemble import opened
from eksread.cli.output import print_json
from eksread.i18n import _
from eksread.json_form import stored_json

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.stored import StoredArticle


def add_show(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "ref", metavar=_("NUMBER|URL"), help=_("the article's number in 'eksread list', or its address")
    )
    parser.add_argument("--plain", action="store_true", help=_("no wrapping: one line a paragraph"))
    parser.add_argument(
        "--keep-unread", action="store_true", help=_("don't mark it as read (--json never does)")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run_show(given: argparse.Namespace, options: Options) -> int:
    """Print the article; its text is fetched when it is not held. Raises `NotFound`, `NoText` or `FetchError`."""
    with opened(options) as library:
        item = find(library, given.ref)
        stored = asyncio.run(_read(library, item.id))
        if given.json:
            print_json(stored_json(stored))
        else:
            print(
                plain_text.article(
                    stored.article, None if given.plain else plain_text.width(), stored.headline
                )
            )
        if not (given.keep_unread or given.json):
            library.mark_read((item.id,))
    return 0


def find(library: Library, ref: str) -> Headline:
    """Give the headline that a person names by number or address. Raises `NotFound`."""
    return library.headline(int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref)


async def _read(library: Library, article_id: int) -> StoredArticle:
    try:
        return await library.read(article_id)
    finally:
        await library.disconnect()
