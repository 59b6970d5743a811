"""`eksread store stats|check|vacuum|prune`, `eksread backup` and `eksread restore`: the archive as a file."""

from __future__ import annotations

import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eksread import formatting
from eksread.cli.arguments import add_examples, add_json
from eksread.cli.open_library import open_library
from eksread.cli.output import print_json, print_message, print_outcome, print_result, print_warning
from eksread.errors import FileUnreadable, FileUnwritable, UsageError
from eksread.export.json_form import fields
from eksread.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.library import Library
    from eksread.model.stored import Pruned

DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add the four actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="stats|check|vacuum|prune")
    for name, purpose in (
        ("stats", _("the archive in numbers")),
        ("check", _("look the whole file over")),
        ("vacuum", _("give free room back to the disk")),
    ):
        add_examples(actions.add_parser(name, help=purpose, description=purpose), f"eksread store {name}")
    pruning = actions.add_parser("prune", help=_("delete old texts, never bookmarked ones"))
    pruning.add_argument("--older-than", required=True, metavar=_("AGE"), help=_("such as 2y, 6m, 8w or 90d"))
    pruning.add_argument(
        "--comments", action="store_true", help=_("comments and reactions too; they can't be fetched again")
    )
    pruning.add_argument("--yes", action="store_true", help=_("don't ask"))
    for action in actions.choices.values():
        add_json(action)
    add_examples(
        pruning, "eksread store prune --older-than 2y", "eksread store prune --older-than 90d --yes --json"
    )
    add_examples(parser, "eksread store stats", "eksread store prune --older-than 2y")


def run_store(given: argparse.Namespace, options: Options) -> int:
    """Do the action; `check` ends with 1 when something is wrong."""
    with open_library(options) as library:
        actions = {"stats": _stats, "check": _check, "vacuum": _vacuum, "prune": _prune}
        return actions[given.action](library, given)


def _stats(library: Library, given: argparse.Namespace) -> int:
    found = library.maintenance.stats()
    if given.json:
        print_json(fields(found, " ".join(type(found).__slots__)))
        return 0
    rows = (
        (_("articles"), formatting.number(found.articles)),
        (_("with text"), formatting.number(found.texts)),
        (_("revisions"), formatting.number(found.revisions)),
        (_("comments"), formatting.number(found.comments)),
        (_("front pages"), formatting.number(found.front_pages)),
        (_("links between articles"), formatting.number(found.links)),
        (_("read"), formatting.number(found.read)),
        (_("bookmarks"), formatting.number(found.bookmarks)),
        (_("pages as they came"), formatting.number(found.raw_pages)),
        (_("file"), formatting.size(found.file_bytes)),
        (_("oldest"), formatting.weekday_date(found.oldest) if found.oldest else "-"),
        (_("newest"), formatting.weekday_date(found.newest) if found.newest else "-"),
    )
    print("\n".join(f"{name:<26}{value:>24}" for name, value in rows))
    return 0


def _check(library: Library, given: argparse.Namespace) -> int:
    problems = library.maintenance.check()
    if problems:
        print_result(given, list(problems), "\n".join(problems))
    else:
        print_outcome(given, [], _("Everything is fine."))
    return 1 if problems else 0


def _vacuum(library: Library, given: argparse.Namespace) -> int:
    freed = library.maintenance.vacuum()
    print_outcome(given, {"freed": freed}, _("{size} given back.").format(size=formatting.size(freed)))
    return 0


