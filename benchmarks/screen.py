"""Time what a reader sees: first headlines, keys, opening, rest, memory; beside a bare Textual app in the same run.

    python benchmarks/make_archive.py --articles 100000 --data-dir BIG
    python benchmarks/make_archive.py --articles 100 --data-dir SMALL
    python benchmarks/screen.py --big BIG --small SMALL [--runs 9]
    python benchmarks/screen.py --big BIG --sweep 10        # every key of every screen, so many times each: half an hour

Each program runs in a pseudo-terminal of its own. A moment is taken when bytes come; what they show is worked out
after that, by pyte. The programs of a comparison run by turns, and their ratio is taken pair by pair. Processor time
is given beside the clock's, since a busy machine disturbs it less. Linux only: memory and processor time come from
/proc. What is measured on the archives changes the reader's marks in them.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
from textual.keys import key_to_character

from eksread.model.enums import BlockType
from eksread.model.news import Article, Block
from eksread.store import open_store
from eksread.tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("ready")
Bare().run()
"""
PATIENCE = 30.0
"""Seconds until a screen that does not come ends the measuring."""
REST = 0.15
"""Seconds without output after which a screen counts as still."""
KEYS = 60
IDLE_SECONDS = 10.0
OPENED = 20
"""Articles opened of each length; each is opened once, so that nothing is drawn from a cache."""
LENGTHS = (15, 300)


class Screen:
    """A program in a pseudo-terminal."""

    def __init__(self, argv: list[str], size: tuple[int, int] = (120, 40)) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # Keys that start the reader's programs start one that ends at once.
            programs = dict.fromkeys(("BROWSER", "PAGER", "VISUAL", "EDITOR"), "true")
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", **programs)
            os.execv(argv[0], argv)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.begun = time.perf_counter()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def press(self, key: str) -> float:
        """Press a key; give the moment."""
        os.write(self._fd, key.encode())
        return time.perf_counter()

    def pump(self, seconds: float) -> float | None:
        """Take what comes within `seconds`; give the moment when it came."""
        if not select.select([self._fd], [], [], max(0.0, seconds))[0]:
            return None
        data = os.read(self._fd, 1 << 20)
        moment = time.perf_counter()
        self._stream.feed(data)
        return moment

    def until(self, seen: Callable[[str], bool]) -> float:
        """Give the moment from which the screen is as wanted. Raises `TimeoutError`."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            moment = self.pump(end - time.perf_counter())
            if moment is not None and seen(self.text):
                return moment
        raise TimeoutError(self.text)

    def changed(self, seconds: float) -> float | None:
        """Give the moment when something is drawn, None where nothing is within `seconds`."""
        self._screen.dirty.clear()
        end = time.perf_counter() + seconds
        while (moment := self.pump(end - time.perf_counter())) is not None:
            if self._screen.dirty:
                return moment
        return None

    def rest(self) -> float:
        """Wait until nothing more comes for `REST` seconds and nothing is at work; give the moment of the last output."""
        last = time.perf_counter()
        while (moment := self.pump(REST)) is not None or self.works():
            last = moment or last
        return last

    def works(self) -> bool:
        """Whether a thread runs, or waits for a processor on a busy machine."""
        states = (task.read_text().rpartition(")")[2].split()[0] for task in self._tasks("stat"))
        return any(state in "RD" for state in states)

    def _tasks(self, name: str) -> Iterator[Path]:
        return Path(f"/proc/{self.pid}/task").glob(f"*/{name}")

    def cpu(self) -> float:
        """Processor time so far, in milliseconds."""
        return sum(int(task.read_text().split()[0]) for task in self._tasks("schedstat")) / 1e6

    def pss(self) -> float:
        """Memory in MiB, shared pages counted in parts."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


@contextmanager
def running(argv: list[str], size: tuple[int, int] = (120, 40)) -> Iterator[Screen]:
    """Run a program; end it at the end."""
    screen = Screen(argv, size)
    try:
        yield screen
    finally:
        os.kill(screen.pid, signal.SIGTERM)
        while True:  # it restores its terminal, and whoever reads that must not stop before
            try:
                screen.pump(PATIENCE)
            except OSError:
                break
        os.waitpid(screen.pid, 0)


def reader(folder: Path) -> list[str]:
    """Give the command that reads an archive."""
    return [sys.executable, "-m", "eksread", "--offline", "--lang", "en", "--data-dir", str(folder)]


def headlines_shown(text: str) -> bool:
    """Whether headlines are on the screen: each has a line of time, place and section."""
    return " · " in text


def first_paint(argv: list[str], seen: Callable[[str], bool]) -> tuple[float, float]:
    """Give milliseconds from the start until the screen is as wanted, by the clock and of the processor."""
    with running(argv) as screen:
        moment = screen.until(seen)
        return (moment - screen.begun) * 1e3, screen.cpu()


