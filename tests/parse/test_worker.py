import os
import time

import pytest

from eksread.parse.guard.worker import Worker

pytestmark = pytest.mark.slow

PATIENCE = 60.0
"""Seconds for an answer: starting a process takes several on a busy machine."""


def double(number: int) -> int:
    return 2 * number


def hang(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def hoard(size: int) -> int:
    return len(bytearray(size))


def die(status: int) -> None:
    os._exit(status)


def whose(_: str) -> int:
    return os.getpid()


def shout(text: str) -> str:
    os.write(1, text.encode())
    os.write(2, text.encode())
    return text


def test_a_call_runs_in_another_process_that_is_kept() -> None:
    worker = Worker(whose, deadline=PATIENCE)
    assert not worker.running
    first = worker.call("")
    assert first is not None
    assert first != os.getpid()
    assert worker.call("") == first
    worker.close()
    assert not worker.running


def test_a_hanging_call_is_given_up_and_its_process_replaced() -> None:
    worker = Worker(hang, deadline=PATIENCE)
    assert worker.call(0.0) == 0.0
    worker._deadline = 0.5
    assert worker.call(60.0) is None, "had it been waited for, it would have given its answer"
    assert not worker.running
    worker._deadline = PATIENCE
    assert worker.call(0.01) == 0.01
    worker.close()


def test_memory_is_limited() -> None:
    worker = Worker(hoard, deadline=PATIENCE)
    assert worker.call(1_000_000) == 1_000_000
    assert worker.call(2_000_000_000) is None
    assert worker.call(1000) == 1000
    worker.close()


def test_a_crash_is_survived() -> None:
    worker = Worker(die, deadline=PATIENCE)
    assert worker.call(3) is None
    assert worker.call(4) is None
    worker.close()


def test_an_error_inside_is_no_answer() -> None:
    worker = Worker(double, deadline=PATIENCE)
    assert worker.call(None) is None  # type: ignore[arg-type]
    assert worker.call(21) == 42
    worker.close()


def test_the_process_apart_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Worker(shout, deadline=PATIENCE)
    assert worker.call("\x1b[2J") == "\x1b[2J"
    worker.close()
    assert capfd.readouterr() == ("", "")
