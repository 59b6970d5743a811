"""The main screen: sidebar, headlines, article, comments, as many of them as fit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual import events, on
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.screen import Screen

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.tui import messages
from eksread.tui.controllers.action_context import Context
from eksread.tui.controllers.panes import WIDE
from eksread.tui.key_names import key_of, keys_of, used

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from eksread.config import Config
    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.tui.look import Look


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


class MainScreen(Screen[None]):
    """Lays out the panes and routes keys and messages; what happens is in `actions`. These are loaded after the first paint."""

    AUTO_FOCUS = "#headlines"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (80, "-medium"),
        (104, "-roomy"),
        (WIDE, "-wide"),
        (150, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-tall")]  # noqa: RUF012 - as above

    def __init__(
        self,
        library: Library,
        config: Config,
        look: Look,
        *,
        leave: Callable[[], None],
        ready: Callable[[], None],
    ) -> None:
        """`leave` ends the program; `ready` is called once everything is on the screen."""
        super().__init__(classes="-in-headlines" if look.sidebar else "-in-headlines -no-sidebar")
        self.bind_keys()
        self._ready = ready
        self.context = Context(
            self,
            library,
            config,
            look,
            perform=self.action_command,
            leave=leave,
            show_preview=self._show_preview,
        )

    def bind_keys(self) -> None:
        """Bind the keys in use."""
        self._bindings = _bindings()

    def compose(self) -> ComposeResult:
        """Lay out the panes. The classes of the size come before the first paint, or it would jump at the second."""
        width, height = self.app.size
        self.set_class(True, self._class_for(width, self.HORIZONTAL_BREAKPOINTS or ()), update=False)
        self.set_class(True, self._class_for(height, self.VERTICAL_BREAKPOINTS or ()), update=False)
        yield self.context.status.masthead
        with Horizontal(id="panes"):
            yield self.context.panes.sidebar
            yield self.context.panes.headlines
        yield self.context.status.bar

    @staticmethod
    def _class_for(size: int, breakpoints: Sequence[tuple[int, str]]) -> str:
        return [name for least, name in breakpoints if size >= least][-1]

    def on_mount(self) -> None:
        """Paint what is stored; everything else comes after the first paint."""
        self.context.list.restore()
        self.context.status.update()
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        """Bring in what the first paint did without, and begin to fetch."""
        if not self.is_running or not self.app.is_running:
            return
        context = self.context
        self.query_one("#panes").mount(context.panes.article, context.panes.comments)
        self.set_interval(60, context.status.minute)
        # What the first key needs is loaded while the reader still looks at the headlines.
        self.call_later(import_module, "eksread.tui.actions")
        self._ready()
        if context.config.refresh_on_start and not context.library.offline:
            context.refresher.start(asked=False)
        context.refresher.ended(online=True)

    def leaving(self) -> None:
        """Keep the reader's place and stop what is under way."""
        context = self.context
        if self.is_mounted:  # who is stopped before the list is restored has no place to keep
            context.writer.put(context.list.place_writer())
        if context.state.trail.opened is not None:
            from eksread.tui.actions.open_article import keep_place

            keep_place(context)
        context.silence()
        context.panes.article.release_picture()
        if context.state.refresh.running:
            context.refresher.stop()

    def action_command(self, command: str) -> None:
        """Do a command by its id; keys arrive here."""
        from eksread.tui.actions import ACTIONS

        context = self.context
        context.say("")
        if command != "top-prefix":
            context.state.prefix_at = 0.0
        try:
            ACTIONS[command](context)
        except EksreadError as error:
            context.say(error.message, grave=True)
        context.status.update()

    def action_number(self, index: int) -> None:
        """Choose a link by its number."""
        from eksread.tui.actions.read_article import choose_number

        choose_number(self.context, index)

    def _show_preview(self, headline: Headline) -> None:
        from eksread.tui.actions.open_article import preview

        preview(self.context, headline)

    # ---- messages ----

    def on_key(self, event: events.Key) -> None:
        """Let any key stop reading aloud, and do nothing else; say so where a key means nothing, and where to find those that do."""
        if self.context.silence() and event.key not in keys_of("quit"):
            event.stop()
            return
        self.context.status.reader_acted()
        if event.is_printable and event.key not in self._bindings.key_to_bindings:
            text = _("{key} does nothing here. {help} shows all keys.")
            self.context.say(text.format(key=event.character, help=key_of("help")))

    def on_click(self) -> None:
        """Stop reading aloud, and remove the notice that waited for the reader."""
        self.context.silence()
        self.context.status.reader_acted()

    def on_resize(self) -> None:
        """Lay the bars out again; an article now shown beside the list is the chosen one."""
        self.call_after_refresh(self.context.status.update)
        self.context.panes.follow_cursor()

    @on(messages.HeadlineChosen)
    def _headline_chosen(self, message: messages.HeadlineChosen) -> None:
        from eksread.tui.actions.open_article import open_headline

        open_headline(self.context, message.headline)

    @on(messages.CursorMoved)
    def _cursor_moved(self) -> None:
        self.context.panes.follow_cursor()

    @on(messages.SidebarItemChosen)
    def _sidebar_item_chosen(self, message: messages.SidebarItemChosen) -> None:
        context = self.context
        context.say("")
        context.list.show(message.key)
        if message.opened:
            from eksread.tui.actions.finding import begin_edition

            begin_edition(context)
            context.panes.show("headlines")
        context.status.update()

    @on(messages.LinkChosen)
    def _link_chosen(self, message: messages.LinkChosen) -> None:
        from eksread.tui.actions.open_article import follow_link

        follow_link(self.context, message.index)

    @on(messages.WordClicked)
    def _word_clicked(self, message: messages.WordClicked) -> None:
        from eksread.tui.actions.finding import search

        search(self.context, message.word)

    @on(messages.MenuAsked)
    def _menu_asked(self, message: messages.MenuAsked) -> None:
        from eksread.tui.actions.finding import menu_at

        menu_at(self.context, message.pane, message.at)

    @on(messages.PictureClicked)
    def _picture_clicked(self) -> None:
        self.action_command("picture")

    @on(messages.ScrolledTo)
    def _scrolled(self) -> None:
        self.context.status.update()

    @on(messages.BarClicked)
    def _hint_clicked(self, message: messages.BarClicked) -> None:
        context = self.context
        command = context.status.command_at(message.index)
        if message.bar == context.status.bar.id and command is not None:
            self.action_command(command)
