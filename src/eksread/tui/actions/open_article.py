"""Opening articles and going back: fetching what is not stored, the trail through `Baca juga`, the place in the text."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.model.news import RelatedLink
from eksread.tui.actions.check_article import check_opened
from eksread.tui.key_names import key_of
from eksread.tui.render.article_lines import Since
from eksread.tui.state.headline_pages import own_words
from eksread.tui.state.screen_state import START, Place, Stop, Way

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.stored import StoredArticle
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.state.screen_state import Found

FETCHING: Final = "read"
"""The group of the workers that fetch an article."""


def open_headline(context: Context, headline: Headline, found: Found | None = None) -> None:
    """Open a headline from a list, or one that a search `found`: the trail begins anew."""
    keep_place(context)
    context.state.trail.found = found
    context.state.trail.stops.clear()
    _open(context, headline)


def _open(context: Context, headline: Headline) -> None:
    library, trail = context.library, context.state.trail
    trail.opened = headline.id
    stored = _stored(context, headline.id)
    if stored is not None:
        _show(context, stored)
    elif library.offline:
        note = _("The text of this article is not saved yet. It will be fetched with the next connection.")
        context.panes.article.show_headline(headline, note)
    else:
        context.panes.article.show_headline(headline, _("Fetching the text …"))
        _fetch(context, partial(library.read, headline.id), headline)
    context.panes.show("article")


def _stored(context: Context, article_id: int) -> StoredArticle | None:
    try:
        return context.library.queries.article(article_id)
    except EksreadError as error:
        context.say_later(error.message, grave=True)
        return None


def _show(context: Context, stored: StoredArticle) -> None:
    """Show an article with its text, where the reader left it, and mark it read."""
    library, headline = context.library, stored.headline
    context.silence()
    context.state.trail.opened = headline.id
    since = _since(library, stored)
    marked = context.marks.set_read(headline, read=True, undoable=False)
    if not headline.has_text or marked is not headline:
        context.panes.headlines.changed(marked)
    block = library.user_data.reading(headline.id).block
    context.panes.article.show(
        replace(stored, headline=marked),
        place=Place(block) if 0 < block < len(stored.article.blocks) - 1 else START,
        since=since,
        own=own_words(library, marked),
    )
    context.state.trail.changed = None
    check_opened(context, headline.id)


def _since(library: Library, stored: StoredArticle) -> Since:
    """Give what is new since the reader's last visit; at the first one nothing is new: all is."""
    article_id = stored.headline.id
    state = library.user_data.reading(article_id)
    new = 0
    if stored.article.comments.items and state.comments_seen_at is not None:
        _total, new = library.queries.comment_counts(article_id)
    visits = [at for at in (state.read_at, state.comments_seen_at) if at is not None]
    if not visits:
        return Since(new)
    seen = [sample.items for sample in library.history.reactions(article_id) if sample.at <= max(visits)]
    return Since(new, seen[-1] if seen else ())


def preview(context: Context, headline: Headline) -> None:
    """Show a headline's article beside the list without opening it: nothing is fetched, nothing is marked."""
    leave_article(context)
    context.state.trail.stops.clear()
    stored = _stored(context, headline.id)
    if stored is not None:
        context.panes.article.show(stored, own=own_words(context.library, stored.headline))
    else:
        note = _("Press {key} to fetch the text.").format(key=key_of("open"))
        context.panes.article.show_headline(headline, note)


# ---- following links ----


def follow_link(context: Context, index: int) -> None:
    """Open the link with this index inside the reader."""
    article = context.panes.article
    if 0 <= index < len(article.links) and article.headline is not None:
        link = article.links[index]
        visit(context, context.library.target(link) or link)


def visit(context: Context, target: Headline | RelatedLink) -> None:
    """Open an article that the one shown led to: the trail leads back to it."""
    here = _here(context)
    keep_place(context)
    if isinstance(target, RelatedLink):
        _visit_unknown(context, target, here)
        return
    if here is not None:
        context.state.trail.stops.append(here)
    _open(context, target)


