"""The reader's own pager and editor, run in the terminal while the reading room steps aside."""

from __future__ import annotations

import shlex
import shutil
import subprocess  # S404: argv only, chosen by the reader's own variables
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from eksread.errors import EksreadError
from eksread.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App


class NoProgram(EksreadError):
    """Neither the reader's variable nor the usual names lead to a program."""

    code = "no-program"
    what = N_("No program was found for this.")
    todo = N_("Set {variable}.")


class ProgramFailed(EksreadError):
    """The program could not be run in this terminal."""

    code = "program-failed"
    what = N_("{program} could not be run here: {reason}")


PAGERS: Final = ("less", "more")
EDITORS: Final = ("nano", "vim", "vi")
NOTE_CHARACTERS: Final = 20_000
"""A note is a page or two; a file that holds more was not meant as one."""


def program(variables: Sequence[str], usual: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """Give the argv of the first variable that names a program that exists, else of a usual one, else nothing."""
    for value in [*(environ.get(name, "") for name in variables), *usual]:
        try:
            argv = tuple(shlex.split(value))
        except ValueError:
            continue
        if argv and shutil.which(argv[0]):
            return argv
    return ()


def page(app: App[int], text: str, environ: Mapping[str, str]) -> None:
    """Show text in `$PAGER`. Raises `NoProgram` or `ProgramFailed`."""
    argv = program(("PAGER",), PAGERS, environ)
    if not argv:
        raise NoProgram(variable="PAGER")
    _run(app, argv, text)


def edit(app: App[int], text: str, environ: Mapping[str, str]) -> str | None:
    """Have text edited in `$VISUAL` or `$EDITOR`; give it as it is then, None where it is the same.

    Raises `NoProgram` or `ProgramFailed`.
    """
    argv = program(("VISUAL", "EDITOR"), EDITORS, environ)
    if not argv:
        raise NoProgram(variable="EDITOR")
    with tempfile.TemporaryDirectory(prefix="eksread-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text(text + "\n" if text else "", "utf-8")
        _run(app, (*argv, str(path)))
        try:
            with path.open(encoding="utf-8", errors="replace") as stream:
                written = stream.read(NOTE_CHARACTERS).strip()
        except OSError:
            return None  # the editor left no file: nothing was written
    return None if written == text.strip() else written


def _run(app: App[int], argv: Sequence[str], text: str | None = None) -> None:
    try:
        with app.suspend():
            subprocess.run(argv, input=text, encoding="utf-8", check=False)  # noqa: S603 - argv, no shell
    except (OSError, SuspendNotSupported) as error:
        raise ProgramFailed(str(error), program=argv[0], reason=str(error)) from error
