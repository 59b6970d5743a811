"""The terminal's title: set while the reading room is on the screen."""

from __future__ import annotations

import os
import sys


def set_title(text: str) -> None:
    """Set the terminal's title, its own one kept on the terminal's stack; empty text brings that back (xterm, CSI 22/23 t)."""
    stream = sys.__stderr__
    if stream is not None and stream.isatty() and os.environ.get("TERM") not in (None, "linux", "dumb"):
        stream.write(f"\x1b[22;2t\x1b]2;{text}\x07" if text else "\x1b[23;2t")
        stream.flush()
