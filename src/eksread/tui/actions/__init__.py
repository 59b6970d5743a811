"""What each command does: a function of the context, found by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.actions import (
    appearance,
    check_article,
    finding,
    marking,
    moving,
    read_aloud,
    read_article,
    sharing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.model.lists import Headline
    from eksread.tui.controllers.action_context import Context


def _about_article(action: Callable[[Context, Headline], object]) -> Callable[[Context], None]:
    """Give what does `action` with the article that is read or chosen; where there is none, it is said."""

    def perform(context: Context) -> None:
        headline = context.panes.subject
        if headline is None:
            context.say(_("There is no article here."))
        else:
            action(context, headline)

    return perform


ACTIONS: Final[Mapping[str, Callable[[Context], object]]] = {
    "down": lambda context: context.panes.focused.move(1),
    "up": lambda context: context.panes.focused.move(-1),
    "page-down": lambda context: context.panes.focused.page(1),
    "page-up": lambda context: context.panes.focused.page(-1),
    "space": moving.space,
    "top": lambda context: context.panes.focused.home(),
    "top-prefix": moving.top_prefix,
    "bottom": lambda context: context.panes.focused.end(),
    "next": lambda context: moving.step(context, 1),
    "previous": lambda context: moving.step(context, -1),
    "next-unread": moving.next_unread,
    "open": moving.open_chosen,
    "back": moving.back,
    "escape": moving.escape,
    "close": moving.close,
    "next-link": lambda context: read_article.step_link(context, 1),
    "previous-link": lambda context: read_article.step_link(context, -1),
    "comments": read_article.comments,
    "fold": read_article.fold,
    "changes": _about_article(read_article.changes),
    "next-mark": lambda context: read_article.step_mark(context, 1),
    "previous-mark": lambda context: read_article.step_mark(context, -1),
    "provenance": read_article.provenance,
    "picture": _about_article(read_article.picture),
    "related": _about_article(sharing.related),
    "browser": _about_article(sharing.browser),
    "copy-link": _about_article(sharing.copy_link),
    "copy-markdown": _about_article(sharing.copy_markdown),
    "export": _about_article(sharing.export),
    "pager": _about_article(sharing.pager),
    "read-aloud": read_aloud.read_aloud,
    "save": _about_article(marking.save),
    "note": _about_article(marking.note),
    "note-in-editor": _about_article(marking.note_in_editor),
    "labels": _about_article(marking.labels),
    "saved": marking.saved,
    "toggle-read": _about_article(marking.toggle_read),
    "all-read": marking.all_read,
    "undo": marking.undo,
    "search": finding.search,
    "find": finding.find,
    "remove-search": finding.remove_search,
    "edition": finding.edition,
    "gather": finding.gather,
    "sections": lambda context: context.panes.show("sections"),
    "menu": finding.menu,
    "palette": finding.palette,
    "help": finding.show_help,
    "theme": appearance.next_theme,
    "density": appearance.next_density,
    "sidebar": appearance.toggle_sidebar,
    "zen": appearance.zen,
    "narrower": lambda context: appearance.change_width(context, -appearance.STEP),
    "wider": lambda context: appearance.change_width(context, appearance.STEP),
    "show-new": appearance.show_new,
    "refresh": check_article.refresh,
    "refresh-all": lambda context: appearance.refresh(context, None),
    "suspend": lambda context: context.screen.app.action_suspend_process(),
    "quit": lambda context: context.leave(),
}
