"""The article: set for the pane's width, quick to open however long it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eksread.tui.typeset import FIRST_VISIT, Since, article_lines, headline_lines
from eksread.tui.widgets.finding import FindView

if TYPE_CHECKING:
    from eksread.model import Headline, RelatedLink, StoredArticle
    from eksread.tui.laidtext import Place


class ArticleView(FindView):
    """Shows a held article, or what is known of one whose text is not held, or nothing."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
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
        self.typeset()
        self.home()

    def remark(self, headline: Headline, own: str) -> None:
        """Show the reader's new mark on the article that is shown; what is being read stays where it is."""
        if self.headline is None or (self.headline, self.own) == (headline, own):
            return
        self.headline, self.own = headline, own
        if self.held is not None:
            self.held = replace(self.held, headline=headline)
        before, y = len(self.laid), self.scroll_offset.y
        self.typeset()
        if y:
            self.move(len(self.laid) - before)

    def clear(self) -> None:
        """Show nothing."""
        self.held = self.headline = None
        self.links = ()
        self.set_lines(())

    def typeset(self) -> None:
        """Set the text for the present width."""
        if self.held is not None:
            text = article_lines(self.held, self.measure, self._since, self.own)
        elif self.headline is not None:
            text = headline_lines(self.headline, self.measure, self._note, self.own)
        else:
            return
        self.links = text.links
        self.set_lines(text.lines)
