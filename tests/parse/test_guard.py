"""An oddly nested page, through the one door."""

from datetime import datetime

from eksread.model.fetched import Page
from eksread.model.news import Article
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


def test_an_odd_page_is_read() -> None:
    found = read(b"<div>" * 2000 + STORY + b"</div>" * 2000)
    assert isinstance(found, Article)
    assert found.title == "Jembatan Gantung Dibuka Lagi"
    assert len(found.blocks) == 8
    plain = read(STORY)
    assert isinstance(plain, Article)
    assert plain.blocks == found.blocks
