"""Addresses that leave the reader (docs/security: threats 5 to 7)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from eksread.tui.actions.external import browser_argv, open_address, safe_address
from tests.tui.fakes import library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

BAD = (
    "",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ftp://portal.example/",
    "-https://portal.example/",
    "--new-window https://portal.example/",
    "https://",
    "https:///jalan",
    "https://-x/",
    "https://nama:sandi@portal.example/",
    "https://portal.example/ -x",
    "https://portal.example/\nrm",
    "https://portal.example/\x1b[2J",
    "https://portal.example/`id`",
    'https://portal.example/"',
    "https://portal.example:99999/",
    "https://portal.example/\u202e",
    "//portal.example/",
    "http:portal.example",
    "data:text/html,x",
)


@pytest.mark.parametrize("url", BAD)
def test_odd_addresses_are_not_opened(url: str) -> None:
    assert safe_address(url) is None


@pytest.mark.parametrize(
    "url", ["https://portal.example/berita-1-a.html?b=1&c=2#d", "HTTP://portal.example:8080/"]
)
def test_plain_addresses_are_opened(url: str) -> None:
    assert safe_address(url) == url


def test_the_first_browser_that_exists_is_taken() -> None:
    assert browser_argv({"BROWSER": f"tidak-ada-sama-sekali:{sys.executable} -I %s"}) == (
        sys.executable,
        "-I",
    )


async def test_the_address_is_one_argument_of_a_real_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    script = tmp_path / "browser.py"
    script.write_text(f"import sys, pathlib; pathlib.Path({str(told)!r}).write_text(repr(sys.argv[1:]))")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script}")
    async with room(library()) as reading:
        said = open_address(reading.app, "https://portal.example/a;id&b$(c)")
        assert "portal.example" in said
        for _try in range(100):
            await reading.settle(0.05)
            if told.exists() and told.read_text():
                break
    assert told.read_text() == repr(["https://portal.example/a;id&b$(c)"])


async def test_without_a_browser_the_address_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nirwana")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with room(library()) as reading:
        assert "https://portal.example/a" in open_address(reading.app, "https://portal.example/a")
