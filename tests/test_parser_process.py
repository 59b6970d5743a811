"""The process in which pages are parsed: what hangs it, fills it or ends it costs that page alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from eksread.model.fetched import Page
from eksread.model.news import Article, Unknown
from eksread.portal import WITA
from eksread.refresh import parser_process
from eksread.refresh.parser_process import ParserProcess

pytestmark = pytest.mark.slow

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
ADDRESS = "https://portal.example/berita-1-jembatan-gantung.html"
STORY = b"<h1>Jembatan Gantung Dibuka Lagi</h1>" + b"".join(
    b"<p>Warga dusun %d menyeberang tanpa perahu setelah papan jembatan diganti bersama-sama oleh warga.</p>"
    % i
    for i in range(8)
)
FAULTS = {
    "hang": "import re; re.match(r'(?:a|a)*$', 'a' * 60 + 'b')",  # the interpreter is held throughout
    "hoard": "bytearray(2_000_000_000)",
    "crash": "import os; os.abort()",
    "mistake": "1 / 0",
    "shout": "import os; os.write(1, b'\\x1b[2J'); print('loud'); return old(*a, **k)",
}
"""What the parser does when it meets a page whose address names it."""
PLANTED = """
import eksread.parse as parser
old = parser.parse
def planted(page, *a, **k):
    a = (page, *a)
%s
    return old(*a, **k)
parser.parse = planted
"""


def page(name: str) -> Page:
    return Page(f"{ADDRESS}?{name}", STORY, NOW, content_type="text/html")


@pytest.fixture(scope="module")
def apart() -> Iterator[ParserProcess]:
    """A process whose parser has the faults planted."""
    faults = "".join(f"    if page.url.endswith('?{name}'): {what}\n" for name, what in FAULTS.items())
    before = parser_process._START
    parser_process._START = before.replace("serve()", f"exec({PLANTED % faults!r}); serve()")
    parser = ParserProcess()
    yield parser
    parser.close()
    parser_process._START = before


def test_a_page_is_read_and_the_process_is_kept(apart: ParserProcess) -> None:
    assert isinstance(apart.parse(page("good")), Article)
    first = apart._process
    assert first is not None
    assert first.pid != os.getpid()
    assert isinstance(apart.parse(page("good")), Article)
    assert apart._process is first
    assert apart.learn([f"https://a.example/berita-{n}-judul-{n}.html" for n in range(1, 9)])


@pytest.mark.parametrize("fault", ["hang", "hoard", "crash", "mistake"])
def test_what_goes_wrong_costs_that_page_alone(apart: ParserProcess, fault: str) -> None:
    assert isinstance(apart.parse(page("good")), Article)
    used = os.times()
    assert apart.parse(page(fault)) == Unknown(page(fault).url, "given-up")
    ended = os.times()
    spent = ended.children_user + ended.children_system - used.children_user - used.children_system
    assert spent < parser_process.CPU_SECONDS + 2, "its process is ended soon, and waited for"
    assert isinstance(apart.parse(page("good")), Article)


CHOKING = {
    "deep": b"<div>" * 500_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x",
    "formatting opened anew": b"".join(b"<b id=%d><p>" % i for i in range(4000)),
    "formatting closed out of turn": b"".join(b"<b id=%d>" % i for i in range(900))
    + b"<div>"
    + b"<br>" * 200_000
    + b"</b>" * 900,
}
"""Markup whose cost grows with the square of its size in an HTML parser that keeps to the standard."""


@pytest.mark.parametrize("name", CHOKING)
def test_pages_that_choke_the_html_parser_are_given_up(apart: ParserProcess, name: str) -> None:
    body = STORY + CHOKING[name]
    used = os.times()
    found = apart.parse(Page(ADDRESS, body, NOW, content_type="text/html"))
    ended = os.times()
    assert found == Unknown(ADDRESS, "given-up")
    spent = ended.children_user + ended.children_system - used.children_user - used.children_system
    assert spent < parser_process.CPU_SECONDS + 2
    assert isinstance(apart.parse(page("good")), Article)


def test_a_process_that_waits_for_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = ParserProcess()
    assert isinstance(parser.parse(page("good")), Article)
    assert parser._process is not None
    monkeypatch.setattr(parser_process, "WALL_SECONDS", 0.5)
    parser._process.send_signal(signal.SIGSTOP)
    assert isinstance(parser.parse(page("good")), Unknown)
    parser.close()


def test_the_process_is_silent(apart: ParserProcess, capfd: pytest.CaptureFixture[str]) -> None:
    assert isinstance(apart.parse(page("shout")), Article)
    assert capfd.readouterr() == ("", "")


def test_the_process_ends_with_its_parent() -> None:
    code = (
        "import os; from tests.test_parser_process import *; p = ParserProcess(); p.parse(page('good'));"
        "print(p._process.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    for _ in range(100):
        if not is_running(pid):
            break
        time.sleep(0.1)
    assert not is_running(pid), "the process was left behind"


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
