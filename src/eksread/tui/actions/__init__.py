"""What each command does: a function of the screen, found by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.actions import around, finding, looks, marking, moving, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main import MainScreen

ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    **moving.ACTIONS,
    **reading.ACTIONS,
    **around.ACTIONS,
    **marking.ACTIONS,
    **finding.ACTIONS,
    **looks.ACTIONS,
}
