"""Marks: read, saved, all read, undone."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from eksread.formatting import number
from eksread.i18n import _, ngettext
from eksread.tui.actions.external import edit
from eksread.tui.actions.finding import finish_edition
from eksread.tui.key_names import key_of
from eksread.tui.state.sidebar_items import EDITION, SAVED, is_gathered, section_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.model.lists import Headline
    from eksread.model.stored import Bookmark
    from eksread.tui.controllers.action_context import Context


def save(context: Context, headline: Headline) -> None:
    """Save the article, or unsave it."""
    context.say(context.marks.set_saved(headline, saved=not headline.saved))


def note(context: Context, headline: Headline) -> None:
    """Write a note on the article; it is saved with it."""
    mark = _bookmark(context, headline)
    if mark is not None and "\n" in mark.note:
        text = _("This note has several lines: {key} opens it in your editor.")
        context.say(text.format(key=key_of("note-in-editor")))
        return
    _prompt(context, _("Note:"), mark.note if mark else "", partial(_write_note, context, headline, mark))


def note_in_editor(context: Context, headline: Headline) -> None:
    """Write the note in `$EDITOR`; the article is saved with it."""
    mark = _bookmark(context, headline)
    text = edit(context.screen.app, mark.note if mark else "", os.environ)
    if text is None:
        context.say(_("The note is as it was."))
    else:
        _write_note(context, headline, mark, text)


def labels(context: Context, headline: Headline) -> None:
    """Give the article labels, separated by spaces or commas; it is saved with them."""
    mark = _bookmark(context, headline)
    present = " ".join(mark.labels) if mark else ""
    answered = partial(_write_labels, context, headline, mark)
    _prompt(context, _("Labels, separated by spaces:"), present, answered)


def _bookmark(context: Context, headline: Headline) -> Bookmark | None:
    return context.library.user_data.bookmark(headline.id) if headline.saved else None


def _prompt(context: Context, prompt: str, present: str, answered: Callable[[str], None]) -> None:
    from eksread.tui.screens.prompts import PromptScreen

    context.ask(PromptScreen(prompt, present), answered)


def _write_note(context: Context, headline: Headline, before: Bookmark | None, text: str) -> None:
    written = text.strip()
    context.marks.annotate(headline, before, note=written)
    with_note, without = (
        _("Bookmarked with its note. {key} undoes."),
        _("Bookmarked without a note. {key} undoes."),
    )
    _say_undoable(context, with_note if written else without)


def _write_labels(context: Context, headline: Headline, before: Bookmark | None, text: str) -> None:
    words = tuple(dict.fromkeys(word.lstrip("#") for word in text.replace(",", " ").split()))
    context.marks.annotate(headline, before, labels=tuple(word for word in words if word))
    with_labels, without = (
        _("Bookmarked with its labels. {key} undoes."),
        _("Bookmarked without labels. {key} undoes."),
    )
    _say_undoable(context, with_labels if words else without)


def saved(context: Context) -> None:
    """Show the saved articles."""
    context.list.show(SAVED)
    context.panes.show("headlines")


def toggle_read(context: Context, headline: Headline) -> None:
    """Mark read or unread."""
    marked = context.marks.set_read(headline, read=not headline.read, undoable=True)
    read, unread = _("Marked read. {key} undoes."), _("Marked unread. {key} undoes.")
    _say_undoable(context, read if marked.read else unread)


def all_read(context: Context) -> None:
    """Mark all of the shown list read, after asking."""
    from eksread.tui.screens.prompts import ConfirmScreen

    item, edition = context.state.item, context.state.edition
    found: list[Headline] | None = None
    count = item.shown
    if context.state.narrowed or is_gathered(item.key) or item.key in {EDITION, SAVED}:
        found = [row for row in context.panes.headlines.rows.all() if not row.read]
        count = len(found)
    if not count:
        context.say(_("Nothing unread here."))
        return

    def answered(yes: bool) -> None:
        if not yes:
            return
        context.marks.all_read(section_of(item.key), found)
        if edition is not None and not context.state.narrowed:
            finish_edition(context, edition)
        _say_undoable(context, _("All marked read. {key} undoes."))

    question = ngettext("Mark {n} article read?", "Mark {n} articles read?", count)
    context.ask(ConfirmScreen(question.format(n=number(count))), answered)


def undo(context: Context) -> None:
    """Undo the last mark."""
    context.say(context.marks.undo())


def _say_undoable(context: Context, text: str) -> None:
    """Show a notice that names the key that takes back what it says."""
    context.say(text.format(key=key_of("undo")))
