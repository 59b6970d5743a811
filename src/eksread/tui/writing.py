"""The reader's marks on their way to the store: one after the other, in a thread, in the order they were made."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError

if TYPE_CHECKING:
    from collections.abc import Callable

DRAIN_SECONDS: Final = 3.0
"""How long quitting waits for marks to reach the disk: longer than the store waits for another writer's lock."""


class Writer:
    """A queue of writes. `failed` is told of each that did not succeed, `done` after the last one."""

    def __init__(self, failed: Callable[[EksreadError], None], done: Callable[[], None]) -> None:
        self._failed = failed
        self._done = done
        self._waiting: deque[Callable[[], object]] = deque()
        self._task: asyncio.Task[None] | None = None

    def put(self, write: Callable[[], object]) -> None:
        """Write soon."""
        self._waiting.append(write)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            write = self._waiting.popleft()
            try:
                await asyncio.to_thread(write)
            except EksreadError as error:
                self._failed(error)
        self._done()

    async def drain(self) -> None:
        """Wait until all is written, but not for ever."""
        if self._task is not None and not self._task.done():
            await asyncio.wait({self._task}, timeout=DRAIN_SECONDS)
