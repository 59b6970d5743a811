"""Long lists: rows that are built alike are read like the first of them, and come out as each would alone."""

from datetime import datetime
from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser

from eksread.model.news import Listing, Teaser
from eksread.parse.listing.headlines import read_listing
from eksread.parse.listing.rows import MIN_ROWS, find_alike
from eksread.parse.urls import Addresses, learn
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
URL = "https://portal.example/"
MENU = "".join(f'<li><a href="/kanal/{name}">{name.title()}</a></li>' for name in ("kukar", "berau", "paser"))
SHAPES = learn([f"{URL}berita-{n}-judul-berita.html" for n in range(3)])
ROWS = 2 * MIN_ROWS

CARD = """<div class="kartu"><a href="/berita-{n}-{slug}.html"><img src="/kosong/blank.gif" data-src="/foto/{n}.jpg" alt=""></a>
<div class="isi"><span class="rubrik"><a href="/kanal/{section}">{Section}</a></span> <span class="tanggal">{day} Mei 2024 09:{n:02} WITA</span>
<h3><a href="/berita-{n}-{slug}.html" title="{title}">{title}</a></h3><p>{summary}</p><small>Oleh {author}</small></div></div>"""
LOOP = """<article class="post-{n} hentry"><h2 class="entry-title"><a href="/berita-{n}-{slug}.html" rel="bookmark">{title}</a></h2>
<time class="entry-date" datetime="2024-05-0{day}T09:{n:02}:00+08:00">{day} Mei</time> <span class="byline">oleh {author}</span>
<p>{summary} <a class="more-link" href="/berita-{n}-{slug}.html">Selengkapnya</a></p></article>"""
TABLE = """<tr><td>{day:02}/05/2024 09:{n:02}</td><td><a href="/kanal/{section}">{Section}</a></td>
<td><a href="/berita-{n}-{slug}.html">{title}</a></td><td>{n} kali</td></tr>"""
LINES = """<li><a href="/berita-{n}-{slug}.html">{title}</a> <i>({day} Mei 2024)</i></li>"""
BARE = """<div class="post"><span>oleh {author}</span><h3><a href="/berita-{n}-{slug}.html">{title}</a></h3></div>"""
LAYOUTS = {
    "bare": (BARE, "<div class=baris>{}</div>"),
    "cards": (CARD, "<div class=baris>{}</div>"),
    "loop": (LOOP, "<section>{}</section>"),
    "table": (TABLE, "<table><tbody>{}</tbody></table>"),
    "lines": (LINES, "<ul>{}</ul>"),
}


def row(layout: str, n: int) -> str:
    section = ("kukar", "berau", "paser")[n % 3]
    return LAYOUTS[layout][0].format(
        n=n,
        slug=f"warga-kampung-{n}-panen",
        title=f"Warga Kampung Nomor {n} Panen Kepiting",
        section=section,
        Section=section.title(),
        day=1 + n % 3,
        summary=f"Ketua kelompok nomor {n} menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan.",
        author=("Amir", "Budi Santoso", "Citra")[n % 3],
    )


def page(layout: str, rows: list[str], beside: str = "") -> str:
    return (
        f"<title>Berita</title><nav><ul>{MENU}</ul></nav>{LAYOUTS[layout][1].format(''.join(rows))}{beside}"
    )


def read(html: str, shapes: tuple[str, ...] = SHAPES) -> Listing:
    return read_listing(LexborHTMLParser(html), URL, NOW, shapes)


def said(item: Teaser) -> tuple[object, ...]:
    return item.title, item.url, item.published, item.section, item.summary, item.image


def one_by_one(layout: str, rows: list[str]) -> list[tuple[object, ...]]:
    """What the rows say when they are read in small pages, where nothing is learned of them."""
    few = MIN_ROWS // 2
    return [
        said(item)
        for at in range(0, len(rows), few)
        for item in read(page(layout, rows[at : at + few])).items
    ]


