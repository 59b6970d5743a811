"""Around an article: what is related to it, and taking it elsewhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from eksread.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.model.stored import StoredArticle
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.screens.related_screen import Neighbour


def related(screen: MainScreen) -> None:
    """Choose among the articles around this one."""
    headline = screen.panes.subject
    if headline is None:
        return
    from eksread.tui.screens.related_screen import RelatedScreen, neighbours

    found = neighbours(screen.library, headline)
    if not found:
        screen.say(_("No related article is stored."))
        return

    def answered(chosen: Neighbour | None) -> None:
        if chosen is not None:
            screen.reading.visit(chosen.target)

    screen.app.push_screen(RelatedScreen(screen.library, headline.title, found), answered)


def copy_markdown(screen: MainScreen) -> None:
    """Copy the selected text as a quotation, or else the whole article, as Markdown, by the terminal (OSC 52)."""
    from eksread.tui.render.markdown import article_markdown, quotation

    held, headline = _held(screen), screen.panes.subject
    selected = screen.get_selected_text()
    if selected and headline is not None:
        screen.app.copy_to_clipboard(quotation(selected, headline))
        screen.clear_selection()
        screen.say(_("The quotation was copied as Markdown."))
    elif held is not None:
        screen.app.copy_to_clipboard(article_markdown(held))
        screen.say(_("The article was copied as Markdown."))


def pager(screen: MainScreen) -> None:
    """Read the article in `$PAGER`."""
    held = _held(screen)
    if held is not None:
        from eksread.tui.actions.external import page
        from eksread.tui.render.article_lines import article_lines

        lines = article_lines(held, screen.article.column).lines
        page(screen.room, "\n".join(line.text.rstrip() for line in lines) + "\n", os.environ)


def _held(screen: MainScreen) -> StoredArticle | None:
    """Give the article that is read or chosen with its text; say so where the text is not held."""
    headline = screen.panes.subject
    held = screen.library.queries.article(headline.id) if headline is not None else None
    if held is None and headline is not None:
        screen.say(_("The text of this article is not stored yet."))
    return held


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "related": related,
    "copy-markdown": copy_markdown,
    "pager": pager,
}
