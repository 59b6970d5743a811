"""Bytes from the network, politely: the only home of httpx, which is imported when a fetcher is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.fetch.limits import USER_AGENT, FetchOptions

if TYPE_CHECKING:
    from eksread.fetch.client import Client
    from eksread.fetch.robots import Memory

__all__ = ["USER_AGENT", "FetchOptions", "make_fetcher"]


def make_fetcher(
    base_url: str, options: FetchOptions | None = None, *, memory: Memory | None = None
) -> Client:
    """Make the fetcher of the portal at `base_url`, within a running event loop.

    `memory` keeps robots.txt between runs. Raises `BadAddress` when `base_url` is no http(s)
    address.
    """
    from eksread.fetch.client import Client

    return Client(base_url, options or FetchOptions(), memory)
