"""Options for tests: everything that waits, shortened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from eksread.fetch import FetchOptions
from eksread.fetch.client import Client

QUICK = FetchOptions(
    deadline=5.0,
    connect_timeout=2.0,
    read_timeout=2.0,
    gap=0.0,
    backoff=0.01,
    patience=0.3,
    obey_robots=False,
)
"""Everything that waits, shortened; the deadline stays above what a loaded machine needs for a good page."""

HURRIED = replace(QUICK, deadline=0.6, read_timeout=0.3)
"""For pages that never come: only then may the time be short."""

Make: TypeAlias = Callable[..., Client]
"""The fixture `fetcher`: makes a client of the fault server's portal, with `QUICK` options unless others are given."""
