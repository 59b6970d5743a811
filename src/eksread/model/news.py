"""What parse gives: articles, lists and feeds as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from eksread.model.enums import BlockType, Source


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a block's text with one look. `url` is absolute http(s) or None."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body.

    `text` is always the whole plain text (an image's caption, a table's cells joined, a related title).
    `spans` joined give `text` where inline looks are known, else it is empty.
    `url`: picture (image), target (related), address (embed). `level`: 2 to 6 for headings; the depth, from 0, for list
    items. `ordinal` is a list item's number in an ordered list. `rows` are a table's cells.
    """

    type: BlockType
    text: str
    spans: tuple[Span, ...] = ()
    url: str | None = None
    level: int = 0
    ordinal: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's address and caption, and who took or gave it."""

    url: str | None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A `Baca juga` target; `url` is None where the page has only the title."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """One answer to "Apa Reaksi Anda ?": `name` is None where only a picture names it; whole per cents."""

    name: str | None
    percent: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment; `depth` 0 is top level, a reply is one deeper than what it answers."""

    author: str | None
    posted: datetime | None
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a page: the number it states (None: none stated) and those that it holds.

    `external` names a box whose comments stand elsewhere and cannot be had: "facebook" or "disqus".
    """

    count: int | None = None
    external: str | None = None
    items: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a page shows it. `provenance` maps a field's name to where its value came from."""

    url: str
    title: str | None
    published: datetime | None = None
    published_source: Source | None = None
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
    comments: Comments = Comments()
    next_page: str | None = None
    page_date: date | None = None
    provenance: Mapping[str, Source] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that a reader would expect and the page did not give."""
        wanted = {"title": self.title, "published": self.published, "blocks": self.blocks}
        return tuple(name for name, value in wanted.items() if not value)

    @property
    def words(self) -> int:
        """The number of words of the body."""
        return sum(block.text.count(" ") + 1 for block in self.blocks if block.text)


@dataclass(frozen=True, slots=True)
class Teaser:
    """A headline as a list or feed shows it; `rank` counts from 0 in the order of the page."""

    title: str
    url: str
    published: datetime | None = None
    published_source: Source | None = None
    section: str | None = None
    summary: str | None = None
    image: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class SectionLink:
    """An entry of the portal's navigation."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of headlines: the front page or a section's. `sections` is its navigation, `feeds` its feed links."""

    url: str
    items: tuple[Teaser, ...]
    next_url: str | None = None
    title: str | None = None
    sections: tuple[SectionLink, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

    url: str
    items: tuple[Teaser, ...]
    title: str | None = None
    next_url: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A page that is neither article nor list; `reason` is a short English word for the log and doctor.

    Known reasons: "empty", "binary", "too-large", "given-up", "no-text", "error-page".
    """

    url: str
    reason: str
    title: str | None = None


Parsed: TypeAlias = Article | Listing | Feed | Unknown
