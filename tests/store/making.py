"""Articles to put into a store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Block

if TYPE_CHECKING:
    from eksread.store import Store

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=UTC)
SITE = "https://news.invalid"


def article(name: str, text: str = "Isi berita.", **fields: object) -> Article:
    """An article at `/name` whose paragraphs are the lines of `text`."""
    blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in text.splitlines())
    values: dict[str, object] = {"title": f"Judul {name}", "blocks": blocks, **fields}
    if "published" in fields:
        values.setdefault("published_source", Source.JSON_LD)
    return Article(url=f"{SITE}/{name}", **values)  # type: ignore[arg-type]


def save(store: Store, name: str, text: str = "Isi berita.", at: datetime = NOW, **fields: object) -> int:
    """Save such an article; give its id."""
    item = article(name, text, **fields)
    store.portal_data.save_article(item, at, url=item.url)
    headline = store.queries.headline(item.url)
    assert headline is not None
    return headline.id
