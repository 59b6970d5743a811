"""Pages built to choke the parser, through the one door."""

from datetime import datetime

import pytest

from eksread.model.fetched import Page
from eksread.model.news import Article, Unknown
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
STORY = b"<h1>Jembatan Gantung Dibuka Lagi</h1>" + b"".join(
    b"<p>Warga dusun %d menyeberang tanpa perahu setelah papan jembatan diganti bersama-sama oleh warga.</p>"
    % i
    for i in range(8)
)


def read(body: bytes) -> object:
    return parse(
        Page("https://portal.example/berita-1-jembatan-gantung.html", body, NOW, content_type="text/html")
    )


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 500_000,
        b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x",
        b"".join(b"<b id=%d><p>" % i for i in range(4000)),
    ],
    ids=["deep", "attributes", "reopened"],
)
def test_a_hopeless_page_is_refused_without_reading_it(body: bytes) -> None:
    assert read(STORY + body) == Unknown("https://portal.example/berita-1-jembatan-gantung.html", "too-deep")


def test_an_odd_page_is_read() -> None:
    found = read(b"<div>" * 2000 + STORY + b"</div>" * 2000)
    assert isinstance(found, Article)
    assert found.title == "Jembatan Gantung Dibuka Lagi"
    assert len(found.blocks) == 8
    plain = read(STORY)
    assert isinstance(plain, Article)
    assert plain.blocks == found.blocks
