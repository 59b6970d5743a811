"""A picture that has the window for itself, its caption below; from one to the next where an article has several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.formatting import number
from eksread.i18n import _
from eksread.tui.key_names import keys_of
from eksread.tui.render.lines import Run, hint_runs, wrap_title
from eksread.tui.render.pictures import Frame
from eksread.tui.screens.ask_screen import close
from eksread.tui.widgets.bars import Bar
from eksread.tui.widgets.picture_widget import PictureWidget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from eksread.tui.render.pictures import ArticlePicture, Pictures, Shown

MARGIN: Final = 1
"""Cells and lines kept free around the picture and its caption."""
CAPTION_CELLS: Final = 72
CAPTION_SHARE: Final = 0.3
"""Of the window's height a caption takes at most: it is about the picture."""
NOTE_LINES: Final = 6
COMMAND: Final = "picture"


class PictureView(PictureWidget, can_focus=True):
    """One picture with its caption, or why it is not shown.

    `fetch` brings the picture at an address into `pictures`; None where nothing may be fetched.
    """

    def __init__(
        self, pictures: Pictures, images: str, fetch: Callable[[str], Awaitable[None]] | None
    ) -> None:
        super().__init__(id="picture")
        self.images = images
        self._pictures = pictures
        self._fetch = fetch
        self._picture: ArticlePicture | None = None
        self._shown: Shown | None = None
        self._note = ""

    def show(self, picture: ArticlePicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.order()

    def order(self) -> None:
        """Have the picture made for the present size."""
        if self._picture is not None and self.size.height:
            work = self._work(self._picture)
            self.run_worker(work, group="picture", exclusive=True, exit_on_error=False)

    async def _work(self, picture: ArticlePicture) -> None:
        """Show the picture, fetched first where it is not held."""
        way = self.way
        if way is None:
            self._set(None, _why_none(self.images, no_color=self.app.no_color))
            return
        make = partial(self._pictures.made, picture.urls, self._frame, way)
        shown = await in_thread(make)
        if shown is None and self._fetch is not None:
            self._set(None, _("Fetching the picture …"))
            try:
                await self._fetch(picture.urls[0])
            except EksreadError as error:
                self._set(None, error.message)
                return
            shown = await in_thread(make)
        if shown is not None and shown.cells is None:
            self._set(None, _("There is no room for the picture in a window of this size."))
        elif shown is None and self._fetch is None:
            self._set(None, _("The picture is not saved, or its file can't be read; nothing is fetched now."))
        else:
            self._set(shown, _("The file of this picture can't be read."))

    def _set(self, shown: Shown | None, note: str) -> None:
        """Show a picture, or a note in its place."""
        self.release_picture()
        self._shown, self._note = (self.bring(shown) if shown is not None else None), note
        self.refresh()

    # ---- drawing ----

    @property
    def _caption(self) -> list[str]:
        """The caption's lines."""
        text = self._picture.text if self._picture is not None else ""
        if not text:
            return []
        return wrap_title(text, self._text_width, max(1, int(self.size.height * CAPTION_SHARE)))

    @property
    def _text_width(self) -> int:
        return max(1, min(CAPTION_CELLS, self.size.width - 2 * MARGIN))

    @property
    def _frame(self) -> Frame:
        below = len(self._caption) + 1
        return Frame(
            self.size.width - 2 * MARGIN, self.size.height - below - 2 * MARGIN, self.cell, share=1.0
        )

    def render_line(self, y: int) -> Strip:
        """Draw the picture or the note, a blank line, and the caption, in the middle of the window."""
        lines = [*self._above(), Strip([]), *self._centred(self._caption, "caption")]
        row = y - max(0, (self.size.height - len(lines)) // 2)
        width, base = self.size.width, self.rich_style
        return (
            lines[row].adjust_cell_length(width, base) if 0 <= row < len(lines) else Strip.blank(width, base)
        )

    def _above(self) -> list[Strip]:
        """Give the rows of the picture, or the note in its place."""
        shown = self._shown
        if shown is None or shown.cells is None:
            return self._centred(wrap_title(self._note, self._text_width, NOTE_LINES), "note")
        margin = Segment(" " * ((self.size.width - shown.cells.width) // 2), self.rich_style)
        return [Strip([margin, *row]) for row in shown.rows]

    def _centred(self, lines: Sequence[str], style: str) -> list[Strip]:
        """Give lines as one block in the middle."""
        left = (self.size.width - max(map(cell_len, lines), default=0)) // 2
        return [self.strip((Run(line, style),), self.size.width, max(0, left)) for line in lines]

    def on_resize(self, _event: events.Resize) -> None:
        """Make the picture for the new size."""
        self.order()


def _why_none(images: str, *, no_color: bool) -> str:
    """Say why this terminal shows no pictures."""
    if images == "off":
        return _("Pictures are switched off in the settings (images).")
    if no_color:
        return _("Without colours (NO_COLOR) no pictures are shown.")
    return _("This terminal has too few colours for pictures, or no UTF-8.")


class PictureScreen(Screen[None]):
    """Shows the pictures of an article one by one, `at` first; the keys that go back close it.

    `fetch`: see `PictureView`; `browse` opens an address outside and gives what to say of it, and the address to show.
    """

    DEFAULT_CSS = "PictureScreen { background: $background; } PictureScreen #picture { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,enter", "close", show=False),
        Binding("l,right,j,down,n,J,space,tab,pagedown", "step(1)", show=False),
        Binding("h,left,k,up,p,K,b,shift+tab,pageup", "step(-1)", show=False),
        Binding("r", "step(0)", show=False),
        Binding("o", "browse", show=False),
        Binding("ctrl+c,ctrl+q", "app.leave", show=False),
    ]

    def __init__(
        self,
        view: PictureView,
        found: Sequence[ArticlePicture],
        at: int,
        browse: Callable[[str], tuple[str, str]],
    ) -> None:
        super().__init__()
        self.view = view
        self._found = found
        self._at = at
        self._browse = browse
        self.state = Bar(pane_id="state", grows=True)
        for key in keys_of(COMMAND):
            self._bindings.key_to_bindings[key] = [Binding(key, "close", show=False)]

    def compose(self) -> ComposeResult:
        """Show the first picture."""
        yield self.view
        yield self.state

    def on_mount(self) -> None:
        """Show the picture."""
        self.action_step(0)

    def action_step(self, step: int) -> None:
        """Show the next picture (`step` -1: the one before, 0: this one, asked for again); at an end nothing happens."""
        self._at = max(0, min(self._at + step, len(self._found) - 1))
        several = len(self._found) > 1
        hints = (("q", _("back")), *((("→", _("next")), ("←", _("previous"))) if several else ()))
        place = _("Picture {n} of {all}").format(n=number(self._at + 1), all=number(len(self._found)))
        self.state.set(
            hint_runs((*hints, ("o", _("in the browser")))), (Run(place, "dim"),) if several else ()
        )
        self.view.show(self._found[self._at])

    def action_browse(self) -> None:
        """Open the picture in the browser."""
        text, address = self._browse(self._found[self._at].urls[0])
        self.state.set((Run(f"{text} ", "notice"), Run(address, "href")), whole=True)

    def on_click(self, event: events.Click) -> None:
        """Go back from a picture that is clicked."""
        if event.widget is self.view:
            self.action_close()

    def on_mouse_scroll_down(self) -> None:
        """Show the next picture."""
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        """Show the picture before."""
        self.action_step(-1)

    def action_close(self) -> None:
        """Give the terminal's picture back, and go back."""
        self.view.release_picture()
        close(self)
