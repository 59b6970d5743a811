"""The values that every stage speaks: frozen, without behaviour beyond small derived facts.

All strings that come out of `parse` are clean: no control, bidi-override or zero-width characters.
All moments are aware datetimes. Unknown is ``None`` (or empty), never invented.

Only the modules whose values are used are loaded (PEP 562): making a frozen dataclass takes half a millisecond, and the
first paint needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from eksread.model.kinds import BlockType, Source, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eksread.model.held import (
        Bookmark,
        Change,
        Hit,
        Misread,
        PageState,
        StoredArticle,
    )
    from eksread.model.history import (
        ArchiveStats,
        FrontPage,
        HeadlineVariant,
        Kinship,
        Merged,
        NamedCount,
        Pruned,
        ReactionSample,
        ReadingState,
        Relative,
        Revision,
        SavedSearch,
        SeenComment,
    )
    from eksread.model.news import (
        Article,
        Block,
        Comment,
        Comments,
        Feed,
        Image,
        Listing,
        Parsed,
        Reaction,
        RelatedLink,
        SectionLink,
        Span,
        Teaser,
        Unknown,
    )
    from eksread.model.page import (
        Expected,
        Page,
        Validators,
    )
    from eksread.model.progress import (
        Failure,
        Plan,
        Progress,
        Summary,
    )
    from eksread.model.shelf import Counts, Headline, HeadlinePage, HeadlineQuery, Section

__all__ = [
    "ArchiveStats",
    "Article",
    "Block",
    "BlockType",
    "Bookmark",
    "Change",
    "Comment",
    "Comments",
    "Counts",
    "Expected",
    "Failure",
    "Feed",
    "FrontPage",
    "Headline",
    "HeadlinePage",
    "HeadlineQuery",
    "HeadlineVariant",
    "Hit",
    "Image",
    "Kinship",
    "Listing",
    "Merged",
    "Misread",
    "NamedCount",
    "Page",
    "PageState",
    "Parsed",
    "Plan",
    "Progress",
    "Pruned",
    "Reaction",
    "ReactionSample",
    "ReadingState",
    "RelatedLink",
    "Relative",
    "Revision",
    "SavedSearch",
    "Section",
    "SectionLink",
    "SeenComment",
    "Source",
    "Span",
    "Stage",
    "StoredArticle",
    "Summary",
    "Teaser",
    "Unknown",
    "Validators",
]

_HOMES: Final[Mapping[str, str]] = {
    name: module
    for module, names in {
        "held": "Bookmark Change Hit Misread PageState StoredArticle",
        "history": "ArchiveStats FrontPage HeadlineVariant Kinship Merged NamedCount Pruned ReactionSample ReadingState Relative Revision SavedSearch SeenComment",
        "news": "Article Block Comment Comments Feed Image Listing Parsed Reaction RelatedLink SectionLink Span Teaser Unknown",
        "page": "Expected Page Validators",
        "progress": "Failure Plan Progress Summary",
        "shelf": "Counts Headline HeadlinePage HeadlineQuery Section",
    }.items()
    for name in names.split()
}
"""Where each value that is not loaded yet comes from."""


# Type checkers know the names from above; to them this function would say that there is any name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a value's module when the value is first asked for. Raises AttributeError."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
