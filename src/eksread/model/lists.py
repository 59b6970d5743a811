"""What lists show: headlines as held, with the reader's own marks, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model.enums import Source

MATCH_START: Final = "\ue000"
MATCH_END: Final = "\ue001"
"""Around each match of `Hit.snippet`: characters of the private use area, which the parser takes out of pages."""


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
class Counts:
    """The numbers of the side bar."""

    total: int
    unread: int
    saved: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that stands among the sections."""

    name: str
    query: str
