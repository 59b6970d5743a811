"""The values that every stage speaks: frozen, without behaviour beyond small derived facts.

All strings that come out of `parse` are clean: no control, bidi-override or zero-width characters.
All moments are aware datetimes. Unknown is ``None`` (or empty), never invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


# ---- what fetch gives -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed?" with (RFC 9110 §8.8); both may be missing."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answered request: bytes as they came (decompressed), not yet understood.

    `url` is the final address after redirects. `fetched_at` is the parser's "now".
    `status` is 304 only when the caller sent validators; `body` is empty then.
    """

    url: str
    body: bytes
    fetched_at: datetime
    requested_url: str = ""
    status: int = 200
    content_type: str = ""
    validators: Validators = Validators()
    wire_bytes: int = 0

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed (304)."""
        return self.status == 304


# ---- what parse gives -------------------------------------------------------------------------------


class Expected(StrEnum):
    """What a page was asked for: evidence for its kind, not a command. A login page stays a login page."""

    ARTICLE = "article"
    LIST = "list"


class Source(StrEnum):
    """Where a field's value came from; the order is not the order of trust (that differs by field)."""

    JSON_LD = "json-ld"
    META = "meta"
    MARKUP = "markup"
    LANDMARK = "landmark"
    FEED = "feed"
    LIST = "list"
    INFERRED = "inferred"


class BlockType(StrEnum):
    """The kinds of blocks that a body is made of."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    IMAGE = "image"
    TABLE = "table"
    RELATED = "related"
    EMBED = "embed"


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
    """A picture's address and caption; `width` and `height` in pixels when the page says them."""

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
    page_date: date | None = None


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

    Known reasons: "empty", "binary", "too-large", "too-deep", "no-text", "login", "maintenance", "error-page".
    """

    url: str
    reason: str
    title: str | None = None


Parsed: TypeAlias = Article | Listing | Feed | Unknown


# ---- what the store gives ---------------------------------------------------------------------------


class Change(StrEnum):
    """What became of a fetched article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Headline:
    """A row of a list of headlines, as the store holds it, with the reader's own marks.

    `has_text` says that the body is held and can be read offline. `revisions` counts the distinct versions seen.
    `comment_count` is the number the page stated, or of those held; None is unknown.
    """

    id: int
    url: str
    title: str
    published: datetime | None
    published_source: Source | None
    section: str | None
    place: str | None
    summary: str | None
    image: str | None
    advertorial: bool
    has_text: bool
    comment_count: int | None
    revisions: int
    first_seen: datetime
    read: bool
    saved: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as held, with its headline row and when its page was last fetched."""

    headline: Headline
    article: Article
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the portal as the store knows it; `key` is stable and made from the name (casefolded)."""

    key: str
    name: str
    url: str
    rank: int
    total: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class HeadlineQuery:
    """Which headlines: newest first, or from the other end. None means "any".

    `after` is a cursor given by `HeadlinePage.next` for the same query. `oldest_first` lets a long list be entered
    from its end without reading it through.
    """

    section: str | None = None
    place: str | None = None
    unread: bool | None = None
    saved: bool | None = None
    advertorial: bool | None = None
    limit: int = 100
    after: str | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class HeadlinePage:
    """A window of headlines and the cursor of the next one (None at the end)."""

    items: tuple[Headline, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result. `snippet` has each match between U+E000 and U+E001 (private use, never from a page)."""

    headline: Headline
    snippet: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A saved article with the reader's own note and labels."""

    headline: Headline
    saved_at: datetime
    note: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the side bar."""

    total: int
    unread: int
    saved: int


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of the last visit of an address, for conditional requests and for trying again later.

    `failures` counts in a row; `retry_at` is when to try next; `content_hash` is of what was parsed, not of bytes.
    """

    url: str
    validators: Validators = Validators()
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    error: str | None = None


# ---- what refresh gives -----------------------------------------------------------------------------


class Stage(StrEnum):
    """The steps of a refresh, in order."""

    FRONT = "front"
    FEED = "feed"
    SECTIONS = "sections"
    BODIES = "bodies"
    PICTURES = "pictures"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh shall bring. `section` is a section's key; None is everything.

    `days` reaches back that far, in every section; None takes what the lists show. `max_bytes` on the wire end it
    early, the newest texts first. `images` adds lead pictures, after all texts.
    """

    section: str | None = None
    days: int | None = None
    max_bytes: int | None = None
    images: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is. `done` of `total` (0: not known yet) in this stage; `note` is an address or title."""

    stage: Stage
    done: int = 0
    total: int = 0
    note: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """One page that could not be had: `message` is for a person, in the interface's language."""

    url: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a refresh, counted in articles. `stopped` says that someone stopped it; nothing was lost."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    headlines: int = 0
    pages: int = 0
    pictures: int = 0
    not_modified: int = 0
    bytes: int = 0
    seconds: float = 0.0
    stopped: bool = False
    failures: tuple[Failure, ...] = ()
