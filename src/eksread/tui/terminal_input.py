"""Reading keys, mouse and pasted text from the terminal: Textual's driver with another input thread and parser."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from select import select
from signal import SIGHUP
from typing import TYPE_CHECKING, Final

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

WAIT_SECONDS: Final = 0.025
"""How long the thread waits for input before it looks whether an Esc stands alone, or whether it is to stop.
Forty looks a second take 0.1 % of a core."""
READ_BYTES: Final = 4096


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


class TerminalDriver(LinuxDriver):
    """Passes on an Esc at once, and ends where the terminal is gone.

    Textual's thread waits for a tenth of a second, twice where it is to stop; it ends the program at a byte that is no
    UTF-8, and loops for ever without a terminal.
    """

    def run_input_thread(self) -> None:
        """Read until the driver stops or the terminal is gone."""
        parser, decode = PasteParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select([self.fileno], [], [], WAIT_SECONDS)[0]:
                read = self._read()
                if not read:
                    os.kill(os.getpid(), SIGHUP)  # not every terminal sends it
                    return
                text = decode(read)
                for event in parser.feed(text) if text else ():  # no text would mean the end to it
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def _read(self) -> bytes:
        """Read what there is; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""
