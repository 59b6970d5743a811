"""What each command does: a function of the context, found by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.tui.actions import appearance, check_article, finding, marking, moving, read_article, sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.controllers.action_context import Context

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
    "changes": read_article.changes,
    "next-mark": lambda context: read_article.step_mark(context, 1),
    "previous-mark": lambda context: read_article.step_mark(context, -1),
    "picture": read_article.picture,
    "related": sharing.related,
    "browser": sharing.browser,
    "copy-link": sharing.copy_link,
    "copy-markdown": sharing.copy_markdown,
    "pager": sharing.pager,
    "save": marking.save,
    "note": marking.note,
    "note-in-editor": marking.note_in_editor,
    "labels": marking.labels,
    "saved": marking.saved,
    "toggle-read": marking.toggle_read,
    "all-read": marking.all_read,
    "undo": marking.undo,
    "search": finding.search,
    "find": finding.find,
    "remove-search": finding.remove_search,
    "edition": finding.edition,
    "gather": finding.gather,
    "sections": lambda context: context.panes.show("sections"),
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
