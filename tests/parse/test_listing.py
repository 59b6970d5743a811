import json
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from eksread.export.json_form import Json, list_json
from eksread.model.news import Listing
from eksread.parse.listing.headlines import read_listing
from eksread.parse.text import decode
from eksread.portal import WITA
from tests.goldens import moment

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
PAGES = Path(__file__).parent.parent / "pages" / "list"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def expected(name: str) -> dict[str, Json]:
    form: dict[str, Json] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return form


def read(name: str, shapes: tuple[str, ...] = ()) -> Listing:
    body = (PAGES / f"{name}.html").read_bytes()
    return read_listing(
        LexborHTMLParser(decode(body, "")), str(expected(name)["url"]), moment(PAGES / name), shapes
    )


def test_there_are_list_pages() -> None:
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_a_list_page_gives_what_is_on_it(name: str) -> None:
    assert list_json(read(name)) == expected(name)


def test_the_feeds_shape_decides_where_text_alone_would_not() -> None:
    page = """<body><div class=x><a href="/baca/1-banjir">Banjir</a> <a href="/baca/2-api">Api</a>
    <a href="/promo/beli-dua-gratis-satu-sepanjang-mei">Beli Dua Gratis Satu Sepanjang Mei</a></div>"""
    tree = LexborHTMLParser(page)
    found = read_listing(tree, "https://portal.example/", NOW, ("/baca/{n}-{slug}",))
    assert [item.title for item in found.items] == ["Banjir", "Api"]
    assert [item.title for item in read_listing(tree, "https://portal.example/", NOW).items] == [
        "Beli Dua Gratis Satu Sepanjang Mei"
    ]


def test_other_sites_and_other_schemes_are_never_items() -> None:
    page = """<body><h2><a href="https://lain.example/berita-1-judul-yang-cukup-panjang.html">Judul yang Cukup Panjang Sekali</a></h2>
    <h2><a href="javascript:buka('berita-2')">Judul Kedua yang Cukup Panjang</a></h2>
    <h2><a href="/berita-3-judul-ketiga-cukup-panjang.html">Judul Ketiga yang Cukup Panjang</a></h2>"""
    found = read_listing(LexborHTMLParser(page), "https://portal.example/", NOW)
    assert [item.url for item in found.items] == [
        "https://portal.example/berita-3-judul-ketiga-cukup-panjang.html"
    ]


def test_titles_are_clean() -> None:
    page = (
        "<h2><a href='/berita-3-a-b-c.html'>Judul \x1b[31m\u202eYang\u200b  [bold]Cukup[/] Panjang</a></h2>"
    )
    (item,) = read_listing(LexborHTMLParser(page), "https://portal.example/", NOW).items
    assert item.title == "Judul [31mYang [bold]Cukup[/] Panjang"


TAGS = st.sampled_from(
    [
        "div",
        "ul",
        "li",
        "a href=/berita-1-a-b-c.html",
        "a href=x",
        "h2",
        "table",
        "td",
        "p",
        "br",
        "nav",
        "time datetime=2024-05-01",
    ]
)
NODES = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from(
            ["Judul Berita yang Panjang", "2 Mei 2024", "Terpopuler", "Ekonomi", " ", "&nbsp;", "Selanjutnya"]
        ),
    ),
    max_size=60,
)


