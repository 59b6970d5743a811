"""Reading keys and mouse from the terminal: Textual's driver with another input thread."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from select import select
from signal import SIGHUP
from typing import Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

WAIT_SECONDS: Final = 0.025
"""How long the thread waits for input before it looks whether an Esc stands alone, or whether it is to stop.
Forty looks a second take 0.1 % of a core."""
READ_BYTES: Final = 4096


class TerminalDriver(LinuxDriver):
    """Passes on an Esc at once, and ends where the terminal is gone.

    Textual's thread waits for a tenth of a second, twice where it is to stop; it ends the program at a byte that is no
    UTF-8, and loops for ever without a terminal.
    """

    def run_input_thread(self) -> None:
        """Read until the driver stops or the terminal is gone."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
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
