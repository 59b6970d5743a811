"""The terminal interface, on Textual; loaded only when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.tui.settings import TuiSettings

if TYPE_CHECKING:
    from eksread.library import Library

__all__ = ["TuiSettings", "run"]


def run(library: Library, settings: TuiSettings) -> int:
    """Run the terminal interface until the reader leaves; give the exit code.

    The language must have been chosen before. The store stays open: who opened it closes it.
    """
    from eksread.tui.app import run_app
    from eksread.tui.settings import remembered

    return run_app(library, remembered(library, settings))
