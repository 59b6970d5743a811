"""Running the reading room in tests: started by the pilot, looked at as lines of text."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from textual import _wait
from textual.worker import WorkerCancelled

from eksread.config import Config
from eksread.tui.app import EksreadApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from eksread.library import Library
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.main_screen import MainScreen
    from eksread.tui.state.sidebar_items import SidebarItem
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView
    from eksread.tui.widgets.headline_list import HeadlineList

# A key waits six times until the process is idle. Textual looks every 20 ms whether it is, which was most of a run's time.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.004, 0.0004

SIZES = ((40, 12), (60, 20), (80, 24), (110, 30), (120, 36), (200, 50))


class Room:
    """A running room with the few questions that tests ask."""

    def __init__(self, app: EksreadApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> MainScreen:
        main = self.app.main
        assert main is not None
        return main

    @property
    def context(self) -> Context:
        return self.main.context

    @property
    def headlines(self) -> HeadlineList:
        return self.context.panes.headlines

    @property
    def article(self) -> ArticleView:
        return self.context.panes.article

    @property
    def comments(self) -> CommentsView:
        return self.context.panes.comments

    @property
    def pane(self) -> str:
        """The name of the pane that has the focus."""
        return self.context.state.pane

    @property
    def sidebar_item(self) -> SidebarItem:
        """The sidebar item whose headlines are shown."""
        return self.context.state.item

    @property
    def lines(self) -> list[str]:
        """What is on the screen, as text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def status(self) -> str:
        return self.context.status.bar.text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self, seconds: float = 0.0) -> None:
        """Let workers, writes and timers that are due come to rest."""
        await self.pilot.pause(seconds)
        if self.app.is_running and self.app.main is not None:
            await self.context.writer.drain()
        await self.pilot.pause()

    async def finish(self) -> None:
        """Let what runs in threads, such as a search, end and be shown."""
        await self.pilot.pause()
        with suppress(WorkerCancelled):
            await self.app.workers.wait_for_complete()
        await self.settle()


@asynccontextmanager
async def room(
    library: Library,
    size: tuple[int, int] = (80, 24),
    *,
    refresh: bool = False,
    problems: tuple[str, ...] = (),
    **settings: object,
) -> AsyncIterator[Room]:
    """Run the reading room without a terminal."""
    app = EksreadApp(library, Config(refresh_on_start=refresh, **settings), problems)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        running = Room(app, pilot)
        await running.settle()
        yield running
