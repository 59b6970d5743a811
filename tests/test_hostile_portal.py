"""A whole refresh against a portal that sends block pages, stalls or asks for a pause: what is held stays as it is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from eksread import parse
from eksread.errors import Busy, EksreadError
from eksread.fetch import FetchOptions, make_fetcher
from eksread.library import Library
from eksread.model.lists import HeadlineQuery
from eksread.store import open_store
from tests.faults import FaultServer, busy, page, raw, redirect, short, stall, zipped
from tests.helpers import Clock, refreshed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults import Behaviour, Line, Request

HURRIED = FetchOptions(gap=0.0, backoff=0.01, deadline=1.0)
TITLES = tuple(f"Warga Desa {name} Menanam Seribu Pohon" for name in ("Muara", "Sungai", "Bukit", "Tanjung"))
CARDS = "".join(
    f"<article><h2><a href='/berita-{number}.html'>{title}</a></h2><p>Kabar dari desa.</p></article>"
    for number, title in enumerate(TITLES, 1)
)
FRONT = (
    f"<!doctype html><html lang=id><title>Kabar Uji</title><body><main>{CARDS}</main></body></html>".encode()
)
LOGIN = b"<html><title>Wi-Fi Tamu</title><form action=/masuk method=post><input type=password name=p></form></html>"
BLOCK_PAGES: dict[str, tuple[Behaviour, str]] = {
    "a login page": (page(LOGIN), "captive"),
    "a redirect to a login": (redirect("http://10.0.0.1/login"), "captive"),
    "a wrong type": (page(b"%PDF-1.7", content_type="application/pdf"), "type"),
    "a page without news": (page(b"<!doctype html><title>x</title><p>Selamat datang</p>"), "unreadable"),
    "an empty page": (page(b""), "empty"),
    "a page cut short": (short(), "truncated"),
    "gzip cut short": (zipped(cut=12), "truncated"),
    "not HTTP": (raw(b"SSH-2.0-Uji\r\n"), "broken"),
    "silence": (stall(), "timeout"),
}


def article(title: str) -> bytes:
    text = "".join(
        f"<p>Alinea {n}: warga bekerja bersama sejak pagi dan membawa bibit dari kebun.</p>" for n in range(6)
    )
    return f"<!doctype html><html lang=id><title>{title}</title><body><article><h1>{title}</h1>{text}</article></body></html>".encode()


def healthy(server: FaultServer) -> None:
    server.on("/", page(FRONT))
    for number, title in enumerate(TITLES, 1):
        server.on(f"/berita-{number}.html", page(article(title)))


def opened(server: FaultServer, folder: Path, clock: Clock) -> Library:
    store = open_store(folder)
    url = server.url("/")
    return Library(
        store, lambda: make_fetcher(url, HURRIED, memory=store.facts), url, parser=parse, clock=clock
    )


def held(library: Library) -> dict[str, object]:
    """Every headline with its text, as it is stored."""
    items = library.queries.headlines(HeadlineQuery(limit=100)).items
    stored = ((item, library.queries.article(item.id)) for item in items)
    return {item.url: (item.title, item.revisions, one.article if one else None) for item, one in stored}


@pytest.mark.parametrize("name", BLOCK_PAGES)
async def test_a_block_page_is_reported_and_what_is_held_stays(name: str, tmp_path: Path) -> None:
    behaviour, code = BLOCK_PAGES[name]
    clock = Clock()
    with FaultServer() as server:
        healthy(server)
        library = opened(server, tmp_path, clock)
        await refreshed(library)
        before = held(library)
        assert {item[0] for item in before.values()} == set(TITLES)  # type: ignore[index]
        assert all(item[2] for item in before.values())  # type: ignore[index]
        clock.forward(hours=2)
        server.on("/", behaviour)
        for number in range(1, 5):
            server.on(f"/berita-{number}.html", behaviour)
        codes: list[str]
        try:
            summary, _ = await refreshed(library)
            codes = [failure.code for failure in summary.failures]
        except EksreadError as error:
            codes = [error.code]
        assert codes[0] == code
        assert held(library) == before
        library.close()


NOTICES = {
    "a login": (
        "Selamat datang di jaringan tamu",
        "Silakan masuk dengan nomor kamar Anda untuk memakai internet.",
    ),
    "a consent": (
        "Kami menghargai privasi Anda",
        "Situs ini memakai kuki. Pilih setuju untuk melanjutkan ke halaman.",
    ),
    "a redesign": (
        "Wajah baru kami segera hadir",
        "Situs kami sedang berbenah. Terima kasih atas kesabaran Anda.",
    ),
}


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("first", [True, False], ids=["nothing held", "text held"])
async def test_a_notice_at_an_article_s_address_is_no_article(name: str, first: bool, tmp_path: Path) -> None:
    heading, words = NOTICES[name]
    notice = page(
        f"<!doctype html><html lang=id><title>{heading}</title><main><h1>{heading}</h1><p>{words}</p></main>".encode()
    )
    clock = Clock()
    with FaultServer() as server:
        healthy(server)
        if first:
            server.on("/berita-2.html", notice)
        library = opened(server, tmp_path, clock)
        if not first:
            await refreshed(library)
            server.on("/berita-2.html", notice)
            clock.forward(hours=2)
        before = held(library)
        summary, _ = await refreshed(library)
        assert [failure.code for failure in summary.failures] == ["untrue"]
        assert summary.changed == 0
        after = held(library)
        if first:
            assert after[server.url("/berita-2.html")] == (TITLES[1], 0, None)
        else:
            assert after == before
        library.close()


CONTINUED = article(TITLES[1]).replace(b"<title>", b"<link rel=next href='?page=2'><title>")


FEED = b"<rss><channel><title>Kabar</title><item><title>Judul</title><link>/a</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("first", "second"), [(FEED, b""), (CONTINUED, FEED)], ids=["in its place", "as its second page"]
)
async def test_an_article_is_not_stored_where_a_feed_stands(
    first: bytes, second: bytes, tmp_path: Path
) -> None:
    def pages(line: Line, request: Request) -> None:
        page(second if "page=2" in request.path else first)(line, request)

    with FaultServer() as server:
        healthy(server)
        address = server.on("/berita-2.html", pages)
        library = opened(server, tmp_path, Clock())
        summary, _ = await refreshed(library)
        assert [failure.code for failure in summary.failures] == ["unreadable"]
        assert held(library)[address] == (TITLES[1], 0, None)
        library.close()


SIGNED = (
    "<!doctype html><html lang=id><title>{title}</title><body><article><h1>{title}</h1>"
    "<p>Rabu, 17 Juli 2019 | 19:03 WITA</p><p>KABAR UJI, Kutim - Warga berkumpul sejak pagi untuk melihatnya.</p>"
    "<p>Acara berlangsung sampai sore.</p><p>Reporter : Amr Editor : Abdullah</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("other", "left"),
    [
        ("Pelabuhan Baru Dibuka Bulan Depan", {"Pelabuhan Baru Dibuka Bulan Depan", TITLES[0]}),
        ("Seribu Pohon Ditanam Warga Desa Muara", {"Seribu Pohon Ditanam Warga Desa Muara"}),
    ],
    ids=["to another article", "to itself, moved and with a new headline"],
)
async def test_an_address_that_leads_to_another_article_does_not_make_the_two_one(
    other: str, left: set[str], tmp_path: Path
) -> None:
    cards = f"<article><h2><a href='/lama.html'>{TITLES[0]}</a></h2></article><article><h2><a href='/baru.html'>{other}</a></h2></article>"
    with FaultServer() as server:
        server.on("/", page(f"<!doctype html><html lang=id><main>{cards}</main></html>".encode()))
        server.on("/lama.html", redirect("/baru.html"))
        server.on("/baru.html", page(SIGNED.format(title=other).encode()))
        library = opened(server, tmp_path, Clock())
        await refreshed(library)
        items = library.queries.headlines().items
        assert {item.title for item in items} == left
        assert [item.title for item in items if item.has_text] == [other]
        library.close()


async def test_an_article_that_is_written_anew_is_an_edit(tmp_path: Path) -> None:
    clock = Clock()
    with FaultServer() as server:
        healthy(server)
        library = opened(server, tmp_path, clock)
        await refreshed(library)
        server.on("/berita-2.html", page(article("Hujan Tidak Menghalangi Penghijauan di Hulu")))
        clock.forward(hours=2)
        summary, _ = await refreshed(library)
        assert (summary.changed, summary.failed) == (1, 0)
        library.close()


@pytest.mark.parametrize("path", ["/", "/berita-2.html"])
async def test_the_pause_that_a_server_asked_for_outlives_the_process(path: str, tmp_path: Path) -> None:
    clock = Clock()
    with FaultServer() as server:
        healthy(server)
        server.on(path, busy("3600"))
        for minutes, asked in ((0, 1), (20, 1), (50, 2)):
            clock.forward(minutes=minutes)
            library = opened(server, tmp_path, clock)
            with suppress(Busy):  # nothing else answers where the front page does not
                await refreshed(library)
            library.close()
            assert server.paths.count(path) == asked
