"""A small server of broken answers on loopback: real sockets, one thread a connection, one behaviour a path.

    with FaultServer() as server:
        server.on("/news", page())
        server.on("/slow", in_turn(stall(), page()))
        await fetcher.get(server.url("/news"))
        assert server.paths == ["/news"]

A behaviour is a function that gets the `Line` (the socket in use) and the `Request`. It answers on the line; the
connection is kept for the next request unless it was cut.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import ssl

HEADLINES = "".join(
    f'<article><h2><a href="/berita-{n}.html">Warga Desa Uji {n} menanam pohon</a></h2></article>'
    for n in range(8)
)
PAGE = (
    "<!doctype html><html lang=id><head><meta charset=utf-8><title>Kabar Uji</title></head>"
    f"<body><main>{HEADLINES}</main></body></html>"
).encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass(frozen=True)
class Request:
    """What was asked: the target, and the headers with lower-case names."""

    path: str
    headers: dict[str, str]


class Line:
    """One connection, as a behaviour sees it."""

    def __init__(self, sock: socket.socket, stop: threading.Event) -> None:
        self._sock = sock
        self._stop = stop
        self.open = True

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def pause(self, seconds: float) -> bool:
        """Wait; give False when the server is closing."""
        return not self._stop.wait(seconds)

    def cut(self) -> None:
        """End the connection in good order."""
        self.open = False

    def reset(self) -> None:
        """End the connection with RST."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.open = False


Behaviour: TypeAlias = Callable[[Line, Request], None]


def head(status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """Give a status line and headers; `content_type=` and so on, HTML unless told otherwise."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    given.setdefault("content-type", "text/html; charset=utf-8")
    if length is not None:
        given["content-length"] = str(length)
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in given.items() if value)]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"


# ---- behaviours -------------------------------------------------------------------------------------


def page(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> Behaviour:
    """A whole answer."""
    return lambda line, _request: line.send(head(status, len(body), **headers) + body)


def raw(data: bytes) -> Behaviour:
    """These bytes and the end of the connection."""

    def behave(line: Line, _request: Request) -> None:
        line.send(data)
        line.cut()

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The n-th request gets the n-th behaviour; the last one stays."""
    left = list(behaviours)

    def behave(line: Line, request: Request) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(line, request)

    return behave


def conditional(body: bytes = PAGE, etag: str = '"v1"') -> Behaviour:
    """An answer with an ETag, and 304 to who has it."""

    def behave(line: Line, request: Request) -> None:
        if request.headers.get("if-none-match") == etag:
            line.send(head("304 Not Modified", etag=etag, content_type=""))
        else:
            line.send(head(length=len(body), etag=etag) + body)

    return behave


def redirect(to: str, status: str = "302 Found") -> Behaviour:
    return page(b"", status, location=to)


def busy(retry_after: str = "", status: str = "429 Too Many Requests") -> Behaviour:
    return page(b"later", status, retry_after=retry_after)


def zipped(body: bytes = PAGE, cut: int = 0, coding: str = "gzip") -> Behaviour:
    """A gzip body, of which the last `cut` bytes are missing although the length is right."""
    data = gzip.compress(body)
    return page(data[: len(data) - cut], content_encoding=coding)


def gzip_bomb(mib: int = 64) -> Behaviour:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * (1 << 20)
    data = b"".join(squeeze.compress(block) for _ in range(mib)) + squeeze.flush()
    return page(data, content_encoding="gzip")


def short(missing: int = 100) -> Behaviour:
    """Fewer bytes than announced, then the end."""
    return raw(head(length=len(PAGE)) + PAGE[:-missing])


def reset_in_body() -> Behaviour:
    def behave(line: Line, _request: Request) -> None:
        line.send(head(length=len(PAGE)) + PAGE[: len(PAGE) // 2])
        line.pause(0.02)  # so that the first half arrives before the RST drops what is on its way
        line.reset()

    return behave


def reset_at_once() -> Behaviour:
    return lambda line, _request: line.reset()


def stall(after: bytes = b"") -> Behaviour:
    """Send `after` and then nothing more, until the server closes."""

    def behave(line: Line, _request: Request) -> None:
        line.send(after)
        line.pause(3600)
        line.cut()

    return behave


def drip(data: bytes, every: float = 0.05) -> Behaviour:
    """Send byte after byte: never quiet long enough for a read time-out."""

    def behave(line: Line, _request: Request) -> None:
        for byte in data:
            line.send(bytes([byte]))
            if not line.pause(every):
                break
        line.cut()

    return behave


def endless(chunked: bool = False) -> Behaviour:
    block = b"<p>Kabar tanpa akhir.</p>" * 2000
    piece = b"%x\r\n%s\r\n" % (len(block), block) if chunked else block

    def behave(line: Line, _request: Request) -> None:
        line.send(head(transfer_encoding="chunked") if chunked else head())
        while True:
            line.send(piece)

    return behave


def chunk_cut() -> Behaviour:
    return raw(head(transfer_encoding="chunked") + b"%x\r\n%s\r\n" % (len(PAGE), PAGE) + b"1000\r\nKabar")


def flood(status: bytes = b"103 Early Hints") -> Behaviour:
    """Interim answers without end."""

    def behave(line: Line, _request: Request) -> None:
        while True:
            line.send(b"HTTP/1.1 %s\r\n\r\n" % status * 500)

    return behave


def header_bomb(size: int = 2_000_000) -> Behaviour:
    return raw(head(length=len(PAGE), x_big="a" * size) + PAGE)


def missing() -> Behaviour:
    return page(b"not here", "404 Not Found")


# ---- the server -------------------------------------------------------------------------------------


class FaultServer:
    """Serves behaviours by path; "/robots.txt" is missing unless set. Records every request."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.host = host
        self._tls = tls
        self.requests: list[Request] = []
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._behaviours: dict[str, Behaviour] = {"/robots.txt": missing()}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._socks: set[socket.socket] = set()

    def __enter__(self) -> FaultServer:
        self._listener = socket.create_server(
            (self.host, 0), family=socket.AF_INET6 if ":" in self.host else socket.AF_INET
        )
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._listener.close()
        with self._lock:
            for sock in self._socks:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def on(self, path: str, behaviour: Behaviour) -> str:
        """Set what `path` does, and give its address."""
        self._behaviours[path] = behaviour
        return self.url(path)

    def url(self, path: str = "/") -> str:
        return f"http{'s' if self._tls else ''}://{self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._socks.add(sock)
                self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError), sock:
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
            self._talk(sock)
        with self._lock:
            self._socks.discard(sock)

    def _talk(self, sock: socket.socket) -> None:
        line = Line(sock, self._stop)
        with sock, sock.makefile("rb") as stream:
            while line.open and (request := _read(stream.readline)) is not None:
                with self._lock:
                    self.requests.append(request)
                    self._at_once += 1
                    self.most_at_once = max(self.most_at_once, self._at_once)
                try:
                    self._behaviours.get(request.path.split("?")[0], missing())(line, request)
                finally:
                    with self._lock:
                        self._at_once -= 1


def _read(readline: Callable[[], bytes]) -> Request | None:
    first = readline().decode("latin-1").split(" ")
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    while text := readline().decode("latin-1").strip():
        name, _, value = text.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Request(first[1], headers)
