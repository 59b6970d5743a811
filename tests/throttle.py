"""A poor line: a relay on loopback that is slow, and loses connections.

    with PoorLine(portal_port, bytes_per_second=8_000, loss=0.1) as line:
        refresh(f"http://127.0.0.1:{line.port}/")

It passes bytes on, and may also be named as `http_proxy` (for a portal whose pages name their own port).

The rate is shared by all connections and counts downwards, as on a radio link. Loss is drawn for each request, from a
seed: the connection is then reset in the middle of the answer, or before it.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

PROXIED = re.compile(rb"\A([A-Z]+ )http://[^/ ]+")
"""The start of a request to a proxy: the portal wants the path alone."""
PIECE = 512
"""Bytes relayed at a time: small enough that connections take turns."""


@dataclass
class Link:
    """One connection through the line; `left` is how many more bytes come before it is lost, None if it holds."""

    near: socket.socket
    far: socket.socket
    left: int | None = None


class PoorLine:
    """Relays `port` of loopback; `drops` counts the connections that were lost."""

    def __init__(self, port: int, *, bytes_per_second: float, loss: float = 0.0, seed: int = 1) -> None:
        self._target = port
        self._rate = bytes_per_second
        self._loss = loss
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._free_at = 0.0
        self._stop = threading.Event()
        self._socks: set[socket.socket] = set()
        self.requests = self.drops = self.carried = 0

    def __enter__(self) -> PoorLine:
        self._listener = socket.create_server(("127.0.0.1", 0))
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

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._target))
            with self._lock:
                self._socks |= {near, far}
            link = Link(near, far)
            threading.Thread(target=self._up, args=(link,), daemon=True).start()
            threading.Thread(target=self._down, args=(link,), daemon=True).start()

    def _up(self, link: Link) -> None:
        with suppress(OSError):
            while data := link.near.recv(4096):
                self.requests += 1
                if self._random.random() < self._loss:
                    link.left = self._random.randrange(0, 8_000)
                link.far.sendall(PROXIED.sub(rb"\1", data))
            link.far.shutdown(socket.SHUT_WR)

    def _down(self, link: Link) -> None:
        with suppress(OSError), link.near, link.far:
            try:
                while data := link.far.recv(PIECE):
                    self._wait(len(data))
                    if link.left is not None:
                        link.left -= len(data)
                        if link.left <= 0:
                            self._lose(link)
                            return
                    link.near.sendall(data)
            finally:  # whether the portal ended or reset it
                link.near.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._socks -= {link.near, link.far}

    def _wait(self, size: int) -> None:
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self._rate
            self.carried += size
            until = self._free_at
        self._stop.wait(max(0.0, until - time.monotonic()))

    def _lose(self, link: Link) -> None:
        self.drops += 1
        link.near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # This wakes the other thread: a socket that is waited on does not close.
        link.near.shutdown(socket.SHUT_RD)
        link.near.close()
        link.far.shutdown(socket.SHUT_RDWR)