def _visit_unknown(context: Context, link: RelatedLink, here: Stop | None) -> None:
    """Fetch an article of which not even the headline is stored; offline it is left for the next refresh."""
    library = context.library
    if link.url is None:
        notice = _("The page gives no address for it, only the title: {title}")
    elif library.offline:
        context.writer.put(partial(library.want, link.title, link.url))
        notice = _("Not saved yet; it comes with the next connection: {title}")
    else:
        notice = _("Fetching: {title}")
        _fetch(context, partial(library.follow, link), None, here)
    context.say_later(notice.format(title=clean(link.title)))


def _fetch(
    context: Context,
    get: Callable[[], Awaitable[StoredArticle]],
    headline: Headline | None,
    came_from: Stop | None = None,
) -> None:
    """Fetch an article in the background; `came_from` is where the trail leads back to once it is there.

    An answer counts while the reader is still in the article from which it was asked for.
    """
    asked_in, later = context.state.trail.opened, context.screen.call_later

    async def work() -> None:
        try:
            stored = await get()
        except EksreadError as error:
            later(_missed, context, asked_in, headline, error.message)
        except Exception:
            # As in a refresh: it is logged and shown, and must not end the program.
            logging.getLogger(__name__).exception("reading failed")
            later(_missed, context, asked_in, headline, EksreadError().message)
        else:
            later(_arrived, context, asked_in, stored, came_from)

    context.screen.run_worker(work(), group=FETCHING, exclusive=True, exit_on_error=False)


def _arrived(context: Context, asked_in: int | None, stored: StoredArticle, came_from: Stop | None) -> None:
    """Show what was fetched, unless the reader has gone on since: a late answer only fills the list's row."""
    if asked_in != context.state.trail.opened or not context.state.reading:
        context.panes.headlines.changed(stored.headline)
        return
    if came_from is not None:
        context.state.trail.stops.append(came_from)
    _show(context, stored)
    context.panes.show("article")


def _missed(context: Context, asked_in: int | None, headline: Headline | None, text: str) -> None:
    """Show why an article could not be fetched: in its place or, for a link, in the status line."""
    if asked_in != context.state.trail.opened:
        return
    if headline is not None:
        context.panes.article.show_headline(headline, text)
    else:
        context.say(text, grave=True)


def stop_fetching(context: Context) -> bool:
    """Stop fetching the article that was asked for; give whether there was one."""
    running = [one for one in context.screen.workers if one.group == FETCHING and one.is_running]
    if not running:
        return False
    for worker in running:
        worker.cancel()
    article = context.panes.article
    if article.stored is None and article.headline is not None:
        text = _("Stopped. Press {key} in the list to fetch the text.")
        article.show_headline(article.headline, text.format(key=key_of("open")))
    return True


# ---- going back, keeping the place ----


def go_back(context: Context) -> bool:
    """Go one step back on the trail; False where the trail is at its start."""
    trail = context.state.trail
    if not trail.stops:
        return False
    keep_place(context)
    while trail.stops:
        stop = trail.stops.pop()
        stored = _stored(context, stop.article_id)
        if stored is not None:
            trail.opened = stop.article_id
            own = own_words(context.library, stored.headline)
            context.panes.article.show(stored, place=stop.place, own=own)
            return True
    return False


def _here(context: Context) -> Stop | None:
    """Give the place in the article that is shown."""
    article = context.panes.article
    if article.headline is None:
        return None
    return Stop(article.headline.id, article.headline.title, article.place)


def way_here(context: Context) -> Way | None:
    """Give the way to what is being read; None where nothing is."""
    here, state = _here(context), context.state
    if not state.reading or state.trail.opened is None or here is None:
        return None
    return Way((*state.trail.stops, here), state.trail.found, comments=state.pane == "comments")


def leave_article(context: Context) -> None:
    """Close the article."""
    keep_place(context)
    context.state.trail.opened = context.state.trail.found = None


def keep_place(context: Context) -> None:
    """Remember where reading stopped, at the end of an article as its beginning.

    A view that is not shown has no place: it was kept when it was left.
    """
    view, opened = context.panes.article, context.state.trail.opened
    if opened is None or not view.display or view.stored is None or view.stored.headline.id != opened:
        return
    block = 0 if view.at_end else view.top_block
    context.writer.put(partial(context.library.set_position, opened, block))
