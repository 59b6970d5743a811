"""`python -m eksread`, and the entry point `eksread`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the signal's number, as shells count."""


def main() -> None:
    """Run the command line and leave with its exit code, at once.

    The interpreter's own end joins every pool thread, so one that parses a hostile page or waits for a lock would hold
    the shell's prompt. When `run` returns, the store is closed and the terminal restored: nothing is left to wait for.

    Until something is shown or done, garbage isn't collected: loading makes a hundred thousand objects that stay, and
    looking through them again and again took a tenth of the start.
    """
    gc.disable()
    try:
        from eksread.cli.main import main as run
        from eksread.cli.output import SafeStream

        sys.stdout, sys.stderr = SafeStream.over(sys.stdout), SafeStream.over(sys.stderr)
        code = run()
    except KeyboardInterrupt:  # before `run` could say so itself
        code = INTERRUPTED
    _leave(code)


def _leave(code: int) -> None:
    """End the process without the interpreter's own clean-up, but with what matters of it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read this has left, or the disk is full: nobody can be told
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
