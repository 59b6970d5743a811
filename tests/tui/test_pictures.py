"""The lead picture above its caption, in half-blocks, and its caption in a frame without."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PIL import Image as files

from eksread.store.picture_files import LARGEST, MOST_SCANS, PictureFolder
from eksread.tui.render.pictures import SHARE
from eksread.tui.widgets.text_view import TOP
from tests.tui.pictured import (
    BLUE,
    CAPTION,
    PICTURE,
    RED,
    WIDE,
    colourful,
    colours,
    flag,
    reading,
    settled,
    strips,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rich.segment import Segment

    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

FRAME = "Picture: "


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    colourful(monkeypatch)


def rows(running: Room) -> list[list[Segment]]:
    """Give the cells of the picture as they are on the screen, row by row."""
    lines = ([segment for segment in strip if "▀" in segment.text] for strip in strips(running))
    return [line for line in lines if line]


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
        view = running.article
        count = len(rows(running))
        assert FRAME not in running.text
        lines = [line.text for line in view.laid.lines]
        at = lines.index(CAPTION)
        assert [line.picture for line in view.laid.lines[at - count : at]] == list(range(count))
        strip = view.render_line(at - 1 + TOP)
        left = strip.text.index("▀") - (view.size.width - view.text_width) // 2
        right = view.text_width - left - strip.text.count("▀")
        assert abs(left - right) <= 1
        assert strip.cell_length == view.size.width


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
@pytest.mark.parametrize("pixels", [(320, 180), (300, 300), (200, 400), (640, 160)], ids=str)
async def test_it_keeps_its_shape_and_leaves_room_for_the_text(
    tmp_path: Path, size: tuple[int, int], pixels: tuple[int, int]
) -> None:
    async with reading(tmp_path, flag(*pixels), size) as running:
        view = running.article
        cells = view.picture_cells()
        assert cells is not None
        assert cells.height <= SHARE * view.size.height
        assert cells.width <= view.text_width
        assert sum(len(segment.text) for segment in rows(running)[0]) == cells.width
        assert cells.width / (2 * cells.height) == pytest.approx(pixels[0] / pixels[1], rel=0.1)


async def test_it_is_made_anew_for_another_size(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        before = running.article.picture_cells()
        await running.pilot.resize_terminal(80, 24)
        await settled(running)
        after = running.article.picture_cells()
        assert before is not None
        assert after is not None
        assert after.height < before.height
        assert {sum(len(segment.text) for segment in row) for row in rows(running)} == {after.width}
        await running.pilot.resize_terminal(40, 12)
        await settled(running)
        assert FRAME in "\n".join(line.text for line in running.article.laid.lines)
        await running.pilot.resize_terminal(*WIDE)
        await settled(running)
        assert running.article.picture_cells() == before


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
    exif = files.Exif()
    exif[0x0112] = 6  # turned by a quarter to the right
    async with reading(tmp_path, flag(320, 180, "JPEG", exif=exif)) as running:
        cells = running.article.picture_cells()
        assert cells is not None
        assert cells.width < 2 * cells.height
        left, right = rows(running)[4][0], rows(running)[4][-1]
        assert cell(left).upper[2] > cell(left).upper[0]
        assert cell(right).upper[0] > cell(right).upper[2]


async def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    stream = BytesIO()
    files.new("RGBA", (320, 180), (0, 0, 0, 0)).save(stream, "PNG")
    async with reading(tmp_path, stream.getvalue()) as running:
        assert {cell(segment) for row in rows(running) for segment in row} == {
            Cell((255, 255, 255), (255, 255, 255))
        }


# ---- where reading goes on ----


async def test_what_is_being_read_stays_when_the_picture_comes(tmp_path: Path) -> None:
    async with reading(tmp_path, None, (80, 24)) as running:
        view = running.article
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
            view.lay_out()


def _words(lines: list[str]) -> list[str]:
    """Give the body's lines on the screen, without the scrollbar."""
    return [line[:78].strip() for line in lines if "Warga berkumpul" in line or "Alinea" in line]


async def test_at_the_top_the_title_stays(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        assert running.article.scroll_offset.y == 0
        assert running.article.laid.lines[0].text in running.text


async def test_selected_words_leave_the_picture_out(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        view = running.article
        plain = rows(running)
        view.text_select_all()
        await running.settle()
        taken = running.app.screen.get_selected_text()
        assert taken is not None
        assert CAPTION in taken
        assert "▀" not in taken
        assert [[cell(one) for one in row] for row in rows(running)] == [
            [cell(one) for one in row] for row in plain
        ]


async def test_a_selection_that_begins_on_the_picture_takes_the_words_below(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        view = running.article
        row = next(y for y, line in enumerate(view.laid.lines) if line.picture >= 0) + TOP
        caption = (
            next(y for y, line in enumerate(view.laid.lines) if line.text in CAPTION and line.text) + TOP
        )
        await running.pilot.mouse_down(view, offset=(view.size.width // 2, row + 2))
        await running.pilot.hover(view, offset=(view.size.width - 3, caption))
        await running.pilot.mouse_up(view, offset=(view.size.width - 3, caption))
        await running.settle()
        taken = running.app.screen.get_selected_text()
        assert taken is not None
        assert taken.strip() == CAPTION


async def test_words_are_found_below_it(tmp_path: Path) -> None:
    async with reading(tmp_path, flag(), (80, 24)) as running:
        assert running.article.find("penumpang")
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
async def test_the_caption_stands_alone_where_no_picture_is_wanted(
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


def _bomb() -> bytes:
    """Make a PNG that says it has 40 thousand pixels each way."""
    import struct
    import zlib

    head = b"IHDR" + struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def _scans() -> bytes:
    """Make a JPEG of 100 pixels each way whose last scan comes again and again."""
    data = flag(100, 100, "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * MOST_SCANS + data[-2:]


HOSTILE = {
    "not held": lambda: None,
    "empty": lambda: b"",
    "text": lambda: b"<html>403</html>",
    "cut off": lambda: flag(kind="JPEG")[:900],
    "a bomb": _bomb,
    "more pixels than allowed": lambda: flag(6000, 5000),
    "scans without end": _scans,
    "a counter's dot": lambda: flag(1, 1),
    "a line": lambda: flag(800, 8),
    "larger than any answer": lambda: flag() + bytes(LARGEST),
    "another format": lambda: flag(kind="PPM"),
    "a program": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_is_no_picture_leaves_the_caption_alone(tmp_path: Path, kind: str) -> None:
    async with reading(tmp_path, HOSTILE[kind]()) as running:
        assert FRAME in running.text
        assert CAPTION in running.text
        assert not rows(running)
        await running.press("J", "K")
        assert running.app.is_running
