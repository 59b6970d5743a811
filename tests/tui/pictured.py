"""Articles with lead pictures for the tests: real files in a real folder, opened in the reading room."""

from __future__ import annotations

from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from eksread.model.news import Image
from eksread.store.picture_files import PictureFolder
from eksread.tui.widgets.article_view import AFTER_TEXT
from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    import pytest
    from rich.segment import Segment

    from tests.tui.rooms import Room

PICTURE = "https://portal.example/foto-feri.jpg"
CAPTION = "Feri kecil menunggu penumpang."
RED, BLUE = (200, 30, 30), (20, 40, 180)
WIDE = (120, 40)


def flag(width: int = 320, height: int = 180, kind: str = "PNG", **saved: object) -> bytes:
    """Draw a picture that is red in its upper half and blue in its lower one."""
    from PIL import Image as files

    picture = files.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    stream = BytesIO()
    picture.save(stream, kind, **saved)
    return stream.getvalue()


def colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test have a terminal of all colours that draws no pictures itself."""
    colours(monkeypatch, "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "TMUX", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)


def colours(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)


@asynccontextmanager
async def reading(
    folder: Path, data: bytes | None, size: tuple[int, int] = WIDE, *, paragraphs: int = 6, **settings: object
) -> AsyncIterator[Room]:
    """Have an article opened whose lead picture is held as `data`, and what is made in threads done."""
    one = news(1, lead_image=Image(PICTURE, CAPTION))
    with archive(folder, one, news(2, lead_image=None)) as library:
        library.pictures = PictureFolder(folder / "pictures")
        if data is not None:
            write(folder, data)
        async with room(library, size, **settings) as running:
            await running.press("enter")
            await settled(running)
            yield running


def write(folder: Path, data: bytes) -> None:
    """Put a file where the picture is held, as it is: `keep` would make it smaller."""
    path = PictureFolder(folder / "pictures").path(PICTURE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


async def settled(running: Room) -> None:
    """Wait until the picture is ordered, which a timer does, and made."""
    await running.settle()
    while running.article._timer is not None:
        await running.pilot.pause(AFTER_TEXT)
    await running.app.workers.wait_for_complete()
    await running.settle()


def strips(running: Room) -> Sequence[Sequence[Segment]]:
    return [list(strip) for strip in running.app.screen._compositor.render_strips()]
