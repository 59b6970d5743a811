"""A picture that has the window for itself: fitted, with its caption, from one to the next, or why there is none."""

from __future__ import annotations

import re
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from PIL import Image as files

from eksread.demo import DemoPortal
from eksread.errors import Offline
from eksread.model.enums import BlockType
from eksread.model.news import Block, Image
from eksread.store.picture_files import PictureFolder
from eksread.tui.render.pictures import ArticlePicture
from eksread.tui.render.pixels import sixels
from eksread.tui.screens.picture_screen import PictureScreen
from tests.tui.archive import archive, news
from tests.tui.pictured import CAPTION, PICTURE, WIDE, colourful, flag, reading, strips
from tests.tui.rooms import room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

SECOND = "https://portal.example/dapur.jpg"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    colourful(monkeypatch)


@asynccontextmanager
async def gallery(folder: Path, size: tuple[int, int] = WIDE, **settings: object) -> AsyncIterator[Room]:
    """Have an article of two pictures opened, both held."""
    text = [Block(BlockType.PARAGRAPH, f"Alinea {n}. Warga berkumpul di dermaga.") for n in range(40)]
    second = Block(BlockType.IMAGE, "Dapur bersama di atas jembatan", url=SECOND)
    lead = Image(PICTURE, CAPTION, "Ani Lestari")
    with archive(folder, news(1, lead_image=lead, blocks=(*text, second, *text))) as library:
        library.pictures = PictureFolder(folder / "pictures")
        for url in (PICTURE, SECOND):
            library.pictures.keep(url, flag())
        async with room(library, size, **settings) as running:
            await running.press("enter")
            yield running


async def looked_at(running: Room, *keys: str) -> str:
    """Press keys and give what is on the screen once the picture is made."""
    for key in keys:
        await running.press(key)
        await running.app.workers.wait_for_complete()
        await running.settle()
    return running.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
