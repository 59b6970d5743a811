"""What is being read: opening, fetching what is not held, the trail through `Baca juga`, and the place in the text."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.news import RelatedLink
from eksread.tui.keys import key_of
from eksread.tui.messages import ArticleArrived, ArticleMissing, Notice, Stop
from eksread.tui.render.article_lines import Since
from eksread.tui.render.headline_lines import mark_text
from eksread.tui.render.lines import clean

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.worker import Worker

    from eksread.model.lists import Headline
    from eksread.model.stored import StoredArticle
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.screens.search_screen import Choice


class Way(NamedTuple):
    """How the reader came to an article: over which stops (itself the last), from what found, and whether into its comments."""

    stops: tuple[Stop, ...]
    found: Found | None
    comments: bool = False


class Found(NamedTuple):
    """What a search found that is being read, and the way to the article in which it was asked for, if in one."""

    choice: Choice
    way: Way | None


class Reading:
    """The article on the screen and how the reader came to it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._library = screen.library
        self.trail: list[Stop] = []
        self.opened: int | None = None
        self.found: Found | None = None
        """What a search found that is being read: leaving it goes back to the search."""
        self._asked = 0
        self._worker: Worker[None] | None = None

    # ---- opening ----

    def open(self, headline: Headline) -> None:
        """Open a headline from a list: the trail begins anew."""
        self.keep_place()
        self.found = None
        self.trail.clear()
        self._open(headline)

    def _open(self, headline: Headline) -> None:
        self._asked += 1
        self.opened = headline.id
        screen = self._screen
        held = self._held(headline.id)
        if held is not None:
            self.arrived(held)
        else:
            note = _("Fetching the text …") if not self._library.offline else _offline_note()
            screen.article.show_headline(headline, note)
            if not self._library.offline:
                self._fetch(partial(self._library.read, headline.id), headline)
        screen.panes.show("article")

    def _held(self, article_id: int) -> StoredArticle | None:
        try:
            return self._library.queries.article(article_id)
        except EksreadError as error:
            self._screen.post_message(Notice(error.message, grave=True))
            return None

    def arrived(self, held: StoredArticle) -> None:
        """Show an article with its text, where the reader left it, and mark it read."""
        screen = self._screen
        self.opened = held.headline.id
        since = self._since(held)
        marked = screen.marks.set_read(held.headline, read=True, undoable=False)
        if not held.headline.has_text or marked is not held.headline:
            screen.headlines.changed(marked)
        block = self._library.user_data.position(held.headline.id)
        shown = replace(held, headline=marked)
        screen.article.show(
            shown,
            block=block if block < len(held.article.blocks) - 1 else 0,
            since=since,
            own=self._own(marked),
        )

    def _own(self, headline: Headline) -> str:
        """Give the reader's note and labels on a saved article."""
        mark = self._library.user_data.bookmark(headline.id) if headline.saved else None
        return mark_text(mark) if mark is not None else ""

    def remark(self) -> None:
        """Show the note and labels anew, once they are written."""
        headline = self._screen.article.headline
        if headline is not None:
            self._screen.article.remark(headline, self._own(headline))

    def _since(self, held: StoredArticle) -> Since:
        """Give what is new since the reader's last visit; at the first one nothing is new: all is."""
        library, article_id = self._library, held.headline.id
        state = library.user_data.reading(article_id)
        new = 0
        if held.article.comments.items and state.comments_seen_at is not None:
            _held, new = library.queries.comment_counts(article_id)
        visits = [at for at in (state.read_at, state.comments_seen_at) if at is not None]
        if not visits:
            return Since(new)
        seen = [sample.items for sample in library.history.reactions(article_id) if sample.at <= max(visits)]
        return Since(new, seen[-1] if seen else ())

    def preview(self, headline: Headline) -> None:
        """Show a headline's article beside the list without opening it: nothing is fetched, nothing is marked."""
        self.keep_place()
        self.trail.clear()
        self._asked += 1
        self.opened = None
        held = self._held(headline.id)
        if held is not None:
            self._screen.article.show(held, own=self._own(held.headline))
        else:
            self._screen.article.show_headline(
                headline, _("Press {key} to fetch the text.").format(key=key_of("open"))
            )

    # ---- following links ----

    def follow(self, index: int) -> None:
        """Open the link with this index inside the reader."""
        article = self._screen.article
        if not 0 <= index < len(article.links) or article.headline is None:
            return
        link = article.links[index]
        self.visit(self._library.target(link) or link)

    def visit(self, target: Headline | RelatedLink) -> None:
        """Open an article that the one shown led to: the trail leads back to it."""
        here = self._here()
        self.keep_place()
        if isinstance(target, RelatedLink):
            self._visit_unknown(target, here)
            return
        if here is not None:
            self.trail.append(here)
        self._open(target)

    def _visit_unknown(self, link: RelatedLink, here: Stop | None) -> None:
        """Fetch an article of which not even the headline is held; without a line it is left for the next refresh."""
        if link.url is None:
            text = _("The page gives no address for it, only the title: {title}")
            self._screen.post_message(Notice(text.format(title=clean(link.title))))
            return
        if self._library.offline:
            self._screen.writer.put(partial(self._library.want, link))
            text = _("Not stored yet; it comes with the next connection: {title}")
            self._screen.post_message(Notice(text.format(title=clean(link.title))))
            return
        self._screen.post_message(Notice(_("Fetching: {title}").format(title=link.title)))
        self._asked += 1
        self._fetch(partial(self._library.follow, link), None, here)

    def _fetch(
        self,
        get: Callable[[], Awaitable[StoredArticle]],
        headline: Headline | None,
        came_from: Stop | None = None,
    ) -> None:
        asked, screen = self._asked, self._screen

        async def work() -> None:
            try:
                held = await get()
            except EksreadError as error:
                screen.post_message(ArticleMissing(asked, headline, error.message))
            except Exception:
                # As in a refresh: told calmly, kept in the log, and the reading goes on.
                logging.getLogger(__name__).exception("reading failed")
                screen.post_message(ArticleMissing(asked, headline, EksreadError().message))
            else:
                screen.post_message(ArticleArrived(asked, held, came_from))

        self._worker = screen.run_worker(work(), group="read", exclusive=True, exit_on_error=False)

    def answered(self, message: ArticleArrived) -> None:
        """Show what was fetched, unless the reader has gone on since: a late answer only fills the list's row."""
        if message.asked != self._asked or not self._screen.panes.reading:
            self._screen.headlines.changed(message.held.headline)
            return
        if message.came_from is not None:
            self.trail.append(message.came_from)
        self.arrived(message.held)
        self._screen.panes.show("article")

    def stop(self) -> bool:
        """Stop fetching what was asked for; give whether anything was."""
        if self._worker is None or not self._worker.is_running:
            return False
        self._asked += 1
        self._worker.cancel()
        article = self._screen.article
        if article.held is None and article.headline is not None:
            text = _("Stopped. Press {key} in the list to fetch the text.")
            article.show_headline(article.headline, text.format(key=key_of("open")))
        return True

    def unanswered(self, message: ArticleMissing) -> None:
        """Say why an article could not be had, in its place or, for a link, in the status line."""
        if message.asked != self._asked:
            return
        if message.headline is not None:
            self._screen.article.show_headline(message.headline, message.text)
        else:
            self._screen.say(message.text, grave=True)

    # ---- going back, keeping the place ----

    def back(self) -> bool:
        """Go one step back on the trail; False where the trail is at its start."""
        if not self.trail:
            return False
        self.keep_place()
        stop = self.trail.pop()
        held = self._held(stop.article_id)
        if held is None:
            return self.back()
        self._asked += 1
        self.opened = stop.article_id
        self._screen.article.show(held, place=stop.place, own=self._own(held.headline))
        return True

    def _here(self) -> Stop | None:
        """Give the place in the article that is shown."""
        article = self._screen.article
        if article.headline is None:
            return None
        return Stop(article.headline.id, article.headline.title, article.place)

    def way(self) -> Way | None:
        """Give the way to what is being read; None where nothing is."""
        here = self._here()
        if not self._screen.panes.reading or self.opened is None or here is None:
            return None
        return Way((*self.trail, here), self.found, comments=self._screen.pane == "comments")

    def go_to(self, way: Way) -> None:
        """Read again what a way leads to, at its place."""
        self.trail[:], self.found = way.stops, way.found
        if self.back():
            self._screen.panes.show("article")
            if way.comments:
                self._screen.perform("comments")

    def leave(self) -> None:
        """Close the article."""
        self.keep_place()
        self._asked += 1
        self.opened = self.found = None

    def keep_place(self) -> None:
        """Remember where reading stopped, at the end of an article as its beginning.

        A view that is not shown has no place: it was kept when it was left.
        """
        view = self._screen.article
        if (
            self.opened is None
            or not view.display
            or view.held is None
            or view.held.headline.id != self.opened
        ):
            return
        block = 0 if view.at_end else view.top_block
        self._screen.writer.put(partial(self._library.set_position, self.opened, block))


def _offline_note() -> str:
    return _("The text of this article is not saved yet. It will be fetched with the next connection.")
