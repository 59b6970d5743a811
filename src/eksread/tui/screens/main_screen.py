"""The reading room's one main screen: sidebar items, headlines, article, comments, as many of them as fit."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.screen import Screen

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.tui import messages as said
from eksread.tui.controllers.list_content import News
from eksread.tui.controllers.panes import WIDE, Panes, Preview
from eksread.tui.controllers.status_bars import Status
from eksread.tui.keys import key_of, used
from eksread.tui.state.badges import Glances
from eksread.tui.state.sidebar_items import ALL, SECTION, SidebarItem
from eksread.tui.widgets.bars import Bar
from eksread.tui.widgets.headline_list import HeadlineList
from eksread.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.tui.app import ReadingRoom
    from eksread.tui.controllers.article_reader import Reading
    from eksread.tui.controllers.reader_marks import Marks, Writer
    from eksread.tui.controllers.refreshing import Automatic, Refresher
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView


# The parts of the main screen that the first paint does without.


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
        from eksread.tui.widgets.article_view import ArticleView

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
        from eksread.tui.widgets.comment_view import CommentsView

        return CommentsView(column=self.room.settings.width, pane_id="comments")

    @cached_property
    def writer(self) -> Writer:
        """The way to the store for the reader's marks."""
        from eksread.tui.controllers.reader_marks import Writer

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
        from eksread.tui.controllers.reader_marks import Marks

        return Marks(self.library, self.writer, self.marked)

    @cached_property
    def reading(self) -> Reading:
        """What is being read."""
        from eksread.tui.controllers.article_reader import Reading

        return Reading(cast("MainScreen", self))

    @cached_property
    def automatic(self) -> Automatic:
        """Fetching by itself."""
        from eksread.tui.controllers.refreshing import Automatic

        return Automatic(cast("MainScreen", self), self.room.settings.refresh_every)

    @cached_property
    def refresher(self) -> Refresher:
        """Fetching in the background."""
        from eksread.tui.controllers.refreshing import Refresher

        return Refresher(self.room, self.library, self)


def _bindings() -> BindingsMap:
    """Bind the keys in use."""
    keys = used()
    bindings = BindingsMap()
    for command, names in keys.of.items():
        for name in names:
            bindings.bind(name, f"command('{command}')")
    for digit in keys.digits:
        bindings.bind(digit, f"number({int(digit) - 1})")
    bindings.bind("super+c", "copy_text")  # Textual's own, for terminals that send it
    return bindings


