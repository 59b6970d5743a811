"""A pseudo-terminal with a program in it, and what a person would see there."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 20.0
"""Seconds until a test gives up waiting for the screen: generous, for a busy machine."""
_ODD = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]*t|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
"""Sequences that pyte takes for text."""
_BEGUN = re.compile(rb"\x1b(?:\[[0-9;<=>?$]*|\][^\x07\x1b]{0,200}\x1b?|P[^\x1b]*\x1b?)?$")
"""A sequence whose end has not been read yet."""


def surroundings(**extra: str) -> dict[str, str]:
    """The environment of a program in such a terminal."""
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    # Keys pressed at random must never reach a real pager or editor.
    harmless = {"PAGER": "true", "VISUAL": "true", "EDITOR": "true"}
    return env | harmless | {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", **extra}


class _Stream(pyte.ByteStream):
    """Skips what no terminal understands: pyte raises on it.

    The echo of a key may stand in the middle of a sequence, if it is pressed while the program goes to the shell.
    """

    def _send_to_parser(self, data: str) -> bool | None:
        try:
            return super()._send_to_parser(data)
        except Exception:
            return True


class Terminal:
    """A pseudo-terminal with a program in it. With `wakes`, a program that goes to the shell is called back at once."""

    wakes = False

    def __init__(
        self, argv: list[str], env: dict[str, str], size: tuple[int, int], *, cell: tuple[int, int] = (0, 0)
    ) -> None:
        """`cell` is the size of a cell that it reports, in pixels (0: none)."""
        self.cell = cell
        self.screen = pyte.Screen(*size)
        self._stream = _Stream(self.screen)
        self.raw = b""
        self._begun = b""
        self.master, slave = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
        )

    def _pixels(self, columns: int, lines: int) -> tuple[int, int]:
        return columns * self.cell[0], lines * self.cell[1]

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(
            self.master,
            termios.TIOCSWINSZ,
            struct.pack("HHHH", lines, columns, *self._pixels(columns, lines)),
        )
        self.screen.resize(lines, columns)
        if hasattr(self, "process"):
            self.process.send_signal(signal.SIGWINCH)

    def pump(self, seconds: float) -> bool:
        """Take what the program wrote within `seconds`; give whether there was anything."""
        if self.wakes and self.is_stopped:
            self.process.send_signal(signal.SIGCONT)
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65536)
            self.raw += data
            data = self._begun + data
            begun = _BEGUN.search(data)
            whole = begun.start() if begun is not None else len(data)
            self._begun = data[whole:]
            self._stream.feed(_ODD.sub(b"", data[:whole]))
            return bool(data)
        return False

    @property
    def is_stopped(self) -> bool:
        """Whether the program is stopped, as a shell sees it."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8")
        except OSError:
            return False
        return stat.rsplit(") ", 1)[1].startswith("T")

    def until(self, text: str) -> None:
        """Wait until `text` is on the screen."""
        assert self.waits_for(lambda: text in self.text), f"{text!r} is not on the screen:\n{self.text}"

    def waits_for(self, condition: Callable[[], bool]) -> bool:
        """Take what the program writes until `condition` holds; give whether it came to hold."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                return False
            self.pump(0.05)
        return True

    def rest(self, seconds: float = 0.3) -> None:
        while self.pump(seconds):
            pass

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def ended(self) -> int:
        """Wait for the end; give the exit code."""
        assert self.waits_for(lambda: self.process.poll() is not None), "still running"
        self.rest(0.1)
        return self.process.returncode

    @property
    def is_restored(self) -> bool:
        """Whether raw mode, the alternate screen, mouse reports and the hidden cursor are gone."""
        modes = {b"1049": b"h", b"1003": b"h", b"1006": b"h", b"2004": b"h", b"25": b"l"}
        for mode, bad in modes.items():
            told = re.findall(rb"\x1b\[\?" + mode + rb"([hl])", self.raw)
            if told and told[-1] == bad:
                return False
        now = termios.tcgetattr(self.slave)
        return now[3] == self.before[3]

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)
