"""A process apart in which doubtful pages are parsed: with a memory limit and a deadline, and replaceable.

It is started when the first doubtful page comes (about 350 ms) and kept for the next (2 ms a page). When a page makes
it slow, huge or crash, it is killed and the caller goes on; ordinary reading never starts it.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

MEMORY: Final = (
    768 * 1024 * 1024
)  # bytes of address space: Python and its libraries map 250 MB before any page
DEADLINE: Final = 4.0  # seconds from question to answer, start included: a person waits for this page
CPU_SECONDS: Final = 60  # of a worker's whole life, should its parent be gone and no one kill it

P = ParamSpec("P")
R = TypeVar("R")


class Worker(Generic[P, R]):
    """Calls `function` in a process apart. Arguments and result are pickled; `function` is named, not nested.

    Safe to call from several threads; they take turns.
    """

    def __init__(self, function: Callable[P, R], *, memory: int = MEMORY, deadline: float = DEADLINE) -> None:
        self._function = function
        self._memory = memory
        self._deadline = deadline
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def call(self, *arguments: P.args, **named: P.kwargs) -> R | None:
        """Give the function's result, or None when it ran out of memory or time, crashed or raised."""
        with self._turn:
            pipe = self._ready()
            try:
                pipe.send((arguments, named))
                if pipe.poll(self._deadline):
                    result: R | None = pipe.recv()
                    return result
            except (OSError, EOFError):
                pass  # the process is gone: that is an answer too
            self._stop()
            return None

    @property
    def running(self) -> bool:
        """Whether a process stands ready."""
        return self._process is not None and self._process.is_alive()

    def close(self) -> None:
        """End the process, if there is one; the next call starts another."""
        with self._turn:
            self._stop()

    def _ready(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._stop()
        import multiprocessing  # 15 ms that ordinary reading doesn't pay

        # Not fork: this process has threads, a terminal and open databases.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._function, self._memory), name="eksread-parser", daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process, self._pipe = None, None


def _serve(pipe: Connection, function: Callable[..., object], memory: int) -> None:
    """Answer until the pipe closes. Runs in the process apart; says nothing on the terminal."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the reader's process, which ends this one
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    _limit(memory)
    while True:
        try:
            arguments, named = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = function(*arguments, **named)
        except (Exception, MemoryError):
            answer = None
        pipe.send(answer)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on Windows: the deadline alone holds there
        return
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, CPU_SECONDS)):
        _, hard = resource.getrlimit(limit)
        if hard in (resource.RLIM_INFINITY, -1) or hard >= value:
            resource.setrlimit(limit, (value, hard))
