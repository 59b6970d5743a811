"""Finding: search, sections, commands, help. Their screens are loaded when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main import MainScreen


def search(screen: MainScreen) -> None:
    """Search as you type."""
    from eksread.tui.screens.search import SearchScreen

    screen.app.push_screen(SearchScreen(screen.library), screen.found)


def sections(screen: MainScreen) -> None:
    """Go to the side pane."""
    screen.show_pane("sections")


def palette(screen: MainScreen) -> None:
    """Choose a command by its name."""
    from eksread.tui.screens.palette import PaletteScreen

    screen.app.push_screen(PaletteScreen(screen.room.settings.keys), screen.perform)


def help_screen(screen: MainScreen) -> None:
    """Show all keys."""
    from eksread.tui.screens.help import HelpScreen

    screen.app.push_screen(HelpScreen(screen.room.settings.keys))


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "search": search,
    "sections": sections,
    "palette": palette,
    "help": help_screen,
}
