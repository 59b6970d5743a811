"""The thinnest path: what goes in comes out, on a real file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from eksread.model.enums import BlockType, Source
from eksread.model.lists import HeadlineQuery
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, Span, Teaser
from eksread.model.stored import Change
from eksread.portal import WITA
from eksread.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 5, 3, 10, 0, 0, 123456, tzinfo=UTC)
URL = "https://news.invalid/berita-1.html"

FULL = Article(
    url=URL,
    title="Jembatan Baru Dibuka",
    published=datetime(2024, 5, 2, 19, 3, tzinfo=WITA),
    published_source=Source.JSON_LD,
    section="Ekonomi",
    place="Kutai Timur",
    lead_image=Image("https://news.invalid/images/1.jpg", "Warga menyeberang.", "Humas"),
    standfirst="Warga menunggu tiga tahun.",
    blocks=(
        Block(BlockType.PARAGRAPH, "Warga lega.", spans=(Span("Warga ", bold=True), Span("lega.", url=URL))),
        Block(BlockType.HEADING, "Biaya", level=3),
        Block(BlockType.LIST_ITEM, "Satu", level=1, ordinal=1),
        Block(BlockType.TABLE, "a b", rows=(("a", "b"),)),
        Block(BlockType.RELATED, "Feri Berhenti", url="https://news.invalid/berita-2.html"),
    ),
    related=(RelatedLink("Feri Berhenti", "https://news.invalid/berita-2.html"),),
    reporter="Rina",
    editor="Dedi",
    advertorial=True,
    tags=("jembatan",),
    reactions=(Reaction(None, 40), Reaction("Senang", 60)),
    comments=Comments(2, None, (Comment("Ani", NOW, "Akhirnya"), Comment(None, None, "Ya", depth=1))),
    page_date=NOW.date(),
    provenance={"title": Source.JSON_LD},
)


def test_an_article_comes_out_as_it_went_in(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.portal_data.save_article(FULL, NOW, url=URL) is Change.NEW
    store.close()

    store = open_store(tmp_path)
    (headline,) = store.queries.headlines(HeadlineQuery()).items
    held = store.queries.article(headline.id)
    store.close()
    assert held is not None
    assert held.article == FULL
    assert held.fetched_at == NOW
    assert (headline.title, headline.has_text, headline.revisions) == ("Jembatan Baru Dibuka", True, 1)


def test_a_front_page_without_dates_is_listed_in_its_own_order(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    teasers = [Teaser(f"Judul {n}", f"https://news.invalid/{n}", rank=n) for n in range(5)]
    assert store.portal_data.save_teasers(teasers, NOW, front_of="https://news.invalid/") == 5
    assert store.portal_data.save_teasers(teasers, NOW, front_of="https://news.invalid/") == 0
    titles = [item.title for item in store.queries.headlines(HeadlineQuery()).items]
    store.close()
    assert titles == [f"Judul {n}" for n in range(5)]
