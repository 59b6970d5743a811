"""What leaves the reader in a real terminal: no byte of a page acts on it, and a console browser gets it whole."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, cast

import pytest

from eksread.store import open_store
from eksread.tui.actions.external import NOTE_CHARACTERS, edit
from tests.store.making import save
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.app import App

pytestmark = pytest.mark.slow

PAYLOADS = {
    "csi": "\x1b[2J\x1b[1;1HPALSU",
    "title": "\x1b]0;PWNED\x07",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "link": "\x1b]8;;https://jahat.example/\x1b\\Bank\x1b]8;;\x1b\\",
    "dcs": "\x1bP$qm\x1b\\",
    "apc": "\x1b_Gi=1;AAAA\x1b\\",
    "report": "\x1b[6n\x1b[c",
    "c1": "\x9b2J\x9d0;PWNED\x9c",
    "shift": "\x0e\x0f\x7f\x00",
    "bidi": "\u202e\u2066\u2067",
    "zero": "\u200b\u2060\ufeff",
    "tags": "\U000e0041",
}
MARKS = (
    *(b"\x1b]0;PWNED", b"\x1b]52;c;cm0", b"\x1b]8;;https://jahat", b"\x1bP$q", b"\x1b_Gi", b"\x1b[6n\x1b[c"),
    *(b"\xc2\x9b", b"\xc2\x9d", b"\x0e", b"\x00", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xe2\x80\x8b"),
    *(b"\xf3\xa0\x81\x81", b"\x1b[1;1HPALSU"),
)


def _start(folder: Path, **extra: str) -> Terminal:
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(folder)]
    return Terminal(argv, surroundings(**extra), (100, 40))


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Terminal]:
    """The reader over an archive that some other program filled, with a payload in each text."""
    folder = tmp_path / "data"
    store = open_store(folder)
    for name, payload in PAYLOADS.items():
        text = f"Judul {name} {payload} akhir"
        save(
            store,
            name,
            text.replace("\r", "") * 3,
            title=text,
            place=text,
            section=text,
            reporter=text,
            standfirst=text,
        )
    store.close()
    running = _start(folder)
    yield running
    running.close()


def test_no_byte_of_a_page_acts_on_a_real_terminal(hostile: Terminal) -> None:
    hostile.until("Judul tags")
    for name in reversed(PAYLOADS):
        hostile.press("\r")
        hostile.until(f"JUDUL {name.upper()}")
        hostile.press("q")
        hostile.until("All news")
        hostile.press("j")
    hostile.press("/")
    hostile.until("Searches everything saved")
    hostile.press("akhir")
    hostile.until("12 articles")
    hostile.press("\x1b")
    hostile.until("Enter read")
    hostile.rest()  # an Esc and a letter at once would be one key
    hostile.press("q")
    assert hostile.ended() == 0
    assert [mark for mark in MARKS if mark in hostile.raw] == []
    assert hostile.is_restored


def test_a_console_browser_gets_the_whole_terminal_and_gives_it_back(tmp_path: Path) -> None:
    folder, browser = tmp_path / "data", tmp_path / "lynx"
    store = open_store(folder)
    save(store, "berita", "Isi berita.")
    store.close()
    browser.write_text(
        '#!/bin/sh\nprintf "DI DALAM %s\\n" "$1"\nread answer\nprintf "DIJAWAB %s\\n" "$answer"\n'
    )
    browser.chmod(0o700)
    terminal = _start(folder, BROWSER=str(browser))
    try:
        terminal.until("Judul berita")
        terminal.press("o")
        terminal.until("DI DALAM https://news.invalid/berita")
        assert re.findall(rb"\x1b\[\?1049([hl])", terminal.raw)[-1] == b"l"
        terminal.press("ya\n")
        terminal.until("Opened in the browser: news.invalid")
        assert b"DIJAWAB ya" in terminal.raw
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_restored
    finally:
        terminal.close()


class Suspended:
    """An app that the editor takes the terminal of."""

    suspend = staticmethod(nullcontext)


@pytest.mark.parametrize(("editor", "changed"), [("true", None), ("sed -i s/^/x/", "x")])
def test_a_note_that_is_longer_than_a_page_leaves_the_editor_whole(editor: str, changed: str | None) -> None:
    text = "n" * (3 * NOTE_CHARACTERS)
    written = edit(cast("App[int]", Suspended()), text, {"EDITOR": editor})
    assert written == (None if changed is None else f"{changed}{text}")
