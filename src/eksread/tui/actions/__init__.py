"""What each command does: a function of the context, found by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.actions import appearance, finding, marking, moving, read_article, sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.controllers.action_context import Context

ACTIONS: Final[Mapping[str, Callable[[Context], None]]] = {
    **moving.ACTIONS,
    **read_article.ACTIONS,
    **sharing.ACTIONS,
    **marking.ACTIONS,
    **finding.ACTIONS,
    **appearance.ACTIONS,
}
