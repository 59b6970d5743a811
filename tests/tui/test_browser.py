"""Addresses that leave the reader (docs/security: threats 5 to 7)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from eksread.tui.actions.external import browser_argv, open_address, safe_address
from eksread.tui.widgets.bars import Bar
from tests.tui.archive import archive, news
from tests.tui.fakes import library
from tests.tui.rooms import room

LONG = (
    "https://portal.example/berita-"
    + "-".join(["sungai", "surut", "warga", "menanam", "mangrove"] * 9)
    + ".html"
)

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
        said, _address = open_address(reading.app, "https://portal.example/a;id&b$(c)")
        assert "portal.example" in said
        for _try in range(100):
            await reading.settle(0.05)
            if told.exists() and told.read_text():
                break
    assert told.read_text() == repr(["https://portal.example/a;id&b$(c)"])


@pytest.mark.parametrize("width", [60, 80, 200])
async def test_without_a_browser_the_whole_address_is_shown_as_a_link_and_copied(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    monkeypatch.setenv("PATH", "/nirwana")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with archive(tmp_path, news(1, title="Sungai Surut", url=LONG)) as held:
        async with room(held, size=(width, 24)) as reading:
            for key in ("o", "y"):
                reading.app.copy_to_clipboard("")
                await reading.press(key)
                bar = reading.main.query_one("#status", Bar)
                strips = [bar.render_line(row) for row in range(bar.size.height)]
                links = {segment.style.link for strip in strips for segment in strip if segment.style} - {
                    None
                }
                assert "".join(strip.text.strip() for strip in strips).replace(" ", "").endswith(LONG)
                assert links == {LONG}
                assert reading.app.clipboard == LONG
            await reading.press("j")
            assert LONG not in reading.status
