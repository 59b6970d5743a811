"""The program in a real terminal: what a person sees, and what is left of it afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.news import SectionLink
from eksread.store import open_store
from eksread.store.database.connection import FRESH_FACT
from tests.helpers import unmeasured
from tests.tui.fakes import NOW, article, headline
from tests.tui.terminals import PATIENCE, Terminal, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A data folder with forty articles, written by the real store."""
    folder = tmp_path / "data"
    store = open_store(folder)
    store.portal_data.save_sections(
        [SectionLink(name, f"https://portal.example/{name}") for name in ("Kaltim", "Bontang")], NOW
    )
    for number in range(1, 41):
        row = headline(number)
        store.portal_data.save_article(article(row), NOW, url=row.url)
    store.facts.set(FRESH_FACT, (NOW - timedelta(hours=2)).isoformat())
    store.close()
    return folder


@contextlib.contextmanager
def _started(archive: Path, size: tuple[int, int] = (80, 24), **extra: str) -> Iterator[Terminal]:
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(archive)]
    running = Terminal(argv, surroundings(**extra), size)
    try:
        yield running
    finally:
        running.close()


@pytest.fixture
def terminal(archive: Path) -> Iterator[Terminal]:
    with _started(archive) as running:
        yield running


def test_headlines_opening_and_a_restored_terminal(terminal: Terminal) -> None:
    terminal.until("(1)")
    terminal.press("j\r")
    terminal.until("Alinea 1.")
    terminal.press("q")
    terminal.until("(3)")
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.is_restored
    assert terminal.raw.startswith(b"\x1b[22;2t\x1b]2;EKSPOSKALTIM\x07")
    assert terminal.raw.rstrip().endswith(b"\x1b[23;2t")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_in_order(terminal: Terminal, number: signal.Signals) -> None:
    terminal.until("(1)")
    terminal.rest()
    terminal.process.send_signal(number)
    assert terminal.ended() == 128 + number
    assert terminal.is_restored


def test_a_window_that_changes_its_size_leaves_the_terminal_in_order(terminal: Terminal) -> None:
    terminal.until("(1)")
    terminal.press("\r")
    terminal.until("Alinea 1.")
    for size in ((40, 12), (80, 24)):
        terminal.resize(*size)
        terminal.rest()
    terminal.until("Alinea 1.")
    terminal.press("q")
    terminal.until("(3)")
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.is_restored


def test_ctrl_c_leaves(terminal: Terminal) -> None:
    terminal.until("(1)")
    terminal.rest()
    terminal.press("\x03")
    assert terminal.ended() == 0
    assert terminal.is_restored


@pytest.mark.parametrize(("keys", "told"), [("", "? help"), ("/", "Esc back")], ids=["headlines", "search"])
def test_after_a_while_in_the_shell_the_screen_is_whole_again(
    terminal: Terminal, keys: str, told: str
) -> None:
    terminal.until("(1)")
    terminal.press(keys)
    terminal.until(told)
    terminal.rest()
    whole = terminal.text
    terminal.press("\x1a")
    assert terminal.waits_for(lambda: terminal.is_stopped)
    assert terminal.is_restored
    assert b"\x1b[23;2t" in terminal.raw, "its title as well"
    terminal.screen.reset()
    terminal.process.send_signal(signal.SIGCONT)
    assert terminal.waits_for(lambda: terminal.text == whole), terminal.text
    terminal.press("\x03")
    assert terminal.ended() == 0


def test_marks_and_the_place_survive_a_restart(archive: Path) -> None:
    with _started(archive) as first:
        first.until("(1)")
        first.press("\r")
        first.until("Alinea 1.")
        first.press("f  ")
        first.rest()
        seen = next(line for line in first.screen.display[3:] if "Alinea" in line)
        first.press("qq")
        assert first.ended() == 0
    with _started(archive) as second:
        second.until("★")
        second.press("\r")
        second.until(seen.strip()[:12])
        second.press("qq")
        assert second.ended() == 0


def test_without_colours_nothing_is_coloured_and_all_is_said(archive: Path) -> None:
    with _started(archive, NO_COLOR="1") as running:
        running.until("(1)")
        running.rest()
        for _theme in range(4):
            cells = [cell for row in running.screen.buffer.values() for cell in row.values()]
            assert {cell.fg for cell in cells} == {cell.bg for cell in cells} == {"default"}
            running.press("t")
            running.rest()
        assert "▌●" in running.text
        running.press("q")
        assert running.ended() == 0


def test_a_terminal_that_vanishes_without_a_word_ends_the_program(archive: Path) -> None:
    with _started(archive) as running:
        running.until("(1)")
        running.rest()
        os.close(running.slave)
        os.close(running.master)
        running.slave, running.master = os.open(os.devnull, os.O_RDONLY), os.open(os.devnull, os.O_RDONLY)
        assert running.process.wait(PATIENCE) == 128 + signal.SIGHUP


