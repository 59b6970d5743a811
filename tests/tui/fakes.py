"""A store in memory and a pipeline without a network: what the screens see of the rest, in the smallest form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from eksread.errors import NoText, StoreError
from eksread.library import Library
from eksread.model.enums import BlockType, Source, Stage
from eksread.model.lists import Counts, Headline, HeadlinePage, HeadlineQuery, SavedSearch, Section
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, Teaser
from eksread.model.progress import Progress, Summary
from eksread.model.stored import (
    Bookmark,
    Change,
    HeadlineVariant,
    Hit,
    Misread,
    ReadingState,
    Relative,
    Revision,
    SeenComment,
    StoredArticle,
)
from eksread.store.database.connection import FRESH_FACT

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Iterable, Sequence

NOW = datetime(2026, 7, 15, 6, 20, tzinfo=UTC)
SECTIONS = ("Kaltim", "Bontang", "Kutim", "Samarinda")
TITLES = (
    "Dermaga Loktuan Dibersihkan Warga, Perahu Tambat Lebih Rapi",
    "Panen Cabai di Marangkayu",
    "Perpustakaan Keliling Singgah di Sepuluh Kampung Pesisir Selama Libur Sekolah Tahun Ini dan Meminjamkan Buku Gratis",
    "Sungai Surut, Feri Kecil Berhenti Sementara",
    "Pelajar Merakit Pompa Air Tenaga Surya untuk Kebun Sekolah",
)
SENTENCE = "Warga berkumpul sejak pagi di tepi sungai dan membawa sapu serta karung untuk bekerja bersama. "


def headline(number: int, **changes: object) -> Headline:
    """Make a headline; 1 is the newest."""
    row = Headline(
        id=number,
        url=f"https://portal.example/berita-{number}-kabar.html",
        title=f"{TITLES[number % len(TITLES)]} ({number})",
        published=NOW - timedelta(hours=3 * number),
        published_source=Source.JSON_LD,
        section=SECTIONS[number % len(SECTIONS)],
        place=("Bontang", "Kutim", None)[number % 3],
        summary="Ringkasan kabar.",
        image=None,
        advertorial=number % 7 == 3,
        has_text=True,
        comment_count=number % 4,
        revisions=1,
        first_seen=NOW,
        read=False,
        saved=False,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def article(row: Headline, paragraphs: int = 15) -> Article:
    """Make an article of `paragraphs` blocks with two related links and two comments."""
    blocks = [
        Block(BlockType.PARAGRAPH, f"Alinea {n + 1}. {SENTENCE * 3}".strip()) for n in range(paragraphs)
    ]
    related = (
        RelatedLink("Kabar berikutnya", f"https://portal.example/berita-{row.id + 1}-kabar.html"),
        RelatedLink("Kabar yang belum ada", "https://portal.example/berita-999999-kabar.html"),
    )
    blocks.insert(2, Block(BlockType.RELATED, related[0].title, url=related[0].url))
    blocks.append(Block(BlockType.RELATED, related[1].title, url=related[1].url))
    return Article(
        url=row.url,
        title=row.title,
        published=row.published,
        published_source=row.published_source,
        section=row.section,
        place=row.place,
        lead_image=Image("https://portal.example/foto.jpg", "Suasana kerja bakti."),
        blocks=tuple(blocks),
        related=related,
        reporter="Rahma",
        editor="Idris",
        advertorial=row.advertorial,
        reactions=(Reaction("Senang", 60), Reaction(None, 40), Reaction("Sedih", 0)),
        comments=Comments(
            count=3,
            items=(
                Comment("warga", NOW - timedelta(hours=1), "Mantap, lanjutkan.", 0),
                Comment("tetangga", NOW, "Setuju.", 1),
            ),
        ),
    )


@dataclass
class MemoryStore:
    """All parts of a store in one object, in memory."""

    rows: list[Headline] = field(default_factory=list)
    articles: dict[int, Article] = field(default_factory=dict)
    marks: dict[int, Bookmark] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    reads: int = 0
    trouble: StoreError | None = None

    @property
    def portal_data(self) -> MemoryStore:
        return self

    @property
    def queries(self) -> MemoryStore:
        return self

    @property
    def user_data(self) -> MemoryStore:
        return self

    @property
    def facts(self) -> MemoryStore:
        return self

    @property
    def history(self) -> MemoryStore:
        return self

    def reading(self, article_id: int) -> ReadingState:
        return ReadingState(block=self.places.get(article_id, 0))

    def comment_counts(self, article_id: int) -> tuple[int, int]:
        return 0, 0

    def set_comments_seen(self, article_id: int, at: datetime) -> None:
        pass

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        return ()

    def matches(self, article_id: int, text: str) -> tuple[int, ...]:
        return ()

    def misread(self, text: str) -> tuple[Misread, ...]:
        return ()

    def save_teasers(self, items: Sequence[Teaser], at: datetime) -> int:
        return len(items)

    def comments(self, article_id: int) -> tuple[SeenComment, ...]:
        return ()

    def relatives(self, article_id: int, *, limit: int) -> tuple[Relative, ...]:
        return ()

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        return ()

    def headline_variants(self, article_id: int) -> tuple[HeadlineVariant, ...]:
        return ()

    def close(self) -> None:
        pass

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def moment(self, name: str) -> datetime | None:
        value = self.get(name)
        return datetime.fromisoformat(value) if value else None

    def set(self, name: str, value: str) -> None:
        self.values[name] = value

    def headlines(self, query: HeadlineQuery) -> HeadlinePage:
        rows = [
            row
            for row in self.rows
            if (query.section is None or (row.section or "").casefold() == query.section)
            and (query.unread is None or row.read != query.unread)
            and (query.saved is None or row.saved == query.saved)
        ]
        if query.oldest_first:
            rows.reverse()
        start = int(query.after or 0)
        page = tuple(rows[start : start + query.limit])
        self.reads += len(page)
        more = start + query.limit < len(rows)
        return HeadlinePage(page, str(start + query.limit) if more else None)

    def headline(self, ref: int | str) -> Headline | None:
        return next((row for row in self.rows if ref in (row.id, row.url)), None)

    def article(self, article_id: int) -> StoredArticle | None:
        row, text = self.headline(article_id), self.articles.get(article_id)
        return StoredArticle(row, text, NOW) if row and text else None

    def sections(self) -> tuple[Section, ...]:
        names = list(dict.fromkeys(row.section for row in self.rows if row.section))
        return tuple(
            Section(
                name.casefold(),
                name,
                "",
                rank,
                sum(row.section == name for row in self.rows),
                sum(row.section == name and not row.read for row in self.rows),
            )
            for rank, name in enumerate(names)
        )

    def counts(self) -> Counts:
        return Counts(
            len(self.rows), sum(not row.read for row in self.rows), sum(row.saved for row in self.rows)
        )

    def search(self, text: str, *, limit: int) -> tuple[Hit, ...]:
        found = [row for row in self.rows if text.casefold() in row.title.casefold()]
        return tuple(Hit(row, f"kata \ue000{text}\ue001 lain") for row in found[:limit] if text)

    def found(self, text: str, *, limit: int) -> tuple[Headline, ...]:
        return tuple(hit.headline for hit in self.search(text, limit=limit))

    def find_title(self, title: str) -> Headline | None:
        return next((row for row in self.rows if row.title == title), None)

    def _change(self, ids: Iterable[int], **changes: object) -> tuple[int, ...]:
        wanted, done = set(ids), []
        for index, row in enumerate(self.rows):
            if row.id in wanted:
                new = replace(row, **changes)  # type: ignore[arg-type]
                if new != row:
                    self.rows[index] = new
                    done.append(row.id)
        return tuple(done)

    def set_read(self, ids: Iterable[int], read: bool, at: datetime) -> tuple[int, ...]:
        return self._change(ids, read=read)

    def mark_all_read(self, at: datetime, section: str | None = None) -> tuple[int, ...]:
        return self._change(
            [row.id for row in self.rows if section is None or (row.section or "").casefold() == section],
            read=True,
        )

    def add_bookmark(
        self, article_id: int, at: datetime, note: str | None = None, labels: Sequence[str] | None = None
    ) -> bool:
        row = self.headline(article_id)
        if row is None:
            return False
        old = self.marks.get(article_id, Bookmark(row, at))
        self.marks[article_id] = replace(
            old,
            note=old.note if note is None else note,
            labels=old.labels if labels is None else tuple(labels),
        )
        return bool(self._change([article_id], saved=True))

    def remove_bookmark(self, article_id: int, at: datetime) -> Bookmark | None:
        self._change([article_id], saved=False)
        return self.marks.pop(article_id, None)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        return tuple(self.marks.values())

    def bookmark(self, article_id: int) -> Bookmark | None:
        return self.marks.get(article_id)

    def set_position(self, article_id: int, block: int, at: datetime) -> None:
        self.places[article_id] = block


class FakeLibrary(Library):
    """A library whose network is a list of headlines to come, or an error to raise."""

    def __init__(self, store: MemoryStore, *, offline: bool = True) -> None:
        super().__init__(store, None, "https://portal.example/", clock=lambda: NOW)  # type: ignore[arg-type]
        self.memory = store
        self.coming: list[Headline] = []
        self.error: Exception | None = None
        self.gate: asyncio.Event | None = None
        self.is_offline = offline

    @property
    def offline(self) -> bool:
        return self.is_offline

    async def refresh(self, section: str | None = None) -> AsyncIterator[Progress | Summary]:
        yield Progress(Stage.FRONT)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        for index, row in enumerate(self.coming):
            self.memory.rows.insert(index, row)
            yield Progress(Stage.BODIES, index + 1, len(self.coming))
        self.memory.values[FRESH_FACT] = NOW.isoformat()
        yield Summary(new=len(self.coming))

    async def check(self, article_id: int, *, unless_within: timedelta | None = None) -> Change:
        return Change.UNCHANGED

    async def read(self, article_id: int) -> StoredArticle:
        if self.gate is not None:
            await self.gate.wait()
        held = self.queries.article(article_id)
        if held is None:
            row = self.headline(article_id)
            if self.error is not None:
                raise self.error
            if self.is_offline:
                raise NoText(title=row.title)
            self.memory.articles[article_id] = article(row)
            self.memory._change([article_id], has_text=True)
            held = self.queries.article(article_id)
        assert held is not None
        return held


def library(count: int = 40, *, offline: bool = True, paragraphs: int = 15) -> FakeLibrary:
    """A library of `count` headlines, all with text."""
    rows = [headline(number) for number in range(1, count + 1)]
    store = MemoryStore(rows, {row.id: article(row, paragraphs) for row in rows})
    store.values[FRESH_FACT] = (NOW - timedelta(hours=2)).isoformat()
    return FakeLibrary(store, offline=offline)
