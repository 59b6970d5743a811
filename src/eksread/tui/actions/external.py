"""Opening an address outside, safely: http(s) only, as one argument of an argv, never through a shell."""

from __future__ import annotations

import os
import subprocess  # S404: argv only, see `_run`
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from textual.app import SuspendNotSupported

from eksread.errors import EksreadError
from eksread.i18n import N_, _
from eksread.model.display_text import clean
from eksread.tui.browser import NoProgram, browser_argv, first_program, is_console, safe_address, start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App


def open_address(app: App[int], url: str) -> tuple[str, str]:
    """Open `url`; give a line that says what was done (the host is always named), and the address to show after it.

    Where nothing could be opened that address is copied, so that it can be used elsewhere; else it is "".
    """
    address = safe_address(url)
    if address is None:
        return _("This address is not opened: it is no plain http(s) address."), ""
    argv = browser_argv(os.environ)
    host = urlsplit(address).hostname or ""
    if not argv:
        app.copy_to_clipboard(address)
        return _("No browser was found. The address was copied:"), address
    try:
        _start(app, (*argv, address))
    except (OSError, SuspendNotSupported) as error:
        app.copy_to_clipboard(address)
        text = _("The browser did not start ({reason}). The address was copied:")
        return text.format(reason=clean(str(error))), address
    return _("Opened in the browser: {host}").format(host=host), ""


def _start(app: App[int], argv: tuple[str, ...]) -> None:
    """Run a browser: a console one in the terminal while the reader is suspended, another one detached."""
    if is_console(argv):
        with app.suspend():
            start(argv)
    else:
        start(argv)


# The reader's own pager and editor, run in the terminal while the application is suspended.


class ProgramFailed(EksreadError):
    """The program could not be run in this terminal."""

    code = "program-failed"
    what = N_("{program} could not be run here: {reason}")


PAGERS: Final = ("less", "more")
EDITORS: Final = ("nano", "vim", "vi")
NOTE_CHARACTERS: Final = 20_000
"""Characters by which a note may grow in the editor: a note is a page or two. One that is longer already, by an import, stays whole."""


def page(app: App[int], text: str, environ: Mapping[str, str]) -> None:
    """Show text in `$PAGER`. Raises `NoProgram` or `ProgramFailed`."""
    argv = first_program((environ.get("PAGER", ""), *PAGERS))
    if not argv:
        raise NoProgram(variable="PAGER")
    _run(app, argv, text)


def edit(app: App[int], text: str, environ: Mapping[str, str]) -> str | None:
    """Have text edited in `$VISUAL` or `$EDITOR`; give it as it is then, None where it is the same.

    Raises `NoProgram` or `ProgramFailed`.
    """
    argv = first_program((environ.get("VISUAL", ""), environ.get("EDITOR", ""), *EDITORS))
    if not argv:
        raise NoProgram(variable="EDITOR")
    with tempfile.TemporaryDirectory(prefix="eksread-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text(text + "\n" if text else "", "utf-8")
        _run(app, (*argv, str(path)))
        try:
            with path.open(encoding="utf-8", errors="replace") as stream:
                written = stream.read(len(text) + NOTE_CHARACTERS).strip()
        except OSError:
            return None  # the editor left no file: nothing was written
    return None if written == text.strip() else written


def _run(app: App[int], argv: Sequence[str], text: str | None = None) -> None:
    try:
        with app.suspend():
            subprocess.run(argv, input=text, encoding="utf-8", check=False)  # noqa: S603 - argv, no shell
    except (OSError, SuspendNotSupported) as error:
        raise ProgramFailed(str(error), program=argv[0], reason=str(error)) from error
