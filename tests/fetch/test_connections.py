"""Connections that are used again, over real sockets."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eksread.errors import ConnectionBroken, FetchError
from tests.faults import PAGE, PICTURE, FaultServer, in_turn, page, raw, stall
from tests.fetch.fast_options import QUICK

if TYPE_CHECKING:
    from tests.faults import Line, Request
    from tests.fetch.fast_options import Make


def slowly(line: Line, request: Request) -> None:
    """A whole answer that leaves time for another request."""
    line.pause(0.05)
    page()(line, request)


def then_ended(line: Line, request: Request) -> None:
    """A whole answer, after which the server ends the connection without having said so."""
    page()(line, request)
    line.cut()


async def test_two_at_once_have_a_connection_each_and_the_next_two_the_same(
    server: FaultServer, fetcher: Make
) -> None:
    client = fetcher()
    urls = [server.on("/one", slowly), server.on("/other", slowly)]
    for _ in range(3):
        await asyncio.gather(*(client.get(url) for url in urls))
    assert server.most_at_once == 2
    assert server.connections == 2


async def test_a_connection_that_the_server_ended_is_not_used_again(
    server: FaultServer, fetcher: Make
) -> None:
    client = fetcher(
        replace(QUICK, backoff=60.0)
    )  # a request on a dead connection would be tried again, too late
    url = server.on("/news", then_ended)
    for _ in range(3):
        assert (await client.get(url)).body == PAGE
        await asyncio.sleep(0.02)
    assert server.connections == 3


async def test_many_that_the_server_ended_are_not_used_again_by_many(
    server: FaultServer, fetcher: Make
) -> None:
    client = fetcher()
    server.on("/first", page())
    await asyncio.gather(*(client.get(server.url("/first")) for _ in range(8)))  # from here on four at once
    url = server.on("/news", lambda line, request: (slowly(line, request), line.cut())[0])
    for _ in range(4):
        pages = await asyncio.gather(*(client.get(url) for _ in range(8)))
        assert all(answer.body == PAGE for answer in pages)
        await asyncio.sleep(0.02)


async def test_a_connection_on_which_an_answer_broke_off_is_not_used_again(
    server: FaultServer, fetcher: Make
) -> None:
    client = fetcher()
    url = server.on("/news", page())
    await client.get(url)
    broken = server.on("/broken", in_turn(raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")))
    with pytest.raises(ConnectionBroken):
        await client.get(broken)
    assert (await client.get(url)).body == PAGE
    assert server.connections == 3  # the first, one more for the second try, one for the page


async def test_no_more_connections_are_kept_than_requests_may_be_under_way(
    fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eksread.fetch.network_backend.is_public", lambda _address: True)
    most = 2
    client = fetcher(replace(QUICK, at_once=most))
    with ExitStack() as stack:
        servers = [stack.enter_context(FaultServer()) for _ in range(most + 1)]
        pictures = [server.on("/picture.png", page(PICTURE, content_type="image/png")) for server in servers]
        for url in [*pictures, *reversed(pictures)]:
            await client.get_picture(url)
        assert [server.connections for server in servers] == [2, 1, 1]


async def test_closing_ends_the_connections_in_use_too(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    request = asyncio.create_task(client.get(server.on("/news", stall())))
    await asyncio.sleep(0.05)
    await client.aclose()
    with pytest.raises(FetchError):
        await request
