"""A computer whose clock is a year behind or ten years ahead for a while, as one with an empty battery is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from eksread import parse
from eksread.fetch import FetchOptions, make_fetcher
from eksread.library import Library
from eksread.model.lists import HeadlineQuery
from eksread.store import open_store
from tests.faults import FaultServer, busy, page
from tests.helpers import Clock, refreshed

if TYPE_CHECKING:
    from pathlib import Path

BY_HOURS = ("Sungai", "Muara", "Tanjung", "Bukit", "Gunung")
"""The villages of the news, one in an hour."""


class Portal:
    """Publishes an article in each hour; their pages may be busy."""

    def __init__(self, server: FaultServer, start: datetime) -> None:
        self.server = server
        self.start = start
        self.cards = ""

    def publish(self, hour: int, *, has_date: bool = True) -> None:
        title = f"Warga Desa {BY_HOURS[hour]} Menanam Seribu Pohon"
        at = (self.start + timedelta(hours=hour)).isoformat()
        date = f"<time datetime='{at}'>{at}</time>" if has_date else ""
        self.cards = (
            f"<article><h2><a href='/berita-{hour}.html'>{title}</a></h2>{date}</article>{self.cards}"
        )
        self.server.on(
            "/", page(f"<html lang=id><title>Kabar</title><main>{self.cards}</main></html>".encode())
        )
        self.write(hour, f"<h1>{title}</h1>{date}")

    def write(self, hour: int, head: str, more: str = "") -> None:
        text = "".join(
            f"<p>Alinea {n}: warga bekerja bersama sejak pagi dan membawa bibit.</p>" for n in range(6)
        )
        body = f"<html lang=id><title>x</title><article>{head}{text}{more}</article></html>"
        self.server.on(f"/berita-{hour}.html", page(body.encode()))


def villages(library: Library) -> list[str]:
    items = library.queries.headlines(HeadlineQuery(limit=100)).items
    return [item.title.split()[2] for item in items if item.has_text]


@pytest.mark.parametrize("years", [-1, 10])
@pytest.mark.parametrize("has_date", [True, False], ids=["dated", "undated"])
async def test_once_the_clock_is_right_again_all_is_there_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, years: int, has_date: bool
) -> None:
    clock = Clock()

    class Moved(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # always with a zone
            return clock()

    for module in ("client", "exchange", "robots"):
        monkeypatch.setattr(f"eksread.fetch.{module}.datetime", Moved)
    with FaultServer() as server:
        portal = Portal(server, clock() - timedelta(hours=4))
        store = open_store(tmp_path)
        library = Library(
            store,
            lambda: make_fetcher(server.url("/"), FetchOptions(gap=0.0, backoff=0.01), memory=store.facts),
            server.url("/"),
            parser=parse,
            clock=clock,
        )
        for hour in (0, 1):
            portal.publish(hour, has_date=has_date)
        await refreshed(library)
        first = library.queries.headlines(HeadlineQuery()).items
        library.add_bookmark(first[0].id, "sebelum")
        library.mark_read([first[1].id])

        clock.forward(days=365 * years)
        portal.publish(2, has_date=has_date)
        portal.publish(3, has_date=has_date)
        server.on("/berita-3.html", busy("60", "503 Busy"))
        await refreshed(library)
        new = next(
            item for item in library.queries.headlines(HeadlineQuery()).items if "Tanjung" in item.title
        )
        library.add_bookmark(new.id, "sementara")
        library.add_bookmark(first[0].id, "diubah")
        library.mark_read([new.id])

        clock.forward(days=-365 * years, hours=1)
        portal.publish(3, has_date=has_date)
        portal.publish(4, has_date=has_date)
        portal.write(2, f"<h1>{new.title}</h1>", "<p>Ralat: satu kalimat ditambahkan.</p>")
        await refreshed(library)
        found = villages(library)
        if has_date:
            assert found == list(reversed(BY_HOURS))
        else:  # nothing tells that it was not a year ago
            assert (found[0], set(found)) == (BY_HOURS[-1], set(BY_HOURS))
        article = library.queries.article(new.id)
        assert article is not None
        assert article.article.blocks[-1].text == "Ralat: satu kalimat ditambahkan."
        library.close()

    store = open_store(tmp_path)
    notes = {mark.note for mark in store.user_data.bookmarks()}
    assert notes == {"diubah", "sementara"}
    assert {
        item.title.split()[2] for item in store.queries.headlines(HeadlineQuery()).items if item.read
    } == {
        first[1].title.split()[2],
        "Tanjung",
    }
    store.close()
