"""The same article in any markup gives the same blocks; the cost grows as the page does."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eksread.model.enums import BlockType
from eksread.model.fetched import Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TITLE = "Warga Muara Sepat Panen Kepiting Bersama"
SUBJECTS = (
    "Ketua kelompok",
    "Seorang nelayan tua",
    "Kepala kampung",
    "Pelajar dari hulu",
    "Pedagang di pasar",
)
VERBS = ("menjelaskan bahwa", "bercerita kepada tetangga bahwa", "mencatat di buku bahwa", "berharap supaya")
OBJECTS = (
    "hasil panen cukup untuk tiga bulan ke depan",
    "iklan lomba perahu itu dibaca banyak orang",
    "komentar para tamu ditulis di papan kayu",
    "jembatan lama perlu diganti sebelum musim hujan",
    "air pasang datang dua kali dalam satu malam",
)

sentences = st.builds(
    "{} {} {}.".format, st.sampled_from(SUBJECTS), st.sampled_from(VERBS), st.sampled_from(OBJECTS)
)
bodies = st.lists(
    st.lists(sentences, min_size=2, max_size=4).map(" ".join), min_size=3, max_size=9, unique=True
)

SHAPES = {
    "p": lambda body: "".join(f"<p>{text}</p>" for text in body),
    "unclosed p": lambda body: "".join(f"<p>{text}\n" for text in body),
    "br br": lambda body: "<br><br>".join(body),
    "br nbsp br": lambda body: "<br>&nbsp;<br>\n".join(body),
    "single br": lambda body: "<br>".join(body),
    "div": lambda body: "".join(f"<div>{text}</div>" for text in body),
    "div in div": lambda body: "".join(f"<div><div><span>{text}</span></div></div>" for text in body),
    "table cell": lambda body: f"<table><tr><td>{'<br/><br/>'.join(body)}</td></tr></table>",
    "table rows": lambda body: "<table>" + "".join(f"<tr><td>{text}</td></tr>" for text in body) + "</table>",
    "font": lambda body: "".join(f"<font size=2>{text}</font><br><br>" for text in body),
    "mixed": lambda body: "".join(
        f"<p>{text}</p>" if at % 2 else f"{text}<br><br>" for at, text in enumerate(body)
    ),
    "section": lambda body: "<article>" + "".join(f"<section><p>{text}</p></section>" for text in body) + "</article>",
    "noscript": lambda body: "<noscript>" + "".join(f"<p>{text}</p>" for text in body) + "</noscript>",
}  # fmt: skip


def page(markup: str) -> Page:
    """An article page with a menu above and a footer below."""
    html = (
        f"<!doctype html><title>{TITLE}</title><ul><li><a href=/>Beranda</a><li><a href=/kutim>Kutim</a></ul>"
        f"<h1>{TITLE}</h1><p>Kamis, 2 Mei 2024 | 08:00 WITA</p>{markup}"
        "<p>Reporter: Amr</p><p>Copyright 2024 Kabar Delta</p>"
    )
    return Page("https://portal.example/berita-9-panen.html", html.encode(), NOW)


def paragraphs(article: object) -> list[str]:
    assert isinstance(article, Article)
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(body=bodies)
def test_the_same_body_comes_out_of_any_markup(shape: str, body: list[str]) -> None:
    article = parse(page(SHAPES[shape](body)))
    assert paragraphs(article) == body
    assert isinstance(article, Article)
    assert (article.title, article.reporter) == (TITLE, "Amr")
    assert article.published == datetime(2024, 5, 2, 8, 0, tzinfo=WITA)


@settings(max_examples=40, deadline=None)
@given(body=bodies)
def test_spans_joined_are_the_text(body: list[str]) -> None:
    markup = "".join(
        f"<p><b>{text[:9]}</b>{text[9:20]}<a href=/x><i> {text[20:30]}</i></a>{text[30:]}</p>"
        for text in body
    )
    article = parse(page(markup))
    assert isinstance(article, Article)
    for block in article.blocks:
        assert "".join(span.text for span in block.spans) == block.text
        assert any(span.bold for span in block.spans)
        assert any(span.url == "https://portal.example/x" for span in block.spans)


def cost(html: str) -> float:
    """CPU seconds of the quickest of three runs."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        parse(page(html))
        runs.append(time.process_time() - start)
    return min(runs)


UNIT = (
    "<div class='box'><p>Ketua kelompok menjelaskan bahwa <b>hasil panen</b> cukup untuk tiga bulan.</p>"
    "<ul><li><a href='/berita-3-x.html'>Judul berita lain yang cukup panjang di sini</a><li>Baca juga: <a href=/y>Y</a></ul>"
    "<br>Satu baris <i>lagi</i>,<br>dan satu lagi<br><br><img src=/a.jpg><table><tr><td>1<td>2<tr><td>3<td>4</table>"
    "<div class='comment'><b>Ucok</b> 2 Mei 2024 08:00<br>Mantap</div></div>"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        UNIT,
        "<p>Kalimat pendek saja. ",
        "teks <br> ",
        "<i></i> ",
        "Reporter : A ",
        "Baca juga: ",
        "((((",
        "<td>x",
        "- - - ",
        "Tag: a, ",
    ],
    ids=lambda unit: unit[:14],
)
def test_twice_the_page_costs_about_twice(unit: str) -> None:
    count = 60_000 // len(unit)
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>"
    once, twice = cost(head + unit * count), cost(head + unit * count * 2)
    # Linear is 2, quadratic 4; the rest is room for a busy machine.
    assert twice < 3.2 * once + 0.01


def test_a_photo_page_keeps_its_caption_apart() -> None:
    article = parse(page("<figure><img src=/a.jpg><figcaption>Kepiting di ember.</figcaption></figure>"))
    assert isinstance(article, Article)
    assert article.lead_image is not None
    assert (article.lead_image.url, article.lead_image.caption) == (
        "https://portal.example/a.jpg",
        "Kepiting di ember.",
    )
    assert not [block for block in article.blocks if block.type is not BlockType.IMAGE]