@given(NODES)
def test_any_structure_gives_distinct_items_in_order(nodes: list[str]) -> None:
    found = read_listing(LexborHTMLParser("".join(nodes)), "https://portal.example/", NOW)
    assert [item.rank for item in found.items] == list(range(len(found.items)))
    assert len({item.url for item in found.items}) == len(found.items)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "<div><h3><a href='/berita-{i}-judul-yang-panjang.html'>Judul Berita Nomor {i} yang Panjang</a></h3><b>2 Mei 2024</b></div>",
        "<h3><a href='/berita-{i}-judul-yang-panjang.html'>Judul Berita Nomor {i} yang Panjang</a></h3>2 Mei 2024 ",
        "2 Mei 2024 <a href='/berita-{i}-judul-yang-panjang.html'>Judul Berita Nomor {i} yang Panjang</a><br>",
        "<b>Terpopuler</b> <i>x</i>",
        "<b>Kukar</b><i><a href='/berita-{i}-judul-yang-panjang.html'>Judul Berita Nomor {i} yang Panjang</a></i>",
        "<aside><b>Terpopuler</b><a href='/berita-{i}-judul-yang-panjang.html'>Judul Berita Nomor {i} yang Panjang</a>",
        "<a href='/berita-1-a-b-c.html'>Judul Berita yang Panjang Sekali</a>",
        "<a href='/b-{i}'><div><p>Judul Berita {i}</div>",
        "<a href=/{i}>",
        "<li><a href='/k{i}'>Kanal</a>",
        "<td><a href='?page={i}'>{i}</a>",
    ],
    ids=lambda unit: unit[:20],
)
def test_twice_the_page_costs_about_twice(unit: str) -> None:
    def cost(count: int) -> float:
        tree = LexborHTMLParser("<div>" + "".join(unit.format(i=i) for i in range(count)))
        start = process_time()
        read_listing(tree, "https://portal.example/", NOW)
        return process_time() - start

    cost(10)
    assert min(cost(1600) for _ in range(3)) < 3 * min(cost(800) for _ in range(3)) + 0.02


def test_a_menu_at_the_pages_end_names_the_sections() -> None:
    cards = "".join(
        f"<div><a href='/kategori/ekonomi'>Ekonomi</a><h3><a href='/baca/{i}-judul-berita-nomor'>Judul Berita Nomor {i} yang Panjang</a></h3></div>"
        for i in range(8)
    )
    menu = "<nav><a href='/kategori/ekonomi'>Ekonomi</a> <a href='/kategori/budaya'>Budaya</a></nav>"
    found = read_listing(LexborHTMLParser(cards + menu), "https://portal.example/", NOW)
    assert [section.name for section in found.sections] == ["Ekonomi", "Budaya"]
    assert len(found.items) == 8


def test_a_picture_names_an_article_only_where_no_text_does() -> None:
    page = """<body><a href="/baca/1-a-b-c"><img alt="Perahu di sungai pada pagi hari"></a>
    <h2><a href="/baca/1-a-b-c">Judul Pertama yang Cukup Panjang</a></h2>
    <a href="/baca/2-d-e-f"><img alt="Jembatan baru di atas sungai besar"></a>"""
    found = read_listing(LexborHTMLParser(page), "https://portal.example/", NOW, ("/baca/{n}-{slug}",))
    assert [item.title for item in found.items] == [
        "Judul Pertama yang Cukup Panjang",
        "Jembatan baru di atas sungai besar",
    ]


def listing(page: str) -> Listing:
    return read_listing(LexborHTMLParser(page), "https://portal.example/", NOW)


def _cards(*cards: str) -> str:
    menu = "".join(
        f'<li><a href="/{name.lower()}/">{name}</a></li>' for name in ("Ekonomi", "Olahraga", "Hukum")
    )
    return f"<html><body><nav><ul>{menu}</ul></nav><main>{''.join(cards)}</main></body></html>"


def test_what_looks_like_known_sections_is_a_section() -> None:
    page = _cards(
        *(
            f'<div><span class="kat">{section}</span><h3><a href="/baca-{number}-warga-desa-panen-raya.html">'
            f"Warga Desa Nomor {number} Panen Raya Bersama</a></h3></div>"
            for number, section in enumerate(("Ekonomi", "Hukum", "Olahraga", "Wisata Alam"), 1)
        )
    )
    assert [item.section for item in listing(page).items] == ["Ekonomi", "Hukum", "Olahraga", "Wisata Alam"]


def test_a_link_to_the_folder_of_an_article_names_its_section() -> None:
    page = _cards(
        *(
            f'<div><a href="/wisata">Wisata</a> <a href="/wisata/warga-desa-{number}-panen-raya">'
            f"Warga Desa Nomor {number} Panen Raya Bersama</a></div>"
            for number in range(1, 5)
        )
    )
    assert {item.section for item in listing(page).items} == {"Wisata"}


