"""The parts of the main screen that the first paint does without.

That paint needs the headlines alone. Everything else is loaded on first use or right after it, which is why imports
stand inside the properties here: together they would take a fifth of the start.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from eksread.library import Library
    from eksread.model import Headline
    from eksread.tui.app import ReadingRoom
    from eksread.tui.automatic import Automatic
    from eksread.tui.marks import Marks
    from eksread.tui.news import News
    from eksread.tui.reading import Reading
    from eksread.tui.refreshing import Refresher
    from eksread.tui.screens.main import MainScreen
    from eksread.tui.status import Status
    from eksread.tui.widgets.article import ArticleView
    from eksread.tui.widgets.comments import CommentsView
    from eksread.tui.writing import Writer


class PartedScreen(Screen[None]):
    """A screen with late parts. `MainScreen` is the only one; it gives what the parts need."""

    room: ReadingRoom
    library: Library
    news: News
    status: Status

    def say(self, text: str, *, grave: bool = False) -> None:
        """Say one line that goes by itself."""
        raise NotImplementedError

    def marked(self, headline: Headline | None) -> None:
        """Draw new marks."""
        raise NotImplementedError

    def warm(self) -> None:
        """Load what the first opened article needs, while the reader still looks at the headlines."""
        from eksread.tui import actions

        self.log.debug(actions.__name__)
        for part in ("marks", "reading", "refresher"):
            getattr(self, part)

    @property
    def fetching(self) -> bool:
        """Whether a refresh is under way."""
        return "refresher" in self.__dict__ and self.refresher.running

    def leaving(self) -> None:
        """Keep the reader's place and stop what is under way."""
        if "reading" in self.__dict__:
            self.reading.keep_place()
        if "article" in self.__dict__:
            self.article.release_picture()
        if self.fetching:
            self.refresher.stop()

    @cached_property
    def article(self) -> ArticleView:
        """The article."""
        from eksread.tui.widgets.article import ArticleView

        settings = self.room.settings
        return ArticleView(
            column=settings.width,
            pane_id="article",
            pictures=self.library.pictures,
            images=settings.images,
        )

    @cached_property
    def comments(self) -> CommentsView:
        """The article's comments."""
        from eksread.tui.widgets.comments import CommentsView

        return CommentsView(column=self.room.settings.width, pane_id="comments")

    @cached_property
    def writer(self) -> Writer:
        """The way to the store for the reader's marks."""
        from eksread.tui.writing import Writer

        return Writer(lambda error: self.say(error.message, grave=True), self._written)

    def _written(self) -> None:
        """Show what the reader's marks have changed, once they are all written."""
        if "reading" in self.__dict__:
            self.reading.remark()
        if "marks" in self.__dict__ and self.marks.stale:
            self.marks.stale = False
            self.news.reload()
            self.status.update()
        else:
            self.news.recount()

    @cached_property
    def marks(self) -> Marks:
        """Read marks and bookmarks."""
        from eksread.tui.marks import Marks

        return Marks(self.library, self.writer, self.marked)

    @cached_property
    def reading(self) -> Reading:
        """What is being read."""
        from eksread.tui.reading import Reading

        return Reading(cast("MainScreen", self))

    @cached_property
    def automatic(self) -> Automatic:
        """Fetching by itself."""
        from eksread.tui.automatic import Automatic

        return Automatic(cast("MainScreen", self), self.room.settings.refresh_every)

    @cached_property
    def refresher(self) -> Refresher:
        """Fetching in the background."""
        from eksread.tui.refreshing import Refresher

        return Refresher(self.room, self.library, self)
