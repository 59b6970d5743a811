"""What a page is: an article, a list of headlines, or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.model.fetched import Expected
from eksread.parse.language.dates import find_printed
from eksread.parse.language.related import opens_related
from eksread.parse.text import clean
from eksread.parse.urls import matches, without_tracking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.parse.article.context import PageContext
    from eksread.parse.html.flow import Run
    from eksread.parse.html.metadata import Metadata


ENOUGH_TEXT: Final = 300
"""Characters of running text in one region that make an article likely."""

HEADLINE: Final = 25
"""Characters from which a linked line can be a headline."""

MANY_HEADLINES: Final = 8
FEW_HEADLINES: Final = 3
"""Headlines on a page, or inside its region, from which it can be a list."""

MAX_DATED: Final = 60
"""Characters of a date line in a row of a list."""

_LIST_TYPES: Final = frozenset(("CollectionPage", "ItemList", "SearchResultsPage"))
_ERROR: Final = re.compile(
    r"(?i)\b(?:404|not found|tidak ditemukan|error \d{3}|halaman (?:tidak|yang anda cari)|forbidden|access denied|bad gateway|internal server error)\b"
)


def unusable(context: PageContext) -> str | None:
    """The reason when a page is no news at all: an error page, or one without text."""
    shown = [run.text for run in context.flow.runs if run.node is None]
    head = " ".join([context.title or "", *shown[:12]])[:MAX_HEAD]
    if context.metadata.ld or context.body_flow is not context.flow:
        return None
    links = sum(run.linked >= HEADLINE for run in context.flow.runs)
    short = context.region.text < 2 * ENOUGH_TEXT and links < MANY_HEADLINES
    if short and _ERROR.search(context.metadata.document_title or head):
        return "error-page"
    return None if shown else "no-text"


MAX_HEAD: Final = 120
"""Characters at the start of a page without a title in which it says that it is an error."""

EXPECTED_WEIGHT: Final = 4
"""What the page was asked for outweighs its address, but not its own word and a long text together."""

TEXT_OF_HEADLINE: Final = 200
"""Characters of text for each linked headline in the region, below which they are a list with summaries."""

_STORY_PATH: Final = re.compile(r"\d{3,}|(?<![^/-])(?:[^/-]++-){3}[^/-]|\.html?$")
_FRONT_PATH: Final = re.compile(r"/?(?:index\.\w+)?")


MOST_BY_TEXT: Final = 3
"""The most that a text adds for an article, see `_by_text`."""


def is_surely_no_article(
    metadata: Metadata, url: str, shapes: Sequence[str], expected: Expected | None
) -> bool:
    """Whether no text can make this page an article, so that its headlines may be read at once.

    So it is with front pages and with most pages that were fetched as lists. To read a table of 400 links as an
    article first costs as much again as to read the list.
    """
    return _without_text(metadata, url, shapes, expected) + MOST_BY_TEXT <= 0


def is_article(context: PageContext, shapes: Sequence[str], expected: Expected | None = None) -> bool:
    """Weigh the evidence: what was asked for, the page's metadata, its address, its text against its links."""
    return _without_text(context.metadata, context.url, shapes, expected) + _by_text(context) > 0


def _without_text(metadata: Metadata, url: str, shapes: Sequence[str], expected: Expected | None) -> int:
    score = 0 if expected is None else EXPECTED_WEIGHT if expected is Expected.ARTICLE else -EXPECTED_WEIGHT
    return score + _by_metadata(metadata) + _by_address(url, shapes)


def _by_metadata(metadata: Metadata) -> int:
    """The evidence of the metadata."""
    kind = metadata.meta.get("og:type", "").lower()
    score = 3 if metadata.ld else 0
    score += 2 if kind in {"article", "news", "newsarticle"} else -1 if kind == "website" else 0
    score += 1 if "article:published_time" in metadata.meta else 0
    return score - (2 if metadata.ld_types & _LIST_TYPES else 0)


def _by_address(url: str, shapes: Sequence[str]) -> int:
    """What the address looks like: a learned shape, the front page, a story's slug or number, a section's word."""
    parts = urlsplit(without_tracking(url))
    path = parts.path
    if _FRONT_PATH.fullmatch(path):
        if not parts.query:
            return -3
        path = f"?{parts.query}"
    score = (3 if matches(shapes, url) else -1) if shapes else 0
    return score + (1 if _STORY_PATH.search(path) else -1)


def _by_text(context: PageContext) -> int:
    """One body of running text under a title against many linked lines."""
    region = context.region
    text = region.text if context.body_flow is context.flow else ENOUGH_TEXT
    inside = _headlines(context)
    score = 1 if text >= ENOUGH_TEXT else -1
    score += 1 if text >= ENOUGH_TEXT and text >= 0.5 * region.page_text else 0
    score += 1 if context.title_run >= 0 and text >= ENOUGH_TEXT / 3 else 0
    if inside >= FEW_HEADLINES and text < TEXT_OF_HEADLINE * inside:
        score -= 3
    return score


def _headlines(context: PageContext) -> int:
    """Linked lines of the region that can be headlines, `Baca juga` aside."""
    runs = (context.flow.runs[index] for index in context.region.kept)
    return sum(
        run.linked >= HEADLINE
        and (
            (run.linked >= 0.8 * len(run.text) and not opens_related(run.text)) or _is_dated(run, context.now)
        )
        for run in runs
    )


def _is_dated(run: Run, now: datetime) -> bool:
    """Whether a line is a row of a list: a linked headline and a date, above or below it, then what it is about."""
    lines = [line for line in run.lines() if line][:ROW_LINES]
    linked = {clean(piece.text) for piece in run.pieces if piece.href is not None}
    if not any(len(line) >= HEADLINE and line in linked for line in lines):
        return False
    return any(len(line) <= MAX_DATED and find_printed(line, now=now) for line in lines)


ROW_LINES: Final = 3
"""Lines of a row in which its headline and its date stand."""