def test_the_class_of_a_post_names_its_section() -> None:
    page = _cards(
        *(
            f'<article class="post-{number} hentry category-hukum"><h2><a href="/warga-desa-{number}-panen-raya/">'
            f"Warga Desa Nomor {number} Panen Raya Bersama</a></h2><p>Panen berlangsung meriah sejak pagi hari di balai desa. "
            f'<a href="/warga-desa-{number}-panen-raya/">Selengkapnya <span>“Warga Desa Nomor {number} Panen Raya Bersama”</span></a></p></article>'
            for number in range(1, 5)
        )
    )
    items = listing(page).items
    assert {item.section for item in items} == {"Hukum"}
    assert {item.summary for item in items} == {"Panen berlangsung meriah sejak pagi hari di balai desa."}


def test_posts_with_short_addresses_are_found_by_their_place() -> None:
    slugs = (
        "bendungan-marangkayu-mulai-diisi",
        "sanggar-tari-berlatih-tiap-malam",
        "harga-sawit-petani-naik-lagi",
        "sapi-perah",
    )
    page = _cards(
        *(
            f'<article class="post-{number}"><header><h2><a href="/{slug}/">{slug.replace("-", " ").title()} di Kaltim</a></h2></header></article>'
            for number, slug in enumerate(slugs)
        )
    )
    assert [item.url.rsplit("/", 2)[1] for item in listing(page).items] == list(slugs)


def test_a_small_table_is_the_card_of_its_headline() -> None:
    page = "".join(
        f"<table><tr><td><font size=1>{number}-01-2011 | 10:05 WITA</font></td></tr><tr><td><b><a href=/baca.php?id={number}>"
        f"Warga Desa Nomor {number} Panen Raya Bersama</a></b></td></tr><tr><td>Panen berlangsung meriah sejak pagi di balai desa {number}.</td></tr></table><hr>"
        for number in range(1, 5)
    )
    items = listing(page).items
    assert [item.published and item.published.day for item in items] == [1, 2, 3, 4]
    assert [item.summary for item in items] == [
        f"Panen berlangsung meriah sejak pagi di balai desa {number}." for number in range(1, 5)
    ]


def test_a_label_before_something_else_is_no_section() -> None:
    page = _cards(
        *(
            f'<div class=row><span class=t><a href="/node/{number}">Warga Desa Nomor {number} Panen Raya Bersama</a></span>'
            f'<div><span class="views-label">Tanggal: </span><span>0{number}/09/2016</span></div>'
            f'<div><span class="views-label">Kanal: </span><span><a href="/taxonomy/term/{number}">Kutim</a></span></div></div>'
            for number in range(1, 5)
        )
    )
    assert [item.section for item in listing(page).items] == ["Kutim"] * 4


def test_bloggers_older_posts_are_the_next_page() -> None:
    page = _cards(
        *(
            f'<h3><a href="/2015/02/panen-{number}.html">Warga Desa Nomor {number} Panen Raya</a></h3>'
            for number in range(1, 5)
        )
    ).replace("</body>", '<a href="/search?updated-max=2015-02-17">Posting Lama</a></body>')
    assert listing(page).next_url == "https://portal.example/search?updated-max=2015-02-17"


def test_the_name_of_a_group_is_cleaned_as_all_else() -> None:
    heading = "<h2>\u202eOlah\u200braga</h2>"
    cards = "".join(
        f'<div><h3><a href="/2025/03/1{number}/warga-desa-panen-raya-{number}">Warga Desa Panen Raya {number}</a></h3></div>'
        for number in range(3)
    )
    names = {
        item.section for item in listing(f"<main><section><div>{heading}</div>{cards}</section></main>").items
    }
    assert names == {"Olahraga"}


