"""Around an article: what is related to it, and taking it elsewhere."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from eksread.i18n import _
from eksread.tui.actions.external import open_address, page
from eksread.tui.actions.open_article import visit
from eksread.tui.render.article_lines import article_lines

if TYPE_CHECKING:
    from eksread.model.stored import StoredArticle
    from eksread.tui.controllers.action_context import Context


def related(context: Context) -> None:
    """Choose among the articles around this one."""
    headline = context.panes.subject
    if headline is None:
        return
    from eksread.tui.screens.related_screen import RelatedScreen

    asking = RelatedScreen(context.library, headline)
    if asking.offered:
        context.ask(asking, partial(visit, context))
    else:
        context.say(_("No related article is stored."))


def browser(context: Context) -> None:
    """Open the article in the browser."""
    headline = context.panes.subject
    if headline is not None:
        text, address = open_address(context.screen.app, headline.url)
        context.say(text, address=address)


def copy_link(context: Context) -> None:
    """Copy the selected text, or else the article's address, by the terminal (OSC 52)."""
    selected, headline = context.screen.get_selected_text(), context.panes.subject
    if selected:
        _copy(context, selected, _("The selected text was copied."))
    elif headline is not None:
        _copy(context, headline.url, _("Link copied:"), address=headline.url)


def copy_markdown(context: Context) -> None:
    """Copy the selected text as a quotation, or else the whole article, as Markdown, by the terminal (OSC 52)."""
    from eksread.export.markdown import article_markdown, quotation

    stored, headline = _stored(context), context.panes.subject
    selected = context.screen.get_selected_text()
    if selected and headline is not None:
        _copy(context, quotation(selected, headline), _("The quotation was copied as Markdown."))
    elif stored is not None:
        _copy(context, article_markdown(stored), _("The article was copied as Markdown."))


def _copy(context: Context, text: str, notice: str, *, address: str = "") -> None:
    context.screen.app.copy_to_clipboard(text)
    context.screen.clear_selection()
    context.say(notice, address=address)


def pager(context: Context) -> None:
    """Read the article in `$PAGER`."""
    stored = _stored(context)
    if stored is not None:
        lines = article_lines(stored, context.panes.article.column)
        text = "\n".join(line.text.rstrip() for line in lines) + "\n"
        page(context.screen.app, text, os.environ)


def _stored(context: Context) -> StoredArticle | None:
    """Give the article that is read or chosen with its text; say so where the text is not stored."""
    headline = context.panes.subject
    stored = context.library.queries.article(headline.id) if headline is not None else None
    if stored is None and headline is not None:
        context.say(_("The text of this article is not stored yet."))
    return stored
