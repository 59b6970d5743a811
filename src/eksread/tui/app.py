"""The application: themes, signals, the terminal's title, and leaving in good order."""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.filter import Monochrome, NoColor

from eksread.formatting import number
from eksread.i18n import _
from eksread.portal import MASTHEAD
from eksread.tui import key_names
from eksread.tui.look import Look
from eksread.tui.main_screen import MainScreen
from eksread.tui.render.colours import themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.screen import Screen

    from eksread.config import Config
    from eksread.library import Library


# The terminal's title: set while the application runs.


def set_title(text: str) -> None:
    """Set the terminal's title, its own one kept on the terminal's stack; empty text brings that back (xterm, CSI 22/23 t)."""
    stream = sys.__stderr__
    if stream is not None and stream.isatty() and os.environ.get("TERM") not in (None, "linux", "dumb"):
        stream.write(f"\x1b[22;2t\x1b]2;{text}\x07" if text else "\x1b[23;2t")
        stream.flush()


HANGUP_SECONDS: Final = 2.0
"""How often to look whether the terminal is still there: one system call."""
SIGNAL_BASE: Final = 128
"""Exit code of a program that ended by a signal: this plus its number, as shells count."""


def _problems_text(problems: Sequence[str]) -> str:
    """Say what is wrong with the settings: of several problems the first, and where all of them are listed."""
    if len(problems) == 1:
        return problems[0]
    text = _("{n} problems in the settings: see “eksread doctor”. The first: {problem}")
    return text.format(n=number(len(problems)), problem=problems[0])


class EksreadApp(App[int], inherit_bindings=False):
    """Holds the main screen; everything that is read or written goes through the library.

    Textual's own bindings are not inherited: its Ctrl-Q would come before any other meaning that the settings give it.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "main_screen.tcss"
    """The default screen's styles: Textual reads a screen's own CSS_PATH only when the screen is pushed."""

    def __init__(self, library: Library, config: Config, problems: tuple[str, ...] = ()) -> None:
        """`problems` are sentences about the settings file, shown at the start."""
        super().__init__()
        self.library = library
        self.config = config
        self.look = Look(library, config)
        self.problems = problems
        self.main: MainScreen | None = None
        if self.no_color:
            # No colours at all: Textual's grey ones would still paint a background, and are black on black in our ansi theme.
            self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(self.look.theme)
        key_names.use(key_names.chosen(config.keys))
        for key in key_names.keys_of("suspend"):
            if key.startswith("ctrl+"):  # on every screen; a letter may belong to words that are being typed
                self._bindings.bind(key, "suspend_process", priority=True)

    def _begin_with(self, name: str) -> None:
        """Choose the first theme before any style is read. Its watcher runs only after that, and has all read again."""
        if self.available_themes[name].ansi:
            self.theme = name  # the watcher is needed: Textual's filter of colours is switched there alone
            return
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Start on the main screen."""
        self.main = MainScreen(
            self.library, self.config, self.look, leave=self.leave, ready=self.main_screen_complete
        )
        return self.main

    def main_screen_complete(self) -> None:
        """Watch the terminal, and say what is wrong with the settings. From now on garbage is collected again (see `__main__`)."""
        if not gc.isenabled():
            gc.freeze()  # what the start made stays: it needn't be looked through
            gc.enable()
        self.app_suspend_signal.subscribe(self, self._suspended, immediate=True)
        self.app_resume_signal.subscribe(self, self._resumed)
        if not self.is_headless and sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(HANGUP_SECONDS, self._look_for_terminal)
        problems = (*self.problems, *key_names.used().problems)
        trouble = self.library.trouble
        if self.main is not None and (trouble or problems):
            self.main.context.status.keep_saying(trouble.message if trouble else _problems_text(problems))

    def _suspended(self, _app: App[int]) -> None:
        """Give the terminal back as it was, and be silent."""
        set_title("")
        if self.main is not None:
            self.main.context.silence()

    def _resumed(self, _app: App[int]) -> None:
        """Draw everything: the terminal kept nothing of what was on the screen."""
        set_title(MASTHEAD)
        self.refresh(layout=True)

    def _look_for_terminal(self) -> None:
        """Leave when the terminal is gone. Not every one sends SIGHUP, and Textual's input thread would loop for ever."""
        watch = select.poll()
        watch.register(0, 0)
        if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, event in watch.poll(0)):
            self.signalled(signal.SIGHUP)

    def on_key(self, event: events.Key) -> None:
        """Type a letter that was pressed right after the key that opens an input, and went to the screen below it."""
        if self.screen is self.main or not event.is_printable:
            return
        from textual.widgets import Input

        if isinstance(self.focused, Input):
            event.prevent_default()
            self.focused.insert_text_at_cursor(event.character or "")

    def signalled(self, number: signal.Signals) -> None:
        """Leave because of a signal."""
        self.leave(SIGNAL_BASE + number)

    def leave(self, code: int = 0) -> None:
        """Keep the reader's place and leave; nothing on the network is waited for."""
        if self.main is not None:
            self.main.leaving()
        self.exit(code, return_code=code)

    def action_leave(self) -> None:
        """Leave, from any screen."""
        self.leave()


# Starting and ending: what must be settled before Textual loads, and leaving without waiting for the network.

FRAMES: Final = "500"
"""Screen updates per second at most. Textual's own 60 would alone add up to 17 ms between a key and its paint; the timer stops while nothing changes."""
CLOSE_SECONDS: Final = 1.0
"""How long closing connections may take before they are left to the system."""
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends the reading from outside. Unhandled, each leaves the terminal raw; an interrupt leaves Textual's input
thread running as well, and the program with it. Ctrl-C on the keyboard is a key and never gets here."""


def run_app(library: Library, config: Config, problems: tuple[str, ...]) -> int:
    """Run the application on a loop of its own and give its exit code.

    The language must have been chosen before. The store stays open: who opened it closes it.
    """
    if os.environ.get("NO_COLOR") == "":
        # By convention (no-color.org) it counts only when it is not empty; Textual honours it empty as well.
        del os.environ["NO_COLOR"]
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    loop = asyncio.new_event_loop()
    set_title(MASTHEAD)
    try:
        return loop.run_until_complete(_run(EksreadApp(library, config, problems)))
    finally:
        # Not asyncio.run: it waits for resolver threads, and a slow look-up would hold up leaving for many seconds.
        loop.close()
        set_title("")


async def _run(room: EksreadApp) -> int:
    loop = asyncio.get_running_loop()
    for signal_number in SIGNALS:
        loop.add_signal_handler(signal_number, room.signalled, signal_number)
    try:
        await room.run_async()
        if room.main is not None:
            await room.main.context.writer.drain()
    finally:
        if room.main is not None and room.main.context.speech is not None:
            await room.main.context.speech.stopped()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await room.library.disconnect()
        except TimeoutError:
            pass
    return room.return_code or 0
