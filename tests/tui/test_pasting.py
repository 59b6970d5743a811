"""Pasted text lands in every input as one clean line, in order, whatever is in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from textual import events

from eksread.tui.terminal_input import PasteParser
from eksread.tui.widgets.line_input import LineInput, one_line
from tests.tui.archive import archive, news
from tests.tui.fakes import library
from tests.tui.rooms import room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

START, END = "\x1b[200~", "\x1b[201~"


def told(parser: PasteParser, *read: str) -> list[str]:
    """Give what the parser makes of what is read piece by piece: keys by their names, pasted text in quotes."""
    found = []
    for piece in read:
        for event in parser.feed(piece):
            found.append(event.key if isinstance(event, events.Key) else repr(getattr(event, "text", event)))
    return found


@pytest.mark.parametrize("size", [1, 3, 5, 1000])
def test_an_escape_in_pasted_text_is_no_key_however_it_is_read(size: int) -> None:
    typed = f"a{START}satu\x1b[31m dua\x1b\x1bOP\ntiga\x1b[20{END}b"
    pieces = [typed[at : at + size] for at in range(0, len(typed), size)]
    pasted = "satu␛[31m dua␛␛OP\ntiga␛[20"
    assert told(PasteParser(), *pieces) == ["a", repr(pasted), "b"]


def test_keys_and_a_second_paste_follow_in_order() -> None:
    typed = f"{START}satu{END}x{START}dua{END}\x1b[A"
    assert told(PasteParser(), typed) == ["'satu'", "x", "'dua'", "up"]


def test_a_lone_escape_outside_a_paste_is_not_held_back() -> None:
    parser = PasteParser()
    assert told(parser, "\x1b", "\x1b") == ["escape"], "the second one says that the first was a key"


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("satu\r\ndua\ttiga\n", "satu dua tiga"),
        ("\n\nbanjir", "banjir"),
        ("\x1b[1;31mmerah\x1b[0m dan ␛[4mgaris␛[0m", "merah dan garis"),
        ("a\x1b]0;judul\x07b\x1b]8;;https://jahat.example/\x1b\\c", "abc"),
        ("\u202ekebalik\x00\x9b2J", "kebalik2J"),
        ("\x1b", ""),
    ],
)
def test_a_pasted_text_becomes_one_harmless_line(pasted: str, line: str) -> None:
    assert one_line(pasted) == line


@pytest.mark.parametrize("keys", [("slash",), ("colon",), ("i",), ("e",), ("L",), ("enter", "w"), ("w",)])
async def test_every_input_takes_all_lines_at_the_cursor(keys: tuple[str, ...], tmp_path: Path) -> None:
    with archive(tmp_path, news(1), news(2)) as held:
        async with room(held) as reading:
            await reading.press(*keys, *(("slash",) if keys == ("i",) else ()), "x", "y", "left")
            focused = reading.app.focused
            assert isinstance(focused, LineInput)
            reading.app.post_message(events.Paste("satu\n\x1b[31mdua\n"))
            await reading.press("z")
            assert focused.value.endswith("xsatu duazy")


async def test_a_paste_right_after_the_key_that_opens_an_input_lands_in_it() -> None:
    async with room(library()) as reading:
        await reading.press("slash")
        reading.headlines.post_message(events.Paste("sungai besar"))  # sent while the list had the focus
        await reading.settle()
        assert reading.app.focused.value == "sungai besar"


async def test_what_was_copied_here_is_pasted_as_one_line() -> None:
    async with room(library()) as reading:
        reading.app.copy_to_clipboard("# Judul\n\nIsi\n")
        await reading.press("e", "ctrl+v")
        assert reading.app.focused.value == "# Judul Isi"


@pytest.mark.slow
def test_in_a_real_terminal_a_paste_of_several_lines_is_one_note(tmp_path: Path) -> None:
    with archive(tmp_path, news(1, title="Kerja Bakti"), news(2, title="Pasar Pagi")):
        pass
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(tmp_path)]
    terminal = Terminal(argv, surroundings(), (100, 30))
    try:
        terminal.until("Kerja Bakti")
        terminal.press(f"e{START}baca\n\x1b[31mbesok\x1b pagi{END}!\r")
        terminal.until("Bookmarked with its note")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_restored
    finally:
        terminal.close()
    with archive(tmp_path) as held:
        assert [mark.note for mark in held.user_data.bookmarks()] == ["baca besok pagi!"]
