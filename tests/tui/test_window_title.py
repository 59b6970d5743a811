"""The terminal's title names the article that is read, and is the terminal's own again afterwards."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.tui.archive import archive, news
from tests.tui.fakes import library
from tests.tui.rooms import room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_title_names_the_article_while_it_is_read() -> None:
    async with room(library()) as reading:
        assert reading.app.title == "EKSPOSKALTIM"
        await reading.press("enter")
        title = reading.article.headline.title
        assert reading.app.title == f"{title} · EKSPOSKALTIM"
        await reading.press("c")
        assert reading.app.title == f"{title} · EKSPOSKALTIM"
        await reading.press("q", "q")
        assert reading.app.title == "EKSPOSKALTIM"


def titles(raw: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"\x1b\]2;([^\x07]*)\x07", raw)]


@pytest.mark.slow
def test_in_a_real_terminal_the_title_is_clean_and_put_back(tmp_path: Path) -> None:
    with archive(tmp_path, news(1, title="Kerja\x07 Bakti\x1b]2;PALSU\x07 \u202eterbalik" + " lagi" * 60)):
        pass
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(tmp_path)]
    terminal = Terminal(argv, surroundings(PAGER="true"), (100, 30))
    try:
        terminal.until("Kerja Bakti")
        terminal.press("\r")
        terminal.until("Alinea 1.")
        terminal.press("p")
        terminal.rest()
        terminal.press("qq")
        assert terminal.ended() == 0
    finally:
        terminal.close()
    shown = titles(terminal.raw)
    read = next(title for title in shown if "Bakti" in title)
    assert re.fullmatch(r"Kerja Bakti\]2;PALSU terbalik( lagi)*… · EKSPOSKALTIM", read)
    assert len(read) < 100
    assert shown == ["EKSPOSKALTIM", read, "", read, "EKSPOSKALTIM", ""]
    kept, brought = terminal.raw.count(b"\x1b[22;2t"), terminal.raw.count(b"\x1b[23;2t")
    assert kept == brought == 2
    assert terminal.raw.rfind(b"\x1b[23;2t") > terminal.raw.rfind(b"\x1b]2;")
