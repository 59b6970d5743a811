"""Opening, going back, links, comments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.actions.external import open_address, with_address
from eksread.tui.keys import key_of
from eksread.tui.state.sidebar_items import ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.model.stored import StoredArticle
    from eksread.tui.screens.main_screen import MainScreen


def open_chosen(screen: MainScreen) -> None:
    """Open what is chosen: a sidebar item, a headline, a link."""
    if screen.pane == "sections":
        screen.sidebar.choose(opened=True)
    elif screen.pane == "headlines" and screen.headlines.current is not None:
        screen.reading.open(screen.headlines.current)
    elif screen.pane == "article" and screen.article.current_link >= 0:
        screen.reading.follow(screen.article.current_link)
    elif screen.pane == "comments":
        screen.comments.fold(screen.comments.current_link)


def back(screen: MainScreen) -> None:
    """Go back one step; never leaves."""
    step_back(screen)


def step_back(screen: MainScreen) -> bool:
    """Go back one step; give whether there was one."""
    if screen.pane == "comments":
        screen.panes.show(screen.comments.origin)
    elif screen.pane == "article":
        if not screen.reading.back():
            _leave_article(screen)
    elif screen.pane == "headlines":
        screen.panes.show("sections")
    else:
        return False
    return True


def _leave_article(screen: MainScreen) -> None:
    """Go back to where the article was opened: the list, or what a search had found."""
    found = screen.reading.found
    screen.reading.leave()
    screen.panes.show("headlines")
    if found is not None:
        from eksread.tui.actions.finding import search_again

        search_again(screen, found)


def escape(screen: MainScreen) -> None:
    """Stop what is under way; else go back, but never to the side pane by chance."""
    if screen.reading.stop() or screen.refresher.stop():
        screen.say(_("Stopped. What has arrived is kept."))
    elif screen.pane == "article" and screen.article.end_find():
        screen.say("")
    elif screen.panes.reading:
        step_back(screen)
    else:
        screen.panes.show("headlines")


def close(screen: MainScreen) -> None:
    """Go back, from a sidebar item to all news; from there, leave."""
    if screen.panes.reading:
        step_back(screen)
    elif screen.pane == "sections":
        screen.panes.show("headlines")
    elif screen.sidebar_item.key != ALL:
        screen.news.show(ALL)
    else:
        screen.room.leave()


def next_link(screen: MainScreen) -> None:
    """Choose the next link of an article; elsewhere go to the next pane."""
    _tab(screen, 1)


def previous_link(screen: MainScreen) -> None:
    """Choose the link before; elsewhere go to the pane before."""
    _tab(screen, -1)


def _tab(screen: MainScreen, step: int) -> None:
    if screen.pane == "article":
        count = len(screen.article.links)
        if not count:
            screen.say(_("This article has no links."))
            return
        current = screen.article.current_link
        screen.article.choose_link(
            (current + step) % count if current >= 0 else (0 if step > 0 else count - 1)
        )
    elif screen.pane == "comments":
        screen.comments.step(step)
    elif not screen.panes.reading:
        screen.panes.show("sections" if screen.pane == "headlines" else "headlines")


def choose_number(screen: MainScreen, index: int) -> None:
    """Choose the link with a number; the same digit again opens it."""
    if screen.pane != "article":
        return
    if not screen.article.links:
        screen.say(_("This article has no links."))
    elif index >= len(screen.article.links):
        screen.say(_("This article has no link {n}.").format(n=index + 1))
    elif screen.article.current_link == index:
        screen.say("")
        screen.reading.follow(index)
    else:
        screen.article.choose_link(index)
        screen.say(
            _("Link {n} is chosen; {n} again or {key} opens it.").format(n=index + 1, key=key_of("open"))
        )


def comments(screen: MainScreen) -> None:
    """Show the comments of the article that is read or chosen, or hide them."""
    if screen.pane == "comments":
        step_back(screen)
        return
    headline = screen.panes.subject
    held = screen.library.queries.article(headline.id) if headline is not None else None
    if held is None:
        screen.say(_("The comments come with the article's text."))
        return
    screen.reading.keep_place()
    shown = screen.comments.held
    if shown is None or (shown.headline.id, shown.fetched_at) != (held.headline.id, held.fetched_at):
        _visit(screen, held)
    screen.comments.origin = screen.pane
    screen.panes.show("comments")


def _visit(screen: MainScreen, held: StoredArticle) -> None:
    """Show an article's comments, those since the last visit marked, and note this visit."""
    from eksread.tui.widgets.comment_view import noted

    library, now, article_id = screen.library, screen.library.clock(), held.headline.id
    visited = library.user_data.reading(article_id).comments_seen_at
    screen.comments.show(held, noted(held, library.history.comments(article_id), visited), now)
    screen.writer.put(partial(library.user_data.set_comments_seen, article_id, now))


def fold(screen: MainScreen) -> None:
    """Fold all threads of the comments, or unfold them."""
    if screen.pane != "comments":
        screen.say(
            _("Threads are folded in the comments: press {key} in an article.").format(key=key_of("comments"))
        )
    elif not screen.comments.fold_all():
        screen.say(_("No comment has a reply here."))


def next_mark(screen: MainScreen) -> None:
    """Go to the next match, or the next new comment."""
    _to_mark(screen, 1)


def previous_mark(screen: MainScreen) -> None:
    """Go to the match, or the new comment, before."""
    _to_mark(screen, -1)


def _to_mark(screen: MainScreen, step: int) -> None:
    if screen.pane == "comments" and not screen.comments.to_new(step):
        screen.say(_("No comment is new since your last visit."))
    elif screen.pane == "article" and not screen.article.find_next(step):
        screen.say(_("Nothing is being searched for: {key} finds a word.").format(key=key_of("find")))


def changes(screen: MainScreen) -> None:
    """Show what the portal changed in the article."""
    headline = screen.panes.subject
    if headline is None:
        return
    from eksread.tui.render.change_lines import change_lines
    from eksread.tui.screens.page_screen import PageScreen

    history = screen.library.history
    revisions, variants = history.revisions(headline.id), history.headline_variants(headline.id)
    if len(revisions) < 2 and not variants:
        screen.say(_("The portal has not changed this article since it was saved."))
        return
    lines = partial(change_lines, headline.title, revisions, variants)
    screen.app.push_screen(PageScreen(lines, column=screen.article.column, closed_by="changes"))


def browser(screen: MainScreen) -> None:
    """Open the article in the browser."""
    headline = screen.panes.subject
    if headline is not None:
        screen.say(open_address(screen.app, headline.url, screen.room.settings.browser))


def copy_link(screen: MainScreen) -> None:
    """Copy the selected text, or else the article's address, by the terminal (OSC 52)."""
    selected = screen.get_selected_text()
    if selected:
        screen.app.copy_to_clipboard(selected)
        screen.clear_selection()
        screen.say(_("The selected text was copied."))
        return
    headline = screen.panes.subject
    if headline is not None:
        screen.app.copy_to_clipboard(headline.url)
        screen.say(with_address(screen.app, _("Link copied: {url}"), headline.url))


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "open": open_chosen,
    "back": back,
    "escape": escape,
    "close": close,
    "next-link": next_link,
    "previous-link": previous_link,
    "comments": comments,
    "fold": fold,
    "changes": changes,
    "next-mark": next_mark,
    "previous-mark": previous_mark,
    "browser": browser,
    "copy-link": copy_link,
}
