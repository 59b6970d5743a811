"""The article: laid out for the pane's width, quick to open however long it is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.model.display_text import clean
from eksread.tui.messages import PictureClicked, WordClicked
from eksread.tui.render.article_lines import FIRST_VISIT, Since, article_lines, links_of, missing_text_lines
from eksread.tui.render.headline_lines import BAR
from eksread.tui.render.lines import Run
from eksread.tui.render.pictures import Cells, Frame, Pictures, fitting, pictures_of
from eksread.tui.render.provenance import GAP, NOTE_CELLS, PLAIN, Provenance
from eksread.tui.state.screen_state import HEAD, START, Place
from eksread.tui.widgets.line_widget import LEFT
from eksread.tui.widgets.picture_widget import PictureWidget
from eksread.tui.widgets.text_view import MARGIN, TOP, FindView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual import events
    from textual.timer import Timer

    from eksread.model.lists import Headline
    from eksread.model.news import RelatedLink
    from eksread.model.stored import StoredArticle
    from eksread.tui.render.pictures import Shown, Way


SPOKEN_HEAD: Final = frozenset({"title", "standfirst"})
"""What of an article's head is read aloud, by the style of its lines."""
AFTER_TEXT: Final = 0.05
"""Seconds from opening an article to making its picture: two threads are slower than one, and the text comes first."""