async def test_a_picture_fills_the_window_and_its_caption_stands_below(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(tmp_path, flag(), size) as running:
        text = await looked_at(running, "P")
        drawn = [y for y, strip in enumerate(strips(running)) if "▀" in "".join(one.text for one in strip)]
        lines = text.splitlines()
        assert len(drawn) == drawn[-1] - drawn[0] + 1
        assert len(drawn) >= size[1] - 7 or max(line.count("▀") for line in lines) >= size[0] - 2
        caption = next(y for y, line in enumerate(lines) if CAPTION.rstrip(".") in line)
        assert caption == drawn[-1] + 2
        assert "Picture 1" not in text
        await running.press("escape")
        assert running.app.screen is running.main
        assert running.pane == "article"


async def test_the_arrows_go_from_picture_to_picture_and_stop_at_the_ends(tmp_path: Path) -> None:
    async with gallery(tmp_path) as running:
        first = await looked_at(running, "P")
        assert "Picture 1 of 2" in first
        assert "Feri kecil menunggu penumpang. Photo: Ani Lestari" in first
        second = await looked_at(running, "right")
        assert "Picture 2 of 2" in second
        assert "Dapur bersama di atas jembatan" in second
        assert "▀" in second
        assert await looked_at(running, "right") == second
        assert await looked_at(running, "left", "left") == first


async def test_the_picture_in_sight_is_the_first(tmp_path: Path) -> None:
    async with gallery(tmp_path) as running:
        view = running.article
        row = next(y for y, line in enumerate(view.laid.lines) if "Dapur bersama" in line.text)
        view.reveal(row)
        await running.settle()
        place = view.place
        assert "Picture 2 of 2" in await looked_at(running, "P")
        await running.press("q")
        assert view.place == place


async def test_a_click_on_the_lead_picture_shows_it_whole(tmp_path: Path) -> None:
    async with reading(tmp_path, flag()) as running:
        view = running.article
        row = next(y for y, line in enumerate(view.laid.lines) if line.picture >= 0)
        await running.pilot.click(view, offset=(view.size.width // 2, row + 3))
        screen = running.app.screen
        assert isinstance(screen, PictureScreen)
        await running.pilot.click(screen.view)
        assert running.app.screen is running.main


async def test_a_picture_that_is_not_held_is_fetched_when_it_is_asked_for(tmp_path: Path) -> None:
    async with reading(tmp_path, None) as running:
        library, asked = running.main.context.library, []

        async def fetch(url: str) -> None:
            asked.append(url)
            assert library.pictures is not None
            library.pictures.keep(url, flag())

        library.fetch_picture = fetch  # type: ignore[method-assign]  # the network is tested beside the demo
        library._make_fetcher = lambda: None  # type: ignore[assignment,return-value]
        assert "▀" in await looked_at(running, "P")
        assert asked == [PICTURE]
        await running.press("q")
        await running.settle(0.1)
        assert running.article.picture_cells() is not None


async def test_a_failure_is_said_in_its_place_and_r_tries_again(tmp_path: Path) -> None:
    async with reading(tmp_path, None) as running:
        library, asked = running.main.context.library, []

        async def fetch(url: str) -> None:
            asked.append(url)
            raise Offline("no route", url=url)

        library.fetch_picture = fetch  # type: ignore[method-assign]
        library._make_fetcher = lambda: None  # type: ignore[assignment,return-value]
        text = await looked_at(running, "P")
        assert Offline("no route", url=PICTURE).message[:30] in text
        assert CAPTION.rstrip(".") in text
        await looked_at(running, "r")
        assert len(asked) == 2


@pytest.mark.parametrize(
    ("settings", "environ", "words"),
    [
        ({"images": "off"}, {}, "switched off"),
        ({}, {"NO_COLOR": "1"}, "NO_COLOR"),
    ],
    ids=["switched off", "without colours"],
)
async def test_where_no_picture_is_shown_the_reason_and_the_caption_are(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    environ: dict[str, str],
    words: str,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with gallery(tmp_path, (60, 20), **settings) as running:
        text = await looked_at(running, "P")
        assert words in text
        assert "Feri kecil" in text
        assert "▀" not in text


async def test_without_utf_8_there_is_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        encoding = "iso-8859-1"

    async with gallery(tmp_path) as running:
        monkeypatch.setattr(sys, "__stderr__", Latin())
        assert "UTF-8" in await looked_at(running, "P")
        monkeypatch.undo()


@pytest.mark.parametrize("data", [b"<html>403</html>", b""], ids=["no picture", "empty"])
async def test_a_file_that_is_no_picture_says_so(tmp_path: Path, data: bytes) -> None:
    async with reading(tmp_path, data) as running:
        assert "can't be read" in await looked_at(running, "P")


async def test_a_window_without_room_says_so(tmp_path: Path) -> None:
    async with gallery(tmp_path, (40, 10)) as running:
        assert "no room" in await looked_at(running, "P")


async def test_an_article_without_pictures_says_so(tmp_path: Path) -> None:
    with archive(tmp_path, news(1, lead_image=None)) as library:
        async with room(library) as running:
            await running.press("enter", "P")
            assert "No picture" in running.status


@pytest.mark.parametrize(
    ("caption", "credit", "text"),
    [
        ("Feri menunggu.", "Ani", "Feri menunggu. Foto: Ani"),
        ("Feri menunggu (Foto: Ani)", "Ani", "Feri menunggu (Foto: Ani)"),
        ("", "Dok. Panitia", "Dok. Panitia"),
        ("Feri menunggu", "", "Feri menunggu"),
    ],
)
def test_caption_and_credit_read_as_in_a_newspaper(
    caption: str, credit: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eksread import i18n

    i18n.use("id")
    try:
        assert ArticlePicture((), -1, caption, credit).text == text
    finally:
        i18n.use("en")


def test_the_demo_shows_its_pictures_as_it_comes_and_whole(tmp_path: Path) -> None:
    with DemoPortal() as free:
        port = free.url.rsplit(":", 1)[1]
    argv = [sys.executable, "-m", "eksread", "--demo", "--data-dir", str(tmp_path / "data")]
    environ = surroundings(COLORTERM="truecolor", EKSREAD_DEMO_PORT=port)
    running = Terminal(argv, environ, (120, 40))
    try:
        running.until("▌")
        running.press("\r")
        running.until("▀▀▀▀")
        running.press("P")
        running.until("in the browser")
        running.until("▀" * 60)
        running.press("\x1b")
        running.until("Space")
        running.press("qqq")
        assert running.ended() == 0
        assert running.is_restored
    finally:
        running.close()


# ---- by Sixel ----


def unsixeled(sequence: str) -> tuple[tuple[int, int], dict[tuple[int, int], tuple[int, int, int]]]:
    """Read a Sixel picture by its specification: its size, and the colours of its pixels in per cents."""
    head = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', sequence, re.DOTALL)
    assert head is not None
    colours: dict[int, tuple[int, int, int]] = {}
    pixels: dict[tuple[int, int], tuple[int, int, int]] = {}
    x = y = colour = 0
    for name, values, repeat, sign in re.findall(r"#(\d+)((?:;\d+)*)|(?:!(\d+))?([?-~$-])", head[3]):
        if sign == "$":
            x = 0
        elif sign == "-":
            x, y = 0, y + 6
        elif values:
            colours[int(name)] = tuple(map(int, values.split(";")[2:]))  # type: ignore[assignment]
        elif name:
            colour = int(name)
        else:
            count = int(repeat or 1)
            for at in ((x + step, y + bit) for step in range(count) for bit in range(6)):
                if ord(sign) - 63 >> at[1] - y & 1:
                    assert at not in pixels
                    pixels[at] = colours[colour]
            x += count
    return (int(head[1]), int(head[2])), pixels


def test_a_sixel_picture_has_every_pixel_once_in_its_colour() -> None:
    picture = files.radial_gradient("L").resize((50, 40))
    picture = files.merge("RGB", (picture, picture.rotate(90), files.new("L", picture.size, 90)))
    (width, height), pixels = unsixeled(sixels(picture, 50, 40))
    assert (width, height) == (50, 36)
    assert pixels.keys() == {(x, y) for x in range(width) for y in range(height)}
    wanted = picture.resize((width, height), files.Resampling.LANCZOS)
    for at, colour in pixels.items():
        assert all(abs(a * 2.55 - b) < 40 for a, b in zip(colour, wanted.getpixel(at), strict=True))


def test_a_real_terminal_gets_it_over_the_cells_of_the_picture(tmp_path: Path) -> None:
    with archive(tmp_path / "data", news(1, lead_image=Image(PICTURE, CAPTION))):
        PictureFolder(tmp_path / "data" / "pictures").keep(PICTURE, flag())
    settings = tmp_path / "config.toml"
    settings.write_text('images = "sixel"\n', "utf-8")
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(tmp_path / "data")]
    running = Terminal(
        [*argv, "--config", str(settings)], surroundings(COLORTERM="truecolor"), (80, 24), cell=(10, 20)
    )
    try:
        running.until("(1)")
        running.press("\r")
        running.until("▀▀▀▀")
        assert b"\x1bP" not in running.raw
        running.press("P")
        assert running.waits_for(lambda: b"\x1b8" in running.raw)
        running.rest()
        moved, sequence = re.findall(
            r"\x1b7\x1b\[(\d+A\x1b\[\d+D)(\x1bP.*?\x1b\\)\x1b8",
            running.raw.decode("utf-8", "replace"),
            re.DOTALL,
        )[-1]
        up, left = map(int, re.findall(r"\d+", moved))
        (width, height), pixels = unsixeled(sequence)
        assert (width, 20 * (up + 1) - 6 < height <= 20 * (up + 1)) == (10 * left, True)
        assert pixels[0, 0][0] > pixels[0, 0][2]
        assert pixels[0, height - 1][0] < pixels[0, height - 1][2]
        assert CAPTION.rstrip(".") in running.text
        running.press("qqq")
        assert running.ended() == 0
    finally:
        running.close()
