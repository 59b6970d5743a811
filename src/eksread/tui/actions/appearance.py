"""The look, fetching, and leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.config import NARROWEST, WIDEST
from eksread.i18n import _
from eksread.tui.keys import key_of
from eksread.tui.settings import keep_theme, keep_width
from eksread.tui.state.sidebar_items import section_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main_screen import MainScreen

STEP: Final = 2
"""Cells by which < and > change the column: one on either side."""


def theme(screen: MainScreen) -> None:
    """Go to the next theme."""
    screen.say(screen.room.next_theme())
    screen.writer.put(partial(keep_theme, screen.library, screen.room.settings, screen.room.theme))


def zen(screen: MainScreen) -> None:
    """Show the article alone, or bring the other panes back."""
    if not screen.panes.reading and not screen.has_class("-zen"):
        screen.say(_("Zen is for reading: open an article first."))
        return
    screen.toggle_class("-zen")


def narrower(screen: MainScreen) -> None:
    """Make the reading column narrower."""
    _set_width(screen, -STEP)


def wider(screen: MainScreen) -> None:
    """Make the reading column wider."""
    _set_width(screen, STEP)


def _set_width(screen: MainScreen, step: int) -> None:
    width = max(NARROWEST, min(WIDEST, screen.article.column + step))
    for view in (screen.article, screen.comments):
        view.set_column(width)
    screen.writer.put(partial(keep_width, screen.library, screen.room.settings, width))
    shown = screen.article.text_width
    if screen.article.display and shown < width:
        screen.say(_("Column of {n} characters; the pane has room for {shown}.").format(n=width, shown=shown))
    else:
        screen.say(_("Column of {n} characters.").format(n=width))


def show_new(screen: MainScreen) -> None:
    """Show the news that has arrived."""
    screen.say(_("The list is up to date.") if not screen.news.show_new() else "")


def refresh(screen: MainScreen) -> None:
    """Fetch the shown section."""
    _fetch(screen, section_of(screen.sidebar_item.key))


def refresh_all(screen: MainScreen) -> None:
    """Fetch everything."""
    _fetch(screen, None)


def _fetch(screen: MainScreen, section: str | None) -> None:
    if screen.library.offline:
        screen.say(_("Started with --offline: nothing is fetched."))
    elif not screen.refresher.start(section):
        screen.say(_("Already fetching. {key} stops it.").format(key=key_of("escape")))


def leave(screen: MainScreen) -> None:
    """Leave."""
    screen.room.leave()


def suspend(screen: MainScreen) -> None:
    """Go to the shell; Textual restores the terminal before and the screen after."""
    screen.app.action_suspend_process()


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "theme": theme,
    "zen": zen,
    "narrower": narrower,
    "wider": wider,
    "show-new": show_new,
    "refresh": refresh,
    "refresh-all": refresh_all,
    "suspend": suspend,
    "quit": leave,
}
