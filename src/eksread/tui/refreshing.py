"""Fetching in the background: one refresh at a time, told by messages, stopped at will."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING

from eksread.errors import EksreadError, FetchError, RefreshRunning
from eksread.model import Progress, Summary
from eksread.tui.messages import RefreshDone, RefreshProgress

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.worker import Worker

    from eksread.library import Library
    from eksread.tui.app import ReadingRoom


class Refresher:
    """Runs `library.refresh` as a worker and posts what it says to `listener`; it never touches a widget."""

    def __init__(self, app: ReadingRoom, library: Library, listener: MessagePump) -> None:
        self._app = app
        self._library = library
        self._listener = listener
        self._worker: Worker[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a refresh is under way."""
        return self._worker is not None and self._worker.is_running

    def start(self, section: str | None = None, *, quiet: bool = False, asked: bool = True) -> bool:
        """Start a refresh (of a section); give whether one was started, since one at a time is enough.

        A `quiet` one says nothing of a line that is down or of another that runs; one that nobody `asked` for says
        nothing where nothing is new.
        """
        if self.running:
            return False
        self._worker = self._app.run_worker(
            self._run(section, quiet=quiet, asked=asked), group="refresh", exit_on_error=False
        )
        return True

    def stop(self) -> bool:
        """Stop the refresh; what it has fetched is kept. Give whether there was one."""
        if self._worker is None or not self.running:
            return False
        self._worker.cancel()
        return True

    async def _run(self, section: str | None, *, quiet: bool, asked: bool) -> None:
        post = self._listener.post_message
        summary: Summary | None = None
        try:
            async with aclosing(self._library.refresh(section)) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        post(RefreshProgress(event))
                    else:
                        summary = event
        except EksreadError as error:
            down = isinstance(error, FetchError)
            silent = quiet and (down or isinstance(error, RefreshRunning))
            post(RefreshDone(None, "" if silent else error.message, line=not down, quiet=quiet))
        except asyncio.CancelledError:
            post(RefreshDone(Summary(stopped=True), quiet=quiet))
            raise
        except Exception:
            # A worker must not end the reading; whatever this is, it belongs into the log and calmly on the screen.
            logging.getLogger(__name__).exception("refresh failed")
            post(RefreshDone(None, EksreadError().message, quiet=quiet))
        else:
            post(RefreshDone(summary, quiet=quiet, asked=asked))
