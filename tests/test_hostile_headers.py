"""What stands in a response's head is text of the network like any other: nothing of it acts, wherever it is shown."""

from __future__ import annotations

import sys
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

import pytest

from eksread.cli.main import main
from eksread.errors import EksreadError, FileUnreadable, WrongType
from eksread.fetch import FetchOptions
from tests.faults import PAGE, FaultServer, page, raw
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults import Behaviour

EVIL = "\x1b]0;PWNED\x07\x1b]8;;http://evil.example/\x1b\\ \x9b31m\x90q\x9c \u202ereversed\u2066 \u200b\x7f"
"""A title, a link (OSC 8), C1 controls as characters, bidi controls, zero width."""


def answer(status: str = "200 OK", **headers: str) -> Behaviour:
    return page(status=status, **{name: value.replace("EVIL", EVIL) for name, value in headers.items()})


HEADS = {
    "coding": answer(content_encoding="EVIL"),
    "type": answer(content_type="application/pdfEVIL"),
    "odd type": answer(content_type="EVIL"),
    "charset": answer(content_type="text/html; charset=EVIL"),
    "location": answer("302 Found", location="/aEVIL"),
    "location elsewhere": answer("302 Found", location="http://elsewhere.example/EVIL"),
    "location's host": answer("302 Found", location="http://aEVIL/"),
    "reason": answer("500 EVIL"),
    "reason of gone": answer("404 EVIL"),
    "retry": answer("503 EVIL", retry_after="EVIL"),
    "length": raw(f"HTTP/1.1 200 OK\r\nContent-Length: {EVIL}\r\n\r\n".encode()),
    "transfer": raw(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: {EVIL}\r\n\r\n".encode()),
    "version": raw(f"HTTP/{EVIL} 200 OK\r\n\r\n".encode()),
    "latin-1": raw(b"HTTP/1.1 200 \x9b31m\r\nContent-Encoding: \x9b31m\x1b[31m\x90q\r\n\r\n" + PAGE),
    "others": answer(
        server="EVIL", set_cookie="a=EVIL", etag='"EVIL"', last_modified="EVIL", date="EVIL", link="<EVIL>"
    ),
}


def acting(text: str) -> set[str]:
    """Give the characters that act on a terminal."""
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs")} - set("\n\t")


@pytest.mark.slow
@pytest.mark.parametrize("name", HEADS)
def test_nothing_of_a_head_acts_in_any_command(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called without the stream that drops control characters: the messages themselves are clean."""
    hurried = partial(FetchOptions, backoff=0.01, patience=0.01, crawl_delay_cap=0.01)
    monkeypatch.setattr("eksread.fetch.FetchOptions", hurried)
    log = tmp_path / "log"
    with FaultServer() as server:
        server.on("/", page())
        fixed = [
            "--portal",
            server.url("/"),
            "--data-dir",
            str(tmp_path),
            "--lang",
            "en",
            "--log-file",
            str(log),
        ]
        for path in ("/robots.txt", "/rss", "/feed", *(f"/berita-{n}.html" for n in range(8))):
            server.on(path, HEADS[name])
        main([*fixed, "refresh"])
        server.on("/", HEADS[name])
        for words in (["refresh"], ["refresh", "--json"], ["doctor"], ["doctor", "--json"]):
            main([*fixed, *words])
        for words in (["list"], ["list", "--json"], ["show", "1"], ["store", "stats"]):
            main([*fixed, *words])
    out, err = capsys.readouterr()
    assert acting(out + err) == set()
    assert "Warga Desa Uji" in out, "the headlines were there"
    assert acting(log.read_text("utf-8")) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["coding", "latin-1"])
def test_nothing_of_a_head_acts_in_any_pane(tmp_path: Path, name: str) -> None:
    argv = [sys.executable, "-m", "eksread", "--data-dir", str(tmp_path), "--lang", "en", "--portal"]
    with FaultServer() as server:
        server.on("/", HEADS[name])
        for path in ("/robots.txt", "/rss", "/feed", *(f"/berita-{n}.html" for n in range(8))):
            server.on(path, HEADS[name])
        for wanted, keys in (("not a page", ""), ("8 unread", "\r")):
            terminal = Terminal([*argv, server.url("/")], surroundings(), (100, 30))
            try:
                terminal.until(wanted)
                terminal.press(keys)
                terminal.until("not a page")
                terminal.press("qqq")
                terminal.ended()
            finally:
                terminal.close()
            for mark in (
                b"\x1b]0;PWNED",
                b"\x1b]8;;http://evil",
                b"\x9b31m",
                "\x9b31m".encode(),
                b"\xe2\x80\xae",
            ):
                assert mark not in terminal.raw
            server.on("/", page())


def test_a_message_is_clean_whatever_its_values_are(tmp_path: Path) -> None:
    error: EksreadError = WrongType(EVIL, type=EVIL, url=EVIL)
    assert acting(error.message + error.detail + str(error)) == set()
    error = FileUnreadable(path=tmp_path / EVIL.replace("/", ""), reason=EVIL)
    assert acting(error.message) == set()
