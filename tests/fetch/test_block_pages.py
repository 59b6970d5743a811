"""Block pages are told apart from news about the same things."""

from __future__ import annotations

import time
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eksread.demo import DemoPortal
from eksread.errors import CaptivePortal, EmptyResponse, ErrorPage, Maintenance, Truncated, UnexpectedContent
from eksread.fetch import block_pages
from eksread.model.fetched import Page
from tests.demo.layouts import MIXED

URL = "http://kabar.example/berita-1.html"
MARKS = ("Kabar Uji", "SUARA WARGA UJI")


def made(body: str | bytes, url: str = URL) -> Page:
    return Page(url, body if isinstance(body, bytes) else body.encode(), datetime(2026, 3, 1, tzinfo=UTC))


def verdict(
    page: Page, marks: tuple[str, ...] = MARKS, *, complete: bool = True
) -> type[UnexpectedContent] | None:
    """Give what a page is found to be; None where it may be what it claims."""
    try:
        block_pages.check(page, marks, complete=complete)
    except UnexpectedContent as error:
        return type(error)
    return None


def article(title: str, text: str, extra: str = "") -> str:
    """A short page of the plainest kind: no semantic markup, few links."""
    return (
        f"<html><head><title>{title}</title></head><body><a href=/>Kabar Uji</a><h1>{title}</h1>"
        f"<p>{text}</p>{extra}</body></html>"
    )


BLOCK_PAGES: dict[str, tuple[str, type[UnexpectedContent]]] = {
    "hotel login": (
        "<html><title>Wi-Fi Tamu</title><form action=/masuk method=post><input name=room></form></html>",
        CaptivePortal,
    ),
    "login with a password": (
        "<title>Selamat datang</title><form><input name=u><input type='password' name=p></form>",
        CaptivePortal,
    ),
    "login that repeats the address asked for": (
        "<title>Hotspot</title><form><input type=hidden name=dst value='http://kabar.example/Kabar Uji'>"
        "<input name=username></form>",
        CaptivePortal,
    ),
    "voucher": (
        "<h1>Hotspot Desa</h1><form><input name=voucher placeholder='Kode voucher'></form>",
        CaptivePortal,
    ),
    "WISPr": (
        "<html><!-- <WISPAccessGatewayParam><Redirect/></WISPAccessGatewayParam> --></html>",
        CaptivePortal,
    ),
    "refresh to a gateway": (
        "<html><head><meta http-equiv='refresh' content=\"0; url='http://10.0.0.1/login'\"></head></html>",
        CaptivePortal,
    ),
    "refresh to a file": ("<meta http-equiv=refresh content='0;url=file:///etc/passwd'>", CaptivePortal),
    "refresh to an address that is none": (
        "<meta http-equiv=refresh content='0;url=//['>",
        CaptivePortal,
    ),
    "script to a gateway": (
        "<html><script>window.location.href = 'https://gateway.example/splash';</script></html>",
        CaptivePortal,
    ),
    "maintenance": ("<title>Situs dalam pemeliharaan</title><p>Kami segera kembali.</p>", Maintenance),
    "maintenance in English": ("<h1>Under maintenance</h1><p>We will be right back.</p>", Maintenance),
    "maintenance by the portal itself": (
        "<title>Kabar Uji</title><h1>Sedang dalam perbaikan</h1><p>Kabar Uji segera kembali.</p>",
        Maintenance,
    ),
    "error 502": (
        "<html><head><title>502 Bad Gateway</title></head><center>nginx</center></html>",
        ErrorPage,
    ),
    "error in Indonesian": ("<title>Halaman tidak ditemukan</title><p>Maaf.</p>", ErrorPage),
    "database error": ("<h1>Error establishing a database connection</h1>", ErrorPage),
    "bare PHP error": ("<b>Fatal error</b>: Uncaught Error in index.php on line 7", ErrorPage),
    "suspended": ("<title>Account Suspended</title>", ErrorPage),
    "challenge": ("<title>Just a moment...</title><div id=cf-chl></div>", UnexpectedContent),
    "consent": ("<title>Consent</title><script>location='/c'</script>", UnexpectedContent),
    "nothing": ("  \n\t ", EmptyResponse),
}


@pytest.mark.parametrize("name", BLOCK_PAGES)
def test_a_block_page_is_recognised(name: str) -> None:
    body, expected = BLOCK_PAGES[name]
    with pytest.raises(UnexpectedContent) as caught:
        block_pages.check(made(body), MARKS)
    assert type(caught.value) is expected
    assert caught.value.values["url"] == URL


