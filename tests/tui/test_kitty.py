"""Pictures by Kitty's graphics protocol: the pixels are sent once and taken back, cells show them."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image as files
from rich.cells import cell_len

from eksread.model.news import Image
from eksread.store.picture_files import PictureFolder
from eksread.tui.render.pictures import MARKS, PLACEHOLDER
from tests.tui.archive import archive, news
from tests.tui.pictured import CAPTION, PICTURE, RED, colourful, flag, reading, settled, strips, write
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.tui.render.pictures import Cells
    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    colourful(monkeypatch)


class Wire:
    """What was written to the terminal beside the paints."""

    def __init__(self, running: Room) -> None:
        self.text = ""
        driver = running.app._driver
        assert driver is not None
        driver.write = self.write  # type: ignore[method-assign]

    def write(self, data: str) -> None:
        self.text += data

    def commands(self) -> list[tuple[dict[str, str], str]]:
        """Give the graphics commands so far: their keys and their payload."""
        found = re.findall("\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\\\", self.text)
        assert "".join(f"\x1b_G{keys}{';' if data else ''}{data}\x1b\\" for keys, data in found) == self.text
        return [(dict(pair.split("=") for pair in keys.split(",")), data) for keys, data in found]


async def test_kitty_gets_the_pixels_and_forgets_them_when_the_article_is_left(tmp_path: Path) -> None:
    async with reading(tmp_path, None, images="kitty") as running:
        wire, view = Wire(running), running.article
        write(tmp_path, flag())
        view.want_picture(PICTURE)
        view.show(view.stored)
        await settled(running)
        *sent, (placed, _) = wire.commands()
        number = sent[0][0]["i"]
        picture = files.open(BytesIO(b64decode("".join(data for _keys, data in sent))))
        assert (picture.format, picture.size) == ("PNG", (320, 180))
        assert picture.getpixel((0, 0)) == RED
        assert [keys["m"] for keys, _ in sent] == ["1"] * (len(sent) - 1) + ["0"]
        assert all(len(data) <= 4096 for _keys, data in sent)
        cells = view.picture_cells()
        assert cells is not None
        assert placed == {
            "a": "p",
            "U": "1",
            "i": number,
            "p": "1",
            "q": "2",
            "c": str(cells.width),
            "r": str(cells.height),
        }
        _assert_cells(running, int(number), cells)

        wire.text = ""
        await running.pilot.resize_terminal(130, 30)
        await settled(running)
        (deleted, _), (sent_again, _), *_chunks, (placed_again, _) = wire.commands()
        assert (deleted["a"], deleted["i"]) == ("d", number)
        number = sent_again["i"]
        assert (placed_again["a"], placed_again["i"]) == ("p", number)

        wire.text = ""
        await running.press("J")
        await settled(running)
        assert wire.commands() == [({"a": "d", "d": "I", "i": number, "q": "2"}, "")]


def _assert_cells(running: Room, number: int, cells: Cells) -> None:
    """Check that the cells on the screen name the picture and their place in it."""
    shown = [segment for strip in strips(running) for segment in strip if PLACEHOLDER in segment.text]
    assert len(shown) == cells.height
    for row, segment in enumerate(shown):
        assert cell_len(segment.text) == cells.width
        assert segment.text == "".join(
            PLACEHOLDER + MARKS[row] + MARKS[column] for column in range(cells.width)
        )
        assert segment.style is not None
        assert segment.style.color is not None
        red, green, blue = segment.style.color.get_truecolor()
        assert red << 16 | green << 8 | blue == number


async def test_kitty_gets_it_again_after_another_program_had_the_terminal(tmp_path: Path) -> None:
    async with reading(tmp_path, flag(), images="kitty") as running:
        wire = Wire(running)
        running.app.app_resume_signal.publish(running.app)
        await settled(running)
        assert [keys["a"] for keys, _ in wire.commands() if "a" in keys] == ["t", "p"]


async def test_kitty_forgets_it_while_the_list_is_shown(tmp_path: Path) -> None:
    async with reading(tmp_path, flag(), (80, 24), images="kitty") as running:
        wire = Wire(running)
        await running.press("q")
        assert [keys["a"] for keys, _ in wire.commands()] == ["d"]
        wire.text = ""
        await running.press("enter")
        await settled(running)
        assert [keys["a"] for keys, _ in wire.commands() if "a" in keys] == ["t", "p"]


async def test_kitty_has_a_whole_picture_until_it_is_closed(tmp_path: Path) -> None:
    async with reading(tmp_path, flag(), images="kitty") as running:
        wire = Wire(running)
        await running.press("P")
        await running.app.workers.wait_for_complete()
        await running.settle()
        whole = re.findall(r"\x1b_Ga=t,f=100,i=(\d+),", wire.text)[-1]
        assert PLACEHOLDER in running.text
        wire.text = ""
        await running.press("q")
        await settled(running)
        assert f"\x1b_Ga=d,d=I,i={whole},q=2\x1b\\" in wire.text


def test_the_marks_are_those_of_the_protocol() -> None:
    import unicodedata

    from eksread.config import WIDEST
    from eksread.tui.render.pictures import MOST_ROWS

    assert len(set(MARKS)) == len(MARKS) >= max(MOST_ROWS, WIDEST)
    assert list(MARKS) == sorted(MARKS)
    for mark in MARKS:
        assert unicodedata.combining(mark) == 230
        assert cell_len(PLACEHOLDER + mark) == 1


def test_a_real_terminal_has_the_picture_while_it_is_read_and_nothing_of_it_afterwards(
    tmp_path: Path,
) -> None:
    with archive(tmp_path / "data", news(1, lead_image=Image(PICTURE, CAPTION))):
        PictureFolder(tmp_path / "data" / "pictures").keep(PICTURE, flag())
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(tmp_path / "data")]
    environ = surroundings(TERM="xterm-kitty", COLORTERM="truecolor", TMUX="")
    del environ["TMUX"]
    running = Terminal(argv, environ, (130, 40))
    try:
        running.until("(1)")
        running.press("\r")
        running.until(PLACEHOLDER)
        running.rest()
        assert running.raw.count(b"\x1b_Ga=t,") == 1
        running.press("qq")
        assert running.ended() == 0
        assert running.is_restored
        before, _, after = running.raw.partition(b"\x1b[?1049l")
        assert b"\x1b_Ga=d," in before
        assert b"\x1b_G" not in after
    finally:
        running.close()
