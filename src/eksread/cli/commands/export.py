"""`eksread export`: articles as Markdown, HTML, EPUB, text, JSON lines or Atom, and the portal's feed as OPML."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from eksread.cli.arguments import add_examples, named_file, references
from eksread.cli.commands.marks import MOVED
from eksread.cli.open_library import open_library
from eksread.cli.output import print_message
from eksread.cli.references import find_headline
from eksread.errors import FileUnwritable, NothingToExport, UsageError
from eksread.export.feeds import write_opml
from eksread.export.files import file_name, new_file
from eksread.export.forms import FORMS
from eksread.formatting import weekday_date
from eksread.i18n import _, ngettext
from eksread.portal import FEED_PATHS, MASTHEAD
from eksread.refresh.headline_lists import FEED_FACT
from eksread.tui.state.current_edition import edition_headlines, edition_to_read

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.lists import Headline

_FOUND: Final = 100_000
"""Articles of a search that are exported at most: no book or page has more."""


def add_export(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "refs",
        nargs="*",
        metavar=_("NUMBER|URL"),
        help=_("articles; “-” reads their numbers from stdin, one a line"),
    )
    parser.add_argument("--saved", action="store_true", help=_("the bookmarked articles"))
    parser.add_argument("--search", metavar=_("QUERY"), help=_("what a search finds"))
    parser.add_argument("--edition", action="store_true", help=_("what is unread since the last edition"))
    parser.add_argument(
        "--to", choices=[*FORMS, "opml"], default="markdown", help=_("the form; default: markdown")
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=_("FILE"),
        help=_("where to: a file, or a folder that gets a file; default: stdout"),
    )
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))
    add_examples(
        parser,
        "eksread export --saved --to html -o bookmark.html",
        "eksread export --edition --to epub -o pagi.epub",
    )


def run_export(given: argparse.Namespace, options: Options) -> int:
    """Write the chosen articles. Raises `UsageError` where none are chosen, `FileUnwritable` where the file can't be made."""
    chosen = [bool(given.refs), given.saved, given.search is not None, given.edition]
    if any("://" not in ref and not ref.isdigit() and ref != "-" for ref in given.refs):
        raise UsageError(reason=_(MOVED).format(old="export FILE", new="marks export FILE"))
    if given.to == "opml" and any(chosen):
        raise UsageError(reason=_("OPML lists the portal's feeds; it takes no articles"))
    if given.to != "opml" and sum(chosen) != 1:
        raise UsageError(
            reason=_(
                "name articles, or one of --saved, --search, --edition; marks and notes: 'eksread marks export'"
            )
        )
    with open_library(options) as library:
        if given.to == "opml":
            _output(given, options, MASTHEAD, "opml", lambda stream: _opml(library, stream))
            return 0
        collection = library.collection(*_chosen(given, library))
        if not collection.ids:
            raise NothingToExport
        form = FORMS[given.to]
        _output(given, options, collection.title, form.suffix, lambda stream: form.write(collection, stream))
    missing = len(collection.headlines) - len(collection.ids)
    if missing:
        text = ngettext(
            "{n} article was left out: its text is not saved yet.",
            "{n} articles were left out: their texts are not saved yet.",
            missing,
        )
        print_message(text.format(n=missing))
    return 0


def _chosen(given: argparse.Namespace, library: Library) -> tuple[str, Sequence[Headline]]:
    """Give the title of what was chosen, and its headlines. Raises `NotFound` for an article that is not held."""
    if given.saved:
        return _("Bookmarks"), [bookmark.headline for bookmark in library.user_data.bookmarks()]
    if given.search is not None:
        return given.search, library.queries.found(given.search, limit=_FOUND)
    if given.edition:
        edition = edition_to_read(library)
        return f"{edition.name}, {weekday_date(edition.at)}", edition_headlines(library, edition)
    headlines = [find_headline(library, ref) for ref in references(given.refs)]
    if len(headlines) == 1:
        return headlines[0].title, headlines
    return _("{name}: selected articles").format(name=MASTHEAD), headlines


def _opml(library: Library, stream: BinaryIO) -> None:
    feed = library.facts.get(FEED_FACT) or urljoin(library.base_url, FEED_PATHS[0])
    write_opml(MASTHEAD, [(MASTHEAD, feed, library.base_url)], library.clock(), stream)


def _output(
    given: argparse.Namespace, options: Options, title: str, suffix: str, write: Callable[[BinaryIO], None]
) -> None:
    """Let the document be written to the file that was named, or else to stdout. Raises `FileUnwritable`, `UsageError`."""
    if given.output is None:
        if suffix == "epub" and sys.stdout.isatty():
            raise UsageError(reason=_("a book is no text for a terminal; name a file with -o"))
        with tempfile.TemporaryFile() as stream:
            write(stream)
            stream.seek(0)
            shutil.copyfileobj(stream, sys.stdout.buffer)
        return
    path = Path(given.output).expanduser()
    path = path / file_name(title, suffix) if path.is_dir() else path
    if options.paths.is_archives(path):
        raise FileUnwritable(path=path, reason=_("the name belongs to the archive"))
    with named_file(path, FileUnwritable), new_file(path, replace=given.force) as stream:
        write(stream)
    print_message(_("Saved: {path}").format(path=path))
