"""The values that every stage speaks: frozen, without behaviour beyond small derived facts.

All strings that come out of `parse` are clean: no control, bidi-override or zero-width characters.
All moments are aware datetimes. Unknown is ``None`` (or empty), never invented.
"""

from eksread.model.held import (
    Bookmark,
    Change,
    Counts,
    Headline,
    HeadlinePage,
    HeadlineQuery,
    Hit,
    PageState,
    Section,
    StoredArticle,
)
from eksread.model.news import (
    Article,
    Block,
    BlockType,
    Comment,
    Comments,
    Feed,
    Image,
    Listing,
    Parsed,
    Reaction,
    RelatedLink,
    SectionLink,
    Source,
    Span,
    Teaser,
    Unknown,
)
from eksread.model.page import Expected, Page, Validators
from eksread.model.progress import Failure, Plan, Progress, Stage, Summary

__all__ = [
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
    "Headline",
    "HeadlinePage",
    "HeadlineQuery",
    "Hit",
    "Image",
    "Listing",
    "Page",
    "PageState",
    "Parsed",
    "Plan",
    "Progress",
    "Reaction",
    "RelatedLink",
    "Section",
    "SectionLink",
    "Source",
    "Span",
    "Stage",
    "StoredArticle",
    "Summary",
    "Teaser",
    "Unknown",
    "Validators",
]