class MainScreen(PartedScreen):
    """Composes the panes and routes messages; what happens is in `actions`, `panes`, `reading`, `marks` and `news`."""

    AUTO_FOCUS = "#headlines"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (80, "-medium"),
        (104, "-roomy"),
        (WIDE, "-wide"),
        (150, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-tall")]  # noqa: RUF012 - as above

    def __init__(self, room: ReadingRoom, library: Library) -> None:
        super().__init__(classes="-in-headlines")
        self._bindings = _bindings()
        self.room = room
        self.library = library
        settings = room.settings
        self.news = News(self, SECTION + settings.section if settings.section else ALL)
        self.sidebar = Sidebar(pane_id="sections")
        self.headlines = HeadlineList(self.news.rows(), library.clock, Glances(library), pane_id="headlines")
        self.masthead = Bar(pane_id="masthead")
        self.status = Status(self, Bar(pane_id="status", grows=True))
        self.panes = Panes(self, partial(self.update_classes, animate=False), self._pane_changed)
        self.preview = Preview(self)
        self.prefix_at = 0.0

    def compose(self) -> ComposeResult:
        """Lay out the panes. The classes of the size come before the first paint, or it would jump at the second."""
        width, height = self.app.size
        self.set_class(True, self._class_for(width, self.HORIZONTAL_BREAKPOINTS or ()), update=False)
        self.set_class(True, self._class_for(height, self.VERTICAL_BREAKPOINTS or ()), update=False)
        yield self.masthead
        with Horizontal(id="panes"):
            yield self.sidebar
            yield self.headlines
        yield self.status.bar

    @staticmethod
    def _class_for(size: int, breakpoints: Sequence[tuple[int, str]]) -> str:
        return [name for least, name in breakpoints if size >= least][-1]

    def on_mount(self) -> None:
        """Paint what is held; everything else comes after the first paint."""
        self.news.mounted()
        self.status.update()
        self.call_after_refresh(self._furnish)

    def _furnish(self) -> None:
        """Bring in what the first paint did without, and begin to fetch."""
        if not self.is_running or not self.app.is_running:
            return
        self.query_one("#panes").mount(self.article, self.comments)
        self.set_interval(60, self.status.minute)
        self.call_later(self.warm)
        self.room.settled()
        if self.room.settings.refresh_on_start and not self.library.offline:
            self.refresher.start(asked=False)
        self.automatic.begin()

    def _pane_changed(self) -> None:
        """Name the keys of the pane that has the focus now; beside the list stands the article that it is on."""
        self.status.moved()
        self.preview.follow()

    @property
    def pane(self) -> str:
        """The name of the pane that has the focus."""
        return self.panes.name

    @property
    def sidebar_item(self) -> SidebarItem:
        """The sidebar item that the list shows."""
        return self.news.sidebar_item

    def say(self, text: str, *, grave: bool = False) -> None:
        """Say one line that goes by itself."""
        self.status.say(text, grave=grave)

    def perform(self, command: str | None) -> None:
        """Do a command by its id (None: nothing was chosen)."""
        if command is not None:
            self.action_command(command)

    def action_command(self, command: str) -> None:
        """Do a command by its id; keys arrive here."""
        from eksread.tui.actions import ACTIONS

        self.status.say("")
        if command != "top-prefix":
            self.prefix_at = 0.0
        try:
            ACTIONS[command](self)
        except EksreadError as error:
            self.say(error.message, grave=True)
        self.status.update()

    def action_number(self, index: int) -> None:
        """Choose a link by its number."""
        from eksread.tui.actions.open_article import choose_number

        choose_number(self, index)

    def marked(self, headline: Headline | None) -> None:
        """Draw a headline's new marks wherever it is shown."""
        if headline is None:
            self.news.reload()
            return
        self.panes.marked(headline)

    def on_key(self, event: events.Key) -> None:
        """Say so where a key means nothing, and where to find those that do."""
        self.status.reader_is_here()
        if event.is_printable and event.key not in self._bindings.key_to_bindings:
            self.say(
                _("{key} does nothing here. {help} shows all keys.").format(
                    key=event.character, help=key_of("help")
                )
            )

    def on_click(self) -> None:
        """Take away what stood until the reader was there."""
        self.status.reader_is_here()

    # ---- messages ----

    def on_resize(self) -> None:
        """Share the width anew between hints and state; an article that now stands beside the list is the chosen one."""
        self.call_after_refresh(self.status.update)
        self.preview.follow()

    @on(said.HeadlineChosen)
    def _headline_chosen(self, message: said.HeadlineChosen) -> None:
        self.reading.open(message.headline)

    @on(said.CursorMoved)
    def _cursor_moved(self) -> None:
        self.preview.follow()

    @on(said.SidebarItemChosen)
    def _sidebar_item_chosen(self, message: said.SidebarItemChosen) -> None:
        self.status.say("")
        self.news.show(message.key)
        if message.opened:
            self.news.begin_edition()
            self.panes.show("headlines")

    @on(said.LinkChosen)
    def _link_chosen(self, message: said.LinkChosen) -> None:
        self.reading.follow(message.index)

    @on(said.ScrolledTo)
    def _scrolled(self) -> None:
        self.status.update()

    @on(said.BarClicked)
    def _hint_clicked(self, message: said.BarClicked) -> None:
        if message.bar == self.status.bar.id:
            self.perform(self.status.hinted(message.index))

    @on(said.ArticleArrived)
    def _article_arrived(self, message: said.ArticleArrived) -> None:
        self.reading.answered(message)

    @on(said.ArticleMissing)
    def _article_missing(self, message: said.ArticleMissing) -> None:
        self.reading.unanswered(message)

    @on(said.RefreshProgress)
    def _refresh_progress(self, message: said.RefreshProgress) -> None:
        self.status.progress = message.progress
        self.status.update()
        self.news.arriving()

    @on(said.RefreshDone)
    def _refresh_done(self, message: said.RefreshDone) -> None:
        self.status.progress = None
        self.news.arrived(message.summary)
        self.status.refreshed(message)
        self.automatic.ended(line=message.line)

    @on(said.Notice)
    def _notice(self, message: said.Notice) -> None:
        self.say(message.text, grave=message.grave)
