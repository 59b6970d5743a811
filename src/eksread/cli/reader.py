"""`eksread` without a command: the reader itself, or the headlines as text where there is no terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from eksread.cli.open_library import open_library

if TYPE_CHECKING:
    from eksread.cli.options import Options


def screen_possible() -> bool:
    """Say whether a full-screen program can run here; Textual does not check."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")


def run(options: Options) -> int:
    """Open the reader in the terminal; give the exit code."""
    # Textual draws on stderr, and `eksread 2>file` must draw here.
    if not sys.stderr.isatty():
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    with open_library(options) as library:
        from eksread.tui.app import run_app

        return run_app(library, options.config, options.problems)
