"""Starts the embedded demo portal, at the same address in every run: what is saved knows pages by their address."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from eksread.errors import UsageError
from eksread.i18n import _
from eksread.paths import make_private

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.demo import DemoPortal

PORT_VARIABLE: Final = "EKSREAD_DEMO_PORT"
USUAL_PORT: Final = 47815
"""Any port would do; this one is registered for nothing."""
TAKE_OVER_EVERY: Final = 0.1
"""Seconds between two looks whether the port is free: binding costs microseconds."""
PORT_FILE: Final = "demo-port"
HOST: Final = "127.0.0.1"
SERVER_NAME: Final = "portal-peragaan"
"""What the demo portal answers as its `Server`."""


def address(folder: Path) -> str:
    """Give the demo's front page, whether it runs or not."""
    return f"http://{HOST}:{_wanted_port(folder)}/"


def start(folder: Path) -> tuple[str, DemoPortal | Successor]:
    """Start the demo and give its front page and what serves it, to be closed at the end.

    Where another eksread runs the demo already, that one answers, and this one takes over when it leaves. A port
    that another program holds is replaced by a free one, which is remembered in `folder`.
    """
    from eksread.demo import DemoPortal

    port = _wanted_port(folder)
    try:
        portal = DemoPortal(port=port)
    except OSError:
        if _is_demo(port):
            return address(folder), Successor(port)
        portal = DemoPortal(port=0)
        make_private(folder)
        (folder / PORT_FILE).write_text(portal.url.rsplit(":", 1)[1], "ascii")
    portal.start()
    return f"{portal.url}/", portal


class Successor:
    """Waits for the port of a demo that another process runs, and serves it from then on."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._wait, name="demo successor", daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        from eksread.demo import DemoPortal

        while not self._closed.wait(TAKE_OVER_EVERY):
            try:
                portal = DemoPortal(port=self._port)
            except OSError:
                continue  # the other one still has it
            with portal:
                self._closed.wait()
            return

    def close(self) -> None:
        """Stop waiting or serving."""
        self._closed.set()
        self._thread.join()


def _wanted_port(folder: Path) -> int:
    value = os.environ.get(PORT_VARIABLE)
    if value is not None:
        if not (value.isascii() and value.isdigit() and int(value) < 65536):
            raise UsageError(reason=_("{name} must be the number of a port.").format(name=PORT_VARIABLE))
        return int(value)
    with suppress(OSError, ValueError):
        return int((folder / PORT_FILE).read_text("ascii"))
    return USUAL_PORT


def _is_demo(port: int) -> bool:
    """Ask whoever holds the port whether it is the demo."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("HEAD", "/robots.txt")
        server = connection.getresponse().getheader("Server", "")
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return server.startswith(SERVER_NAME)
