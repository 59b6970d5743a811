"""The demo portal on loopback: a whole small web server, so that the reader can be tried with no network at all."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from eksread.demo.edition import Edition, load_edition
from eksread.demo.http_server import HOST, WebServer
from eksread.demo.site import Reply, Site
from eksread.demo.templates import BLOG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import TracebackType

    from eksread.demo.layout import Layout

_POLL = 0.05  # seconds between two checks of the stop signal: the longest that close() waits


class DemoPortal:
    """The portal: `with DemoPortal() as portal: … portal.url`.

    The articles' pages take turns in `layouts`; `edition` replaces the one that ships with the package; `port` 0
    takes any free port. Raises `OSError` if the port is taken.
    """

    def __init__(
        self, layouts: Sequence[Layout] = (BLOG,), edition: Edition | None = None, port: int = 0
    ) -> None:
        self.edition = edition if edition is not None else load_edition()
        self._started = time.monotonic()
        self._server = WebServer(port, self.reply, self.now)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="demo", daemon=True
        )
        self._site = Site(self.edition, self.url, layouts)

    @property
    def url(self) -> str:
        """The portal's address, without a slash at the end."""
        return f"http://{HOST}:{self._server.server_port}"

    def now(self) -> datetime:
        """The portal's own clock (WITA): the edition's evening, then running on."""
        return self.edition.now + timedelta(seconds=time.monotonic() - self._started)

    def start(self) -> Self:
        """Begin to answer, in a daemon thread. A portal can be started once."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop and cut every open connection, as a network does that goes away."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        self._server.hang_up()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def reply(self, target: str) -> Reply:
        """Give the page at a request target, without the network."""
        return self._site.reply(target)
