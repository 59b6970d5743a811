"""Boxes of other headlines beside an article."""

from datetime import datetime

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
URL = "https://portal.example/berita-41-warga-panen-kepiting.html"
TEXT = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.</p>"
)
HEADLINES = "".join(
    f'<li><a href="/berita-{n}-x.html">Judul Berita Lain yang Panjang {n}</a> <i>2 Mei</i></li>'
    for n in range(6)
)


def article(beside: str) -> Article:
    body = f"<article><h1>Warga Panen Kepiting</h1>{TEXT * 4}</article>{beside}"
    found = parse(Page(URL, body.encode(), NOW), expected=Expected.ARTICLE)
    assert isinstance(found, Article)
    return found


def test_counts_of_comments_and_tags_in_a_box_are_not_the_articles() -> None:
    counted = HEADLINES.replace("</a>", "</a> <span>604 Komentar</span>")
    tags = '<a rel="tag" href="/tag/kepiting">kepiting</a>'
    found = article(f"<p>Tag: {tags}</p><aside><h4>Terpopuler</h4><ul>{counted}</ul></aside>")
    assert found.comments.count is None
    assert found.tags == ("kepiting",)
