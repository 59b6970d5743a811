"""A SOCKS 5 proxy on loopback for one connection (RFC 1928): no authentication, CONNECT alone, to a place of ours."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress


class SocksProxy:
    """Leads every connection to `port` of loopback and notes the names and ports that were asked for."""

    def __init__(self, port: int) -> None:
        self._target = port
        self.asked: list[tuple[str, int]] = []

    def __enter__(self) -> SocksProxy:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"socks5://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            near, _ = self._listener.accept()
            with near, socket.create_connection(("127.0.0.1", self._target)) as far:
                self._greet(near)
                back = threading.Thread(target=_pass, args=(far, near), daemon=True)
                back.start()
                _pass(near, far)
                back.join()

    def _greet(self, near: socket.socket) -> None:
        _version, methods = near.recv(2)
        near.recv(methods)
        near.sendall(b"\x05\x00")
        _version, _command, _reserved, kind, length = near.recv(5)
        assert kind == 3, "the name itself is sent, not an address"
        name = near.recv(length).decode()
        (port,) = struct.unpack("!H", near.recv(2))
        self.asked.append((name, port))
        near.sendall(b"\x05\x00\x00\x01" + bytes(6))


def _pass(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(4096):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
