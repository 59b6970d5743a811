"""Moving within whatever has the focus, from article to article, and back."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.actions.finding import finish_edition, search
from eksread.tui.actions.open_article import (
    follow_link,
    go_back,
    leave_article,
    open_headline,
    stop_fetching,
)
from eksread.tui.state.sidebar_items import ALL

if TYPE_CHECKING:
    from eksread.tui.controllers.action_context import Context

PREFIX_SECONDS: Final = 1.0
"""How long the first `g` of `gg` is remembered: vi's own timeoutlen."""


def top_prefix(context: Context) -> None:
    """Move to the top at the second `g` in a row."""
    now, state = monotonic(), context.state
    if now - state.prefix_at < PREFIX_SECONDS:
        state.prefix_at = 0.0
        context.panes.focused.home()
    else:
        state.prefix_at = now


def space(context: Context) -> None:
    """Page on; at the end of an article go to the next unread one."""
    if context.state.pane == "article" and context.panes.article.at_end:
        next_unread(context)
    else:
        context.panes.focused.page(1)


def step(context: Context, rows: int) -> None:
    """Go to the headline below (above for a negative `rows`); open it when reading."""
    headlines = context.panes.headlines
    before = headlines.cursor
    headlines.move(rows)
    if headlines.cursor == before:
        context.say(_("This is the last article.") if rows > 0 else _("This is the first article."))
    elif context.state.reading and headlines.current is not None:
        open_headline(context, headlines.current)


def next_unread(context: Context) -> None:
    """Go to the next unread headline; open it when reading."""
    headlines, edition = context.panes.headlines, context.state.edition
    found = headlines.next_unread()
    if found is None and edition is not None and not context.state.narrowed:
        found = headlines.next_unread(0)
        if found is None:
            finish_edition(context, edition)
            return
    if found is None:
        context.say(_("Nothing unread below."))
    elif context.state.reading:
        open_headline(context, found)


def open_chosen(context: Context) -> None:
    """Open what is chosen: a sidebar item, a headline, a link."""
    panes, pane = context.panes, context.state.pane
    if pane == "sections":
        panes.sidebar.choose(opened=True)
    elif pane == "headlines" and panes.headlines.current is not None:
        open_headline(context, panes.headlines.current)
    elif pane == "article":
        follow_link(context, panes.article.current_link)
    elif pane == "comments":
        panes.comments.fold(panes.comments.current_link)


def back(context: Context) -> None:
    """Go back one step; never leaves the program."""
    state = context.state
    if state.pane == "comments":
        context.panes.show(context.panes.comments.origin)
    elif state.pane == "headlines":
        context.panes.show("sections")
    elif state.pane == "article" and not go_back(context):
        # To where the article was opened: the list, or what a search had found.
        found = state.trail.found
        leave_article(context)
        context.panes.show("headlines")
        if found is not None:
            search(context, again=found)


def escape(context: Context) -> None:
    """Stop what is under way; else go back, but never to the side pane by chance."""
    if stop_fetching(context) or context.refresher.stop():
        context.say(_("Stopped. What has arrived is kept."))
    elif context.state.pane == "article" and context.panes.article.end_find():
        context.say("")
    elif context.state.reading:
        back(context)
    elif context.state.pane == "headlines" and context.state.narrowed:
        context.list.widen()
    else:
        context.panes.show("headlines")


def close(context: Context) -> None:
    """Go back, from a sidebar item to all news; from there, leave."""
    if context.state.reading:
        back(context)
    elif context.state.pane == "sections":
        context.panes.show("headlines")
    elif context.state.narrowed:
        context.list.widen()
    elif context.state.item.key != ALL:
        context.list.show(ALL)
    else:
        context.leave()
