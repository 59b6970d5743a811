"""Around an article: what is related to it, and taking it elsewhere."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eksread.concurrency import in_thread
from eksread.errors import EksreadError, FileUnwritable, NothingToExport, reason_of
from eksread.i18n import _
from eksread.tui.actions.external import open_address, page
from eksread.tui.actions.open_article import visit
from eksread.tui.render.article_lines import article_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.lists import Headline
    from eksread.model.stored import StoredArticle
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.screens.export_screen import Export


def related(context: Context, headline: Headline) -> None:
    """Choose among the articles around this one."""
    from eksread.tui.screens.related_screen import RelatedScreen

    asking = RelatedScreen(context.library, headline)
    if asking.offered:
        context.ask(asking, partial(visit, context))
    else:
        context.say(_("No related article is saved."))


def browser(context: Context, headline: Headline) -> None:
    """Open the article in the browser."""
    text, address = open_address(context.screen.app, headline.url)
    context.say(text, address=address)


def copy_link(context: Context, headline: Headline) -> None:
    """Copy the selected text, or else the article's address, by the terminal (OSC 52)."""
    selected = context.screen.get_selected_text()
    if selected:
        _copy(context, selected, _("The selected text was copied."))
    else:
        _copy(context, headline.url, _("Link copied:"), address=headline.url)


def copy_markdown(context: Context, headline: Headline) -> None:
    """Copy the selected text as a quotation, or else the whole article, as Markdown, by the terminal (OSC 52)."""
    from eksread.export.markdown import article_markdown, quotation

    stored, selected = _stored(context, headline), context.screen.get_selected_text()
    if selected:
        _copy(context, quotation(selected, headline), _("The quotation was copied as Markdown."))
    elif stored is not None:
        _copy(context, article_markdown(stored), _("The article was copied as Markdown."))


def _copy(context: Context, text: str, notice: str, *, address: str = "") -> None:
    context.screen.app.copy_to_clipboard(text)
    context.screen.clear_selection()
    context.say(notice, address=address)


def pager(context: Context, headline: Headline) -> None:
    """Read the article in `$PAGER`."""
    stored = _stored(context, headline)
    if stored is not None:
        lines = article_lines(stored, context.panes.article.column)
        text = "\n".join(line.text.rstrip() for line in lines) + "\n"
        page(context.screen.app, text, os.environ)


def _stored(context: Context, headline: Headline) -> StoredArticle | None:
    """Give the article with its text; say so where the text is not stored."""
    stored = context.library.queries.article(headline.id)
    if stored is None:
        context.say(_("The text of this article is not saved yet."))
    return stored


def export(context: Context, headline: Headline) -> None:
    """Ask for a form, and write the article or its list into the folder of downloads."""
    from eksread.tui.screens.export_screen import ExportScreen

    rows = context.panes.headlines.rows
    asking = ExportScreen(headline, context.state.item.name, len(rows))

    def answered(chosen: Export) -> None:
        headlines = rows.all() if chosen.whole_list else [headline]
        title = context.state.item.name if chosen.whole_list else headline.title
        context.screen.run_worker(_write(context, chosen.form, title, headlines), exit_on_error=False)

    context.ask(asking, answered)


async def _write(context: Context, name: str, title: str, headlines: Sequence[Headline]) -> None:
    def write() -> Path | None:
        import platformdirs

        from eksread.export.files import file_name, free_path, new_file
        from eksread.export.forms import FORMS

        form = FORMS[name]
        collection = context.library.collection(title, headlines)
        if not collection.ids:
            return None
        folder = platformdirs.user_downloads_path()
        folder = folder if folder.is_dir() else Path.home()
        path = free_path(folder, file_name(title, form.suffix))
        with new_file(path) as stream:
            form.write(collection, stream)
        return path

    try:
        path = await in_thread(write)
    except EksreadError as error:
        context.say(error.message, grave=True)
    except OSError as error:
        context.say(FileUnwritable(path=error.filename or title, reason=reason_of(error)).message, grave=True)
    else:
        none = (
            _("The text of this article is not saved yet.")
            if len(headlines) == 1
            else NothingToExport().message
        )
        context.say(_("Saved: {path}").format(path=path) if path else none)
