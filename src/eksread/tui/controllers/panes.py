"""The panes of the main screen: which has the focus, and which headline is meant by what is done there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from eksread.config import DENSITIES
from eksread.tui.commands import ARTICLE, COMMENTS, LIST, SECTIONS
from eksread.tui.state.headline_pages import FixedRows
from eksread.tui.widgets.headline_list import HeadlineList
from eksread.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from eksread.config import Config
    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.tui.look import Look
    from eksread.tui.state.screen_state import ScreenState
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView


REST_SECONDS: Final = 0.03
"""Seconds without a move before the article beside the list follows: longer than between repeated keys (60 a second)."""
WIDE: Final = 120
"""Columns from which the article is shown beside the list (the breakpoint `-wide`)."""


class Panes:
    """The panes, of which one has the focus: the screen's classes say which, and the styles show and hide by them.

    `moved` is called when a pane gets the focus, `preview` to show the article of a headline beside the list. Article
    and comments are made on first use: the first paint does without them.
    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        config: Config,
        look: Look,
        state: ScreenState,
        *,
        moved: Callable[[], None],
        preview: Callable[[Headline], None],
    ) -> None:
        self._screen = screen
        self._library = library
        self._images = config.images
        self._look = look
        self._state = state
        self._moved = moved
        self._preview = preview
        self._timer: Timer | None = None
        self.sidebar = Sidebar(pane_id=SECTIONS)
        self.headlines = HeadlineList(FixedRows(library, ()), library.clock, pane_id=LIST)
        self.headlines.compact = look.density == DENSITIES[-1]

    @cached_property
    def article(self) -> ArticleView:
        """The article."""
        from eksread.tui.render.pictures import Pictures
        from eksread.tui.widgets.article_view import ArticleView

        stored = self._library.pictures
        pictures = Pictures(stored.pixels) if stored is not None else None
        unasked = self._library.pictures_unasked and not self._library.offline
        return ArticleView(
            column=self._look.width,
            pane_id=ARTICLE,
            pictures=pictures,
            images=self._images,
            fetch=self._library.fetch_picture if unasked else None,
        )

    @cached_property
    def comments(self) -> CommentsView:
        """The article's comments."""
        from eksread.tui.widgets.comment_view import CommentsView

        return CommentsView(column=self._look.width, pane_id=COMMENTS)

    @property
    def focused(self) -> Sidebar | HeadlineList | ArticleView | CommentsView:
        """The pane that has the focus."""
        match self._state.pane:
            case "sections":
                return self.sidebar
            case "headlines":
                return self.headlines
            case "comments":
                return self.comments
            case _:
                return self.article

    @property
    def subject(self) -> Headline | None:
        """The headline that marks, links and the browser are about: the one being read, else the one chosen."""
        pane = self.comments.origin if self._state.pane == COMMENTS else self._state.pane
        if pane == ARTICLE and self.article.headline is not None:
            return self.article.headline
        return self.headlines.current

    def show(self, name: str) -> None:
        """Give a pane the focus; on small terminals it is the only one shown."""
        self._state.pane = name
        classes = {f"-in-{pane}": pane == name for pane in (SECTIONS, LIST, ARTICLE, COMMENTS)}
        if not self._state.reading:
            classes["-zen"] = False
        self._screen.update_classes(classes, animate=False)
        self.focused.focus(scroll_visible=False)
        self._moved()

    def toggle_zen(self) -> bool:
        """Show the article alone, or the other panes again; give whether there was something to do."""
        if not self._state.reading and not self._screen.has_class("-zen"):
            return False
        self._screen.toggle_class("-zen")
        return True

    def toggle_sidebar(self) -> bool:
        """Hide the sidebar, or show it again; give whether it is hidden now."""
        self._screen.toggle_class("-no-sidebar")
        hidden = self._screen.has_class("-no-sidebar")
        if hidden and self._state.pane == SECTIONS:
            self.show(LIST)
        return hidden

    def show_marks(self, headline: Headline) -> None:
        """Draw a headline's new marks wherever it is shown."""
        self.headlines.changed(headline)
        shown = self.article.headline
        if shown is not None and shown.id == headline.id:
            self.article.update_marks(headline, self.article.own if headline.saved else "")

    def follow_cursor(self) -> None:
        """Show the chosen headline's article beside the list, where there is room, once the cursor has stopped."""
        if self._timer is not None:
            self._timer.stop()
        if self._screen.size.width >= WIDE and not self._state.reading:
            self._timer = self._screen.set_timer(REST_SECONDS, self._cursor_rests)

    def _cursor_rests(self) -> None:
        if self._state.reading:
            return
        headline = self.headlines.current
        if headline is None:
            self.article.clear()
        elif self.article.headline is None or self.article.headline.id != headline.id:
            self._preview(headline)
