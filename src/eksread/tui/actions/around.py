"""Around an article: what is related to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main import MainScreen
    from eksread.tui.screens.related import Neighbour


def related(screen: MainScreen) -> None:
    """Choose among the articles around this one."""
    headline = screen.subject
    if headline is None:
        return
    from eksread.tui.screens.related import RelatedScreen, neighbours

    found = neighbours(screen.library, headline)
    if not found:
        screen.say(_("Nothing related is held."))
        return

    def answered(chosen: Neighbour | None) -> None:
        if chosen is not None:
            screen.reading.visit(chosen.target)

    screen.app.push_screen(RelatedScreen(screen.library, headline.title, found), answered)


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "related": related,
}
