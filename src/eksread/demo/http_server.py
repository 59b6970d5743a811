"""HTTP/1.1 for the demo portal: validators, compression, keep-alive (RFC 9110, RFC 9112). It knows nothing about news."""

from __future__ import annotations

import gzip
import hashlib
import socket
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.demo.site import Reply

HOST = "127.0.0.1"
_SMALL = 256  # bytes under which gzip gains nothing


class WebServer(ThreadingHTTPServer):
    """Serves `reply(target)` on loopback, with `clock` as the time of its answers."""

    daemon_threads = True
    allow_reuse_port = True

    def __init__(self, port: int, reply: Callable[[str], Reply], clock: Callable[[], datetime]) -> None:
        self.reply = reply
        self.clock = clock
        self.connections: set[socket.socket] = set()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking the resolver for this machine's name, which can take seconds offline.

        Several processes of one user may serve the same port: two readers of the demo answer each other's requests,
        and the second goes on when the first leaves.
        """
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Write nothing about a client that hung up: stderr may be the screen of the reader."""

    def hang_up(self) -> None:
        """Cut every open connection; the threads that wait on them end."""
        for connection in tuple(self.connections):
            with suppress(OSError):  # it was closed meanwhile
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: WebServer
    protocol_version = "HTTP/1.1"
    server_version = "portal-peragaan"
    sys_version = ""
    # Head and body leave together: unbuffered they are two packets, and the second waits for an ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        reply = self.server.reply(self.path)
        tag, packed = _variants(reply.body)
        picture = reply.media_type.startswith("image/")
        packable = not picture and len(reply.body) >= _SMALL
        zipped = packable and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed if zipped else reply.body
        status = reply.status
        if status is HTTPStatus.OK and self._is_current(tag, reply.modified):
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        if reply.location:
            self.send_header("Location", reply.location)
        if reply.status is HTTPStatus.OK:
            self.send_header("ETag", f'"{tag}-gzip"' if zipped else f'"{tag}"')
            self.send_header("Last-Modified", _http_date(reply.modified))
            self.send_header("Cache-Control", "max-age=86400" if picture else "no-cache")
        if packable:
            self.send_header("Vary", "Accept-Encoding")
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", reply.media_type)
            if zipped:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _is_current(self, tag: str, modified: datetime) -> bool:
        """Say whether the client's copy still holds. Entity tags go before dates (RFC 9110 §13.2.2)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {
                each.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for each in known.split(",")
            }
            return "*" in tags or tag in tags
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            moment = parsedate_to_datetime(since)
        except ValueError:
            return False  # RFC 9110 §13.1.3: a date that is none is ignored
        return moment.tzinfo is not None and modified.replace(microsecond=0) <= moment

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Date answers by the portal's clock, which agrees with what its pages print."""
        return _http_date(
            self.server.clock() if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Write nothing: stderr is the reader's screen."""


@lru_cache(maxsize=512)
def _variants(body: bytes) -> tuple[str, bytes]:
    """Give the entity tag of a body and its compressed form, which never changes for the same body."""
    return hashlib.sha256(body).hexdigest()[:20], gzip.compress(body, 6, mtime=0)


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
