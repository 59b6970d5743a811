"""Moving within whatever has the focus."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from eksread.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main_screen import MainScreen

PREFIX_SECONDS: Final = 1.0
"""How long the first `g` of `gg` is remembered: vi's own timeoutlen."""


def down(screen: MainScreen) -> None:
    """Move down by a row or line."""
    screen.panes.view.move(1)


def up(screen: MainScreen) -> None:
    """Move up by a row or line."""
    screen.panes.view.move(-1)


def page_down(screen: MainScreen) -> None:
    """Move down by a page."""
    screen.panes.view.page(1)


def page_up(screen: MainScreen) -> None:
    """Move up by a page."""
    screen.panes.view.page(-1)


def top(screen: MainScreen) -> None:
    """Move to the first row or line."""
    screen.panes.view.home()


def bottom(screen: MainScreen) -> None:
    """Move to the last row or line."""
    screen.panes.view.end()


def top_prefix(screen: MainScreen) -> None:
    """Move to the top at the second `g` in a row."""
    now = monotonic()
    if now - screen.prefix_at < PREFIX_SECONDS:
        screen.prefix_at = 0.0
        top(screen)
    else:
        screen.prefix_at = now


def space(screen: MainScreen) -> None:
    """Page on; at the end of an article go to the next unread one."""
    if screen.pane == "article" and screen.article.at_end:
        next_unread(screen)
    else:
        page_down(screen)


def next_article(screen: MainScreen) -> None:
    """Go to the headline below; open it when reading."""
    _step(screen, 1)


def previous_article(screen: MainScreen) -> None:
    """Go to the headline above; open it when reading."""
    _step(screen, -1)


def _step(screen: MainScreen, rows: int) -> None:
    before = screen.headlines.cursor
    screen.headlines.move(rows)
    headline = screen.headlines.current
    if screen.headlines.cursor == before:
        screen.say(_("This is the last article.") if rows > 0 else _("This is the first article."))
    elif screen.panes.reading and headline is not None:
        screen.reading.open(headline)


def next_unread(screen: MainScreen) -> None:
    """Go to the next unread headline; open it when reading."""
    found = screen.headlines.next_unread()
    if found is None and screen.news.edition is not None:
        found = screen.headlines.first_unread()
        if found is None:
            from eksread.tui.actions.finding import finish_edition

            finish_edition(screen, screen.news.edition)
            return
    if found is None:
        screen.say(_("Nothing unread below."))
    elif screen.panes.reading:
        screen.reading.open(found)


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "down": down,
    "up": up,
    "page-down": page_down,
    "page-up": page_up,
    "space": space,
    "top": top,
    "top-prefix": top_prefix,
    "bottom": bottom,
    "next": next_article,
    "previous": previous_article,
    "next-unread": next_unread,
}