KEYS = int(os.environ.get("EKSREAD_TEST_KEYS", "120"))
"""Random keys at each size; `make keys` presses 2,000."""
SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
RESIZE_EVERY = 50
LETTERS = [
    *"jkgGnmfuAy cJKbhlszt<>.123:?/qqadwxEYDpN[]LeFiorvCMRSTPI",
    *(
        "\r",
        "\x1b",
        "\t",
        "\x04",
        "\x15",
        "\x7f",
        "\x1b[A",
        "\x1b[B",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[F",
        "\x1b[H",
    ),
]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_many_random_keys_at_changing_sizes_break_nothing(archive: Path, size: tuple[int, int]) -> None:
    chance = random.Random(f"keys at {size}")
    left = KEYS
    while left:
        with _started(archive, size) as running:
            running.wakes = True
            running.until("EKSPOSKALTIM")
            left = _press_at_random(running, chance, left)
            assert "Traceback" not in running.text
            if running.process.poll() is None:
                running.rest()
                assert _is_drawn_anew(running, size), f"the screen is frozen:\n{running.text}"
                running.process.send_signal(signal.SIGTERM)
            assert running.ended() in (0, 128 + signal.SIGTERM), running.text
            assert running.is_restored


def _press_at_random(running: Terminal, chance: random.Random, left: int) -> int:
    """Press keys, in windows of changing sizes, until none are left or one of them has left; give how many are left."""
    while left and running.process.poll() is None:
        key = chance.choice(LETTERS)
        # Leaving is tested elsewhere; here it would only start the walk afresh.
        running.press("j" if key == "q" and chance.random() < 0.9 else key)
        left -= 1
        if left % RESIZE_EVERY == 0:
            running.resize(*chance.choice(SIZES))
        running.pump(0.01)
    return left


def _is_drawn_anew(running: Terminal, size: tuple[int, int]) -> bool:
    """Whether a window of another size is drawn, or the program has ended: keys may still be on their way to it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.process.poll() is None:
        running.resize(*size)
        running.resize(size[0] + 1, size[1])
        if running.pump(0.5):
            return True
    return running.process.poll() is not None


def test_an_answer_given_several_times_closes_only_the_question(terminal: Terminal) -> None:
    terminal.until("(1)")
    terminal.rest()
    terminal.press("A")
    terminal.rest()
    terminal.press("yyyyyy")
    terminal.rest()
    assert terminal.process.poll() is None, terminal.text
    assert "(1)" in terminal.text


LATE = """PIL httpx httpcore selectolax protego tomllib hashlib textual.widgets._markdown textual.widgets._data_table
eksread.parse eksread.fetch eksread.refresh eksread.demo eksread.model.news eksread.model.stored eksread.model.fetched
eksread.model.progress eksread.store.user_records eksread.store.search.results eksread.store.search.query eksread.store.portal_data eksread.store.history
eksread.store.user_data eksread.store.maintenance eksread.store.article_codec eksread.tui.actions eksread.tui.render.article_lines
eksread.tui.widgets.article_view eksread.tui.widgets.comment_view eksread.tui.screens.search_screen eksread.tui.screens.palette_screen"""
"""What only reading, searching, marking or fetching needs: none of it may hold up the first headlines."""


def test_the_first_paint_loads_neither_network_nor_parser_nor_what_only_reading_needs(archive: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from eksread.library import Library
from eksread.store import open_store
from eksread.store.picture_files import PictureFolder
from eksread.config import Config
from eksread.tui.app import EksreadApp
from eksread.tui.main_screen import MainScreen

def painted(screen):
    shown = "".join(segment.text for line in screen._compositor.render_strips() for segment in line)
    print("(1)" in shown, *(name for name in {LATE!r}.split() if name in sys.modules))
    room.exit()

MainScreen._after_first_paint = painted  # what comes right after the first paint
folder = Path({str(archive)!r})
library = Library(open_store(folder), None, "https://portal.example/", pictures=PictureFolder(folder / "pictures"))
room = EksreadApp(library, Config())
room.run(headless=True, size=(120, 40))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
        env=unmeasured(),
    )
    assert done.stdout.split() == ["True"]


def test_the_styles_are_read_once(archive: Path) -> None:
    code = f"""
from pathlib import Path
from textual.css.stylesheet import Stylesheet
from eksread.library import Library
from eksread.store import open_store
from eksread.config import Config
from eksread.tui.app import EksreadApp
from eksread.tui.main_screen import MainScreen

again = []
Stylesheet.reparse = lambda sheet: again.append(sheet)
MainScreen._after_first_paint = lambda screen: room.exit()
for theme in ("dark", "light", "contrast"):
    settings = Config(theme=theme)
    room = EksreadApp(Library(open_store(Path({str(archive)!r})), None, "https://portal.example/"), settings)
    room.run(headless=True, size=(120, 40))
print(len(again))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert done.stdout.split() == ["0"]


def test_frames_and_the_wait_for_esc_are_settled_before_textual_reads_them(archive: Path) -> None:
    code = f"""
from eksread.cli.main import main
main(["--offline", "--data-dir", {str(archive)!r}])
from textual.constants import ESCAPE_DELAY, MAX_FPS
print("settled:", MAX_FPS, ESCAPE_DELAY)
"""
    running = Terminal([sys.executable, "-c", code], surroundings(), (80, 24))
    running.until("(1)")
    running.press("q")
    assert running.ended() == 0
    assert "settled: 500 0.02" in running.text
    running.close()


def test_bytes_that_are_no_utf8_are_no_reason_to_end(terminal: Terminal) -> None:
    terminal.until("(1)")
    terminal.rest()
    os.write(terminal.master, b"/\xe9kota\xff")
    terminal.until("kota")
    terminal.press("\x03")
    assert terminal.ended() == 0
