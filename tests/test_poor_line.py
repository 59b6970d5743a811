"""A refresh of the demo portal through 64 kbit/s that loses the connection at every tenth request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eksread.demo import DemoPortal
from eksread.errors import FetchError
from eksread.model import HeadlineQuery
from tests.helpers import Clock, library_on, refreshed, small_edition
from tests.throttle import PoorLine

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RATE = 8_000
"""Bytes a second: 64 kbit/s."""
ARTICLES = (1001, 2001, 3001, 4001)


async def test_a_poor_line_costs_time_but_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    edition = small_edition(*ARTICLES)
    with (
        DemoPortal(edition=edition) as portal,
        PoorLine(int(portal.url.rstrip("/").rpartition(":")[2]), bytes_per_second=RATE, loss=0.1) as line,
        library_on(portal.url, tmp_path, clock=clock) as library,
    ):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{line.port}")
        expected = {article.title for article in edition.articles}
        held: set[str] = set()
        for _ in range(5):
            try:
                await refreshed(library)
            except FetchError:  # not even the front page came through: nothing is lost by it
                continue
            finally:
                clock.forward(hours=12)
            rows = library.headlines(HeadlineQuery(limit=500)).items
            now_held = {row.title for row in rows if row.has_text}
            assert held <= now_held
            held = now_held
            if held == expected:
                break
        assert held == expected
        assert line.drops > 0
