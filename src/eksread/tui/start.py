"""Starting and ending the interface: what must be settled before Textual loads, and leaving without waiting for the network."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Final

from eksread.portal import MASTHEAD
from eksread.tui.window_title import BRING_BACK, KEEP_TITLE, title_sequence, write_outside

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.config import Config
    from eksread.library import Library
    from eksread.tui.app import EksreadApp

FRAMES: Final = "500"
"""Screen updates per second at most. Textual's own 60 would alone add up to 17 ms between a key and its paint; the timer stops while nothing changes."""
ESCAPE_MILLISECONDS: Final = "20"
"""What follows an Esc within this time belongs to the sequence of one key; Textual's own 100 are felt. Vim waits as long."""
CLOSE_SECONDS: Final = 1.0
"""How long closing connections may take before they are left to the system."""
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends the reading from outside. Unhandled, each leaves the terminal raw; an interrupt leaves Textual's input
thread running as well, and the program with it. Ctrl-C on the keyboard is a key and never gets here."""


def run_app(library: Library, config: Config, problems: tuple[str, ...], settings_file: Path) -> int:
    """Run the application on a loop of its own and give its exit code.

    The language must have been chosen before. The store stays open: who opened it closes it.
    """
    if os.environ.get("NO_COLOR") == "":
        # By convention (no-color.org) it counts only when it is not empty; Textual honours it empty as well.
        del os.environ["NO_COLOR"]
    # Textual reads them once, when it is loaded.
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    os.environ.setdefault("ESCDELAY", ESCAPE_MILLISECONDS)
    from eksread.tui.app import EksreadApp

    loop = asyncio.new_event_loop()
    write_outside(KEEP_TITLE + title_sequence(MASTHEAD))
    try:
        return loop.run_until_complete(_run(EksreadApp(library, config, problems, settings_file)))
    finally:
        # Not asyncio.run: it waits for resolver threads, and a slow look-up would hold up leaving for many seconds.
        loop.close()
        write_outside(BRING_BACK)


async def _run(app: EksreadApp) -> int:
    loop = asyncio.get_running_loop()
    for signal_number in SIGNALS:
        loop.add_signal_handler(signal_number, app.signalled, signal_number)
    try:
        await app.run_async()
        if app.main is not None:
            await app.main.context.writer.drain()
    finally:
        if app.main is not None and app.main.context.speech is not None:
            await app.main.context.speech.stopped()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await app.library.disconnect()
        except TimeoutError:
            pass
    return app.return_code or 0
