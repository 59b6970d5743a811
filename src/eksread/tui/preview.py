"""The article beside the list, which follows the cursor once that rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.timer import Timer

    from eksread.tui.screens.main import MainScreen

REST_SECONDS: Final = 0.03
"""Rest of the cursor before the article follows: longer than the gap of quick keys (60 a second)."""
WIDE: Final = 120
"""Columns from which the article stands beside the list (the breakpoint `-wide`)."""


class Preview:
    """Shows the chosen headline's article while the list has the focus, where there is room for both."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None

    def follow(self) -> None:
        """The cursor stands on another headline."""
        if self._timer is not None:
            self._timer.stop()
        if self._screen.size.width >= WIDE and not self._screen.panes.reading:
            self._timer = self._screen.set_timer(REST_SECONDS, self._show)

    def _show(self) -> None:
        screen = self._screen
        headline = screen.headlines.current
        if screen.panes.reading:
            return
        if headline is None:
            screen.article.clear()
        elif screen.article.headline is None or screen.article.headline.id != headline.id:
            screen.reading.preview(headline)
