"""The panes of the main screen: which has the focus, and which headline is meant by what is done there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from eksread.tui.commands import ARTICLE, COMMENTS, LIST, SECTIONS
from eksread.tui.state.badges import Glances
from eksread.tui.state.headline_pages import FixedRows
from eksread.tui.widgets.bars import Bar
from eksread.tui.widgets.headline_list import HeadlineList
from eksread.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.tui.settings import TuiSettings
    from eksread.tui.state.screen_state import ScreenState
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView


class Views:
    """The widgets of the main screen. Article and comments are made on first use: the first paint does without them."""

    def __init__(self, library: Library, settings: TuiSettings) -> None:
        self._library = library
        self._settings = settings
        self.masthead = Bar(pane_id="masthead")
        self.status = Bar(pane_id="status", grows=True)
        self.sidebar = Sidebar(pane_id=SECTIONS)
        rows = FixedRows(library, ())
        self.headlines = HeadlineList(rows, library.clock, Glances(library), pane_id=LIST)

    @cached_property
    def article(self) -> ArticleView:
        """The article."""
        from eksread.tui.widgets.article_view import ArticleView

        settings, pictures = self._settings, self._library.pictures
        return ArticleView(column=settings.width, pane_id=ARTICLE, pictures=pictures, images=settings.images)

    @cached_property
    def comments(self) -> CommentsView:
        """The article's comments."""
        from eksread.tui.widgets.comment_view import CommentsView

        return CommentsView(column=self._settings.width, pane_id=COMMENTS)

    def show_marks(self, headline: Headline) -> None:
        """Draw a headline's new marks wherever it is shown."""
        self.headlines.changed(headline)
        shown = self.article.headline
        if shown is not None and shown.id == headline.id:
            self.article.remark(headline, self.article.own if headline.saved else "")


class Panes:
    """The panes, of which one has the focus: the screen's classes say which, and the styles show and hide by them."""

    def __init__(
        self, screen: Screen[None], state: ScreenState, views: Views, moved: Callable[[], None]
    ) -> None:
        self._screen = screen
        self.state = state
        self.views = views
        self._moved = moved

    @property
    def view(self) -> Sidebar | HeadlineList | ArticleView | CommentsView:
        """The pane that has the focus."""
        match self.state.pane:
            case "sections":
                return self.views.sidebar
            case "headlines":
                return self.views.headlines
            case "comments":
                return self.views.comments
            case _:
                return self.views.article

    @property
    def subject(self) -> Headline | None:
        """The headline that marks, links and the browser are about: the one being read, else the one chosen."""
        views, pane = self.views, self.state.pane
        if pane == COMMENTS:
            pane = views.comments.origin
        if pane == ARTICLE and views.article.headline is not None:
            return views.article.headline
        return views.headlines.current

    def show(self, name: str) -> None:
        """Give a pane the focus; on small terminals it is the only one shown."""
        self.state.pane = name
        classes = {f"-in-{pane}": pane == name for pane in (SECTIONS, LIST, ARTICLE, COMMENTS)}
        if not self.state.reading:
            classes["-zen"] = False
        self._screen.update_classes(classes, animate=False)
        self.view.focus(scroll_visible=False)
        self._moved()

    def toggle_zen(self) -> bool:
        """Show the article alone, or the other panes again; give whether there was something to do."""
        if not self.state.reading and not self._screen.has_class("-zen"):
            return False
        self._screen.toggle_class("-zen")
        return True


# The article beside the list, which follows the cursor once that rests.

REST_SECONDS: Final = 0.03
"""Rest of the cursor before the article follows: longer than the gap of quick keys (60 a second)."""
WIDE: Final = 120
"""Columns from which the article stands beside the list (the breakpoint `-wide`)."""


class Preview:
    """Has the chosen headline's article shown while the list has the focus, where there is room for both."""

    def __init__(self, screen: Screen[None], panes: Panes, show: Callable[[Headline], None]) -> None:
        self._screen = screen
        self._state = panes.state
        self._views = panes.views
        self._show = show
        self._timer: Timer | None = None

    def follow(self) -> None:
        """The cursor stands on another headline."""
        if self._timer is not None:
            self._timer.stop()
        if self._screen.size.width >= WIDE and not self._state.reading:
            self._timer = self._screen.set_timer(REST_SECONDS, self._rested)

    def _rested(self) -> None:
        if self._state.reading:
            return
        headline, article = self._views.headlines.current, self._views.article
        if headline is None:
            article.clear()
        elif article.headline is None or article.headline.id != headline.id:
            self._show(headline)
