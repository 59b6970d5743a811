"""Leaving at once, whatever hangs: a page, a look-up, a thread. All of them hang for longer than a test waits."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from eksread.demo import DemoPortal
from tests.faults import FaultServer, stall
from tests.tui.terminals import PATIENCE, Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HANGING = f"""
import socket, sys, threading, time
from eksread import __main__ as program
begun = threading.Event()
def hang(*_):
    time.sleep({10 * PATIENCE})
"""
LOOK_UP = HANGING + "socket.getaddrinfo = hang\n"
THREAD = HANGING + "threading.Thread(target=hang).start()\n"


@pytest.mark.parametrize("how", ["q", signal.SIGTERM, signal.SIGINT])
def test_leaving_does_not_wait_for_a_page_that_stalls(tmp_path: Path, how: str | signal.Signals) -> None:
    with FaultServer() as server:
        server.on("/", stall())
        argv = [sys.executable, "-m", "eksread", "--portal", server.url("/"), "--data-dir", str(tmp_path)]
        assert _left(argv, how) == (0 if how == "q" else 128 + how)


@pytest.mark.parametrize("how", ["q", signal.SIGTERM])
@pytest.mark.parametrize("fault", [LOOK_UP, THREAD])
def test_leaving_waits_for_no_look_up_and_no_thread(
    tmp_path: Path, fault: str, how: str | signal.Signals
) -> None:
    code = f"{fault}sys.argv[1:] = ['--portal', 'http://portal.example/', '--data-dir', {str(tmp_path)!r}]\nprogram.main()"
    assert _left([sys.executable, "-c", code], how) == (0 if how == "q" else 128 + how)


def _left(argv: list[str], how: str | signal.Signals) -> int:
    """Start, wait for the first fetch to be under way, leave; give the exit code of a restored terminal."""
    terminal = Terminal(argv, surroundings(), (80, 24))
    try:
        terminal.until("front page")
        if isinstance(how, str):
            terminal.press(how)
        else:
            terminal.process.send_signal(how)
        code = terminal.ended()
        assert terminal.is_restored
        return code
    finally:
        terminal.close()


APART = """
import sys
from eksread import __main__ as program
from eksread.refresh import parser_process
plant = '''
import re, eksread.parse as parser
parser.parse = lambda *a, **k: open("HERE", "w") and re.match(r"(?:a|a)*$", "a" * 60 + "b")
'''
parser_process._START = parser_process._START.replace("serve()", f"exec({plant!r}); serve()")
"""


def test_leaving_does_not_wait_for_a_page_that_hangs_the_parser(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with DemoPortal() as portal:
        code = (
            f"{APART.replace('HERE', str(begun))}"
            f"sys.argv[1:] = ['--portal', {portal.url!r}, '--data-dir', {str(tmp_path)!r}]\nprogram.main()"
        )
        terminal = Terminal([sys.executable, "-c", code], surroundings(), (80, 24))
        try:
            terminal.until("front page")
            while not begun.exists():
                terminal.pump(0.02)
            begun.unlink()
            terminal.press("?")
            terminal.until("Open")  # a key is answered while the parser hangs
            assert not begun.exists(), "the same page still"
            terminal.press("??qq")
            assert terminal.ended() == 0
            assert terminal.is_restored
        finally:
            terminal.close()
