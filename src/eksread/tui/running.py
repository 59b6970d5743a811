"""Starting and ending: what must be settled before Textual loads, and leaving without waiting for the network."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Final

from eksread.tui.title import set_title

if TYPE_CHECKING:
    from eksread.library import Library
    from eksread.tui.settings import TuiSettings

FRAMES: Final = "500"
"""Screen updates per second at most. Textual's own 60 would alone add up to 17 ms between a key and its paint; the timer rests while nothing changes."""
CLOSE_SECONDS: Final = 1.0
"""How long closing connections may take before they are left to the system."""
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends the reading from outside. Unhandled, each leaves the terminal raw; an interrupt leaves Textual's input
thread running as well, and the program with it. Ctrl-C on the keyboard is a key and never gets here."""


def run_room(library: Library, settings: TuiSettings) -> int:
    """Run the application on a loop of its own and give its exit code."""
    if os.environ.get("NO_COLOR") == "":
        # By convention (no-color.org) it counts only when it is not empty; Textual honours it empty as well.
        del os.environ["NO_COLOR"]
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    loop = asyncio.new_event_loop()
    set_title(settings.name)
    try:
        return loop.run_until_complete(_run(library, settings))
    finally:
        # Not asyncio.run: it waits for resolver threads, and a slow look-up would hold up leaving for many seconds.
        loop.close()
        set_title("")


async def _run(library: Library, settings: TuiSettings) -> int:
    from eksread.tui.app import ReadingRoom

    room = ReadingRoom(library, settings)
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, room.signalled, number)
    main = None
    try:
        await room.run_async()
        main = room.left
        if main is not None:
            await main.writer.drain()
    finally:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await library.disconnect()
        except TimeoutError:
            pass
    return room.return_code or 0