@pytest.mark.parametrize(
    "layout",
    [
        "<div class=hari>{day}</div><ul>{rows}</ul>",
        "<p><b>{day}</b></p><div>{rows}</div>",
        "<dl><dt>{day}</dt>{rows}</dl>",
        "<table><tr><td colspan=2>{day}</td></tr>{rows}</table>",
        "<h3>{day}</h3><ul>{rows}</ul>",
    ],
)
@pytest.mark.parametrize("many", [1, 2])
def test_times_below_a_line_with_a_day_are_of_that_day(layout: str, many: int) -> None:
    row = {
        "dl": "<dd><i>{h}:05 WITA</i> <a href='/berita-{n}-judul-panjang.html'>Judul Berita Nomor {n} yang Panjang</a></dd>",
        "ta": "<tr><td>{h}.05</td><td><a href='/berita-{n}-judul-panjang.html'>Judul Berita Nomor {n} yang Panjang</a></td></tr>",
    }.get(
        layout[1:3],
        "<li>Pukul {h}.05 <a href='/berita-{n}-judul-panjang.html'>Judul Berita Nomor {n} yang Panjang</a></li>",
    )
    days = [(2, "Kamis, 2 Mei 2024"), (1, "Rabu, 1 Mei 2024"), (30, "Selasa, 30 April 2024")]
    page = "".join(
        layout.format(day=name, rows="".join(row.format(h=20 - n, n=day * 10 + n) for n in range(many)))
        for day, name in days
    )
    items = read_listing(LexborHTMLParser(page), "https://portal.example/", NOW).items
    assert [(item.published.day, item.published.hour) for item in items if item.published] == [
        (day, 20 - n) for day, _ in days for n in range(many)
    ]


def test_a_date_behind_one_headline_is_not_the_next_ones() -> None:
    rows = "".join(
        f"<h3><a href='/berita-{n}-judul-panjang.html'>Judul Berita Nomor {n} yang Panjang</a></h3><div>{n} Mei 2024</div>"
        for n in (1, 3, 2)
    )
    items = read_listing(LexborHTMLParser(f"<div>{rows}</div>"), "https://portal.example/", NOW).items
    assert [item.published.day for item in items if item.published] == [1, 3, 2]


@pytest.mark.parametrize(
    ("own", "image"),
    [
        ('src="/foto/{n}.jpg"', "/foto/{n}.jpg"),
        ('src="/kosong/blank.gif" data-src="/foto/{n}.jpg"', "/foto/{n}.jpg"),
        ('src="/kosong/blank.gif"', "/foto/{n}.webp"),
    ],
)
@pytest.mark.parametrize("count", [4, 40])
def test_a_picture_is_what_every_browser_shows_before_what_some_do(own: str, image: str, count: int) -> None:
    card = (
        '<article><a href="/berita-{n}-judul-panjang.html"><picture><source type="image/webp" srcset="/foto/{n}.webp 300w"><img '
        + own
        + '></picture></a><h3><a href="/berita-{n}-judul-panjang.html">Judul Berita Nomor {n} yang Panjang</a></h3></article>'
    )
    page = "".join(card.format(n=n) for n in range(count))
    items = read_listing(LexborHTMLParser(page), "https://portal.example/", NOW).items
    assert [item.image for item in items] == [
        f"https://portal.example{image.format(n=n)}" for n in range(count)
    ]


LONG_CARD = """<div class="kartu"><a href="/berita-{n}-{slug}.html"><img src="/kosong/blank.gif" data-src="/foto/{n}.jpg" alt=""></a>
<div class="isi"><span class="rubrik"><a href="/kanal/{section}">{Section}</a></span> <span class="tanggal">{day} Mei 2024 09:{n:02} WITA</span>
<h3><a href="/berita-{n}-{slug}.html" title="{title}">{title}</a></h3><p>{summary}</p><small>Oleh {author}</small></div></div>"""
LOOP = """<article class="post-{n} hentry"><h2 class="entry-title"><a href="/berita-{n}-{slug}.html" rel="bookmark">{title}</a></h2>
<time class="entry-date" datetime="2024-05-0{day}T09:{n:02}:00+08:00">{day} Mei</time> <span class="byline">oleh {author}</span>
<p>{summary} <a class="more-link" href="/berita-{n}-{slug}.html">Selengkapnya</a></p></article>"""
TABLE = """<tr><td>{day:02}/05/2024 09:{n:02}</td><td><a href="/kanal/{section}">{Section}</a></td>
<td><a href="/berita-{n}-{slug}.html">{title}</a></td><td>{n} kali</td></tr>"""
LINES = """<li><a href="/berita-{n}-{slug}.html">{title}</a> <i>({day} Mei 2024)</i></li>"""
LAYOUTS = {
    "cards": (LONG_CARD, "<div class=baris>{}</div>"),
    "loop": (LOOP, "<section>{}</section>"),
    "table": (TABLE, "<table><tbody>{}</tbody></table>"),
    "lines": (LINES, "<ul>{}</ul>"),
}
MENU = "".join(f'<li><a href="/kanal/{name}">{name.title()}</a></li>' for name in ("kukar", "berau", "paser"))
ROWS = 48


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


