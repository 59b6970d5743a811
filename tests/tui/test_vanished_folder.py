"""The data folder deleted while the reading room is open."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path


async def test_f_says_that_the_folder_is_gone_and_keeps_the_bookmark_in_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with archive(folder, news(1), news(2)) as library:
        async with room(library, (120, 36)) as reading:
            shutil.rmtree(folder)
            await reading.press("f")
            assert "was deleted or moved while eksread runs" in reading.status
            assert "start it again" in " ".join(reading.text.split())
            await reading.press("enter")
            assert "Alinea 1." in reading.text
            assert reading.app.is_running
    assert "Panen Cabai" in (folder / "bookmarks.toml").read_text()
