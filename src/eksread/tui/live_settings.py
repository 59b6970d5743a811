"""A saved change of the settings file shows in the running reader.

The file is looked at, not watched by the system: that works on every disk, shared folders too, and needs no library.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from eksread import config as config_file
from eksread.concurrency import in_thread
from eksread.config import DENSITIES
from eksread.i18n import _
from eksread.tui import key_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from eksread.config import Config
    from eksread.tui.main_screen import MainScreen

LOOK_EVERY: Final = 1.0
"""Seconds. A change is taken at the second look that finds the same, since a file may be half written at the first."""
AT_NEXT_START: Final = ("language", "portal", "images", "user_agent")
"""What a running reader can't change: its texts, its archive and its connections are made at the start."""


def _state_of(path: Path) -> tuple[int, int, int] | None:
    """Give what changes when a file is saved; None where there is none, as for a moment while an editor replaces it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class LiveSettings:
    """Looks at the settings file and applies its changes."""

    def __init__(self, main: MainScreen, path: Path, *, bind_keys: Callable[[], None], wrong: bool) -> None:
        """`bind_keys` is called after a change of keys; `wrong`: the file had mistakes when it was read at the start."""
        self._bind_keys = bind_keys
        self._main = main
        self._path = path
        self._wrong = wrong
        self._seen = self._taken = _state_of(path)

    async def watch(self) -> None:
        """Look at the file again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """Look at the file once; take it where it has changed since it was taken, and not since the last look."""
        now = await in_thread(_state_of, self._path)
        before, self._seen = self._seen, now
        if now is None or now == self._taken or now != before:
            return
        self._taken = now
        config, problems = await in_thread(config_file.load, self._path)
        self._take(config, (*problems, *key_names.mistakes(config.keys)))

    def _take(self, config: Config, problems: tuple[str, ...]) -> None:
        """Apply what was read, or say what is wrong with it, and leave everything as it is."""
        context = self._main.context
        before, was_wrong = context.config, self._wrong
        self._wrong = bool(problems)
        if problems:
            text = _("The settings stay as they were: {problem}")
            context.status.keep_saying(text.format(problem=problems[0]))
            return
        context.status.reader_acted()  # what was wrong before is right now
        if config == before and not was_wrong:
            return
        self._apply(before, config)
        later = [name for name in AT_NEXT_START if getattr(config, name) != getattr(before, name)]
        if later:
            text = _("The changed settings are in use; at the next start also: {names}.")
            context.say(text.format(names=", ".join(later)))
        else:
            context.say(" ".join((_("The changed settings are in use."), *key_names.used().problems)))

    def _apply(self, before: Config, config: Config) -> None:
        context, panes = self._main.context, self._main.context.panes
        context.use_settings(config)
        if config.theme != before.theme:
            self._main.app.theme = config.theme
        if config.width != before.width:
            for view in (panes.article, panes.comments):
                view.set_column(config.width)
        if config.density != before.density:
            panes.headlines.set_compact(config.density == DENSITIES[-1])
        if config.keys != before.keys:
            key_names.use(key_names.chosen(config.keys))
            self._main.bind_keys()
            self._bind_keys()
        context.status.update()
