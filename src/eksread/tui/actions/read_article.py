"""Within an article: its links, its comments, the marks in its text, what the portal changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from eksread.i18n import _
from eksread.tui.actions.check_article import show_new_version
from eksread.tui.actions.external import open_address
from eksread.tui.actions.open_article import follow_link, keep_place
from eksread.tui.key_names import key_of
from eksread.tui.render.change_lines import change_lines
from eksread.tui.render.pictures import pictures_of
from eksread.tui.screens.page_screen import PageScreen
from eksread.tui.widgets.comment_view import items_of

if TYPE_CHECKING:
    from eksread.model.lists import Headline
    from eksread.model.stored import StoredArticle
    from eksread.tui.controllers.action_context import Context


def step_link(context: Context, step: int) -> None:
    """Choose the next link of an article or the next comment (`step` -1: the one before); elsewhere go to the other pane."""
    article, state = context.panes.article, context.state
    if state.pane == "comments":
        context.panes.comments.step(step)
    elif state.pane != "article":
        context.panes.show("sections" if state.pane == "headlines" else "headlines")
    elif not article.links:
        context.say(_("This article has no links."))
    else:
        before = article.current_link
        if before < 0 and step < 0:
            before = 0
        article.choose_link((before + step) % len(article.links))


def choose_number(context: Context, index: int) -> None:
    """Choose the link with a number; the same digit again opens it."""
    article = context.panes.article
    if context.state.pane != "article":
        return
    if not article.links:
        context.say(_("This article has no links."))
    elif index >= len(article.links):
        context.say(_("This article has no link {n}.").format(n=index + 1))
    elif article.current_link == index:
        context.say("")
        follow_link(context, index)
    else:
        article.choose_link(index)
        text = _("Link {n} is chosen; {n} again or {key} opens it.")
        context.say(text.format(n=index + 1, key=key_of("open")))


def comments(context: Context) -> None:
    """Show the comments of the article that is read or chosen, or hide them."""
    view = context.panes.comments
    if context.state.pane == "comments":
        context.panes.show(view.origin)
        return
    headline = context.panes.subject
    stored = context.library.queries.article(headline.id) if headline is not None else None
    if stored is None:
        context.say(_("The comments come with the article's text."))
        return
    keep_place(context)
    shown = view.stored
    if shown is None or (shown.headline.id, shown.fetched_at) != (stored.headline.id, stored.fetched_at):
        _visit(context, stored)
    view.origin = context.state.pane
    context.panes.show("comments")


def _visit(context: Context, stored: StoredArticle) -> None:
    """Show an article's comments, those since the last visit marked, and note this visit."""
    library, now, article_id = context.library, context.library.clock(), stored.headline.id
    visited = library.user_data.reading(article_id).comments_seen_at
    context.panes.comments.show(stored, items_of(stored, library.history.comments(article_id), visited), now)
    context.writer.put(partial(library.user_data.set_comments_seen, article_id, now))


def fold(context: Context) -> None:
    """Fold all threads of the comments, or unfold them."""
    if context.state.pane != "comments":
        text = _("Threads are folded in the comments: press {key} in an article.")
        context.say(text.format(key=key_of("comments")))
    elif not context.panes.comments.fold_all():
        context.say(_("No comment has a reply here."))


def step_mark(context: Context, step: int) -> None:
    """Go to the next match, or the next new comment (`step` -1: the one before)."""
    panes, pane = context.panes, context.state.pane
    if pane == "comments" and not panes.comments.to_new(step):
        context.say(_("No comment is new since your last visit."))
    elif pane == "article" and not panes.article.find_next(step):
        context.say(_("Nothing is being searched for: {key} finds a word.").format(key=key_of("find")))


def changes(context: Context, headline: Headline) -> None:
    """Show what the portal changed in the article."""
    history = context.library.history
    revisions, variants = history.revisions(headline.id), history.headline_variants(headline.id)
    if len(revisions) < 2 and not variants:
        context.say(_("The portal has not changed this article since it was saved."))
        return
    lines = partial(change_lines, headline.title, revisions, variants, signs=context.screen.app.no_color)
    column = context.panes.article.column
    page = PageScreen(lines, column=column, closed_by="changes")
    context.screen.app.push_screen(page, lambda _answer: show_new_version(context))


def picture(context: Context, headline: Headline) -> None:
    """Show the article's pictures, each with the window for itself; the one that is in sight first."""
    view, stored = context.panes.article, context.library.queries.article(headline.id)
    found = pictures_of(stored) if stored is not None else ()
    if view.pictures is None or not found:
        context.say(_("No picture of this article is known."))
        return
    from eksread.tui.screens.picture_screen import PictureScreen, PictureView

    library = context.library
    reading = view.stored is not None and view.headline == headline
    at = next((at for at, one in enumerate(found) if reading and one.block in view.blocks_in_sight), 0)
    shown = PictureView(view.pictures, view.images, None if library.offline else library.fetch_picture)

    def closed(_answer: None) -> None:
        view.order()  # it may have been fetched
        context.panes.headlines.look_again()

    context.screen.app.push_screen(
        PictureScreen(shown, found, at, partial(open_address, context.screen.app)), closed
    )


def provenance(context: Context) -> None:
    """Show with each field of the article on the screen where it came from, or hide that."""
    view = context.panes.article
    if view.stored is None or not view.display or context.state.pane == "comments":
        context.say(_("It is shown in an article whose text is saved."))
        return
    view.toggle_provenance()