class ArticleView(PictureWidget, FindView):
    """Shows a stored article, or what is known of one whose text is not stored, or nothing.

    Its lead picture is drawn in the lines that say so.
    """

    def __init__(
        self,
        *,
        column: int,
        pane_id: str,
        pictures: Pictures | None,
        images: str,
        fetch: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """`fetch` brings the picture at an address into `pictures`; None where nothing is fetched unasked."""
        super().__init__(column=column, pane_id=pane_id)
        self.stored: StoredArticle | None = None
        self.headline: Headline | None = None
        self.links: tuple[RelatedLink, ...] = ()
        self._note = ""
        self._since = FIRST_VISIT
        self.own = ""
        """The reader's note and labels."""
        self.has_pictures = False
        self.provenance = False
        """Whether it is shown where each field came from."""
        self.pictures = pictures
        self.images = images
        self._fetch = fetch
        self._urls: tuple[str, ...] = ()
        self._shown: Shown | None = None
        self._timer: Timer | None = None
        self._spoken: int | None = None
        """The block that is being read aloud, `HEAD` for the title."""

    def show(
        self,
        stored: StoredArticle,
        *,
        place: Place = START,
        since: Since = FIRST_VISIT,
        own: str = "",
    ) -> None:
        """Show an article at a `place`, with what is new `since` the reader's last visit, and their `own` words."""
        if self.headline is None or self.headline.id != stored.headline.id:
            self.end_find()
        self.stored, self.headline, self._note = stored, stored.headline, ""
        self.current_link = -1
        self._since, self.own, self.has_pictures = since, own, bool(pictures_of(stored))
        lead = stored.article.lead_image
        self.want_picture(*((lead.url, stored.headline.image) if lead is not None else ()))
        self.lay_out()
        self.show_place(place)

    def show_headline(self, headline: Headline, note: str) -> None:
        """Show an article that has no text yet; `note` says why and what to do."""
        self.end_find()
        self.stored, self.headline, self._note, self.own = None, headline, clean(note), ""
        self.has_pictures = False
        self.current_link = -1
        self.want_picture()
        self.lay_out()
        self.home()

    def update_marks(self, headline: Headline, own: str) -> None:
        """Show the reader's new mark on the article that is shown; what is being read stays where it is."""
        if self.headline is None:
            return
        before = (self.headline.saved, self.headline.gone, self.own)
        self.headline, self.own = headline, own
        if self.stored is not None:
            self.stored = replace(self.stored, headline=headline)
        if before != (headline.saved, headline.gone, own):
            self.set_above()

    def clear(self) -> None:
        """Show nothing."""
        self.stored = self.headline = None
        self.links = ()
        self.want_picture()
        self.set_lines(())

    def lay_out(self) -> None:
        """Lay the text out for the present width."""
        if self.stored is not None:
            cells = self.picture_cells()
            rows = cells.height if cells is not None else 0
            self.links = links_of(self.stored.article)
            sourced = PLAIN
            if self.provenance:
                sourced = Provenance(self.stored, self.text_width, beside=bool(self._beside))
            lines = article_lines(self.stored, self.text_width, self._since, self.own, rows, sourced)
        elif self.headline is not None:
            self.links = ()
            lines = missing_text_lines(self.headline, self.text_width, self._note, self.own)
        else:
            return
        self.set_lines(tuple(lines))

    def toggle_provenance(self) -> None:
        """Show where each field came from, or hide it; what is read stays."""
        self.provenance = not self.provenance
        place = self.place
        self.lay_out()
        self.show_place(place)

    @property
    def _beside(self) -> int:
        """The cells of the notes beside the text, 0 where they stand below or there are none."""
        cells = GAP + NOTE_CELLS
        return cells if self.provenance and self.text_width + cells + 2 * MARGIN <= self._room else 0

    @property
    def _left(self) -> int:
        return max(0, (self._room - self.text_width - self._beside) // 2)

    # ---- the picture that is wanted ----

    def want_picture(self, *urls: str | None) -> None:
        """Show the picture stored under one of these addresses; none of them: no picture. It comes after the text."""
        wanted = tuple(dict.fromkeys(url for url in urls if url))
        if wanted != self._urls:
            self.release_picture()
            self._urls, self._shown = wanted, None
        if self._shown is None:
            self.order()

    @property
    def _frame(self) -> Frame:
        return Frame(self.text_width, self.size.height, self.cell)

    def picture_cells(self) -> Cells | None:
        """Give the room for the picture at the present size; None where there is none, or not yet."""
        return fitting(self._shown.size, self._frame) if self._shown is not None else None

    def order(self) -> None:
        """Have the picture made once the text is on the screen and its size no longer changes."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(AFTER_TEXT, self._order)

    def _order(self) -> None:
        """Have the picture made for the view as it is now."""
        self._timer, way = None, self.way
        if self.pictures is not None and self._urls and self.size.height and way is not None:
            work = self._make(self.pictures, self._urls, way)
            self.run_worker(work, group="picture", exclusive=True, exit_on_error=False)

    async def _make(self, pictures: Pictures, urls: tuple[str, ...], way: Way) -> None:
        """Let the picture in: above what is being read, or where the reader is still at the top."""
        shown = await in_thread(pictures.made, urls, self._frame, way)
        if shown is None and self._fetch is not None:
            with suppress(EksreadError):  # what is not had costs a picture: the caption says what there is
                await self._fetch(urls[0])
            shown = await in_thread(pictures.made, urls, self._frame, way)
        if shown is not None and urls == self._urls:
            self._shown = self.bring(shown)
            self.set_above()

    def set_above(self) -> None:
        """Lay the text out again after something came in at its head: what is read below stays where it is."""
        before, y = len(self.laid), self.scroll_offset.y
        self.lay_out()
        if y:
            self.move(len(self.laid) - before)

    # ---- reading aloud ----

    def mark_spoken(self, block: int | None) -> None:
        """Mark what is being read aloud, a block or the `HEAD`, and bring it into sight as far as it fits; None: nothing."""
        self._spoken = block
        self.refresh()
        rows = [row for row in range(len(self.laid)) if self._is_spoken(row)]
        height = self.size.height
        if (
            rows
            and not self.scroll_offset.y <= rows[0] + TOP <= rows[-1] + TOP < self.scroll_offset.y + height
        ):
            self._go(rows[0] + TOP - max(0, min(height // 3, height - len(rows))))

    def _is_spoken(self, row: int) -> bool:
        line = self.laid.lines[row]
        if self._spoken == HEAD:
            return line.block == HEAD and any(run.style in SPOKEN_HEAD for run in line.runs)
        return line.block == self._spoken and bool(line.runs)

    # ---- drawing ----

    def _drawn(self, row: int) -> Strip:
        """Draw a line; one that is being read aloud has a bar in the margin."""
        if self._spoken is None or not self._is_spoken(row):
            return super()._drawn(row)
        return self.strip((Run(BAR, "mark"), *self.runs_of(row)), self.size.width, self._left - 1)

    def render_line(self, y: int) -> Strip:
        """Draw a line of words, or a row of the picture, which has none to select."""
        row = y + self.scroll_offset.y - TOP
        if not 0 <= row < len(self.laid) or self.laid.lines[row].picture < 0:
            return super().render_line(y)
        return self._picture_strip(row)

    def _picture_strip(self, row: int) -> Strip:
        """Draw a row of the picture in the middle of the column; blank until it is made for the present size."""
        width, base, shown = self.size.width, self.rich_style, self._shown
        rows = shown.rows if shown is not None else ()
        piece = self.laid.lines[row].picture
        if shown is None or shown.cells is None or piece >= len(rows) or shown.cells.width > self.text_width:
            return Strip.blank(width, base).apply_offsets(0, row)
        left = self._left + (self.text_width - shown.cells.width) // 2
        margin = Strip([Segment(" " * left, base)]).apply_offsets(0, row)
        return Strip([*margin, *rows[piece]]).adjust_cell_length(width, base)

    def word_clicked(self, word: str) -> None:
        """Say which word it was."""
        if word:
            self.post_message(WordClicked(word))

    def resized(self) -> None:
        """Have the picture made for the new size."""
        super().resized()
        self.order()

    def set_column(self, width: int) -> None:
        """Set another column width; the picture is made for it as well."""
        super().set_column(width)
        self.order()

    def on_show(self) -> None:
        """Bring the picture back with the text."""
        self.order()

    def on_click(self, event: events.Click) -> None:
        """Show the picture that was clicked whole."""
        row = event.y + self.scroll_offset.y - TOP
        shown = 0 <= row < len(self.laid) and self.laid.lines[row].picture >= 0
        if shown and event.button == LEFT and self.text_selection is None:
            self.post_message(PictureClicked())
