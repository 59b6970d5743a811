"""Boxes of other headlines beside an article."""

from datetime import datetime
from time import process_time

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


def lines(html: str) -> list[str]:
    root = LexborHTMLParser(html).body
    assert root is not None
    return [run.text for run in read_flow(root).runs]


@pytest.mark.parametrize(
    "box",
    [
        "<aside>{}</aside>",
        '<div id="sidebar">{}</div>',
        '<div class="col-4 right-sidebar">{}</div>',
        '<div class="sidebar-widget">{}</div>',
    ],
)
def test_nothing_of_a_box_of_headlines_is_read(box: str) -> None:
    assert lines(box.format(f"<ol>{HEADLINES}</ol>")) == []


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="l-sidebar-fixed">{HEADLINES}</div>',
        f"<aside><b>Baca juga:</b>{HEADLINES}</aside>",
        f"<aside>{HEADLINES}{TEXT * 5}</aside>",
        f"<aside>{HEADLINES[: HEADLINES.index('<li>', 200)]}</aside>",
        f"<aside><h1>Warga Panen Kepiting</h1>{HEADLINES}</aside>",
    ],
    ids=["another name", "related links", "text", "few headlines", "the title"],
)
def test_what_may_be_of_the_article_is_read(box: str) -> None:
    assert len(lines(box)) > 1


def test_counts_of_comments_and_tags_in_a_box_are_not_the_articles() -> None:
    counted = HEADLINES.replace("</a>", "</a> <span>604 Komentar</span>")
    tags = '<a rel="tag" href="/tag/kepiting">kepiting</a>'
    found = article(f"<p>Tag: {tags}</p><aside><h4>Terpopuler</h4><ul>{counted}</ul></aside>")
    assert found.comments.count is None
    assert found.tags == ("kepiting",)


def test_boxes_in_boxes_take_linear_time() -> None:
    def cost(depth: int) -> float:
        opened = "<aside>" + "teks biasa yang panjang " * 40
        tree = LexborHTMLParser(
            opened * depth + '<a href="/x">Judul Berita Lain yang Panjang</a>' * depth * 4
        )
        assert tree.body is not None
        start = process_time()
        read_flow(tree.body)
        return process_time() - start

    assert min(cost(400) for _ in range(3)) < 7 * min(cost(100) for _ in range(3))
