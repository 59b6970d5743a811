"""Opening, going back, links, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.browser import open_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.tui.screens.main import MainScreen


def open_chosen(screen: MainScreen) -> None:
    """Open what is chosen: a shelf, a headline, a link."""
    if screen.pane == "sections":
        screen.shelves.choose(opened=True)
    elif screen.pane == "headlines" and screen.headlines.current is not None:
        screen.reading.open(screen.headlines.current)
    elif screen.pane == "article" and screen.article.current_link >= 0:
        screen.reading.follow(screen.article.current_link)


def back(screen: MainScreen) -> None:
    """Go back one step; never leaves."""
    step_back(screen)


def step_back(screen: MainScreen) -> bool:
    """Go back one step; give whether there was one."""
    if screen.pane == "comments":
        screen.show_pane("article")
    elif screen.pane == "article":
        if not screen.reading.back():
            screen.reading.leave()
            screen.show_pane("headlines")
    elif screen.pane == "headlines":
        screen.show_pane("sections")
    else:
        return False
    return True


def escape(screen: MainScreen) -> None:
    """Stop what is under way; else go back, but never to the side pane by chance."""
    if screen.refresher.stop():
        screen.say(_("Stopped. What has arrived is kept."))
    elif screen.pane in ("comments", "article"):
        step_back(screen)
    else:
        screen.show_pane("headlines")


def close(screen: MainScreen) -> None:
    """Go back; at the top, leave."""
    if screen.pane in ("comments", "article"):
        step_back(screen)
    elif screen.pane == "sections":
        screen.show_pane("headlines")
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
    elif screen.pane in ("headlines", "sections"):
        screen.show_pane("sections" if screen.pane == "headlines" else "headlines")


def choose_number(screen: MainScreen, index: int) -> None:
    """Choose the link with a number; the same digit again opens it."""
    if screen.pane != "article" or index >= len(screen.article.links):
        return
    if screen.article.current_link == index:
        screen.reading.follow(index)
    else:
        screen.article.choose_link(index)


def comments(screen: MainScreen) -> None:
    """Show the comments of the article, or hide them."""
    if screen.pane == "comments":
        screen.show_pane("article")
        return
    held = screen.article.held
    if held is None:
        screen.say(_("The comments come with the article's text."))
        return
    screen.show_comments(held)


def browser(screen: MainScreen) -> None:
    """Open the article in the browser."""
    headline = screen.subject
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
    headline = screen.subject
    if headline is not None:
        screen.app.copy_to_clipboard(headline.url)
        screen.say(_("Link copied: {url}").format(url=headline.url))


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "open": open_chosen,
    "back": back,
    "escape": escape,
    "close": close,
    "next-link": next_link,
    "previous-link": previous_link,
    "comments": comments,
    "browser": browser,
    "copy-link": copy_link,
}
