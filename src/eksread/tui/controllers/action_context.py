"""What an action works with: the library, the settings, the state of the main screen, its widgets and what acts on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from eksread.tui.commands import ARTICLE
from eksread.tui.controllers.list_content import ListContent
from eksread.tui.controllers.panes import Panes
from eksread.tui.controllers.reader_marks import Marks, Writer
from eksread.tui.controllers.status_bars import StatusBars
from eksread.tui.state.headline_pages import own_words
from eksread.tui.state.screen_state import RefreshState, ScreenState
from eksread.tui.state.sidebar_items import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from eksread.config import Config
    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.tui.controllers.refreshing import Refresher
    from eksread.tui.controllers.speech import Speech
    from eksread.tui.look import Look

T = TypeVar("T")


class Context:
    """All that actions may use. `screen` is for timers, workers, sizes and other screens: what Textual's own has.

    `perform` does a command by its id, `leave` ends the program, `show_preview` shows an article beside the list.
    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        config: Config,
        look: Look,
        *,
        perform: Callable[[str], None],
        leave: Callable[[], None],
        show_preview: Callable[[Headline], None],
    ) -> None:
        self.screen = screen
        self.library = library
        self.config = config
        self.look = look
        self.perform = perform
        self.leave = leave
        self.state = ScreenState(key=ALL, refresh=RefreshState(awaited=config.refresh_on_start))
        self.panes = Panes(
            screen, library, config, look, self.state, moved=self._pane_changed, preview=show_preview
        )
        self.status = StatusBars(screen, library, self.state, self.panes)
        self.list = ListContent(
            library, self.state, self.panes, lambda error: self.say_later(error.message, grave=True)
        )
        self.writer = Writer(lambda error: self.say(error.message, grave=True), self._written)
        self.speech: Speech | None = None
        self.marks = Marks(library, self.writer, self.panes.show_marks)

    def use_settings(self, config: Config) -> None:
        """Take settings that have changed."""
        self.config = config
        self.look.use_settings(config)
        self.refresher.use_interval(config.refresh_every)

    def say(self, text: str, *, grave: bool = False, address: str = "") -> None:
        """Show a notice that disappears by itself, with an address after it, whole and as a link."""
        self.status.say(text, grave=grave, address=address)

    def silence(self) -> bool:
        """Stop reading aloud; give whether there was something to stop."""
        if self.speech is None or not self.speech.stop():
            return False
        self.panes.article.mark_spoken(None)
        self.status.reader_acted()
        return True

    def say_later(self, text: str, *, grave: bool = False) -> None:
        """Show a notice after what is under way, which may change the pane and with it the notice."""
        self.screen.call_later(self.say, text, grave=grave)

    def ask(self, screen: Screen[T], answered: Callable[[T], None]) -> None:
        """Open a screen and act on its answer; where the reader gave none nothing happens."""

        def closed(answer: T | None) -> None:
            if answer is not None:
                answered(answer)
                self.status.update()

        self.screen.app.push_screen(screen, closed)

    def _pane_changed(self) -> None:
        """Name the keys of the pane that has the focus now; beside the list, follow its cursor with the article."""
        if self.state.pane != ARTICLE:
            self.silence()
        self.status.moved()
        self.panes.follow_cursor()

    def _written(self) -> None:
        """Show what was written: the reader's words on the article, changed rows, new counts."""
        headline = self.panes.article.headline
        if headline is not None:
            self.panes.article.update_marks(headline, own_words(self.library, headline))
        if self.marks.stale:
            self.marks.stale = False
            self.list.reload()
        else:
            self.list.recount()
        self.status.update()

    @cached_property
    def refresher(self) -> Refresher:
        """Fetching in the background; the first paint does without it."""
        from eksread.tui.controllers.refreshing import Refresher

        state, every = self.state.refresh, self.config.refresh_every
        return Refresher(self.screen, self.library, state, self.list, self.status, every)