def long_list(layout: str, rows: list[str], beside: str = "") -> Listing:
    return listing(
        f"<title>Berita</title><nav><ul>{MENU}</ul></nav>{LAYOUTS[layout][1].format(''.join(rows))}{beside}"
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_row_of_a_long_list_has_its_own_title_date_section_summary_and_picture(layout: str) -> None:
    items = long_list(layout, [row(layout, n) for n in range(ROWS)]).items
    assert [item.rank for item in items] == list(range(ROWS))
    for n, item in enumerate(items):
        assert item.title == f"Warga Kampung Nomor {n} Panen Kepiting"
        assert item.published is not None
        assert item.published.day == 1 + n % 3
        if layout in ("cards", "table"):
            assert item.section == ("Kukar", "Berau", "Paser")[n % 3]
        if layout in ("cards", "loop"):
            assert item.summary is not None
            assert item.summary.startswith(f"Ketua kelompok nomor {n} ")
        if layout == "cards":
            assert item.image == f"https://portal.example/foto/{n}.jpg"


@pytest.mark.parametrize("site", ["", "//portal.example"])
def test_an_article_that_stands_in_a_side_box_as_well_is_one_item_in_its_place(site: str) -> None:
    rows = [row("cards", n) for n in range(ROWS)]
    links = "".join(
        f'<li><a href="{site}/berita-{n}-warga-kampung-{n}-panen.html">Warga Kampung Nomor {n} Panen Kepiting</a></li>'
        for n in (0, 1, 30, 99)
    )
    items = long_list("cards", rows, f"<aside><h4>Terpopuler</h4><ol>{links}</ol></aside>").items
    assert [item.title.split()[3] for item in items] == [str(n) for n in (*range(ROWS), 99)]
    assert all(item.published for item in items[:-1])


def test_two_rows_that_lead_to_one_article_are_one_item() -> None:
    rows = [row("lines", n) for n in range(ROWS)]
    again = rows[30].replace('href="/berita', 'href="//portal.example/berita')
    assert len(long_list("lines", [*rows[:40], again, *rows[40:]]).items) == ROWS


def test_what_stands_between_rows_belongs_to_the_one_before() -> None:
    between = (
        "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga.</p>"
    )
    rows = [f'<h3><a href="/berita-{n}-warga-kampung-panen.html">Warga Kampung Nomor {n} Panen</a></h3>' for n in range(ROWS)]  # fmt: skip
    rows[30] += between
    items = listing(f"<div>{''.join(rows)}</div>").items
    assert [bool(item.summary) for item in items] == [n == 30 for n in range(ROWS)]


def test_rows_under_the_name_of_a_box_are_of_its_section() -> None:
    rows = [row("lines", n) for n in range(ROWS)]
    first, second = "".join(rows[:24]), "".join(rows[24:])
    html = f"<nav><ul>{MENU}</ul></nav><h3>Kukar</h3><ul>{first}</ul><h3>Berau</h3><ul>{second}</ul>"
    assert [item.section for item in listing(html).items] == ["Kukar"] * 24 + ["Berau"] * (ROWS - 24)


@pytest.mark.parametrize(
    ("shown", "summary"),
    [
        ("Panen berlangsung tiga hari di balai desa. Baca Selengkapnya »", "Panen berlangsung tiga hari di balai desa."),
        ("Panen berlangsung tiga hari di balai desa dan [...]", "Panen berlangsung tiga hari di balai desa dan"),
        ("Panen berlangsung tiga hari di balai desa… Read more", "Panen berlangsung tiga hari di balai desa"),
        ("Warga meminta kepada desa data yang selengkapnya", "Warga meminta kepada desa data yang selengkapnya"),
    ],
)  # fmt: skip
def test_a_summary_ends_before_the_link_to_the_rest(shown: str, summary: str) -> None:
    cards = (
        f'<div><h3><a href="/baca-{number}-warga-desa-panen-raya.html">Warga Desa Nomor {number} Panen Raya</a></h3><p>{shown}</p></div>'
        for number in range(1, 5)
    )
    assert {item.summary for item in listing(_cards(*cards)).items} == {summary}
