"""Blocking work in threads, and many things at once with a bound."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
    from concurrent.futures import ThreadPoolExecutor

In = TypeVar("In")
Out = TypeVar("Out")
Parameters = ParamSpec("Parameters")


async def map_unordered(
    work: Callable[[In], Awaitable[Out]], items: Iterable[In], workers: int
) -> AsyncGenerator[Out, None]:
    """Do `work` on the items, at most `workers` at once, and yield results as they come, in no fixed order.

    An exception of `work` is raised here. Closing the iterator cancels what is under way and waits until it ended.
    (A `TaskGroup` can't do this: it must not be left by a `yield`.)
    """
    waiting = iter(items)
    running: set[asyncio.Task[Out]] = set()
    finished: asyncio.Queue[asyncio.Task[Out]] = asyncio.Queue()

    async def one(item: In) -> Out:
        return await work(item)

    try:
        while True:
            for item in islice(waiting, workers - len(running)):
                task = asyncio.create_task(one(item))
                task.add_done_callback(finished.put_nowait)
                running.add(task)
            if not running:
                return
            task = await finished.get()
            running.remove(task)
            yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def in_thread(
    work: Callable[Parameters, Out], *values: Parameters.args, **named: Parameters.kwargs
) -> Out:
    """Do blocking `work` in a thread; cancelling waits for its end.

    A thread can't be stopped. Leaving it behind would let it write into a store that is about to be closed.
    """
    return await _done(None, partial(work, *values, **named))


class ThreadPool:
    """Threads that are kept for one kind of work, `most` of them, started when first needed.

    Many would get nothing done sooner, since Python runs one at a time. They would only take turns more often, and each
    find that the others have changed what its connection to the store holds in memory: with six instead of two, a
    refresh takes an eleventh more processor time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._threads: ThreadPoolExecutor | None = None

    async def run(
        self, work: Callable[Parameters, Out], *values: Parameters.args, **named: Parameters.kwargs
    ) -> Out:
        """Do `work` as soon as a thread is free; otherwise as `in_thread`."""
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # not needed for what is shown first

            self._threads = ThreadPoolExecutor(self._most)
        return await _done(self._threads, partial(work, *values, **named))

    def close(self) -> None:
        """Let the threads end; what is under way still gets done."""
        if self._threads is not None:
            self._threads.shutdown(wait=False)


async def _done(threads: ThreadPoolExecutor | None, work: Callable[[], Out]) -> Out:
    done = asyncio.get_running_loop().run_in_executor(threads, copy_context().run, work)
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        await asyncio.wait([done])
        raise
