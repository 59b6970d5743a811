"""The terminal beside what Textual draws in it: its title, and pasted text on its way in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers import linux_driver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

# The title: set while the application runs.

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


# Pasted text.

ESCAPE: Final = "\x1b"
ESCAPE_SIGN: Final = "\u241b"
"""What stands for an ESC in pasted text until the input takes it."""


class PasteParser(XTermParser):
    """Textual's parser, to which an ESC within pasted text is only a character.

    Textual takes it for a key: it would close the input, and what follows it would come before what was pasted.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._passed = ""
        """The last characters passed on, where they may begin the mark of a paste."""
        self._held = ""
        """The last characters pasted, where they may begin the mark of its end."""

    def feed(self, data: str) -> Iterable[Message]:
        """Give the events of what was read; "" is the end of all."""
        harmless = self._harmless(data)
        return super().feed(harmless) if harmless or not data else ()

    def _harmless(self, data: str) -> str:
        done = ""
        while data:
            if self._pasting:
                text, end, data = (self._held + data).partition(BRACKETED_PASTE_END)
                self._held = "" if end else _begun(text, BRACKETED_PASTE_END)
                done += text.removesuffix(self._held).replace(ESCAPE, ESCAPE_SIGN) + end
                self._pasting = not end
            else:
                # Passed on at once: a lone ESC is a key, and must not wait for what may follow.
                text, start, data = (self._passed + data).partition(BRACKETED_PASTE_START)
                done += (text + start)[len(self._passed) :]
                self._passed = "" if start else _begun(text, BRACKETED_PASTE_START)
                self._pasting = bool(start)
        return done


def _begun(text: str, mark: str) -> str:
    """Give the end of `text` that is the beginning of `mark`."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")


class TerminalDriver(linux_driver.LinuxDriver):
    """Textual's driver with our parser, which it offers no other way to choose."""

    def run_input_thread(self) -> None:
        """Read what is typed and pasted."""
        vars(linux_driver)["XTermParser"] = PasteParser
        super().run_input_thread()
