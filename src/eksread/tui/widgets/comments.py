"""The comments of an article, threaded by depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.render import BLANK, Line, Run, run, wrap
from eksread.tui.typeset import comments_state
from eksread.tui.widgets.textview import TextView
from eksread.wording import relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from eksread.model import Comment, StoredArticle

STEP: Final = 3
"""Cells that a reply is set in further than what it answers."""
MAX_DEPTH: Final = 6
"""Depth up to which the indent grows; deeper replies say their depth by a number."""


def comment_lines(held: StoredArticle, width: int, now: datetime) -> Iterator[Line]:
    """Set the comments with a head that is honest about their number."""
    article = held.article
    for runs in wrap((run(article.title or held.headline.title, "kicker"),), width):
        yield Line(runs)
    yield BLANK
    yield Line((Run(_("Comments"), "title"),))
    yield BLANK
    for runs in wrap((Run(comments_state(article, asked=True), "dim"),), width):
        yield Line(runs)
    yield BLANK
    for index, comment in enumerate(article.comments.items):
        yield from (line._replace(block=index) for line in _comment(comment, width, now))
        yield Line(block=index)


def _comment(comment: Comment, width: int, now: datetime) -> Iterator[Line]:
    depth = max(0, comment.depth)
    steps = min(depth, MAX_DEPTH, max(0, (width - 24) // STEP))
    lead = tuple(Run("│" + " " * (STEP - 1), "thread") for _step in range(steps))
    author = run(comment.author or _("without a name"), "author")
    extra = f"  ↳{depth}" if depth > steps else ""
    when = f"  {relative(comment.posted, now)}" if comment.posted else ""
    for runs in wrap((author, Run(when + extra, "dim")), width - STEP * steps):
        yield Line((*lead, *runs))
    for paragraph in comment.text.splitlines() or [""]:
        for runs in wrap((run(paragraph, "body"),), width - STEP * steps):
            yield Line((*lead, *runs))


class CommentsView(TextView):
    """Shows the comments of one article."""

    def __init__(self, *, column: int, pane_id: str) -> None:
        super().__init__(column=column, pane_id=pane_id)
        self._held: StoredArticle | None = None
        self._now: datetime | None = None

    def show(self, held: StoredArticle, now: datetime) -> None:
        """Show the comments of `held`; times are told from `now`."""
        self._held, self._now = held, now
        self.typeset()
        self.home()

    def typeset(self) -> None:
        """Set the comments for the present width."""
        if self._held is not None and self._now is not None:
            self.set_lines(tuple(comment_lines(self._held, self.measure, self._now)))