def compare(runs: int, big: Path, small: Path) -> None:
    """Print first paints of the bare app and of both archives, run by turns."""
    programs = {
        "bare Textual app": ([sys.executable, "-c", BARE], lambda text: "ready" in text),
        "large archive": (reader(big), headlines_shown),
        "small archive": (reader(small), headlines_shown),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for turn in range(runs + 1):
        for name, (argv, seen) in programs.items():
            figures = first_paint(argv, seen)
            if turn:  # the first turn only warms the disk's cache
                found[name].append(figures)
    for name, figures in found.items():
        clock, cpu = (statistics.median(values) for values in zip(*figures, strict=True))
        print(f"first paint, {name:<34}{clock:8.1f} ms   processor {cpu:8.1f} ms")
    for name, other, limit in (("large", "bare Textual app", 1.35), ("large", "small archive", 1.05)):
        pairs = list(zip(found[f"{name} archive"], found[other], strict=True))
        clock, cpu = (statistics.median(mine[at] / its[at] for mine, its in pairs) for at in (0, 1))
        print(f"  {name} / {other:<37}{clock:8.2f}      processor {cpu:8.2f}      at most {limit}")


def tell(what: str, value: float, unit: str, limit: float) -> None:
    """Print one figure."""
    print(f"{what:<47}{value:8.1f} {unit:<30} at most {limit:g}")


def p95(values: Sequence[float]) -> float:
    """Give the value that nineteen of twenty don't exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def keys(folder: Path) -> None:
    """Print delays of keys, the lag behind quick ones, the cost of rest and the memory."""
    with running(reader(folder)) as screen:
        screen.until(headlines_shown)
        screen.rest()
        delays = []
        for key in "j" * KEYS + "k" * KEYS:
            before, pressed = screen.text, screen.press(key)
            delays.append((screen.until(lambda text, before=before: text != before) - pressed) * 1e3)
            screen.rest()
        tell("a key moves the cursor (p95)", p95(delays), "ms", 10)
        for _ in range(2 * KEYS):
            pressed = screen.press("j")
            while (left := pressed + 1 / 60 - time.perf_counter()) > 0:
                screen.pump(left)
        tell("60 keys a second: lag of the last paint", max(0.0, (screen.rest() - pressed) * 1e3), "ms", 50)
        before = screen.cpu()
        end = time.perf_counter() + IDLE_SECONDS
        while (left := end - time.perf_counter()) > 0:
            screen.pump(left)
        tell("at rest", (screen.cpu() - before) / IDLE_SECONDS / 10, "% of a core", 1)
        tell("memory (PSS)", screen.pss(), "MiB", 60)


def opening() -> None:
    """Print how long articles of both lengths take to open, without one beside the list."""
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name))
        with running(reader(Path(name)), (80, 24)) as screen:
            screen.until(headlines_shown)
            screen.rest()
            delays: dict[int, list[float]] = {length: [] for length in LENGTHS}
            for number in range(OPENED * len(LENGTHS)):
                pressed = screen.press("\r")
                moment = screen.until(lambda text, number=number: f"Text {number}." in text)
                delays[LENGTHS[number % len(LENGTHS)]].append((moment - pressed) * 1e3)
                screen.rest()
                for key in "qj":
                    screen.press(key)
                    screen.rest()
    for length, limit in zip(LENGTHS, (40, 150), strict=True):
        tell(f"an article of {length} paragraphs opens (p95)", p95(delays[length]), "ms", limit)


def fill(folder: Path) -> None:
    """Make an archive of articles of both lengths by turns, the first one on top."""
    store = open_store(folder)
    now = datetime.now(UTC)
    sentence = "Warga berkumpul di tepi sungai sejak pagi dan menunggu perahu yang membawa beras. "
    for number in range(OPENED * len(LENGTHS)):
        url = f"https://news.invalid/{number}"
        count = LENGTHS[number % len(LENGTHS)]
        blocks = [Block(BlockType.PARAGRAPH, f"Text {number}. {sentence * 5}")] * count
        published = now - timedelta(minutes=number)
        store.portal_data.save_article(
            Article(
                url=url,
                title=f"Headline {number}",
                blocks=tuple(blocks),
                published=published,
                place="Bontang",
            ),
            now,
            url=url,
        )
    store.close()


# Every key of every screen: from the press to the first change of the screen.

KEY_MILLISECONDS = 50
"""The limit of each key (p95)."""
UNSEEN = 0.4
"""Seconds after which a key counts as one that changes nothing: sooner than an input's cursor blinks."""
ESCAPE = "\x1b"
BYTES = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": ESCAPE,
    "space": " ",
    "slash": "/",
    "backspace": "\x7f",
}
"""What terminals send for keys that are no character."""
LEAVING = ("quit", "suspend")
"""Commands that are not pressed in the sweep: they end it."""
PANES = {"list": "ggj", "sections": "s", "article": "ggj\r", "comments": "\rc"}
"""Panes of the main screen, in which the first key of each command is pressed -> the keys that lead there."""
MOVING = ("j", "G", "pagedown", "J", "n", "enter", "f", "m", "q")
CHOOSING = ("a", "1", "backspace", "down", "up", "tab", "pagedown", "pageup", "enter", "escape")
READING = ("j", "k", "space", "b", "g", "G", "q", "escape")
WRITING = ("a", "1", "backspace", "left", "home", "enter", "escape")
OTHERS = {
    "saved": ("F", MOVING),
    "edition": ("E", MOVING),
    "palette": (":", CHOOSING),
    "search": ("/", (*CHOOSING, "ctrl+s")),
    "search, words": ("/kata", (*CHOOSING, "ctrl+s")),
    "search, choices": ("/kata\r\x1b", CHOOSING),
    "help": ("?", READING),
    "changes": ("d", READING),
    "places and people": ("i", ("j", "k", "G", "slash", *CHOOSING)),
    "related": ("a", ("j", "k", "slash", *CHOOSING)),
    "edition, filter": ("Ew", ("j", "k", "slash", *CHOOSING)),
    "note": ("e", WRITING),
    "labels": ("L", WRITING),
    "find in article": ("\rw", WRITING),
    "all read?": ("A", ("n", "escape")),
}
"""Screens above the main one -> the keys that lead there, and those that are pressed there."""


