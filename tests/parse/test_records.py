"""Articles that stand only in the data of a page's scripts: their text, and all that the data says beside it."""

import json
from datetime import datetime
from typing import Any

from eksread.model.enums import Source
from eksread.model.fetched import Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=WITA)
TITLE = "Warga Muara Pasir Menanam Bakau"
BODY = "".join(
    f"<p>Kalimat ke-{number} bercerita panjang lebar tentang bibit bakau yang ditanam warga di tepi muara.</p>"
    for number in range(8)
)
POST: dict[str, Any] = {
    "id": 7,
    "judul": TITLE,
    "subjudul": "Dua ribu bibit ditanam dalam satu pagi oleh warga empat kampung.",
    "isi": BODY,
    "tanggal_terbit": "2025-03-01T07:30:00+08:00",
    "penulis": {"nama": "Rina Contoh"},
    "editor": [{"name": "Budi Misal"}],
    "kategori": {"id": 3, "nama": "Lingkungan", "slug": "lingkungan"},
    "gambar": {"url": "/media/bakau.jpg", "keterangan": "Warga menanam bakau."},
    "tags": [{"name": "Bakau"}, {"name": "Pesisir"}],
    "komentar": [
        {
            "nama": "Dewi",
            "isi": "Semoga tumbuh.",
            "created_at": "2025-03-02T08:00:00+08:00",
            "balasan": [{"nama": "Anto", "isi": "Amin."}],
        }
    ],
}


def _read(script: str, head: str = "") -> Article:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><div id=app></div>{script}</body></html>"
    found = parse(Page("https://portal.example/berita/7", page.encode(), NOW))
    assert isinstance(found, Article)
    return found


def _state(data: object) -> str:
    return f'<script id="state" type="application/json">{json.dumps(data)}</script>'


def test_the_object_of_the_article_tells_all_that_the_page_does_not_show() -> None:
    article = _read(
        _state({"props": {"post": POST, "lainnya": [{"judul": "Berita lain", "penulis": "Orang Lain"}]}})
    )
    assert article.title == TITLE
    assert article.published == datetime(2025, 3, 1, 7, 30, tzinfo=WITA)
    assert (article.reporter, article.editor, article.section) == ("Rina Contoh", "Budi Misal", "Lingkungan")
    assert article.standfirst == POST["subjudul"]
    assert article.tags == ("Bakau", "Pesisir")
    assert article.lead_image is not None
    assert article.lead_image.url == "https://portal.example/media/bakau.jpg"
    assert article.lead_image.caption == "Warga menanam bakau."
    assert len(article.blocks) == 8


def test_comments_of_the_data_keep_their_replies() -> None:
    comments = _read(_state({"post": POST})).comments.items
    assert [(one.author, one.text, one.depth) for one in comments] == [
        ("Dewi", "Semoga tumbuh.", 0),
        ("Anto", "Amin.", 1),
    ]
    assert comments[0].posted == datetime(2025, 3, 2, 8, 0, tzinfo=WITA)


def test_flat_data_names_places_of_values() -> None:
    flat = [
        {"data": 1},
        {"title": 2, "content": 3, "published_at": 4, "reporter": 5, "tags": 7},
        TITLE,
        BODY,
        "2025-03-01T07:30:00+08:00",
        {"name": 6},
        "Rina Contoh",
        [8],
        {"name": 9},
        "Bakau",
    ]
    article = _read(_state(flat))
    assert article.published == datetime(2025, 3, 1, 7, 30, tzinfo=WITA)
    assert (article.reporter, article.tags) == ("Rina Contoh", ("Bakau",))


def test_the_metadata_of_the_page_is_believed_before_its_data() -> None:
    head = '<meta property="article:published_time" content="2025-02-28T06:00:00+08:00">'
    article = _read(_state({"post": POST}), head)
    assert article.published == datetime(2025, 2, 28, 6, 0, tzinfo=WITA)
    assert article.provenance["published"] is Source.META


def test_odd_data_is_no_error() -> None:
    odd = POST | {
        "penulis": {"nama": 5},
        "gambar": [None],
        "tags": {"a": [[]]},
        "komentar": ["x", {"isi": []}, None],
    }
    article = _read(_state({"post": odd}))
    assert article.title == TITLE
    assert article.reporter is None
    assert article.comments.items == ()
