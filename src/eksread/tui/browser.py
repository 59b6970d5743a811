"""The reader's browser: http(s) addresses only, as one argument of an argv, never through a shell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess  # S404: argv only, see `start`
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.errors import BadAddress, EksreadError
from eksread.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CONSOLE_BROWSERS: Final = frozenset({"w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl"})
"""Browsers that take the terminal over, so that the application has to be suspended."""
_ADDRESS: Final = re.compile(r"https?://[!#-&(-;=?-\[\]_a-z~]+", re.IGNORECASE)
"""Printable ASCII but for quotes, angle brackets and braces; an address of the portal is percent-encoded beyond it."""


def safe_address(url: str) -> str | None:
    """Give `url` where it is a plain http(s) address with a host and nothing odd in it, else None."""
    if not _ADDRESS.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        return None
    if not host or host.startswith("-") or parts.username is not None or parts.password is not None:
        return None
    return url


def first_program(commands: Iterable[str]) -> tuple[str, ...]:
    """Give the argv of the first command line whose program exists, else nothing."""
    for command in commands:
        try:
            argv = tuple(shlex.split(command))
        except ValueError:
            continue
        if argv and shutil.which(argv[0]):
            return argv
    return ()


def browser_argv(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Give the argv of the browser to use: `$BROWSER`'s first that exists, else the system's opener."""
    chosen = first_program(environ.get("BROWSER", "").split(os.pathsep))
    if chosen:
        return tuple(part for part in chosen if part != "%s")
    if sys.platform == "darwin":
        return ("open",)
    graphical = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return first_program((*(("xdg-open",) if graphical else ()), "w3m", "lynx", "links", "elinks"))


def is_console(argv: Sequence[str]) -> bool:
    """Whether the browser takes the terminal over."""
    return Path(argv[0]).name in CONSOLE_BROWSERS


def start(argv: Sequence[str]) -> None:
    """Run a browser: a console one to its end, another one detached. Raises OSError."""
    if is_console(argv):
        subprocess.run(argv, check=False)  # noqa: S603 - argv, checked address, no shell
        return
    subprocess.Popen(  # noqa: S603 - as above
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def open_page(url: str, environ: Mapping[str, str]) -> str:
    """Open an address; give its host. Raises `BadAddress`, `NoProgram` or OSError."""
    address = safe_address(url)
    if address is None:
        raise BadAddress(url=url)
    argv = browser_argv(environ)
    if not argv:
        raise NoProgram(variable="BROWSER")
    start((*argv, address))
    return urlsplit(address).hostname or ""


class NoProgram(EksreadError):
    """Neither the reader's variable nor the usual names lead to a program."""

    code = "no-program"
    what = N_("No program was found for this.")
    todo = N_("Set {variable}.")
