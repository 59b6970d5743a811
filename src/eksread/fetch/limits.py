"""The settings of the network stage, and its limits with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eksread import __version__

MIB: Final = 1024 * 1024

USER_AGENT: Final = f"eksread/{'.'.join(__version__.split('.')[:2])} (+terminal news reader)"
"""Says who asks, so that the portal's owner can tell these requests from others."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """The network stage's settings. Times in seconds, sizes in bytes.

    `deadline` bounds a page in total, whatever trickles (per-read timeouts never end on a drip). `wire_cap` and
    `body_cap` bound it before and after decompression: a news page is under 1 MB, and a bomb must not reach memory.
    `gap` is the least time between two requests to one host; `at_once` the most requests in flight:
    where a page takes 0.4 s the gap allows no more, and on 64 kbit/s four pages at once all miss their deadline.
    `backoff` is the wait before a second try, `patience` the longest `Retry-After` that is waited for on the spot.
    `crawl_delay_cap` bounds what robots.txt may ask for: it is meant for machines, and here a person waits.
    `marks` are words that only the portal's own pages carry (its name, its slogans), see `block_pages`.
    """

    user_agent: str = USER_AGENT
    deadline: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    wire_cap: int = 4 * MIB
    body_cap: int = 12 * MIB
    redirects: int = 5
    at_once: int = 2
    gap: float = 0.2
    backoff: float = 0.5
    patience: float = 5.0
    crawl_delay_cap: float = 1.0
    obey_robots: bool = True
    marks: tuple[str, ...] = ()
