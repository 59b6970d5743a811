"""The article: set for the pane's width, quick to open however long it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eksread.tui.typeset import FIRST_VISIT, Since, article_lines, headline_lines
from eksread.tui.widgets.pictured import PicturedView

if TYPE_CHECKING:
    from eksread.model import Headline, RelatedLink, StoredArticle
    from eksread.ports import Pictures
    from eksread.tui.laidtext import Place


class ArticleView(PicturedView):
    """Shows a held article, or what is known of one whose text is not held, or nothing."""

    def __init__(
        self, *, column: int, pane_id: str, pictures: Pictures | None = None, images: str = "auto"
    ) -> None:
        super().__init__(column=column, pane_id=pane_id, pictures=pictures, images=images)
        self.held: StoredArticle | None = None
        self.headline: Headline | None = None
        self.links: tuple[RelatedLink, ...] = ()
        self._note = ""
        self._since = FIRST_VISIT
        self.own = ""
        """The reader's note and labels."""

    def show(
        self,
        held: StoredArticle,
        *,
        block: int = 0,
        place: Place | None = None,
        since: Since = FIRST_VISIT,
        own: str = "",
    ) -> None:
        """Show an article from `block` on, or at a `place`, with what is new `since` the reader's last visit, and their `own` words."""
        if self.headline is None or self.headline.id != held.headline.id:
            self.end_find()
        self.held, self.headline, self._note = held, held.headline, ""
        self.current_link = -1
        self._since, self.own = since, own
        lead = held.article.lead_image
        self.want_picture(*((lead.url, held.headline.image) if lead is not None else ()))
        self.typeset()
        if place is None:
            self.show_block(block)
        else:
            self.show_place(place)

    def show_headline(self, headline: Headline, note: str) -> None:
        """Show an article that has no text yet; `note` says why and what to do."""
        self.end_find()
        self.held, self.headline, self._note, self.own = None, headline, note, ""
        self.current_link = -1
        self.want_picture()
        self.typeset()
        self.home()

    def remark(self, headline: Headline, own: str) -> None:
        """Show the reader's new mark on the article that is shown; what is being read stays where it is."""
        if self.headline is None or (self.headline, self.own) == (headline, own):
            return
        self.headline, self.own = headline, own
        if self.held is not None:
            self.held = replace(self.held, headline=headline)
        self.set_above()

    def clear(self) -> None:
        """Show nothing."""
        self.held = self.headline = None
        self.links = ()
        self.want_picture()
        self.set_lines(())

    def typeset(self) -> None:
        """Set the text for the present width."""
        if self.held is not None:
            cells = self.picture_cells()
            rows = cells.height if cells is not None else 0
            text = article_lines(self.held, self.measure, self._since, self.own, rows)
        elif self.headline is not None:
            text = headline_lines(self.headline, self.measure, self._note, self.own)
        else:
            return
        self.links = text.links
        self.set_lines(text.lines)
