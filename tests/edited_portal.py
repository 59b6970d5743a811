"""The demo portal as tests need it: which paths were asked for, and an edition that changes under the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from eksread.demo import DemoPortal
from eksread.demo.edition import newest_first
from eksread.demo.site import Site
from eksread.demo.templates import BLOG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.demo import Article, Edition
    from eksread.demo.layout import Layout
    from eksread.demo.site import Reply


def including(edition: Edition, *articles: Article) -> Edition:
    """Give an edition in which these are new or replace those of the same numbers."""
    by_number = {article.id: article for article in (*edition.articles, *articles)}
    return replace(edition, articles=newest_first(by_number.values()))


class EditedPortal(DemoPortal):
    """Notes in `asked` the paths that it answers."""

    def __init__(self, layouts: Sequence[Layout] = (BLOG,), edition: Edition | None = None) -> None:
        self.asked: list[str] = []
        self._own_layouts = layouts
        self._withdrawn: set[int] = set()
        super().__init__(layouts, edition)

    def reply(self, target: str) -> Reply:
        self.asked.append(target)
        answer = super().reply(target)
        withdrawn = any(target.startswith(f"/berita-{number}-") for number in self._withdrawn)
        return replace(answer, status=HTTPStatus.GONE) if withdrawn else answer

    def serve(self, edition: Edition) -> None:
        """Serve another edition from now on. Its lists count as changed a second later at least: HTTP dates have whole seconds."""
        self.edition, before = edition, self._site.changed
        self._site = Site(edition, self.url, self._own_layouts)
        now = self.now().replace(microsecond=0)
        self._site.changed = max(edition.changed, now, before + timedelta(seconds=1))

    def revise(self, article_id: int, **changes: str) -> Article:
        """Change `title` or `body` of an article as an editor would: its address stays, its date of change moves on."""
        old = self.edition.article(article_id)
        assert old is not None
        updated = max(self.now(), old.modified + timedelta(seconds=1)).replace(microsecond=0)
        new = replace(old, updated=updated, **changes)
        self.publish(new)
        return new

    def publish(self, article: Article) -> None:
        """Publish an article, or put one of the same number in place of the old."""
        self._withdrawn.discard(article.id)
        self.serve(including(self.edition, article))

    def withdraw(self, article_id: int) -> None:
        """Take an article out of every list; its address then answers 410."""
        self._withdrawn.add(article_id)
        articles = tuple(article for article in self.edition.articles if article.id != article_id)
        self.serve(replace(self.edition, articles=articles))
