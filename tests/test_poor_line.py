"""Refreshes through 64 kbit/s that lose the connection at every tenth request."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from eksread.demo import DemoPortal
from eksread.errors import FetchError
from eksread.model.lists import HeadlineQuery
from tests.faults import FaultServer, busy, in_turn, page, redirect, reset_in_body, short, zipped
from tests.helpers import Clock, library_on, refreshed, small_edition
from tests.throttle import PoorLine

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.library import Library
    from tests.faults import Behaviour

pytestmark = pytest.mark.slow

RATE = 8_000
"""Bytes a second: 64 kbit/s."""
LOSS = 0.1
ARTICLES = (1001, 2001, 3001, 4001)
REFRESHES = 10
"""After so many everything is there, by far: the line loses one request in ten, and each is tried twice."""

TITLES = tuple(f"Warga Desa {name} Menanam Seribu Pohon" for name in ("Muara", "Sungai", "Bukit", "Tanjung"))
LOGIN = b"<html><title>Wi-Fi Tamu</title><form action=/masuk method=post><input type=password name=p></form></html>"
FAULTS: dict[str, Behaviour] = {
    "a login page": page(LOGIN),
    "a redirect to a login": redirect("http://10.0.0.1/login"),
    "an empty page": page(b""),
    "a page cut short": short(),
    "gzip cut short": zipped(cut=12),
    "a reset": reset_in_body(),
    "a pause asked for": busy("0"),
}


async def until_held(library: Library, clock: Clock, expected: set[str]) -> None:
    """Refresh until all texts are held; none that was held may get lost on the way."""
    held: set[str] = set()
    for _ in range(REFRESHES):
        with suppress(FetchError):  # not even the front page came through: nothing is lost by it
            await refreshed(library)
        clock.forward(hours=12)
        now_held = texts(library)
        assert held <= now_held
        held = now_held
        if held == expected:
            return
    assert held == expected


def texts(library: Library) -> set[str]:
    """Give the titles whose texts are held."""
    return {row.title for row in library.queries.headlines(HeadlineQuery(limit=500)).items if row.has_text}


async def test_a_poor_line_costs_time_but_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    edition = small_edition(*ARTICLES)
    with (
        DemoPortal(edition=edition) as portal,
        PoorLine(int(portal.url.rstrip("/").rpartition(":")[2]), bytes_per_second=RATE, loss=LOSS) as line,
        library_on(portal.url, tmp_path, clock=clock) as library,
    ):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{line.port}")
        await until_held(library, clock, {article.title for article in edition.articles})
        assert line.drops > 0


@pytest.mark.parametrize("name", FAULTS)
async def test_a_half_broken_portal_behind_a_poor_line_takes_nothing_away(name: str, tmp_path: Path) -> None:
    clock = Clock()
    cards = "".join(
        f"<article><h2><a href='/berita-{number}.html'>{title}</a></h2></article>"
        for number, title in enumerate(TITLES, 1)
    )
    front = page(f"<!doctype html><html lang=id><title>Kabar Uji</title><main>{cards}</main></html>".encode())
    with (
        FaultServer() as server,
        PoorLine(server.port, bytes_per_second=RATE, loss=LOSS) as line,
        library_on(f"http://127.0.0.1:{line.port}/", tmp_path, clock=clock) as library,
    ):
        server.on("/", front)
        for number, title in enumerate(TITLES, 1):
            server.on(f"/berita-{number}.html", in_turn(FAULTS[name], page(article(title))))
        await until_held(library, clock, set(TITLES))
        before = [library.queries.article(row.id) for row in library.queries.headlines().items]
        for path in ("/", *(f"/berita-{number}.html" for number in range(1, 5))):
            server.on(path, FAULTS[name])
        with suppress(FetchError):
            await refreshed(library)
        assert [library.queries.article(row.id) for row in library.queries.headlines().items] == before


def article(title: str) -> bytes:
    """Give the page of an article."""
    text = "".join(f"<p>Alinea {n}: warga membawa bibit dari kebun sejak pagi.</p>" for n in range(6))
    return f"<!doctype html><html lang=id><title>{title}</title><article><h1>{title}</h1>{text}</article></html>".encode()
