"""Reading aloud with a real program on the PATH, which writes down what it is given and speaks as long as a test wants."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from eksread import i18n
from eksread.model.enums import BlockType
from eksread.model.news import Block
from eksread.tui.actions.read_aloud import paragraphs
from eksread.tui.render.headline_lines import BAR
from eksread.tui.state.screen_state import HEAD
from tests.tui.archive import archive, news
from tests.tui.rooms import room
from tests.tui.terminals import PATIENCE, Terminal, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eksread.library import Library
    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

SPEAKER = """#!{python}
import json, os, signal, subprocess, sys, time
folder, mode = {folder!r}, {mode!r}
if mode == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
text = sys.stdin.buffer.read().decode()
child = subprocess.Popen(["/bin/sleep", "60"]).pid if mode == "parent" else 0
with open(folder + "/heard", "a") as heard:
    heard.write(json.dumps(dict(argv=sys.argv[1:], text=text, pid=os.getpid(), child=child)) + "\\n")
if mode == "broken":
    sys.exit(3)
while mode != "quick" and text and not os.path.exists(folder + "/go"):
    time.sleep(0.01)
"""


@dataclass
class Speakers:
    """The programs on the PATH, and what they were given."""

    folder: Path

    def install(self, name: str, mode: str = "slow") -> str:
        path = self.folder / name
        path.write_text(SPEAKER.format(python=sys.executable, folder=str(self.folder), mode=mode), "utf-8")
        path.chmod(0o755)
        return str(path)

    @property
    def heard(self) -> list[dict[str, object]]:
        file = self.folder / "heard"
        lines = file.read_text("utf-8").splitlines() if file.exists() else ()
        return [json.loads(line) for line in lines if line.endswith("}")]

    @property
    def texts(self) -> list[str]:
        return [str(one["text"]) for one in self.heard]

    def running(self) -> list[int]:
        """Give the processes that are still there."""
        pids = [int(str(one[name])) for one in self.heard for name in ("pid", "child")]
        return [pid for pid in pids if pid and _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def speakers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speakers:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Speakers(folder)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with archive(tmp_path / "data", news(1), news(2)) as opened:
        yield opened


async def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def marked(reading: Room) -> str:
    """Give the lines with the bar in the margin."""
    return "\n".join(line for line in reading.lines if line.lstrip().startswith(BAR))


async def test_the_article_is_read_paragraph_by_paragraph_and_each_is_marked_and_in_sight(
    speakers: Speakers, library: Library
) -> None:
    speakers.install("espeak-ng")
    async with room(library) as reading:
        await reading.press("enter", "v")
        await until(lambda: speakers.heard)
        assert speakers.heard[0]["argv"] == ["-v", "id", "--stdin"]
        assert speakers.texts == [f"{news(1).title}\n"]
        assert "Panen Cabai" in marked(reading)
        assert "Any key stops" in reading.status
        before = reading.article.scroll_offset.y
        (speakers.folder / "go").touch()
        await until(lambda: len(speakers.heard) > 6)
        await until(lambda: "Read to the end." in reading.status)
        assert marked(reading) == ""
        assert reading.article.scroll_offset.y > before
    assert [text.split(".")[0] for text in speakers.texts[1:]] == [f"Alinea {n}" for n in range(1, 7)]
    assert all(text.count("\n") == 1 for text in speakers.texts)


@pytest.mark.parametrize("key", ["v", "j", "ö", "q"])
async def test_any_key_stops_it_and_does_nothing_else(speakers: Speakers, library: Library, key: str) -> None:
    speakers.install("espeak-ng", "parent")
    async with room(library) as reading:
        await reading.press("enter", "j", "v")
        await until(lambda: speakers.heard)
        place = reading.article.scroll_offset.y
        await reading.press(key)
        assert marked(reading) == ""
        assert "aloud" not in reading.status
        assert (reading.pane, reading.article.scroll_offset.y) == ("article", place)
        await until(lambda: not speakers.running())
        await reading.press("J")
        assert reading.article.headline is not None
        assert reading.article.headline.title == news(2).title
    assert len(speakers.heard) == 1


async def test_a_program_that_does_not_end_when_asked_is_killed(speakers: Speakers, library: Library) -> None:
    speakers.install("espeak-ng", "stubborn")
    async with room(library) as reading:
        await reading.press("enter", "v")
        await until(lambda: speakers.heard)
        await reading.press("v")
        await until(lambda: not speakers.running())


async def test_a_click_that_closes_the_article_stops_it(speakers: Speakers, library: Library) -> None:
    speakers.install("espeak-ng")
    async with room(library, (120, 36)) as reading:
        await reading.press("enter", "v")
        await until(lambda: speakers.heard)
        await reading.pilot.click("#sections", offset=(4, 1))
        await until(lambda: not speakers.running())
        assert reading.pane != "article"
        assert marked(reading) == ""


async def test_it_begins_where_the_reader_is(speakers: Speakers, library: Library) -> None:
    speakers.install("espeak-ng")
    async with room(library, (60, 14)) as reading:
        await reading.press("enter", "space", "space", "v")
        await until(lambda: speakers.heard)
        first = speakers.texts[0].split(".")[0]
        assert first.startswith("Alinea")
        assert first in reading.text


async def test_the_settings_command_gets_the_text_on_its_input_and_no_shell(
    speakers: Speakers, library: Library
) -> None:
    speakers.install("espeak-ng")
    command = (speakers.install("bicara", "quick"), "-x", "$(touch pwned); a b")
    async with room(library, read_aloud=command) as reading:
        await reading.press("enter", "v")
        await until(lambda: "Read to the end." in reading.status)
    assert {tuple(one["argv"]) for one in speakers.heard} == {command[1:]}  # type: ignore[arg-type]
    assert len(speakers.heard) == 7


async def test_the_server_behind_spd_say_is_told_to_stop(speakers: Speakers, library: Library) -> None:
    speakers.install("espeak-ng")
    speakers.install("spd-say")
    async with room(library) as reading:
        await reading.press("enter", "v")
        await until(lambda: speakers.heard)
        assert speakers.heard[0]["argv"] == ["--wait", "--pipe-mode", "--language", "id"]
        await reading.press("v")
        await until(lambda: len(speakers.heard) == 2)
    assert (speakers.heard[1]["argv"], speakers.texts[1]) == (["--stop"], "")


@pytest.mark.parametrize(
    ("manager", "words"),
    [("apt", "sudo apt install espeak-ng"), ("brew", "brew install espeak-ng"), (None, "(espeak-ng)")],
)
async def test_without_a_program_it_says_how_to_install_one(
    speakers: Speakers, library: Library, manager: str | None, words: str
) -> None:
    if manager:
        speakers.install(manager)
    async with room(library, (120, 36)) as reading:
        await reading.press("enter", "v")
        assert "No program that reads aloud was found." in reading.status
        assert words in reading.status
        assert "read_aloud" in reading.status


async def test_a_program_that_fails_or_is_not_there_is_said(speakers: Speakers, library: Library) -> None:
    async with room(library, (200, 50), read_aloud=("tiada",)) as reading:
        await reading.press("enter", "v")
        assert "tiada can't read aloud: it is not installed." in reading.status
    speakers.install("espeak-ng", "broken")
    async with room(library, (200, 50)) as reading:
        await reading.press("enter", "v")
        await until(lambda: "espeak-ng can't read aloud: it ended with error 3." in reading.status)
        assert marked(reading) == ""
    assert len(speakers.heard) == 1


async def test_only_an_article_with_its_text_is_read(speakers: Speakers, library: Library) -> None:
    async with room(library) as reading:
        await reading.press("v")
        assert "Only an open article" in reading.status


def test_what_a_page_says_is_no_command_and_no_list_of_links() -> None:
    blocks = (
        Block(BlockType.PARAGRAPH, "!-!SET SELF VOLUME 0\n!-!QUIT"),
        Block(BlockType.RELATED, "Baca ini"),
        Block(BlockType.IMAGE, "Foto"),
        Block(BlockType.PARAGRAPH, "***"),
        Block(BlockType.TABLE, "", rows=(("Kota", "Suhu"), ("Bontang", "31"))),
        Block(BlockType.HEADING, "-w/etc/passwd \x1b[2J"),
    )
    assert list(paragraphs(news(1, title="Judul", standfirst="Teras.", blocks=blocks), HEAD)) == [
        (HEAD, "Judul"),
        (HEAD, "Teras."),
        (0, "SET SELF VOLUME 0 QUIT"),
        (4, "Kota, Suhu"),
        (4, "Bontang, 31"),
        (5, "-w/etc/passwd [2J"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ctrl-q", "hangup", "shell"])
def test_leaving_ends_the_program_that_speaks(tmp_path: Path, speakers: Speakers, how: str) -> None:
    speakers.install("espeak-ng", "stubborn")
    with archive(tmp_path / "data", news(1)):
        pass
    argv = [sys.executable, "-m", "eksread", "--offline", "--portal", "https://portal.example/"]
    terminal = Terminal([*argv, "--data-dir", str(tmp_path / "data")], surroundings(), (80, 24))
    try:
        terminal.until("Panen")
        terminal.press("\r")
        terminal.until("Alinea 1.")
        terminal.press("v")
        assert terminal.waits_for(lambda: bool(speakers.heard))
        if how == "ctrl-q":
            terminal.press("\x11")
        elif how == "hangup":
            terminal.process.send_signal(signal.SIGHUP)
        else:
            terminal.press("\x1a")
            assert terminal.waits_for(lambda: terminal.is_stopped)
            terminal.process.send_signal(signal.SIGCONT)
        assert terminal.waits_for(lambda: not speakers.running())
        if how != "shell":
            terminal.ended()
    finally:
        terminal.close()


async def test_it_speaks_of_itself_in_indonesian(speakers: Speakers, library: Library) -> None:
    i18n.use("id")
    speakers.install("espeak-ng")
    async with room(library) as reading:
        await reading.press("enter", "v")
        assert "Sedang dibacakan. Tekan tombol apa saja untuk berhenti." in reading.status
