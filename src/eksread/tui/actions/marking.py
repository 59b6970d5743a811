"""Marks: read, saved, all read, undone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.actions.finding import finish_edition
from eksread.tui.keys import key_of
from eksread.tui.state.sidebar_items import EDITION, SAVED, is_gathered, section_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.model.lists import Headline
    from eksread.model.stored import Bookmark
    from eksread.tui.screens.main_screen import MainScreen


def save(screen: MainScreen) -> None:
    """Save the article, or unsave it."""
    headline = screen.panes.subject
    if headline is not None:
        _marked, said = screen.marks.set_saved(headline, saved=not headline.saved)
        screen.say(said)


def note(screen: MainScreen) -> None:
    """Write a note on the article; it is saved with it."""
    headline = screen.panes.subject
    mark = _bookmark(screen, headline) if headline is not None else None
    if mark is not None and "\n" in mark.note:
        text = _("This note has several lines: {key} opens it in your editor.")
        screen.say(text.format(key=key_of("note-in-editor")))
        return
    _edit(screen, _("Note:"), lambda mark: mark.note if mark else "", _write_note)


def labels(screen: MainScreen) -> None:
    """Give the article labels, parted by spaces or commas; it is saved with them."""
    _edit(
        screen,
        _("Labels, parted by spaces:"),
        lambda mark: " ".join(mark.labels) if mark else "",
        _write_labels,
    )


def _bookmark(screen: MainScreen, headline: Headline) -> Bookmark | None:
    return screen.library.user_data.bookmark(headline.id) if headline.saved else None


def _edit(
    screen: MainScreen,
    prompt: str,
    present: Callable[[Bookmark | None], str],
    write: Callable[[MainScreen, Headline, Bookmark | None, str], None],
) -> None:
    headline = screen.panes.subject
    if headline is None:
        return
    from eksread.tui.screens.prompts import PromptScreen

    mark = _bookmark(screen, headline)

    def answered(text: str | None) -> None:
        if text is not None:
            write(screen, headline, mark, text)

    screen.app.push_screen(PromptScreen(prompt, present(mark)), answered)


def _write_note(screen: MainScreen, headline: Headline, before: Bookmark | None, text: str) -> None:
    screen.marks.annotate(headline, before, note=text.strip())
    screen.say(
        _undoable(
            _("Saved with its note. {key} undoes.")
            if text.strip()
            else _("Saved without a note. {key} undoes.")
        )
    )


def _write_labels(screen: MainScreen, headline: Headline, before: Bookmark | None, text: str) -> None:
    words = tuple(dict.fromkeys(word.lstrip("#") for word in text.replace(",", " ").split()))
    screen.marks.annotate(headline, before, labels=tuple(word for word in words if word))
    screen.say(
        _undoable(
            _("Saved with its labels. {key} undoes.") if words else _("Saved without labels. {key} undoes.")
        )
    )


def note_in_editor(screen: MainScreen) -> None:
    """Write the note in `$EDITOR`; the article is saved with it."""
    headline = screen.panes.subject
    if headline is None:
        return
    from eksread.tui.actions.external import edit

    mark = _bookmark(screen, headline)
    text = edit(screen.room, mark.note if mark else "", os.environ)
    if text is None:
        screen.say(_("The note is as it was."))
    else:
        _write_note(screen, headline, mark, text)


def saved(screen: MainScreen) -> None:
    """Show the saved articles."""
    screen.news.show(SAVED)
    screen.panes.show("headlines")


def toggle_read(screen: MainScreen) -> None:
    """Mark read or unread."""
    headline = screen.panes.subject
    if headline is not None:
        marked = screen.marks.set_read(headline, read=not headline.read, undoable=True)
        screen.say(
            _undoable(_("Marked read. {key} undoes.") if marked.read else _("Marked unread. {key} undoes."))
        )


def all_read(screen: MainScreen) -> None:
    """Mark all of the shown list read, after asking."""
    item = screen.sidebar_item
    if is_gathered(item.key) or item.key in {EDITION, SAVED}:
        _all_found_read(screen)
        return
    if not item.shown:
        screen.say(_("Nothing unread here."))
        return
    question = ngettext("Mark {n} article read?", "Mark {n} articles read?", item.shown)

    def answered(yes: bool | None) -> None:
        if yes:
            screen.marks.all_read(section_of(item.key))
            screen.say(_undoable(_("All marked read. {key} undoes.")))

    _ask(screen, question.format(n=number(item.shown)), answered)


def _ask(screen: MainScreen, question: str, answered: Callable[[bool | None], None]) -> None:
    from eksread.tui.screens.prompts import ConfirmScreen

    screen.app.push_screen(ConfirmScreen(question), answered)


def _all_found_read(screen: MainScreen) -> None:
    """Mark what was gathered, or an edition holds, read, after asking."""
    rows = screen.headlines.rows
    unread = [
        row for row in (rows.get(index) for index in range(len(rows))) if row is not None and not row.read
    ]
    if not unread:
        screen.say(_("Nothing unread here."))
        return
    question = ngettext("Mark {n} article read?", "Mark {n} articles read?", len(unread))

    def answered(yes: bool | None) -> None:
        if yes:
            screen.marks.all_read(None, unread)
            if screen.news.edition is not None:
                finish_edition(screen, screen.news.edition)
            screen.say(_undoable(_("All marked read. {key} undoes.")))

    _ask(screen, question.format(n=number(len(unread))), answered)


def undo(screen: MainScreen) -> None:
    """Take the last mark back."""
    screen.say(screen.marks.undo())


def _undoable(said: str) -> str:
    """Name the key that takes back what `said` tells."""
    return said.format(key=key_of("undo"))


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "save": save,
    "note": note,
    "note-in-editor": note_in_editor,
    "labels": labels,
    "saved": saved,
    "toggle-read": toggle_read,
    "all-read": all_read,
    "undo": undo,
}
