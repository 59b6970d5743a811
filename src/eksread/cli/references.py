"""The articles that a command is about: several numbers or addresses, and “-” for those that come in line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from eksread.cli.arguments import references
from eksread.cli.output import print_json, print_json_list, print_warning
from eksread.errors import FetchError, NoText, NotFound
from eksread.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from eksread.export.json_form import Json
    from eksread.library import Library
    from eksread.model.lists import Headline

T = TypeVar("T")


def add_references(parser: argparse.ArgumentParser) -> None:
    """Add the articles that a command is about."""
    parser.add_argument(
        "refs",
        nargs="+",
        metavar=_("NUMBER|URL|-"),
        help=_("numbers of 'eksread list', or addresses; -: the first word of each line that comes in"),
    )


class References:
    """The articles that were named. `many` says that there may be several: then each failure is told, and the rest is done."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._words: list[str] = given.refs
        self.many = len(self._words) > 1 or self._words == ["-"]
        self.exit_code = 0

    def each(self, library: Library, work: Callable[[Headline], T]) -> Iterator[T]:
        """Give what the work makes of each article. Raises `NotFound`, `NoText` or `FetchError` where only one is named."""
        for word in references(self._words):
            try:
                yield work(find_headline(library, word))
            except (NotFound, NoText, FetchError) as error:
                if not self.many:
                    raise
                self.exit_code = error.exit_code
                text = error.message
                print_warning(text if word in text else f"{word}: {text}")

    def print_json(self, forms: Iterable[Json]) -> None:
        """Print what was made as JSON: a list where there may be several."""
        if self.many:
            print_json_list(forms)
        else:
            for form in forms:
                print_json(form)


def find_headline(library: Library, ref: str) -> Headline:
    """Give the headline that the user named by number or address. Raises `NotFound`."""
    return library.headline(int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref)
