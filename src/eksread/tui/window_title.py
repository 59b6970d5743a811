"""The title of the terminal's window: ours while the reader runs, afterwards what it was."""

from __future__ import annotations

import os
import sys
from typing import Final

KEEP_TITLE: Final = "\x1b[22;2t"
"""Put the terminal's own title on its stack (xterm)."""
BRING_BACK: Final = "\x1b]2;\x07\x1b[23;2t"
"""An empty title, which most terminals show as their own, then that of the stack: not every terminal has one."""


def title_sequence(text: str) -> str:
    """Give the control sequence (OSC 2) that sets the terminal's title; `text` must be clean."""
    return f"\x1b]2;{text}\x07"


def has_title() -> bool:
    """Whether there is a terminal, and one that knows what a title is."""
    stream = sys.__stderr__
    return stream is not None and stream.isatty() and os.environ.get("TERM") not in (None, "linux", "dumb")


def write_outside(sequence: str) -> None:
    """Write a control sequence while Textual draws nothing: before it begins, and after it has ended."""
    if has_title() and sys.__stderr__ is not None:
        sys.__stderr__.write(sequence)
        sys.__stderr__.flush()
