"""Starts the demo portal, at the same address in every run: what is saved knows pages by their address."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from eksread import user_files
from eksread.errors import FileUnreadable, UsageError
from eksread.i18n import _
from eksread.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PORT_VARIABLE: Final = "EKSREAD_DEMO_PORT"
USUAL_PORT: Final = 47815
"""Any port would do; this one is registered for nothing."""
PORT_FILE: Final = "demo-port"
PORT_BYTES: Final = 10
"""More than a port's five digits and a line end."""


def front_page(folder: Path) -> str:
    """Give the address of the demo's front page, whether it runs or not."""
    return f"http://127.0.0.1:{_port(folder)}/"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Run the demo until the end of the block; give the address of its front page.

    Several processes may serve the same port (`http_server`). A port that another program holds is replaced by a
    free one, which is remembered in `folder`.
    """
    from eksread.demo import DemoPortal

    try:
        portal = DemoPortal(port=_port(folder))
    except OSError:
        portal = DemoPortal()
        make_private(folder)
        (folder / PORT_FILE).write_text(portal.url.rsplit(":", 1)[1], "ascii")
    with portal:
        yield f"{portal.url}/"


def _port(folder: Path) -> int:
    value = os.environ.get(PORT_VARIABLE)
    if value is not None:
        if not (value.isascii() and value.isdigit() and int(value) < 65536):
            raise UsageError(reason=_("{name} must be the number of a port.").format(name=PORT_VARIABLE))
        return int(value)
    with suppress(FileUnreadable, ValueError):
        port = int(user_files.read_bytes(folder / PORT_FILE, PORT_BYTES))
        return port if 0 < port < 65536 else USUAL_PORT
    return USUAL_PORT
