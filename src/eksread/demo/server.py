"""The demo portal on loopback: a whole small web server, so that the reader can be tried with no network at all."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from eksread.demo.edition import Article, Edition, load_edition
from eksread.demo.http_server import HOST, Visit, WebServer
from eksread.demo.site import Reply, Site
from eksread.demo.templates import BLOG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from eksread.demo.layout import Layout

_POLL = 0.05  # seconds between looks at the stop signal: the most that close() waits


class DemoPortal:
    """The portal: ``with DemoPortal() as portal: … portal.url``.

    ``layouts`` are those that the articles' pages take turns in; ``edition`` replaces the one that ships with the
    package; ``port`` 0 takes any free port. Raises ``OSError`` if the port is taken.
    """

    def __init__(
        self, layouts: Sequence[Layout] = (BLOG,), edition: Edition | None = None, port: int = 0
    ) -> None:
        served = edition if edition is not None else load_edition()
        self.requests: list[Visit] = []
        self._layouts = layouts
        self._gone: frozenset[int] = frozenset()
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._server = WebServer(port, self.reply, self.now, self.requests)
        self._thread: threading.Thread | None = None
        self._changed: datetime | None = None
        self._site = self._build(served)

    @property
    def url(self) -> str:
        """The portal's address, without a slash at the end."""
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def edition(self) -> Edition:
        """What is being served. Setting it changes every page at once; articles keep their dates."""
        return self._site.edition

    @edition.setter
    def edition(self, edition: Edition) -> None:
        self._changed = self._tick(self._changed)
        self._site = self._build(edition)

    def now(self) -> datetime:
        """The portal's own clock (WITA): the edition's evening, and then on at the pace of the world."""
        return self.edition.now + timedelta(seconds=time.monotonic() - self._started)

    def start(self) -> Self:
        """Begin to answer, in a daemon thread. A portal can be started once."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._server.serve_forever, args=(_POLL,), name="demo", daemon=True
            )
            self._thread.start()
        return self

    def close(self) -> None:
        """Stop and cut every open connection, as a network does that goes away."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self._server.hang_up()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def revise(self, article_id: int, *, title: str | None = None, body: str | None = None) -> Article:
        """Change an article as an editor would: its address stays, its date of change moves on. Give the new one.

        Raises ``KeyError`` where the edition has no such article.
        """
        with self._lock:
            old = self.edition.article(article_id)
            if old is None:
                raise KeyError(article_id)
            text = old.body if body is None else body
            new = replace(old, title=title or old.title, body=text, updated=self._tick(old.modified))
            self.edition = self.edition.including(new)
        return new

    def add(self, article: Article) -> None:
        """Publish an article, or put one of the same number in place of the old."""
        with self._lock:
            self._gone -= {article.id}
            self.edition = self.edition.including(article)

    def remove(self, article_id: int) -> None:
        """Withdraw an article: it leaves every list, and its address answers 410."""
        with self._lock:
            self._gone |= {article_id}
            self.edition = self.edition.without(article_id)

    def reply(self, target: str) -> Reply:
        """Give the page at a request target, without the network."""
        return self._site.reply(target)

    def _build(self, edition: Edition) -> Site:
        return Site(edition, self.url, self._layouts, self._gone, self._changed)

    def _tick(self, last: datetime | None) -> datetime:
        """Give a moment a whole second after ``last``: HTTP dates tell no shorter times apart."""
        moment = max(self.now(), last + timedelta(seconds=1)) if last else self.now()
        return moment.replace(microsecond=0)
