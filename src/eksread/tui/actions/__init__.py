"""What each command does: a function of the screen, found by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.actions import appearance, finding, marking, moving, open_article, sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main_screen import MainScreen

ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    **moving.ACTIONS,
    **open_article.ACTIONS,
    **sharing.ACTIONS,
    **marking.ACTIONS,
    **finding.ACTIONS,
    **appearance.ACTIONS,
}
