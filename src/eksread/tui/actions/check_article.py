"""Asking whether the article that is read has changed: with a key, and behind the reading. What is read never moves by it."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.stored import Change
from eksread.tui.actions import appearance
from eksread.tui.commands import ARTICLE
from eksread.tui.key_names import key_of
from eksread.tui.state.headline_pages import own_words
from eksread.tui.state.sidebar_items import section_of

if TYPE_CHECKING:
    from eksread.model.news import Article
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.state.screen_state import Place


CHECKING: Final = "check"
"""The group of the workers that ask."""
OPENED_AGAIN: Final = timedelta(hours=1)
"""An article that was checked this recently is not checked when it is opened: pages change by the hour, not by the minute."""


def refresh(context: Context) -> None:
    """Ask whether the article that is read has changed; elsewhere fetch the section."""
    article = context.panes.article
    if context.state.pane != ARTICLE or article.stored is None or context.library.offline:
        appearance.refresh(context, section_of(context.state.item.key))
        return
    context.say(_("Asking whether this article has changed …"))
    _check(context, article.stored.headline.id, asked=True)


def check_opened(context: Context, article_id: int) -> None:
    """Ask behind the reading whether an article that was just opened has changed, if nobody has asked for an hour."""
    if not context.library.offline and context.state.refresh.online:
        _check(context, article_id, asked=False)


def _check(context: Context, article_id: int, *, asked: bool) -> None:
    """Ask in the background; only what the reader `asked` for is answered also where nothing has changed."""
    later = context.screen.call_later

    async def work() -> None:
        try:
            change = await context.library.check(article_id, unless_within=None if asked else OPENED_AGAIN)
        except Exception as error:
            # As in a refresh: it is logged, and must not end the program.
            logging.getLogger(__name__).warning("checking failed", exc_info=error)
            said = error if isinstance(error, EksreadError) else EksreadError()
            if asked:
                later(partial(context.say, said.message, grave=True))
        else:
            later(_checked, context, article_id, change, asked)

    context.screen.run_worker(work(), group=CHECKING, exclusive=True, exit_on_error=False)


def _checked(context: Context, article_id: int, change: Change, asked: bool) -> None:
    """Say what became of the article, if it is still the one that is read."""
    stored = context.panes.article.stored
    if stored is None or stored.headline.id != article_id:
        return
    if change is Change.CHANGED:
        context.state.trail.changed = article_id
    if asked:
        text = _("Changed: {key} shows what.") if change is Change.CHANGED else _("The text is unchanged.")
        context.say(text.format(key=key_of("changes")))
    context.status.update()


def show_new_version(context: Context) -> None:
    """Show the text as it is now, at the paragraph that was being read, once the reader has seen what changed."""
    view, trail = context.panes.article, context.state.trail
    shown, changed = view.stored, trail.changed
    if shown is None or shown.headline.id != changed:
        return
    trail.changed = None
    stored = context.library.queries.article(changed)
    if stored is not None:
        own = own_words(context.library, stored.headline)
        view.show(stored, place=_moved(view.place, shown.article, stored.article), own=own)
        context.panes.headlines.changed(stored.headline)
    context.status.update()


def _moved(place: Place, old: Article, new: Article) -> Place:
    """Give where a place in the old text is in the new one: its paragraph's, the nearest where that occurs twice."""
    if not 0 <= place.part < len(old.blocks):
        return place
    text = old.blocks[place.part].text
    same = [index for index, block in enumerate(new.blocks) if block.text == text]
    return place._replace(part=min(same, key=lambda index: abs(index - place.part), default=place.part))
