"""A poor line: a TCP relay on loopback that is slow, and loses connections.

    with PoorLine(portal_port, bytes_per_second=8_000, loss=0.1) as line:
        refresh(f"http://127.0.0.1:{line.port}/")

The rate is shared by all connections and counts downwards, as on a radio link. A lost connection is reset: a third of
them at once, the others in the middle of what they carry. Loss is drawn from a seed, so that runs can be repeated.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from contextlib import suppress

PIECE = 512
"""Bytes relayed at a time: small enough that connections take turns."""


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
        self.connections = self.drops = self.carried = 0

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
            self.connections += 1
            budget = self._budget()
            if budget == 0:
                self._reset(near)
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            with self._lock:
                self._socks |= {near, far}
            threading.Thread(target=self._up, args=(near, far), daemon=True).start()
            threading.Thread(target=self._down, args=(far, near, budget), daemon=True).start()

    def _budget(self) -> int | None:
        """Bytes after which this connection is lost; None for one that holds."""
        if self._random.random() >= self._loss:
            return None
        return 0 if self._random.random() < 1 / 3 else self._random.randrange(200, 20_000)

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(4096):
                far.sendall(data)
            far.shutdown(socket.SHUT_WR)

    def _down(self, far: socket.socket, near: socket.socket, budget: int | None) -> None:
        with suppress(OSError), near, far:
            while data := far.recv(PIECE):
                self._wait(len(data))
                near.sendall(data)
                if budget is not None:
                    budget -= len(data)
                    if budget <= 0:
                        self._reset(near)
                        far.shutdown(socket.SHUT_RDWR)
                        return
            near.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._socks -= {near, far}

    def _wait(self, size: int) -> None:
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self._rate
            self.carried += size
            until = self._free_at
        self._stop.wait(max(0.0, until - time.monotonic()))

    def _reset(self, sock: socket.socket) -> None:
        self.drops += 1
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()
