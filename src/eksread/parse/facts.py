"""What was found of an article, with where each fact came from, until the article is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.model import Article, BlockType, Comments, Image, Source

if TYPE_CHECKING:
    from datetime import date, datetime

    from eksread.model import Block, Reaction, RelatedLink
    from eksread.parse.body import Body

MAX_TAGS: Final = 40
"""Tags of one article."""


@dataclass(slots=True)
class Facts:
    """The fields of an article in the making; `sources` is filled by `note`."""

    url: str
    title: str | None = None
    published: datetime | None = None
    section: str | None = None
    place: str | None = None
    lead_image: Image | None = None
    standfirst: str | None = None
    blocks: tuple[Block, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    reporter: str | None = None
    editor: str | None = None
    photographer: str | None = None
    credit_source: str | None = None
    advertorial: bool = False
    tags: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    comments: Comments = field(default_factory=Comments)
    next_page: str | None = None
    page_date: date | None = None
    sources: dict[str, Source] = field(default_factory=dict)

    def note(self, source: Source, *names: str) -> None:
        """Say where these fields came from; the first word stands."""
        for name in names:
            self.sources.setdefault(name, source)

    def take_body(self, body: Body, source: Source) -> None:
        """Take the text and what its landmarks say; `source` is where the text stands."""
        self.blocks = body.blocks()
        self.related = body.related()
        self.note(source, "blocks")
        self.place = body.place
        self.advertorial = body.advertorial
        self.reporter = body.byline.said("reporter")
        self.editor = body.byline.said("editor")
        self.photographer = body.byline.said("photo")
        self.credit_source = body.byline.said("source")
        told = ("place", "advertorial", "reporter", "editor", "photographer", "credit_source", "related")
        self.note(Source.LANDMARK, *(name for name in told if getattr(self, name)))

    def texts(self) -> list[str]:
        """The running text, for the days that it names."""
        return [block.text for block in self.blocks if block.type not in {BlockType.RELATED, BlockType.IMAGE}]

    def article(self) -> Article:
        """The article, each field that says something with its source."""
        names = (
            "title", "published", "section", "place", "lead_image", "standfirst", "blocks", "related", "reporter", "editor",
            "photographer", "credit_source", "advertorial", "tags", "reactions", "next_page", "page_date",
        )  # fmt: skip
        kept = {name: self.sources.get(name, Source.MARKUP) for name in names if getattr(self, name)}
        if self.comments != Comments():
            kept["comments"] = self.sources.get("comments", Source.MARKUP)
        return Article(
            url=self.url,
            title=self.title,
            published=self.published,
            published_source=kept.get("published"),
            section=self.section,
            place=self.place,
            lead_image=self.lead_image,
            standfirst=self.standfirst,
            blocks=self.blocks,
            related=self.related,
            reporter=self.reporter,
            editor=self.editor,
            photographer=self.photographer,
            credit_source=self.credit_source,
            advertorial=self.advertorial,
            tags=self.tags[:MAX_TAGS],
            reactions=self.reactions,
            comments=self.comments,
            next_page=self.next_page,
            page_date=self.page_date,
            provenance=kept,
        )
