"""The panes of the main screen: which has the focus, and which headline is meant by what is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.timer import Timer

    from eksread.model.lists import Headline
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView
    from eksread.tui.widgets.headline_list import HeadlineList
    from eksread.tui.widgets.sidebar import Sidebar


PANES: Final = ("sections", "headlines", "article", "comments")


class Views(Protocol):
    """What the panes show."""

    @property
    def sidebar(self) -> Sidebar:
        """The side pane."""

    @property
    def headlines(self) -> HeadlineList:
        """The list."""

    @property
    def article(self) -> ArticleView:
        """The article, made on first use."""

    @property
    def comments(self) -> CommentsView:
        """The article's comments, made on first use."""


class Panes:
    """The panes, of which one has the focus. `styled` sets the classes by which the styles show and hide them."""

    def __init__(
        self, views: Views, styled: Callable[[Mapping[str, bool]], object], moved: Callable[[], None]
    ) -> None:
        self._views = views
        self._styled = styled
        self._moved = moved
        self.name = "headlines"

    @property
    def view(self) -> Sidebar | HeadlineList | ArticleView | CommentsView:
        """The pane that has the focus."""
        match self.name:
            case "sections":
                return self._views.sidebar
            case "headlines":
                return self._views.headlines
            case "comments":
                return self._views.comments
            case _:
                return self._views.article

    @property
    def reading(self) -> bool:
        """Whether an article or its comments have the focus."""
        return self.name in ("article", "comments")

    @property
    def subject(self) -> Headline | None:
        """The headline that marks, links and the browser are about: the one being read, else the one chosen."""
        views = self._views
        place = views.comments.origin if self.name == "comments" else self.name
        if place == "article" and views.article.headline is not None:
            return views.article.headline
        return views.headlines.current

    def show(self, name: str) -> None:
        """Give a pane the focus; on small terminals it is the only one shown."""
        self.name = name
        classes = {f"-in-{pane}": pane == name for pane in PANES}
        if not self.reading:
            classes["-zen"] = False
        self._styled(classes)
        self.view.focus(scroll_visible=False)
        self._moved()

    def marked(self, headline: Headline) -> None:
        """Draw a headline's new marks wherever it is shown."""
        views = self._views
        views.headlines.changed(headline)
        shown = views.article.headline
        if shown is not None and shown.id == headline.id:
            views.article.remark(headline, views.article.own if headline.saved else "")


# The article beside the list, which follows the cursor once that rests.

REST_SECONDS: Final = 0.03
"""Rest of the cursor before the article follows: longer than the gap of quick keys (60 a second)."""
WIDE: Final = 120
"""Columns from which the article stands beside the list (the breakpoint `-wide`)."""


class Preview:
    """Shows the chosen headline's article while the list has the focus, where there is room for both."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None

    def follow(self) -> None:
        """The cursor stands on another headline."""
        if self._timer is not None:
            self._timer.stop()
        if self._screen.size.width >= WIDE and not self._screen.panes.reading:
            self._timer = self._screen.set_timer(REST_SECONDS, self._show)

    def _show(self) -> None:
        screen = self._screen
        headline = screen.headlines.current
        if screen.panes.reading:
            return
        if headline is None:
            screen.article.clear()
        elif screen.article.headline is None or screen.article.headline.id != headline.id:
            screen.reading.preview(headline)
