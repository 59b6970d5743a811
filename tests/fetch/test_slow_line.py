"""A slow line gets fewer pages at once, so that each of them arrives within its deadline."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eksread.errors import TimedOut
from eksread.fetch.rate_limit import ConcurrencyLimit
from tests.faults import FaultServer, page
from tests.fetch.fast_options import QUICK
from tests.throttle import PoorLine

if TYPE_CHECKING:
    from tests.fetch.fast_options import Make

pytestmark = pytest.mark.slow

BIG = b"<html><body><article><p>" + b"Air sungai naik pelan-pelan. " * 400 + b"</p></article></body></html>"


async def test_pages_that_are_too_many_at_once_for_the_line_come_one_after_the_other(fetcher: Make) -> None:
    # one page takes 0.6 s; two at once take 1.2 s each and would miss the deadline for ever
    with FaultServer() as server, PoorLine(server.port, bytes_per_second=len(BIG) / 0.6) as line:
        for n in range(4):
            server.on(f"/{n}", page(BIG))
        base = f"http://127.0.0.1:{line.port}"
        client = fetcher(replace(QUICK, deadline=1.1, read_timeout=1.1), base + "/")
        missing = {f"{base}/{n}" for n in range(4)}
        for _ in range(6):
            for result in await asyncio.gather(*map(client.get, sorted(missing)), return_exceptions=True):
                if isinstance(result, BaseException):
                    assert isinstance(result, TimedOut)
                else:
                    missing.remove(result.requested_url)
        assert missing == set()


async def test_the_limit_shrinks_and_grows_also_while_all_slots_are_taken() -> None:
    limit = ConcurrencyLimit(4)
    most = now = 0

    async def work() -> None:
        nonlocal most, now
        async with limit.slot():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.01)
            now -= 1

    async def round_of(count: int) -> int:
        nonlocal most
        most = 0
        await asyncio.gather(*(work() for _ in range(count)))
        return most

    assert await round_of(8) == 2
    for _ in range(9):
        limit.grow()
    assert await round_of(8) == 4
    limit.shrink()
    await round_of(8)  # slots in use are taken away as they come back
    assert (limit.limit, await round_of(8)) == (2, 2)
    for _ in range(3):
        limit.shrink()
    await round_of(4)
    assert (limit.limit, await round_of(4)) == (1, 1)
    for _ in range(9):
        limit.grow()
    assert (limit.limit, await round_of(8)) == (4, 4)


async def test_a_cancelled_wait_takes_no_slot_away() -> None:
    limit = ConcurrencyLimit(1)
    async with limit.slot():
        waiting = asyncio.ensure_future(limit.slot().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(1), limit.slot():
        pass
