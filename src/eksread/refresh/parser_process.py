"""Parsing in a process of its own, so that no page can hold the interface or the signals, whatever is wrong in the parser.

An expression or the HTML parser at work holds Python's interpreter lock, and a thread can't be ended: in the reader's own
process a page built to hang would leave neither a key nor SIGTERM. The process is started for the first page (it loads
the parser, which the reader's process then never does) and kept; what it can't read in time or memory ends it, and the next
page starts another. docs/architecture.md has the figures.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Final, cast

from eksread.model.news import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.fetched import Expected, Page
    from eksread.model.news import Parsed

log = logging.getLogger(__name__)

CPU_SECONDS: Final = 2.0
"""Processor time for one page: the slowest real one takes a tenth. Not the clock's: a busy computer is not the page's fault."""
WALL_SECONDS: Final = 30.0
"""From question to answer, start included: should the process hang without work, or the system have no timer of that kind."""
MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space: 30 MB without a page, 300 MB with the longest one that is read."""
_START: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from eksread.refresh.parser_process import serve; serve()"
)


@cache
def shared_parser() -> ParserProcess:
    """Give the one parser of this process: a second would load everything again."""
    parser = ParserProcess()
    atexit.register(parser.close)
    return parser


class ParserProcess:
    """The parser, apart. Safe to call from several threads; they take turns.

    Raises `OSError` where no process can be started.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, page: Page, *, shapes: Sequence[str] = (), expected: Expected | None = None) -> Parsed:
        """Read any page; `Unknown` with the reason "given-up" when it took too much time or memory."""
        found: Parsed | None = self._call("parse", page, shapes=tuple(shapes), expected=expected)
        if found is None:
            log.warning("%s: given up by the parser", page.url)
            return Unknown(page.url, "given-up")
        return found

    def learn(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Give the URL shapes that these article addresses have in common."""
        return self._call("learn", tuple(urls)) or ()

    def close(self) -> None:
        """End the process, if there is one, and with it the page it reads; the next page starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):  # what was not written any more
                process.communicate()

    def _call(self, function: str, *arguments: object, **named: object) -> Any:
        """Give what a function of `eksread.parse` gives; None when it ran out of time or memory, crashed or raised."""
        with self._turn:
            process = self._ready()
            questions, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
            limit = threading.Timer(WALL_SECONDS, process.kill)
            limit.start()
            answer = None
            try:
                pickle.dump((function, arguments, named), questions, pickle.HIGHEST_PROTOCOL)
                questions.flush()
                answer, trouble = pickle.load(answers)  # noqa: S301 - from a program of ours
                if trouble:
                    log.error("the parser failed: %s", trouble)
            except (OSError, EOFError, pickle.UnpicklingError):
                pass  # the process is gone: that is an answer too
            finally:
                limit.cancel()
                if answer is None:
                    self.close()
            return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            # Without site: the path is given as it is here. No output of it may reach the terminal.
            self._process = subprocess.Popen(  # noqa: S603 - nothing of a page is in it
                [sys.executable, "-I", "-S", "-c", _START, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def serve() -> None:
    """Answer on the standard output until the standard input ends. Runs in the process apart."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the reader's process, whose end ends this one
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write among the answers
    from eksread import parse as parser

    _limit_memory()
    with suppress(EOFError, BrokenPipeError):
        while True:
            _answer(parser, questions, answers)


def _answer(parser: object, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one question. The system ends this process when it takes too long, whatever it is doing."""
    function, arguments, named = pickle.load(questions)  # noqa: S301 - from a program of ours
    _limit_time(CPU_SECONDS)
    try:
        answer = getattr(parser, function)(*arguments, **named), ""
    except Exception:
        answer = None, traceback.format_exc()
    _limit_time(0)
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _limit_time(seconds: float) -> None:
    """Have this process ended after so many seconds of work; 0: no more. Where there is no such timer the wall clock holds."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no such limit on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard >= MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
