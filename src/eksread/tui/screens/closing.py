"""Closing a screen that lies above the main one, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from textual.screen import Screen

T = TypeVar("T")


def close(screen: Screen[T], result: T | None = None) -> None:
    """Close a screen with a result, unless that is done: of quick keys a second one may have been on its way to it.

    Textual's `dismiss` would then close the screen below, and end the program with an error where there is none.
    """
    if screen.app.screen is screen:
        screen.dismiss(result)