def sent(key: str) -> str:
    """Give what a terminal sends for a key, by Textual's name of it."""
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) & 31)
    return BYTES.get(key) or key_to_character(key) or key


def sweep(folder: Path, times: int) -> None:
    """Print how long each key takes to its first change, and its processor time until the screen is still."""
    commands = [one.keys.split(",")[0] for one in COMMANDS if one.id not in LEAVING]
    screens = {name: (way, (*commands, "1")) for name, way in PANES.items()} | OTHERS
    screens["list"] = (PANES["list"], [key for key in screens["list"][1] if key != "q"])
    print(
        f"{'screen':<20}{'key':<22}{'p50':>7}{'p95':>7}   processor: {'p50':>5}{'p95':>7}{'to rest':>9}   (ms)"
    )
    slow = []
    leaving = [time_to_leave(folder) for _ in range(times)]
    print(f"{'list':<20}{'q':<22}{statistics.median(leaving):7.1f}{p95(leaving):7.1f}")
    with running(reader(folder)) as screen:
        screen.until(headlines_shown)
        for name, (way, keys) in screens.items():
            for key in keys:
                found = [figures for _ in range(times) if (figures := one_key(screen, way, key)) is not None]
                if not found:
                    print(f"{name:<20}{key:<22}  changes nothing")
                    continue
                delays, cpu, total = zip(*found, strict=True)
                figures = (statistics.median(delays), p95(delays), statistics.median(cpu), p95(cpu))
                clock, processor = (
                    f"{figures[0]:7.1f}{figures[1]:7.1f}",
                    f"{figures[2]:7.1f}{figures[3]:7.1f}",
                )
                print(
                    f"{name:<20}{key:<22}{clock}{'':10}{processor}{statistics.median(total):9.1f}", flush=True
                )
                if p95(delays) > KEY_MILLISECONDS:
                    slow.append(f"{name}: {key}")
    print(f"slower than {KEY_MILLISECONDS} ms (p95): {', '.join(slow) or 'none'}")


def time_to_leave(folder: Path) -> float:
    """Give milliseconds from the key that leaves to the first change."""
    with running(reader(folder)) as screen:
        screen.until(headlines_shown)
        screen.rest()
        go_home(screen)
        screen.rest()
        pressed = screen.press("q")
        moment = screen.changed(PATIENCE)
        assert moment is not None
        return (moment - pressed) * 1e3


def one_key(screen: Screen, way: str, key: str) -> tuple[float, float, float] | None:
    """Go to a screen and press a key.

    Give milliseconds to the first change, by the clock and of the processor, and of the processor until all is still.
    """
    go_home(screen)
    for step in way:
        screen.press(step)
        screen.rest()
    screen.rest()
    before, pressed = screen.cpu(), screen.press(sent(key))
    moment = screen.changed(UNSEEN)
    cpu = screen.cpu() - before
    screen.rest()
    return None if moment is None else ((moment - pressed) * 1e3, cpu, screen.cpu() - before)


def go_home(screen: Screen) -> None:
    """Go back to the list of all news."""
    for _ in range(6):
        before = screen.text
        screen.press(ESCAPE)
        screen.rest()
        if screen.text == before:
            break
    if not all_news_shown(screen.text):
        screen.press("q")
        screen.until(all_news_shown)


def all_news_shown(text: str) -> bool:
    """Whether the list holds all news, as the masthead says."""
    return "All news" in text.splitlines()[0]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--big", type=Path, required=True)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--sweep", type=int, metavar="TIMES")
    given = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    if given.sweep:
        sweep(given.big, given.sweep)
        return
    if given.small is None:
        parser.error("--small is needed for the comparison")
    compare(given.runs, given.big, given.small)
    keys(given.big)
    opening()


if __name__ == "__main__":
    main()
