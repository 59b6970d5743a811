import json
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.export.json_form import Json, list_json
from eksread.model.news import Feed
from eksread.parse.feed import looks_like_feed, read_feed
from eksread.parse.text import decode
from eksread.portal import WITA
from tests.goldens import moment

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
PAGES = Path(__file__).parent.parent / "pages" / "feed"
NAMES = sorted(path.stem for path in PAGES.glob("*.xml"))


def expected(name: str) -> dict[str, Json]:
    form: dict[str, Json] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return form


def text_of(name: str) -> str:
    return decode((PAGES / f"{name}.xml").read_bytes(), "")


def read(name: str) -> Feed:
    return read_feed(text_of(name), str(expected(name)["url"]), moment(PAGES / name))


def test_there_are_feeds() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_gives_what_is_in_it(name: str) -> None:
    assert list_json(read(name)) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_recognised(name: str) -> None:
    assert looks_like_feed(text_of(name))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!doctype html><html><head><link rel=alternate type='application/rss+xml'></head><body><rss></body></html>",
        "<html><body><pre>&lt;rss&gt;</pre></body></html>",
        '{"items": []}',
        "Rabu, 17 Juli 2019",
    ],
)
def test_a_page_is_no_feed(text: str) -> None:
    assert not looks_like_feed(text)


def test_entities_never_expand() -> None:
    levels = "".join(f'<!ENTITY e{i} "{"&e" + str(i - 1) + ";"}{"x" * 100}">' for i in range(1, 200))
    text = f"<!DOCTYPE rss [{levels}]><rss><channel><item><title>Satu &e199; dua</title><link>https://a.example/1</link></item></channel></rss>"
    (item,) = read_feed(text, "https://a.example/rss", NOW).items
    assert item.title == "Satu &e199; dua"


def test_work_and_result_are_bounded() -> None:
    many = (
        "<rss><channel>"
        + "<item><title>Judul</title><link>https://a.example/%d</link></item>" * 3000 % tuple(range(3000))
    )
    assert len(read_feed(many, "https://a.example/rss", NOW).items) == 500
    for hostile in (
        "<!--" * 50_000,
        "<![CDATA[" * 50_000,
        "<item><title>" * 20_000,
        "<a " * 50_000,
        "<item><description>" + "<img " * 50_000,
    ):
        assert read_feed("<rss>" + hostile, "https://a.example/rss", NOW).items == ()


@given(st.sampled_from(NAMES), st.data())
def test_a_damaged_feed_is_read_without_an_error(name: str, data: st.DataObject) -> None:
    text = text_of(name)
    start = data.draw(st.integers(0, len(text)))
    damaged = (
        text[:start]
        + data.draw(st.text(alphabet="<>/&;![]CDATA-item \"'", max_size=12))
        + text[start + data.draw(st.integers(0, 60)) :]
    )
    found = read_feed(damaged, "https://a.example/rss", NOW)
    assert [item.rank for item in found.items] == list(range(len(found.items)))
    assert all(item.published is None or item.published <= NOW + timedelta(days=1) for item in found.items)


def test_links_are_relative_to_the_nearest_base() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/berita/"><entry xml:base="panen/"><title>Panen Padi</title>'
        '<link href="./"/><summary type="html">&lt;img src="padi.jpg"&gt; Panen berlangsung tiga hari.</summary></entry></feed>'
    )
    (item,) = read_feed(atom, "https://penyalur.example/a.xml", NOW).items
    assert item.url == "https://a.example/berita/panen/"
    assert item.image == "https://a.example/berita/panen/padi.jpg"


def test_a_base_of_another_scheme_is_no_base() -> None:
    rss = '<rss><channel xml:base="javascript:alert(1)"><item><title>Panen Padi</title><link>/panen</link></item></channel></rss>'
    (item,) = read_feed(rss, "https://a.example/rss", NOW).items
    assert item.url == "https://a.example/panen"


def test_an_item_without_a_link_is_where_it_says_what_it_is_about() -> None:
    rdf = '<rdf:RDF><item rdf:about="https://a.example/panen"><title>Panen Padi</title></item></rdf:RDF>'
    (item,) = read_feed(rdf, "https://a.example/rdf", NOW).items
    assert item.url == "https://a.example/panen"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Panen berlangsung tiga hari. <a href='/p'>Selengkapnya</a> »", "Panen berlangsung tiga hari."),
        ("Panen berlangsung tiga hari. Lanjutkan membaca “Panen Padi”", "Panen berlangsung tiga hari."),
        ("Warga ingin tahu. Selengkapnya akan diumumkan besok.", None),
        ("Warga meminta data yang selengkapnya", None),
    ],
)
def test_a_summary_ends_before_the_link_to_the_rest(said: str, kept: str | None) -> None:
    rss = f"<rss><item><title>Panen Padi</title><link>https://a.example/p</link><description><![CDATA[{said}]]></description></item></rss>"
    (item,) = read_feed(rss, "https://a.example/rss", NOW).items
    assert item.summary == (kept or said)


@pytest.mark.parametrize("inside", ["x", "x=", "x ", " x=' "])
def test_attributes_of_a_tag_take_time_in_proportion_to_their_length(inside: str) -> None:
    def cost(size: int) -> float:
        text = f"<rss><item><link {inside * (size // len(inside))}>"
        start = process_time()
        read_feed(text, "https://a.example/rss", NOW)
        return process_time() - start

    assert min(cost(20_000) for _ in range(3)) < 3 * min(cost(10_000) for _ in range(3)) + 0.005
