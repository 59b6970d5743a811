"""Relative addresses of a page with a `<base>`."""

from datetime import datetime

import pytest

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article, Listing
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
URL = "http://portal.example/berita/detail/41/warga-panen-kepiting"
TEXT = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.</p>"
)


def article(base: str) -> Article:
    body = (
        f"<head>{base}</head><h1>Warga Panen Kepiting</h1>"
        '<figure><img srcset="foto/kecil.jpg 300w, foto/besar.jpg 900w"><figcaption>Warga memanen kepiting.</figcaption></figure>'
        f'{TEXT * 3}<p>Baca juga: <a href="berita/40/harga-cabai">Harga Cabai di Pasar Turun</a></p>{TEXT}'
    )
    found = parse(Page(URL, body.encode(), NOW), expected=Expected.ARTICLE)
    assert isinstance(found, Article)
    return found


def test_related_articles_and_pictures_stand_against_the_base() -> None:
    found = article('<base href="/">')
    assert [item.url for item in found.related] == ["http://portal.example/berita/40/harga-cabai"]
    assert found.lead_image is not None
    assert found.lead_image.url == "http://portal.example/foto/besar.jpg"


@pytest.mark.parametrize(
    "told",
    [
        '<meta property="og:image" content="foto/{}.jpg">',
        '<script type="application/ld+json">{{"@type":"NewsArticle","image":"foto/{}.jpg"}}</script>',
    ],
)
def test_the_picture_that_is_named_for_machines_stands_against_the_base(told: str) -> None:
    body = f'<head><base href="/arsip/">{told.format("panen")}</head><h1>Warga Panen Kepiting</h1>{TEXT * 3}'
    found = parse(Page(URL, body.encode(), NOW), expected=Expected.ARTICLE)
    assert isinstance(found, Article)
    assert found.lead_image is not None
    assert found.lead_image.url == "http://portal.example/arsip/foto/panen.jpg"


@pytest.mark.parametrize("href", ["javascript:alert(1)//", "file:///etc/", "data:text/html,x", "http://a@b/"])
def test_a_base_that_is_no_web_address_is_ignored(href: str) -> None:
    found = article(f'<base href="{href}">')
    assert [item.url for item in found.related] == [
        "http://portal.example/berita/detail/41/berita/40/harga-cabai"
    ]


def test_items_and_the_next_page_of_a_list_stand_against_the_base() -> None:
    rows = "".join(
        f'<div><h3><a href="berita-{n}-judul.html">Judul Berita yang Panjang Nomor {n}</a></h3></div>'
        for n in range(9)
    )
    body = f'<head><base href="http://portal.example/"></head>{rows}<a rel="next" href="kategori?hal=2">Berikutnya</a>'
    found = parse(Page("http://portal.example/kategori/kota/", body.encode(), NOW), expected=Expected.LIST)
    assert isinstance(found, Listing)
    assert found.items[0].url == "http://portal.example/berita-0-judul.html"
    assert found.next_url == "http://portal.example/kategori?hal=2"
