"""The lead picture above its caption: in half-blocks or by Kitty's protocol, and its caption in a frame without."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rich.cells import cell_len

from eksread.model import Image
from eksread.store.pictures import LARGEST, PictureFolder
from eksread.tui.kitty import MARKS, PLACEHOLDER
from eksread.tui.pictures import SHARE, Cells, Frame, Way, fitting, shape_of_cells, way_to_show
from eksread.tui.widgets.pictured import AFTER_TEXT
from eksread.tui.widgets.textview import TOP
from tests.tui.archive import archive, news
from tests.tui.rooms import room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from rich.segment import Segment

    from tests.tui.rooms import Room

pillow = pytest.importorskip("PIL.Image", reason="needs the extra `images`")

PICTURE = "https://portal.example/foto-feri.jpg"
CAPTION = "Feri kecil menunggu penumpang."
FRAME = "┌ Picture"
RED, BLUE = (200, 30, 30), (20, 40, 180)
WIDE = (120, 40)


def flag(width: int = 320, height: int = 180, kind: str = "PNG", **saved: object) -> bytes:
    """Draw a picture that is red in its upper half and blue in its lower one."""
    picture = pillow.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    stream = BytesIO()
    picture.save(stream, kind, **saved)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test have a terminal of all colours that draws no pictures itself."""
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
    await running.settle(2 * AFTER_TEXT)
    await running.app.workers.wait_for_complete()
    await running.settle()


def rows(running: Room) -> list[list[Segment]]:
    """Give the cells of the picture as they are on the screen, row by row."""
    lines = ([segment for segment in strip if "▀" in segment.text] for strip in strips(running))
    return [line for line in lines if line]


def strips(running: Room) -> Sequence[Sequence[Segment]]:
    return [list(strip) for strip in running.app.screen._compositor.render_strips()]


class Cell(NamedTuple):
    upper: tuple[int, ...]
    lower: tuple[int, ...]


def cell(segment: Segment) -> Cell:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return Cell(tuple(style.color.get_truecolor()), tuple(style.bgcolor.get_truecolor()))


# ---- in half-blocks ----


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
async def test_each_cell_shows_two_pixels(tmp_path: Path, kind: str) -> None:
    async with reading(tmp_path, flag(kind=kind)) as running:
        shown = rows(running)
        for row, colour in ((shown[0], RED), (shown[-1], BLUE)):
            for segment in row:
                assert all(abs(a - b) < 6 for a, b in zip((*cell(segment).upper,), colour, strict=True))
                assert all(abs(a - b) < 6 for a, b in zip((*cell(segment).lower,), colour, strict=True))


