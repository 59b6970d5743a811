"""The pages, in every layout: they all answer, hide nothing, and let no text become markup."""

from __future__ import annotations

import json
import re
import struct
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from eksread.demo import DemoPortal, Edition, addresses
from eksread.demo.layout import SLOGANS
from tests.demo.layouts import LAYOUTS, MIXED

if TYPE_CHECKING:
    from conftest import Ask
    from eksread.demo import Article
    from eksread.demo.layout import Layout

EACH = {name: (layout,) for name, layout in LAYOUTS.items()}
ALL = {**EACH, "mixed": MIXED}
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Reading(HTMLParser):
    """Visible text, addresses, and whether every element that opens also closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src", "data-src"} and value]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "script"}:
            self.text += data


def squeeze(text: str) -> str:
    return " ".join(text.split())


def address(portal: DemoPortal, article: Article) -> str:
    return portal.url + addresses.article(article)


@pytest.mark.slow
@pytest.mark.parametrize("layouts", ALL.values(), ids=ALL)
def test_every_address_on_every_page_answers(layouts: tuple[Layout, ...], edition: Edition, ask: Ask) -> None:
    """A crawl from the front page: no dead link, no broken picture, and every article is reached."""
    with DemoPortal(layouts, edition=edition) as portal:
        todo, seen = [portal.url + "/"], {portal.url + "/"}
        while todo:
            url = todo.pop()
            answer = ask(url)
            assert answer.status == 200, url
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for found in Reading(answer.text).addresses:
                absolute = urljoin(url, found).partition("#")[0]
                if (
                    absolute.startswith(portal.url)
                    and addresses.SEARCH not in absolute
                    and absolute not in seen
                ):
                    seen.add(absolute)
                    todo.append(absolute)
        assert {address(portal, article) for article in edition.articles} <= seen


@pytest.mark.parametrize("layouts", EACH.values(), ids=EACH)
def test_landmarks_stand_on_every_article(layouts: tuple[Layout, ...], edition: Edition, ask: Ask) -> None:
    with DemoPortal(layouts, edition=edition) as portal:
        for article in edition.articles:
            url: str | None = address(portal, article)
            text = ""
            while url:
                html = ask(url).text
                text += squeeze(Reading(html).text) + " "
                onward = re.search(r'href="([^"]+)" rel="next"', html)
                url = urljoin(portal.url, onward[1]) if onward else None
            assert "20 November 2026" in text
            assert all(slogan in text for slogan in SLOGANS)
            assert squeeze(article.title) in text
            assert squeeze(article.caption) in text
            if article.place and article.body:
                assert f"EKSPOSKALTIM.com, {article.place} - " in text
            assert text.count("(adv)") == int(article.adv)
            assert "Apa Reaksi Anda ?" in text
            assert all(f"{share}%" in text for share in article.reactions)
            if article.reporter:
                assert f"Reporter : {article.reporter}" in text
            if not article.external_comments:
                assert f"Komentar: {len(article.comments)}" in text
            assert all(squeeze(comment.text) in text for comment in article.comments)


@pytest.mark.parametrize("layouts", EACH.values(), ids=EACH)
def test_text_never_becomes_markup(layouts: tuple[Layout, ...], awkward: Edition, ask: Ask) -> None:
    with DemoPortal(layouts, edition=awkward) as portal:
        page = ask(address(portal, awkward.articles[0]))
        reading = Reading(page.text)
        text = squeeze(reading.text)
        for words in (
            'Harga <b>Cabai</b> & "Bawang" Naik',
            'Pasar "Induk" & <Baru>',
            "cabai naik < 5 & > 3. Baris kedua.",
            "Sub & judul",
            "dua <i>",
            "Lapak & tenda",
            "Selesai sudah. (adv) (rhm)",
            "Reporter : Rahma <x>",
            "Mahal & pedas <img src=x onerror=alert(1)>",
        ):
            assert words in text
        assert "alert(1)" not in "".join(reading.addresses)
        assert "baru" not in reading.tags
        for target in ("/", "/kanal/ragam", "/cari?q=%3Cscript%3E", "/%3Cscript%3E"):
            assert "<script>alert" not in ask(portal.url + target).text


@pytest.mark.parametrize("layouts", EACH.values(), ids=EACH)
def test_photo_only_article_and_foreign_comment_box(
    layouts: tuple[Layout, ...], awkward: Edition, ask: Ask
) -> None:
    with DemoPortal(layouts, edition=awkward) as portal:
        text = Reading(ask(address(portal, awkward.articles[1])).text).text
        assert "Sungai pada pagi hari" in text
        assert "Tinggalkan komentar" not in text


def test_layouts_share_no_class_names_in_the_article(edition: Edition) -> None:
    article = next(each for each in edition.articles if each.comments and each.caption)
    seen: set[str] = set()
    for layouts in EACH.values():
        portal = DemoPortal(layouts, edition=edition)
        names = set(re.findall(r'class="([^"]+)"', portal.reply(addresses.article(article)).body.decode()))
        portal.close()
        assert not (names - {"fb-comments"}) & seen
        seen |= names


def test_articles_take_turns_among_several_layouts(edition: Edition) -> None:
    marks = {"klasik": 'class="luar"', "blog": "hentry", "kartu": "__next", "amp": "<html amp"}
    portal = DemoPortal(MIXED, edition=edition)
    pages = [portal.reply(addresses.article(article)).body.decode() for article in edition.articles]
    portal.close()
    assert all(sum(mark in page for page in pages) >= 10 for mark in marks.values())


@pytest.mark.parametrize(("name", "with_comments"), [("klasik", [3]), ("blog", [1, 2, 3])])
def test_very_long_article_is_split(name: str, with_comments: list[int], edition: Edition, ask: Ask) -> None:
    article = max(edition.articles, key=lambda each: len(each.body))
    with DemoPortal(EACH[name], edition=edition) as portal:
        parts = {
            part: Reading(ask(f"{address(portal, article)}?page={part}").text).text for part in (1, 2, 3)
        }
        assert all(re.search("Halaman:? 1 2 3", text) for text in parts.values())
        assert [part for part, text in parts.items() if "Komentar: " in text] == with_comments
        assert [part for part, text in parts.items() if "EKSPOSKALTIM.com, " in text] == [1]
        assert ask(f"{address(portal, article)}?page=4").status == 404


def test_a_layout_may_leave_long_articles_whole(edition: Edition, ask: Ask) -> None:
    article = max(edition.articles, key=lambda each: len(each.body))
    with DemoPortal(EACH["amp"], edition=edition) as portal:
        assert ask(f"{address(portal, article)}?page=2").status == 404


def test_blog_metadata_is_valid_json_and_tells_the_date(awkward: Edition, ask: Ask) -> None:
    with DemoPortal(EACH["blog"], edition=awkward) as portal:
        html = ask(address(portal, awkward.articles[0])).text
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert data
    node = json.loads(data[1])["@graph"][0]
    assert node["datePublished"] == "2026-11-20T19:03:00+08:00"
    assert node["description"] == "Naik </script><script>alert(1)</script> lagi"


@pytest.mark.parametrize("layouts", ALL.values(), ids=ALL)
def test_lists_page_by_six(layouts: tuple[Layout, ...], edition: Edition, ask: Ask) -> None:
    with DemoPortal(layouts, edition=edition) as portal:
        for form in ("/kanal/ragam?page={}", "/kanal/ragam/page/{}/"):
            found: list[int] = []
            page = 1
            while (answer := ask(portal.url + form.format(page))).status == 200:
                mine = [
                    each for each in edition.in_section("ragam") if each.summary in Reading(answer.text).text
                ]
                if layouts == EACH["amp"]:  # its lists print no summaries
                    mine = edition.in_section("ragam")[(page - 1) * 6 : page * 6]
                    assert all(addresses.article(each) in answer.text for each in mine)
                assert 1 <= len(mine) <= 6
                found += [each.id for each in mine]
                page += 1
            assert found == [each.id for each in edition.in_section("ragam")]
        assert ask(portal.url + "/kanal/ragam?page=x").status == 404


def test_card_lists_print_relative_times_with_the_date_in_the_title(edition: Edition, ask: Ask) -> None:
    with DemoPortal(EACH["kartu"], edition=edition) as portal:
        html = ask(portal.url + "/").text
    assert re.search(r'title="Jumat, 20 November 2026 \| \d\d:\d\d WITA">\d+ jam lalu<', html)


def test_pictures_are_small_and_differ(portal: DemoPortal, edition: Edition, ask: Ask) -> None:
    seen = set()
    for article in edition.articles:
        answer = ask(portal.url + addresses.picture(article))
        assert answer.headers["Content-Type"] == "image/png"
        assert len(answer.body) < 15_000
        assert struct.unpack(">II", answer.body[16:24]) == (320, 180)
        seen.add(answer.body)
    assert len(seen) == len(edition.articles)
    assert ask(portal.url + "/images/img_blog/99999.png").status == 404


def test_errors_are_pages_in_indonesian(portal: DemoPortal, ask: Ask) -> None:
    for target in (
        "/tidak-ada",
        "/kanal/luar",
        "/berita-99999-x.html",
        "/admin",
        "/page/2",
        "/halaman/rahasia",
    ):
        answer = ask(portal.url + target)
        assert answer.status == 404
        assert "Halaman tidak ditemukan" in answer.text


def test_search_finds_titles_and_tags(awkward: Edition, ask: Ask) -> None:
    with DemoPortal(edition=awkward) as portal:
        text = Reading(ask(portal.url + addresses.tag("cabai & bawang")).text).text
        assert "Hasil pencarian: cabai & bawang" in text
        assert "Selengkapnya" in text
