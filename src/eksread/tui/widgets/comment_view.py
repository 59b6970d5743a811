"""The comments of an article: one of them may be chosen, its thread folded, and the new ones visited in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.tui.render.comment_lines import Item, comment_lines, hidden, threaded
from eksread.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.model.stored import SeenComment, StoredArticle


def items_of(
    stored: StoredArticle, seen: Sequence[SeenComment], visited: datetime | None
) -> tuple[Item, ...]:
    """Give an article's comments as items. At the first visit (`visited` is None) none is new: all are."""
    found = [
        Item(
            one.comment,
            visited is not None and one.first_seen > visited and not one.gone and one.earlier is None,
            one.gone,
            one.earlier,
        )
        for one in seen
    ]
    return threaded(found or [Item(comment) for comment in stored.article.comments.items])


class CommentsView(TextView):
    """Shows the comments of one article."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
        self.stored: StoredArticle | None = None
        self.origin = "article"
        """The pane from which the comments were asked for, to which they go back."""
        self.items: Sequence[Item] = ()
        self._now: datetime | None = None
        self.folded: set[int] = set()
        """The comments whose threads are folded."""

    def show(self, stored: StoredArticle, items: Sequence[Item], now: datetime) -> None:
        """Show the comments of `stored`; times count from `now`."""
        self.stored, self.items, self._now = stored, items, now
        self.folded.clear()
        self.current_link = -1
        self.lay_out()
        self.home()

    def lay_out(self) -> None:
        """Lay the comments out for the present width."""
        if self.stored is not None and self._now is not None:
            lines = comment_lines(
                self.stored,
                self.items,
                self.folded,
                self.current_link,
                self.text_width,
                self._now,
                signs=self.app.no_color,
            )
            self.set_lines(tuple(lines))

    @property
    def foldable(self) -> bool:
        """Whether any comment has a reply."""
        return any(item.replies for item in self.items)

    @property
    def has_thread(self) -> bool:
        """Whether the chosen comment has a reply."""
        return self.current_link >= 0 and bool(self.items[self.current_link].replies)

    # ---- choosing and folding ----

    def choose(self, index: int) -> None:
        """Choose a comment and show it, whatever thread hides it."""
        self.folded = {root for root in self.folded if index not in self.items[root].replies}
        self.current_link = index
        self.lay_out()
        self.choose_link(index)

    def step(self, rows: int) -> bool:
        """Choose the next comment that is shown; give whether there are any."""
        away = hidden(self.items, self.folded)
        shown = [index for index in range(len(self.items)) if index not in away]
        if not shown:
            return False
        if self.current_link in shown:
            self.choose(shown[(shown.index(self.current_link) + rows) % len(shown)])
        else:
            below = next((index for index in shown if index >= self.top_block), shown[0])
            self.choose(below if rows > 0 else shown[-1])
        return True

    def to_new(self, rows: int) -> bool:
        """Choose the next new comment (the one before for a negative `rows`), around the end; give whether there is one."""
        new = [index for index, item in enumerate(self.items) if item.new]
        if not new:
            return False
        ahead = [
            index for index in new if index != self.current_link and (index > self.current_link) == (rows > 0)
        ]
        self.choose((ahead or new)[0 if rows > 0 else -1])
        return True

    def fold(self, index: int) -> bool:
        """Fold a comment's thread or unfold it; give whether it has one."""
        if not 0 <= index < len(self.items) or not self.items[index].replies:
            return False
        self.folded ^= {index}
        self.lay_out()
        self.choose_link(index)
        return True

    def fold_all(self) -> bool:
        """Fold all threads, or unfold all where one is folded; give whether there are any."""
        roots = {index for index, item in enumerate(self.items) if item.replies and item.parent < 0}
        self.folded = set() if self.folded else roots
        self.current_link = -1
        self.lay_out()
        self.home()
        return bool(roots)

    def clicked(self, link: int) -> None:
        """Choose the clicked comment and fold its thread."""
        self.choose(link)
        self.fold(link)