NEWS: dict[str, str] = {
    "about maintenance": article(
        "PLN lakukan pemeliharaan jaringan di Desa Uji", "Warga diminta bersabar. " * 80
    ),
    "about maintenance, marked as an article": (
        "<title>Pemeliharaan jembatan rampung</title><article><p>Jembatan dibuka lagi.</p></article>"
    ),
    "about maintenance, with a navigation": (
        "<title>Perbaikan jalan</title>" + "<a href=/x>Bagian</a>" * 6 + "<p>Jalan ditutup.</p>"
    ),
    "about maintenance, with og:type": (
        "<meta property='og:type' content='article'><title>Perbaikan jalan</title><p>Jalan ditutup.</p>"
    ),
    "about maintenance, with JSON-LD": (
        '<script type="application/ld+json">{"@type":"NewsArticle"}</script><title>Perbaikan jalan</title>'
    ),
    "about free wifi, with a comment form": article(
        "Desa Uji pasang wifi gratis",
        "Warga masuk dengan kode. " * 80,
        "<form><input name=komentar></form>",
    ),
    "about wifi, short, with a login of the portal": article(
        "Wifi gratis di alun-alun", "SUARA WARGA UJI. Singkat.", "<form><input type=password></form>"
    ),
    "about error 404": article("Robot 404 menang lomba", "Juara. " * 300),
    "about numbers": "<title>Panen 500 ton padi</title><p>Petani</p>" + "<a href=/x>x</a>" * 5,
    "short, without any sign": article("Foto: pelangi di atas sungai", "Pelangi."),
    "a list": "<title>Kabar</title>" + "".join(f"<h2><a href=/b{n}>Berita {n}</a></h2>" for n in range(9)),
    "an empty section": "<title>Kabar Uji</title><p>Belum ada berita.</p>",
    "a search form": "<title>Cari</title><form action=/cari><input name=q></form><p>Tidak ada hasil.</p>",
    "a feed": "<?xml version='1.0'?><rss><channel><title>Maintenance</title></channel></rss>",
    "a refresh to itself": "<meta http-equiv=refresh content='300'><title>Kabar</title><p>Halo</p>",
    "a refresh within the site": "<meta http-equiv=refresh content='0;url=/beranda'><title>Kabar</title>",
}


@pytest.mark.parametrize("name", NEWS)
def test_news_about_the_same_things_passes(name: str) -> None:
    assert verdict(made(NEWS[name])) is None


def test_every_page_of_the_demo_portal_passes() -> None:
    with DemoPortal(MIXED) as portal:
        base = portal.url.rstrip("/")
        with urllib.request.urlopen(f"{base}/") as front:
            pages = {base: front.read()}
        links = {
            str(part, "utf-8") for part in pages[base].split(b'"') if part.startswith(b"/") and b"." in part
        }
        for link in sorted(links)[:60]:
            with urllib.request.urlopen(base + link) as answer:
                if answer.headers.get_content_maintype() == "text":
                    pages[base + link] = answer.read()
    assert len(pages) > 10
    assert {url: verdict(made(body, url), ()) for url, body in pages.items()} == dict.fromkeys(pages)


def test_without_a_proven_length_a_page_must_have_an_end() -> None:
    whole = article("Banjir surut", "Air turun. " * 100)
    assert verdict(made(whole), complete=False) is None
    assert verdict(made(whole[:-30]), complete=False) is Truncated
    assert verdict(made(whole[:-30]), complete=True) is None


def test_a_page_that_was_not_modified_is_not_judged() -> None:
    page = Page(URL, b"", datetime(2026, 3, 1, tzinfo=UTC), status=304)
    assert verdict(page) is None
    assert verdict(replace(page, status=200)) is EmptyResponse


@pytest.mark.parametrize(
    ("url", "login"),
    [
        ("http://10.0.0.1/login?dst=x", True),
        ("http://hotspot.hotel.example/", True),
        ("http://wifi.example/splash", True),
        ("https://other.example/berita/1", False),
        ("http://127.0.0.1:81/steal", False),
    ],
)
def test_the_address_of_a_login_is_known(url: str, login: bool) -> None:
    assert block_pages.is_login_address(url) is login


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 65536,
        b"<a " * 21845,
        b"<meta refresh " * 4000,
        b"<script" * 9000,
        b"<script>location = " * 3500,
        b"<title " * 9000,
        b"<form type=password " * 3000,
        b"og:type' " * 7000,
    ],
)
def test_judging_hostile_bytes_takes_linear_time(body: bytes) -> None:
    def cost(size: int) -> float:
        before = time.process_time()
        verdict(made(body[:size]))
        return time.process_time() - before

    # four times the bytes: four times the cost, where a quadratic expression would take sixteen times
    whole, quarter = (min(cost(size) for _ in range(3)) for size in (len(body), len(body) // 4))
    assert whole < 10 * quarter + 0.005
