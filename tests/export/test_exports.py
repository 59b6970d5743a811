"""Articles taken elsewhere: whole, in order, and without anything of a page becoming markup."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

import pytest
from PIL import Image as Pillow

from eksread.export.collection import Collection
from eksread.export.feeds import write_opml
from eksread.export.files import file_name, new_file
from eksread.export.forms import FORMS
from eksread.export.html_page import STYLE
from eksread.export.xhtml import address
from eksread.model.enums import BlockType
from eksread.model.news import Block, Image, RelatedLink, Span
from eksread.model.stored import Bookmark, StoredArticle
from tests.tui.archive import news
from tests.tui.fakes import NOW, headline

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<script>alert(1)</script> & "kutip" \x1b]0;x\x07\u202e]]> -- # judul'
PICTURE = "https://portal.example/gambar.webp"


def webp() -> bytes:
    stream = BytesIO()
    Pillow.new("RGB", (32, 18), "teal").save(stream, "WEBP")
    return stream.getvalue()


def collection(**changes: object) -> Collection:
    """Three articles of two sections: the first refers to the second and out, and is hostile everywhere; the third has no text."""
    blocks = (
        Block(BlockType.PARAGRAPH, HOSTILE),
        Block(
            BlockType.PARAGRAPH,
            "tebal miring",
            spans=(
                Span("tebal", bold=True),
                Span(" "),
                Span("miring", italic=True, url="javascript:alert(1)"),
            ),
        ),
        Block(BlockType.HEADING, HOSTILE, level=2),
        Block(BlockType.LIST_ITEM, "satu", ordinal=3),
        Block(BlockType.LIST_ITEM, "di dalam", level=1),
        Block(BlockType.LIST_ITEM, "dua", ordinal=4),
        Block(BlockType.TABLE, "a b", rows=(("a", HOSTILE), ("b",))),
        Block(BlockType.IMAGE, HOSTILE, url="https://portal.example/tidak-ada.jpg"),
        Block(BlockType.RELATED, HOSTILE, url=headline(2).url),
        Block(BlockType.EMBED, "", url="https://video.example/ä b?x=%zz#y"),
    )
    rows = [headline(1, title=HOSTILE, section="Kabar & <b>"), headline(2), headline(3, has_text=False)]
    first = news(
        1,
        title=HOSTILE,
        reporter=HOSTILE,
        blocks=blocks,
        lead_image=Image(PICTURE, HOSTILE, HOSTILE),
        related=(RelatedLink(HOSTILE, headline(2).url), RelatedLink("luar", "https://lain.example/x")),
    )
    texts = {1: StoredArticle(rows[0], first, NOW), 2: StoredArticle(rows[1], news(2), NOW)}
    made = Collection(
        title=f"Pilihan {HOSTILE}",
        source="https://portal.example/",
        made=NOW,
        headlines=rows,
        read=texts.get,
        find={headline(2).url: 2}.get,
        picture={PICTURE: webp()}.get,
        bookmarks={1: Bookmark(rows[0], NOW, HOSTILE, ("penting", "<i>"))},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def written(form: str, what: Collection | None = None) -> bytes:
    stream = BytesIO()
    FORMS[form].write(what or collection(), stream)
    return stream.getvalue()


@pytest.mark.parametrize("form", [form for form in FORMS if form != "epub"])
def test_nothing_of_a_page_acts_in_a_text(form: str) -> None:
    text = written(form).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "javascript:" not in text.replace('"url": "javascript:alert(1)"', "")  # data stays data
    if form in ("html", "atom", "markdown"):
        assert not re.search(r"(?<!\\)<script", text)


@pytest.mark.parametrize("form", ["html", "atom", "epub"])
def test_what_is_markup_is_well_formed(form: str) -> None:
    for document in documents(form, written(form)):
        ET.fromstring(document)


def documents(form: str, data: bytes) -> list[str]:
    if form == "epub":
        with ZipFile(BytesIO(data)) as book:
            return [
                book.read(name).decode() for name in book.namelist() if re.search(r"\.(xhtml|opf|xml)$", name)
            ]
    text = data.decode()
    # HTML of ours is XHTML but for its void elements in the head.
    return [re.sub(r"<!DOCTYPE html>|<style>.*?</style>", "", text, flags=re.DOTALL)]


def test_html_needs_nothing_from_elsewhere() -> None:
    text = written("html").decode()
    assert "default-src 'none'" in text
    assert text.count("<img ") == 1
    assert 'src="data:image/jpeg;base64,' in text  # WebP became what every browser shows
    assert not re.search(r"(?:src|href)=\"(?!#|data:|https?://)", text)
    assert "@import" not in STYLE
    assert "url(" not in STYLE
    assert text.count("<article ") == 2
    assert text.count('href="#article-2"') == 3  # the list of contents, Baca juga, the related links
    assert '<ol start="3"><li>satu<ul><li>di dalam</li></ul></li><li>dua</li></ol>' in text
    assert 'href="https://video.example/%C3%A4%20b?x=%25zz#y"' in text


def test_one_article_is_a_page_without_contents() -> None:
    only = collection(headlines=[headline(2)])
    text = written("html", only).decode()
    assert "<nav" not in text
    assert text.count("<h1>") == 1


def test_a_book_has_its_chapters_by_section_and_its_links_inside() -> None:
    data = written("epub")
    assert data == written("epub")
    with ZipFile(BytesIO(data)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        chapter = book.read("EPUB/article-1.xhtml").decode()
        assert chapter.count('href="article-2.xhtml"') == 2
        assert 'src="picture-1.jpg"' in chapter
        assert Pillow.open(BytesIO(book.read("EPUB/picture-1.jpg"))).size == (32, 18)
        navigation = book.read("EPUB/nav.xhtml").decode()
        assert navigation.index("Kabar &amp; &lt;b&gt;") < navigation.index("article-1.xhtml")
        assert "article-3.xhtml" not in navigation
        package = book.read("EPUB/package.opf").decode()
        assert "<dc:language>id</dc:language>" in package


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("epubcheck") is None, reason="epubcheck is not installed")
def test_epubcheck_has_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(written("epub"))
    done = subprocess.run(
        ["epubcheck", "--failonwarnings", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_feed_is_atom() -> None:
    name = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(written("atom").decode())
    assert [entry.findtext(f"{name}id") for entry in feed.iter(f"{name}entry")] == [
        headline(1).url,
        headline(2).url,
    ]
    first = feed.find(f"{name}entry")
    assert first is not None
    assert [one.get("term") for one in first.iter(f"{name}category")] == ["penting", "<i>", "Kabar & <b>"]
    for tag in ("id", "title", "updated"):
        assert feed.findtext(f"{name}{tag}")
        assert first.findtext(f"{name}{tag}")


def test_lines_are_the_documented_form_with_the_readers_own() -> None:
    lines = [json.loads(line) for line in written("jsonl").decode().splitlines()]
    assert [line["id"] for line in lines] == [1, 2]
    assert (lines[0]["labels"], lines[1].get("note")) == (["penting", "<i>"], None)
    assert lines[0]["blocks"][3] == {"type": "list_item", "text": "satu", "depth": 0, "ordinal": 3}


@pytest.mark.parametrize("form", ["markdown", "text", "html", "epub"])
def test_a_note_goes_along(form: str) -> None:
    own = Bookmark(headline(1), NOW, "Tanya dinas dulu", ("jembatan",))
    found = documents(form, written(form, collection(bookmarks={1: own})))
    assert any("Tanya dinas dulu" in document for document in found)


def test_feeds_are_an_outline() -> None:
    stream = BytesIO()
    write_opml(
        "Daftar <b>", [("Kabar & <b>", "https://a.example/rss?x=1&y=2", "https://a.example/")], NOW, stream
    )
    found = ET.fromstring(stream.getvalue().decode()).find("body/outline")
    assert found is not None
    assert found.get("xmlUrl") == "https://a.example/rss?x=1&y=2"
    assert found.get("text") == "Kabar & <b>"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://user:geheim@a.example:8080/x", "https://a.example:8080/x"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("https://a.example/x#a#b", "https://a.example/x#a%23b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://a.example:x/", None),
        ("https:///x", None),
        ('https://a"b.example/', None),
        (None, None),
    ],
)
def test_addresses_are_of_the_web_and_in_form(url: str | None, safe: str | None) -> None:
    assert address(url) == safe


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harga Cabai & Ikan: “Naik”, 2/3!", "harga-cabai-ikan-naik-2-3.md"),
        ("../../etc/passwd\0", "etc-passwd.md"),
        ("漢字", "eksread.md"),
        ("kata " * 40, "-".join(["kata"] * 12) + ".md"),
        ("x" * 300, "x" * 60 + ".md"),
    ],
)
def test_a_title_makes_a_safe_name(title: str, name: str) -> None:
    assert file_name(title, "md") == name


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "buku.epub"
    with pytest.raises(TypeError), new_file(path) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]  # the failure
    assert list(tmp_path.iterdir()) == []
    with new_file(path) as stream:
        stream.write(b"whole")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError), new_file(path):
        pass
    with new_file(path, replace=True) as stream:
        stream.write(b"other")
    assert path.read_bytes() == b"other"