def _prune(library: Library, given: argparse.Namespace) -> int:
    """Delete old texts after a question. Without a terminal to ask on, `--yes` must be given."""
    limit = library.clock() - age(given.older_than)
    found = library.prune(limit, comments=given.comments, dry_run=True)
    what = _goes(found)
    if found.articles or found.comments:
        if given.yes:
            print_message(_("Deleting {what}.").format(what=what))
        elif not _agreed(what):
            print_warning(_("Nothing was changed."))
            return 1
    library.prune(limit, comments=given.comments)
    kept = _("Headlines, marks and bookmarks are kept.")
    if not given.comments:
        kept = _("Headlines, comments, reactions, marks and bookmarks are kept.")
    text = _("Deleted: {what}.").format(what=what) + f" {kept}"
    form = {
        name: getattr(found, name) for name in ("articles", "revisions", "comments", "raw_pages", "bytes")
    }
    print_outcome(given, form | {"pictures": len(found.pictures)}, text)
    return 0


def _goes(found: Pruned) -> str:
    """Name all that a pruning takes, with its numbers."""
    earlier = max(0, found.revisions - found.articles)
    comments, pages, pictures = found.comments, found.raw_pages, len(found.pictures)
    counts = (
        (found.articles, ngettext("the text of {n} article", "the texts of {n} articles", found.articles)),
        (earlier, ngettext("{n} earlier version", "{n} earlier versions", earlier)),
        (comments, ngettext("{n} comment or reaction", "{n} comments and reactions", comments)),
        (pictures, ngettext("{n} picture", "{n} pictures", pictures)),
        (pages, ngettext("{n} page as it came", "{n} pages as they came", pages)),
    )
    parts = [words.format(n=formatting.number(count)) for count, words in counts if count]
    return ", ".join(parts or [_("nothing")]) + f" ({formatting.size(found.bytes)})"


def _agreed(what: str) -> bool:
    if not sys.stdin.isatty():
        print_warning(_("Would delete {what}. Say --yes to do it.").format(what=what))
        return False
    sys.stderr.write(_("Delete {what}? [y/N] ").format(what=what))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "ya")


OLDEST: Final = 365_000
"""Days of an age at most: a thousand years; beyond two thousand the calendar ends."""


def age(text: str) -> timedelta:
    """Give the time of `2y`, `6m`, `8w` or `90d`. Raises `UsageError`."""
    match = re.fullmatch(r"([0-9]{1,4})([dwmy])", text.strip().lower())
    days = int(match[1]) * DAYS[match[2]] if match else 0
    if not 0 < days <= OLDEST:
        raise UsageError(reason=_("“{text}” is no age; 2y would be one.").format(text=text))
    return timedelta(days=days)


# `eksread backup FILE` and `eksread restore FILE`: the whole archive, with everything of the reader's.


def add_backup(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE"), help=_("where to; it must not be there yet"))
    add_examples(parser, "eksread backup berita.backup")


def run_backup(given: argparse.Namespace, options: Options) -> int:
    """Copy the archive, while others may read and write. Raises `FileUnwritable` or `StoreError`."""
    target = Path(given.file).expanduser().absolute()
    if os.path.lexists(target):
        raise FileUnwritable(path=target, reason=_("it is there already"))
    if options.paths.is_archives(target):
        raise FileUnwritable(path=target, reason=_("the name belongs to the archive"))
    with open_library(options) as library:
        library.maintenance.backup(target)
    print_message(_("Saved: {path}").format(path=target))
    return 0


def add_restore(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar=_("FILE"), help=_("a file that 'eksread backup' wrote"))
    add_examples(parser, "eksread restore berita.backup")


def run_restore(given: argparse.Namespace, options: Options) -> int:
    """Put the backup in place; what was there is kept beside it. Raises `FileUnreadable` or `StoreError`."""
    from eksread.store import restore_store

    source = Path(given.file).expanduser().absolute()
    if not source.is_file():
        reason = _("it is no ordinary file") if source.exists() else _("no such file or folder")
        raise FileUnreadable(path=source, reason=reason)
    aside, whole = restore_store(options.paths.data_dir, source)
    if aside is not None:
        print_message(_("What was there before is kept as {path}.").format(path=aside))
    print_message(_("Restored from {path}.").format(path=source))
    if not whole:
        print_warning(_("Some of it could not be read, and was left out."))
    return 0
