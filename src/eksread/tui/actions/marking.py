"""Marks: read, saved, all read, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _, ngettext
from eksread.tui.widgets.shelves import SAVED, section_of
from eksread.wording import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main import MainScreen


def save(screen: MainScreen) -> None:
    """Save the article, or unsave it."""
    headline = screen.subject
    if headline is not None:
        _marked, said = screen.marks.set_saved(headline, saved=not headline.saved)
        screen.say(said)


def saved(screen: MainScreen) -> None:
    """Show the saved articles."""
    screen.show_shelf(SAVED)
    screen.show_pane("headlines")


def toggle_read(screen: MainScreen) -> None:
    """Mark read or unread."""
    headline = screen.subject
    if headline is not None:
        screen.marks.set_read(headline, read=not headline.read, undoable=True)


def all_read(screen: MainScreen) -> None:
    """Mark all of the shown list read, after asking."""
    shelf = screen.shelf
    if shelf.key == SAVED or not shelf.shown:
        screen.say(_("Nothing unread here."))
        return
    question = ngettext("Mark {n} article read?", "Mark {n} articles read?", shelf.shown)

    def answered(yes: bool | None) -> None:
        if yes:
            screen.marks.all_read(section_of(shelf.key))
            screen.say(_("All marked read. u undoes."))

    screen.ask(question.format(n=number(shelf.shown)), answered)


def undo(screen: MainScreen) -> None:
    """Take the last mark back."""
    screen.say(screen.marks.undo())


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "save": save,
    "saved": saved,
    "toggle-read": toggle_read,
    "all-read": all_read,
    "undo": undo,
}
