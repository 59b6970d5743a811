"""eksread's commands in processes forked from one that has it loaded: a tenth of the cost of a start, for runs that need thousands.

They are real processes with real exit codes. One runs at a time: `begin` it, then `finish` it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import eksread

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = Path(eksread.__file__).parent
LOADED = "cli.main cli.open_library fetch parse refresh store.maintenance store.portal_data store.user_data".split()


COMMANDS = [
    f"eksread.cli.commands.{path.stem}" for path in sorted((SOURCE / "cli" / "commands").glob("[a-z]*.py"))
]


class Forked:
    """The process that has eksread loaded, and at most one that it has forked."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.forked"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._process = 0

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def begin(self, words: Sequence[str], output: Path | None = None, **more: int) -> None:
        """Start `eksread WORDS`; stdout goes to `output`.out and stderr to `output`.err, or nowhere.

        `user=` is a user's number, `file_bytes=` the size at which writing to a file fails.
        """
        self._process = self._ask({"words": list(words), "output": str(output or ""), **more})

    def kill(self) -> None:
        os.kill(self._process, signal.SIGKILL)

    def finish(self, seconds: float = 60.0) -> int:
        """Wait for its end; give the exit code, negative for a signal. Raises `AssertionError` when it does not end."""
        code = self._ask({"seconds": seconds})
        assert code != TOO_LONG, f"it did not end within {seconds} s"
        return code

    def run(self, words: Sequence[str], output: Path | None = None, **more: int) -> int:
        self.begin(words, output, **more)
        return self.finish()

    def _ask(self, question: dict[str, object]) -> int:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(question) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


TOO_LONG = 999


def serve() -> None:
    """Fork for each line with words, wait for each with seconds."""
    for name in (*(f"eksread.{name}" for name in LOADED), "concurrent.futures.thread", *COMMANDS):
        import_module(name)  # what is loaded late may not be readable for another user
    gc.freeze()
    child = 0
    for line in sys.stdin:
        question = json.loads(line)
        if "words" in question:
            child = os.fork()
            if not child:
                _become(**question)
        print(child if "words" in question else _wait(child, question["seconds"]), flush=True)


def _wait(child: int, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TOO_LONG


def _become(words: list[str], output: str, user: int = 0, file_bytes: int = -1) -> None:
    import resource

    from eksread.__main__ import main

    targets = (os.devnull, f"{output}.out", f"{output}.err") if output else (os.devnull,) * 3
    for number, target in enumerate(targets):
        descriptor = os.open(target, os.O_RDWR | (os.O_CREAT | os.O_TRUNC if output and number else 0), 0o666)
        os.dup2(descriptor, number)
        os.close(descriptor)
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    if file_bytes >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))  # Python ignores SIGXFSZ
    sys.stdin = open(0)  # noqa: SIM115 - the old one has read ahead
    sys.argv = ["eksread", *words]
    try:
        main()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(99)


if __name__ == "__main__":
    serve()
