from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

import pytest

from eksread.concurrency import ThreadPool, in_thread, map_unordered


async def test_never_more_at_once_than_allowed_and_nothing_left_out() -> None:
    running = most = 0

    async def work(item: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return item * 2

    results = [result async for result in map_unordered(work, range(20), 3)]
    assert sorted(results) == [item * 2 for item in range(20)]
    assert most == 3


async def test_closing_early_cancels_what_is_under_way_and_waits_for_its_end() -> None:
    ended: list[int] = []

    async def work(item: int) -> int:
        try:
            await asyncio.sleep(0 if item == 0 else 60)
        finally:
            ended.append(item)
        return item

    async with aclosing(map_unordered(work, range(5), 3)) as results:
        async for result in results:
            assert result == 0
            break
    assert sorted(ended) == [0, 1, 2]


async def test_an_error_reaches_the_caller() -> None:
    async def work(item: int) -> int:
        raise ValueError(item)

    with pytest.raises(ValueError, match="7"):
        async for _ in map_unordered(work, [7], 2):
            pass


async def test_cancelling_waits_for_the_thread_that_is_writing() -> None:
    begun, finish = threading.Event(), threading.Event()
    ended: list[str] = []

    def write() -> None:
        begun.set()
        finish.wait(5)
        ended.append("written")

    task = asyncio.create_task(in_thread(write))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    finish.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["written"]


async def test_kept_threads_are_as_many_as_asked_for_and_the_same_again() -> None:
    threads = ThreadPool(2)
    met = threading.Barrier(2, timeout=5)

    def work() -> str:
        met.wait()  # passes only when two are at work
        return threading.current_thread().name

    names = await asyncio.gather(*(threads.run(work) for _ in range(6)))
    assert len(set(names)) == 2
    threads.close()


async def test_closing_lets_what_is_under_way_end() -> None:
    threads = ThreadPool(1)
    begun, finish = threading.Event(), threading.Event()

    def write() -> str:
        begun.set()
        finish.wait(5)
        return "written"

    task = asyncio.create_task(threads.run(write))
    await asyncio.to_thread(begun.wait, 5)
    threads.close()
    finish.set()
    assert await task == "written"
