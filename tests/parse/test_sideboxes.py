"""Boxes of other headlines beside an article."""

from datetime import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.parse.html.flow import read_flow
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


@pytest.mark.parametrize("box", ['<div class="sidebar">', '<div id="side-bar">', "<section class='sidebar'>"])
def test_count_and_tags_of_the_article_in_a_side_bar_are_read(box: str) -> None:
    tags = 'Tag: <a rel="tag" href="/tag/kepiting">kepiting</a>, <a rel="tag" href="/tag/panen">panen</a>'
    closing = f"</{box[1:].split()[0]}>"
    found = article(f"{box}<p>{tags}</p><p>7 Komentar</p><h4>Terbaru</h4><ul>{HEADLINES}</ul>{closing}")
    assert found.comments.count == 7
    assert found.tags == ("kepiting", "panen")


def test_a_side_bar_of_headlines_needs_no_walk() -> None:
    bar = LexborHTMLParser(f'<aside><h4>Terpopuler</h4><ul>{HEADLINES}</ul></aside><p class="end">Akhir</p>')
    assert bar.body is not None
    assert [run.text for run in read_flow(bar.body).runs] == ["Akhir"]