async def test_it_stands_above_its_caption_in_the_middle_of_the_column(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        view = running.main.article
        count = len(rows(running))
        assert FRAME not in running.text
        lines = [line.text for line in view.laid.lines]
        at = lines.index(CAPTION.rstrip("."))
        assert [line.picture for line in view.laid.lines[at - count : at]] == list(range(count))
        strip = view.render_line(at - 1 + TOP)
        left = strip.text.index("▀") - (view.size.width - view.measure) // 2
        right = view.measure - left - strip.text.count("▀")
        assert abs(left - right) <= 1
        assert strip.cell_length == view.size.width


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
@pytest.mark.parametrize("pixels", [(320, 180), (300, 300), (200, 400), (640, 160)], ids=str)
async def test_it_keeps_its_shape_and_leaves_room_for_the_text(
    tmp_path: Path, size: tuple[int, int], pixels: tuple[int, int]
) -> None:
    async with reading(tmp_path, flag(*pixels), size) as running:
        view = running.main.article
        cells = view.picture_cells()
        assert cells is not None
        assert cells.height <= SHARE * view.size.height
        assert cells.width <= view.measure
        assert sum(len(segment.text) for segment in rows(running)[0]) == cells.width
        assert cells.width / (2 * cells.height) == pytest.approx(pixels[0] / pixels[1], rel=0.1)


async def test_it_is_made_anew_for_another_size(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        before = running.main.article.picture_cells()
        await running.pilot.resize_terminal(80, 24)
        await settled(running)
        after = running.main.article.picture_cells()
        assert before is not None
        assert after is not None
        assert after.height < before.height
        assert {sum(len(segment.text) for segment in row) for row in rows(running)} == {after.width}
        await running.pilot.resize_terminal(40, 12)
        await settled(running)
        assert FRAME in "\n".join(line.text for line in running.main.article.laid.lines)
        await running.pilot.resize_terminal(*WIDE)
        await settled(running)
        assert running.main.article.picture_cells() == before


async def test_256_colours_are_those_of_every_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colours(monkeypatch, "256")
    steps = {0, 95, 135, 175, 215, 255}
    async with reading(tmp_path, flag()) as running:
        shown = {channel for row in rows(running) for segment in row for channel in cell(segment).upper}
        assert shown
        assert shown <= steps


async def test_only_the_pixels_of_a_file_matter(tmp_path: Path) -> None:
    from PIL import Image as files
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "\x1b]2;owned\x07")
    data = flag(pnginfo=said)
    assert files.open(BytesIO(data)).info["Comment"].startswith("\x1b")
    async with reading(tmp_path, data) as running:
        assert rows(running)
        assert "owned" not in running.text
        assert not any("\x1b" in segment.text for strip in strips(running) for segment in strip)


async def test_a_picture_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter to the right
    async with reading(tmp_path, flag(320, 180, "JPEG", exif=exif)) as running:
        cells = running.main.article.picture_cells()
        assert cells is not None
        assert cells.width < 2 * cells.height
        left, right = rows(running)[4][0], rows(running)[4][-1]
        assert cell(left).upper[2] > cell(left).upper[0]
        assert cell(right).upper[0] > cell(right).upper[2]


async def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    stream = BytesIO()
    pillow.new("RGBA", (320, 180), (0, 0, 0, 0)).save(stream, "PNG")
    async with reading(tmp_path, stream.getvalue()) as running:
        assert {cell(segment) for row in rows(running) for segment in row} == {
            Cell((255, 255, 255), (255, 255, 255))
        }


# ---- where reading goes on ----


async def test_what_is_being_read_stays_when_the_picture_comes(tmp_path: Path) -> None:
    async with reading(tmp_path, None, (80, 24)) as running:
        view = running.main.article
        for before in (1, 9):
            await running.press("home", *["j"] * before)
            seen = running.lines
            write(tmp_path, flag())
            view.want_picture(PICTURE)
            await settled(running)
            assert view.picture_cells() is not None
            assert view.scroll_offset.y > before
            assert _words(running.lines) == _words(seen)
            PictureFolder(tmp_path / "pictures").path(PICTURE).unlink()
            view.want_picture()
            view.typeset()


def _words(lines: list[str]) -> list[str]:
    """Give the body's lines on the screen, without the scrollbar."""
    return [line[:78].strip() for line in lines if "Warga berkumpul" in line or "Alinea" in line]


async def test_at_the_top_the_title_stays(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        assert running.main.article.scroll_offset.y == 0
        assert running.main.article.laid.lines[0].text in running.text


async def test_selected_words_leave_the_picture_out(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        view = running.main.article
        plain = rows(running)
        view.text_select_all()
        await running.settle()
        taken = running.app.screen.get_selected_text()
        assert taken is not None
        assert CAPTION.rstrip(".") in taken
        assert "▀" not in taken
        assert [[cell(one) for one in row] for row in rows(running)] == [
            [cell(one) for one in row] for row in plain
        ]


async def test_words_are_found_below_it(tmp_path: Path) -> None:
    async with reading(tmp_path, flag(), (80, 24)) as running:
        assert running.main.article.find("penumpang")
        await running.settle()
        assert "penumpang" in running.text


async def test_going_on_and_back_shows_each_its_own(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        await running.press("J")
        await settled(running)
        assert not rows(running)
        await running.press("K")
        await settled(running)
        assert rows(running)


async def test_a_picture_that_a_refresh_brings_is_there_at_the_next_opening(tmp_path: Path) -> None:
    async with reading(tmp_path, None, (80, 24)) as running:
        assert FRAME in running.text
        await running.press("q")
        write(tmp_path, flag())
        await running.press("enter")
        await settled(running)
        assert rows(running)


# ---- where there is none ----


@pytest.mark.parametrize(
    ("system", "settings"),
    [("standard", {}), ("truecolor", {"images": "off"})],
    ids=["16 colours", "switched off"],
)
async def test_the_caption_is_framed_where_no_picture_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, settings: dict[str, str]
) -> None:
    colours(monkeypatch, system)
    async with reading(tmp_path, flag(), **settings) as running:
        assert FRAME in running.text
        assert not rows(running)


async def test_no_color_means_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(tmp_path, flag()) as running:
        assert FRAME in running.text
        assert not rows(running)


async def test_without_the_extra_the_caption_is_framed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = flag()
    monkeypatch.delitem(sys.modules, "eksread.tui.pixels", raising=False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    async with reading(tmp_path, data) as running:
        assert FRAME in running.text
        assert not rows(running)


def _bomb() -> bytes:
    """Make a PNG that says it has 40 thousand pixels each way."""
    import struct
    import zlib

    head = b"IHDR" + struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk


HOSTILE = {
    "not held": lambda: None,
    "empty": lambda: b"",
    "text": lambda: b"<html>403</html>",
    "cut off": lambda: flag(kind="JPEG")[:900],
    "a bomb": _bomb,
    "more pixels than allowed": lambda: flag(6000, 3000),
    "a counter's dot": lambda: flag(1, 1),
    "a line": lambda: flag(800, 8),
    "larger than any answer": lambda: flag() + bytes(LARGEST),
    "another format": lambda: flag(kind="PPM"),
    "a program": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_is_no_picture_leaves_the_framed_caption(tmp_path: Path, kind: str) -> None:
    async with reading(tmp_path, HOSTILE[kind]()) as running:
        assert FRAME in running.text
        assert CAPTION.rstrip(".") in running.text
        assert not rows(running)
        await running.press("J", "K")
        assert running.app.is_running


# ---- how it is shown ----


@pytest.mark.parametrize(
    ("setting", "environ", "system", "no_color", "way"),
    [
        ("auto", {"TERM": "xterm-256color"}, "truecolor", False, Way.BLOCKS),
        ("auto", {"TERM": "xterm-256color"}, "256", False, Way.FEW_COLOURS),
        ("auto", {"TERM": "xterm"}, "standard", False, None),
        ("auto", {"TERM": "dumb"}, None, False, None),
        ("auto", {"TERM": "xterm-kitty"}, "truecolor", False, Way.KITTY),
        ("auto", {"TERM": "xterm-ghostty"}, "truecolor", False, Way.KITTY),
        ("auto", {"TERM": "xterm-kitty", "TMUX": "/x"}, "truecolor", False, Way.BLOCKS),
        ("auto", {"TERM": "xterm-kitty"}, "truecolor", True, None),
        ("auto", {"TERM": "xterm-kitty"}, "256", False, Way.FEW_COLOURS),
        ("blocks", {"TERM": "xterm-kitty"}, "truecolor", False, Way.BLOCKS),
        ("kitty", {"TERM": "xterm-256color"}, "truecolor", False, Way.KITTY),
        ("off", {"TERM": "xterm-kitty"}, "truecolor", False, None),
    ],
)
def test_the_environment_and_the_setting_choose_the_way(
    setting: str, environ: dict[str, str], system: str | None, no_color: bool, way: Way | None
) -> None:
    assert way_to_show(setting, environ, system, no_color=no_color) is way


def test_the_settings_file_and_the_room_know_the_same_ways() -> None:
    from eksread.config import IMAGES
    from eksread.tui.settings import PICTURES

    assert IMAGES == PICTURES


@pytest.mark.parametrize(
    ("size", "frame", "cells"),
    [
        ((320, 180), Frame(72, 100), Cells(72, 20)),
        ((320, 180), Frame(72, 30), Cells(43, 12)),
        ((320, 180), Frame(72, 100, 1.5), Cells(72, 27)),
        ((320, 180), Frame(72, 12), None),
        ((1000, 100), Frame(72, 100), None),
        ((20, 1000), Frame(72, 100), None),
    ],
)
def test_a_picture_fits_or_is_left_out(size: tuple[int, int], frame: Frame, cells: Cells | None) -> None:
    assert fitting(size, frame) == cells


@pytest.mark.parametrize(
    ("window", "shape"),
    [((24, 80, 800, 432), 1.8), ((24, 80, 0, 0), 2.0), ((24, 80, 80, 2400), 2.0)],
    ids=["told", "not told", "nonsense"],
)
def test_the_shape_of_cells_is_the_terminal_s(
    monkeypatch: pytest.MonkeyPatch, window: tuple[int, int, int, int], shape: float
) -> None:
    import fcntl
    import os
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    with os.fdopen(leader, "rb"), os.fdopen(follower, "w") as terminal:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", *window))
        monkeypatch.setattr(sys, "__stderr__", terminal)
        assert shape_of_cells() == pytest.approx(shape)


# ---- by Kitty's protocol ----


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


async def test_kitty_gets_the_pixels_once_and_forgets_them_when_the_article_is_left(tmp_path: Path) -> None:
    async with reading(tmp_path, None, images="kitty") as running:
        wire, view = Wire(running), running.main.article
        write(tmp_path, flag())
        view.want_picture(PICTURE)
        view.show(view.held, block=0)
        await settled(running)
        *sent, (placed, _) = wire.commands()
        number = sent[0][0]["i"]
        picture = pillow.open(BytesIO(b64decode("".join(data for _keys, data in sent))))
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
        assert [(keys["a"], keys["i"]) for keys, _ in wire.commands()] == [("p", number)]

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


def test_the_marks_are_those_of_the_protocol() -> None:
    import unicodedata

    from eksread.tui.pictures import MOST_ROWS
    from eksread.tui.settings import MAX_WIDTH

    assert len(set(MARKS)) == len(MARKS) >= max(MOST_ROWS, MAX_WIDTH)
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
