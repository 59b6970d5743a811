"""A fault server and a fetcher with short deadlines for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.fetch.client import Client
from tests.faults import FaultServer
from tests.fetch.fast_options import QUICK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from eksread.fetch import FetchOptions


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
async def fetcher(server: FaultServer) -> AsyncIterator[Callable[..., Client]]:
    """Makes fetchers of the fault server's portal, and closes them."""
    made: list[Client] = []

    def make(options: FetchOptions = QUICK, base_url: str | None = None) -> Client:
        made.append(Client(base_url or server.url(), options))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()
