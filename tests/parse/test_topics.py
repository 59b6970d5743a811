"""Tags and section of an article."""

from datetime import datetime

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TITLE = "<h1>Warga Panen Kepiting Bakau</h1>"
TEXT = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.</p>"
) * 4


def read(body: str) -> Article:
    page = Page("https://portal.example/berita-41-panen.html", body.encode(), NOW)
    found = parse(page, expected=Expected.ARTICLE)
    assert isinstance(found, Article)
    return found


def test_tags_in_the_cards_of_other_articles_are_not_the_articles() -> None:
    told = '<meta property="article:tag" content="Mangrove"><meta property="article:tag" content="Berau">'
    card = '<aside><div class="post-tags"><a href="/k/1">Pendidikan</a></div><h2>Sekolah Pasang Surut</h2></aside>'
    assert read(f"<head>{told}</head>{TITLE}{TEXT}{card}").tags == ("Mangrove", "Berau")


def test_links_to_short_tag_addresses_below_the_text_are_the_tags() -> None:
    box = '<section><ul><li><a href="/t/sekolah-kebun">sekolah kebun</a></li><li><a href="/t/padi">padi</a></li></ul></section>'
    assert read(f"{TITLE}{TEXT}{box}").tags == ("sekolah kebun", "padi")


def test_a_crumb_that_names_the_kind_of_page_is_no_section() -> None:
    crumbs = '<div class="bread"><a href="/">Home</a> &raquo; <a href="/kategori/4/kukar">Kukar</a> &raquo; Detail Berita</div>'
    assert read(f"{crumbs}{TITLE}{TEXT}").section == "Kukar"


def test_the_last_link_of_a_menu_is_no_section() -> None:
    links = "".join(f'<li><a href="/kategori/{name}"><p>{name}</p></a></li>' for name in ("Ekonomi", "Ragam"))
    assert read(f"<nav><ul>{links}</ul></nav>{TITLE}{TEXT}").section is None