def is_grouped(html: str) -> bool:
    links = LexborHTMLParser(html).css("a[href]")
    addresses = Addresses(URL)
    return bool(
        find_alike({link.mem_id: addresses.of(link.attributes["href"] or "") for link in links}, links)
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shapes", [SHAPES, ()])
def test_rows_of_a_long_list_say_what_they_say_in_a_short_one(layout: str, shapes: tuple[str, ...]) -> None:
    rows = [row(layout, n) for n in range(ROWS)]
    html = page(layout, rows)
    assert is_grouped(html)
    items = read(html, shapes).items
    assert [said(item) for item in items] == one_by_one(layout, rows)
    assert [item.rank for item in items] == list(range(ROWS))
    assert all(item.title == f"Warga Kampung Nomor {n} Panen Kepiting" for n, item in enumerate(items))
    assert all(bool(item.published) == (layout != "bare") for item in items)


LONG = "Menurut ketua kelompok, hasil panen cukup untuk tiga bulan ke depan bagi warga kampung."
ODD = {
    "another class": ("cards", 'class="rubrik"', 'class="x"'),
    "no date": ("cards", "Mei 2024", "Maret"),
    "a date in words": ("cards", "2 Mei 2024 09:31 WITA", "2 jam lalu"),
    "a date where none is": ("bare", "oleh Budi Santoso", "2 Mei 2024"),
    "a text where none is": ("table", "31 kali", LONG),
    "a label": ("bare", "oleh Budi Santoso", "Kategori: Opini"),
    "a section where none is": ("bare", "oleh Budi Santoso", "Kukar"),
    "no summary": ("cards", "Ketua kelompok nomor 31 menjelaskan bahwa hasil panen cukup", "Baca"),
    "more of the summary": ("loop", "Selengkapnya", LONG),
    "no picture": ("cards", 'data-src="/foto/31.jpg"', ""),
    "another tag": ("cards", "<small>", "<small><b>Foto</b> "),
    "bold in the title": ("cards", "Nomor 31", "Nomor <b>31</b>"),
    "a cut title": ("cards", "31 Panen Kepiting</a>", "31 Pan...</a>"),
    "an advert's link": ("cards", "/berita-31-", "https://iklan.example/berita-31-"),
    "another article's link": ("cards", '/kanal/berau"', '/berita-99-warga-lain-panen.html"'),
    "no section": ("cards", "Berau", ""),
    "a section without a menu entry": ("cards", "Berau", "Advertorial"),
}


@pytest.mark.parametrize("change", ODD)
def test_a_row_that_differs_is_read_in_full(change: str) -> None:
    layout, before, after = ODD[change]
    rows = [row(layout, n) for n in range(ROWS)]
    assert before in rows[31]
    rows[31] = rows[31].replace(before, after)
    assert [said(item) for item in read(page(layout, rows)).items] == one_by_one(layout, rows)


@pytest.mark.parametrize("site", ["", "//portal.example"])
def test_an_article_that_stands_in_a_side_box_as_well_is_one_item_in_its_place(site: str) -> None:
    rows = [row("cards", n) for n in range(ROWS)]
    links = "".join(
        f'<li><a href="{site}/berita-{n}-warga-kampung-{n}-panen.html">Warga Kampung Nomor {n} Panen Kepiting</a></li>'
        for n in (0, 1, 30, 99)
    )
    items = read(page("cards", rows, f"<aside><h4>Terpopuler</h4><ol>{links}</ol></aside>")).items
    assert [said(item) for item in items[:-1]] == one_by_one("cards", rows)
    assert items[-1].url.endswith("/berita-99-warga-kampung-99-panen.html")


def test_two_rows_that_lead_to_one_article_are_one_item() -> None:
    rows = [row("lines", n) for n in range(ROWS)]
    again = rows[30].replace('href="/berita', 'href="//portal.example/berita')
    items = read(page("lines", [*rows[:40], again, *rows[40:]])).items
    assert [said(item) for item in items] == one_by_one("lines", rows)


def test_what_stands_between_rows_belongs_to_the_one_before() -> None:
    between = (
        "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga.</p>"
    )
    rows = [f'<h3><a href="/berita-{n}-warga-kampung-panen.html">Warga Kampung Nomor {n} Panen</a></h3>' for n in range(ROWS)]  # fmt: skip
    rows[30] += between
    items = read(f"<div>{''.join(rows)}</div>").items
    assert [bool(item.summary) for item in items] == [n == 30 for n in range(ROWS)]


def test_rows_under_the_name_of_a_box_are_of_its_section_and_day() -> None:
    rows = [row("lines", n) for n in range(ROWS)]
    first, second = "".join(rows[:24]), "".join(rows[24:])
    html = f"<nav><ul>{MENU}</ul></nav><h3>Kukar</h3><ul>{first}</ul><h3>Berau</h3><ul>{second}</ul>"
    assert [item.section for item in read(html).items] == ["Kukar"] * 24 + ["Berau"] * (ROWS - 24)


def test_a_list_takes_linear_time_whatever_its_rows_nest() -> None:
    def page_of(size: int) -> str:
        inner = "<div><ul>" + "<li><a href=/x>y</a></li>" * 30 + "</ul></div>"
        return "<div>" * 60 + (inner * 30 + "<section>") * size + row("cards", 7) * size

    def cost(size: int) -> float:
        tree = LexborHTMLParser(page_of(size))
        start = process_time()
        read_listing(tree, URL, NOW)
        return process_time() - start

    small = min(cost(2) for _ in range(3))
    assert min(cost(8) for _ in range(3)) < 10 * max(small, 0.005)
