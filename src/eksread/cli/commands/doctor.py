"""`eksread doctor`: what answers, what is recognised, and what to do."""

from __future__ import annotations

import json
import locale
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eksread.cli.arguments import add_examples, add_json, named_file
from eksread.cli.open_library import open_library, run
from eksread.cli.output import print_json, print_message, screen_possible
from eksread.diagnosis import Finding, State
from eksread.errors import AskedOffline
from eksread.export.json_form import fields, parsed_json
from eksread.formatting import size
from eksread.i18n import N_, _
from eksread.paths import make_private
from eksread.tui.key_names import chosen

if TYPE_CHECKING:
    import argparse

    from eksread.cli.options import Options
    from eksread.export.json_form import Json
    from eksread.library import Library

MARKS: Final = {State.OK: "ok", State.WARN: "?", State.FAIL: N_("FAIL"), State.SKIP: "-"}
LITTLE_SPACE: Final = 50_000_000
"""Bytes: less free space than this soon stops new articles from being saved."""


def add_doctor(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--save-page",
        nargs=2,
        metavar=("URL", "DIR"),
        help=_("save a page and what was read in it, for a bug report"),
    )
    add_json(parser)
    add_examples(parser, "eksread doctor", "eksread doctor --save-page https://eksposkaltim.com/ report")


def run_doctor(given: argparse.Namespace, options: Options) -> int:
    """Examine everything; exit code 1 when something is broken."""
    with open_library(options) as library:
        if given.save_page:
            return _save_page(library, *given.save_page)
        findings = [*_surroundings(options), *run(library, _examined(library))]
    if given.json:
        print_json([_form(finding) for finding in findings])
    else:
        wide = max(len(_(mark)) for mark in MARKS.values())
        for finding in findings:
            print(f"{_(MARKS[finding.state]):{wide}}  {_(finding.name)}: {finding.detail}")
        advice = list(dict.fromkeys(finding.advice for finding in findings if finding.advice))
        print("\n" + "\n".join(advice or [_("Everything is fine.")]))
    return 1 if any(finding.state is State.FAIL for finding in findings) else 0


def _form(finding: Finding) -> dict[str, Json]:
    return fields(finding, "name state detail") | {
        "advice": finding.advice or None,
        "data": dict(finding.data),
    }


def _surroundings(options: Options) -> list[Finding]:
    """Look at settings, terminal and disk."""
    problems = (*options.problems, *chosen(options.config.keys).problems)
    path = options.paths.config_file
    advice = _("Put the settings right in {path}.").format(path=path)
    findings = [Finding(N_("settings"), State.WARN, problem, advice) for problem in problems]
    if not problems:
        found = str(path) if path.is_file() else _("built in; {path} is not there").format(path=path)
        findings.append(Finding(N_("settings"), State.OK, found))
    encoding = locale.getencoding().lower()
    terminal = f"{os.environ.get('TERM', '-')}, {encoding}, {'×'.join(map(str, shutil.get_terminal_size()))}"
    if os.environ.get("NO_COLOR"):
        terminal += ", NO_COLOR"
    if not screen_possible():
        terminal += _("; no full-screen terminal here: the commands print text")
    good = encoding.replace("-", "") == "utf8"
    findings.append(
        Finding(
            N_("terminal"),
            State.OK if good else State.WARN,
            terminal,
            "" if good else _("Use a UTF-8 locale."),
        )
    )
    folder = options.paths.data_dir
    free = shutil.disk_usage(folder if folder.exists() else Path.home()).free
    state = State.OK if free > LITTLE_SPACE else State.WARN
    detail = _("{folder}, {size} free").format(folder=folder, size=size(free))
    findings.append(
        Finding(N_("data folder"), state, detail, "" if state is State.OK else _("Free some space."))
    )
    return findings


async def _examined(library: Library) -> list[Finding]:
    if library.offline:
        return [Finding(N_("network"), State.SKIP, _("not looked at: --offline"))]
    return [finding async for finding in library.examine()]


def _save_page(library: Library, url: str, folder_name: str) -> int:
    """Save a page's bytes and its parse into a new folder. Raises `FetchError` or `FileUnreadable`."""
    if library.offline:
        raise AskedOffline("asked to stay offline")
    folder = Path(folder_name)
    page, parsed = run(library, library.look(url))
    stem = re.sub(r"[^a-z0-9]+", "-", url.lower().split("://")[-1]).strip("-")[:60] or "page"
    form = {
        "content_type": page.content_type,
        "fetched": page.fetched_at.isoformat(),
        "final_url": page.url,
    }
    with named_file(folder):
        make_private(folder)
        document = json.dumps({"page": form, "parse": parsed_json(parsed)}, ensure_ascii=False, indent=2)
        _write_new(folder / f"{stem}.html", page.body)
        _write_new(folder / f"{stem}.json", document.encode())
    print_message(_("Saved: {path}").format(path=folder / f"{stem}.html"))
    print(folder / f"{stem}.json")
    return 0


def _write_new(path: Path, content: bytes) -> None:
    """Write a new file that its owner alone can read, whole or not at all. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor
            stream.write(content)
    except OSError:
        path.unlink()
        raise
