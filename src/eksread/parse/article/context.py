"""What is known of a page before its article is put together: title, comments, body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.article.blocks import region_drafts
from eksread.parse.article.region import Region, find_region
from eksread.parse.article.title import find_title
from eksread.parse.comments.comment_markup import find_areas
from eksread.parse.embedded.pagestate import hidden_body

if TYPE_CHECKING:
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser

    from eksread.parse.comments.comment_markup import Area
    from eksread.parse.html.drafts import BlockDraft
    from eksread.parse.html.flow import Flow, Run
    from eksread.parse.html.metadata import Metadata

NEAR_TITLE: Final = 6
"""Runs above the title in which a date line, section or picture still belongs to it."""

BEHIND: Final = 80
"""Runs behind the body that are read for bylines, reactions and counts."""

MAX_HEAD: Final = 40
"""Runs between the title and the body that are read."""


@dataclass(slots=True)
class PageContext:
    """All that is known of a page while its article is put together.

    `body_flow` is what the drafts come from: the page's flow, or that of a body hidden in its data.
    """

    url: str
    now: datetime
    tree: LexborHTMLParser
    metadata: Metadata
    flow: Flow
    title: str | None
    title_source: Source
    title_run: int
    areas: list[Area]
    region: Region
    drafts: list[BlockDraft]
    body_flow: Flow
    body_source: Source

    def first_kept(self) -> int:
        """The first run of the body."""
        return self.region.kept[0] if self.region.kept else len(self.flow.runs)

    def title_lines(self) -> list[str]:
        """The lines that stand in one run with the title, parted from it by `<br>`: section, date, byline."""
        lines = self.flow.runs[self.title_run].lines() if self.title_run >= 0 else []
        return [line for line in lines if line and line != self.title] if len(lines) > 1 else []

    def head(self) -> list[Run]:
        """The runs between the title and the first of the body that are not body, and a few above the title."""
        kept = set(self.region.kept)
        start = self.title_run + 1 if self.title_run >= 0 else max(0, self.first_kept() - 10)
        end = max(start, min(self.first_kept() + NEAR_TITLE, start + MAX_HEAD))
        return [self.flow.runs[at] for at in range(start, min(end, len(self.flow.runs))) if at not in kept]

    def tail(self) -> list[Run]:
        """The runs behind the start of the body that are neither body nor comments."""
        kept = {at for area in self.areas for at in range(area.start, area.end)}
        if not self.region.kept:
            runs = range(self.title_run + 1, min(len(self.flow.runs), self.title_run + 1 + BEHIND))
            return [self.flow.runs[at] for at in runs if at not in kept]
        kept.update(self.region.kept)
        last = self.region.kept[-1]
        end = min(len(self.flow.runs), last + BEHIND)
        return [self.flow.runs[at] for at in range(self.region.kept[0], end) if at not in kept]


def read_page(tree: LexborHTMLParser, metadata: Metadata, flow: Flow, url: str, now: datetime) -> PageContext:
    """Find title, comments and body of a page."""
    title, source, title_run = find_title(flow, metadata, url)
    areas = find_areas(flow, title_run)
    region = find_region(flow, [(area.start, area.end) for area in areas], title_run)
    hidden = hidden_body(tree, metadata, region.text, title)
    if hidden is None:
        drafts, body_flow, body_source = region_drafts(flow, region.kept, url, title), flow, Source.MARKUP
    else:
        body_flow, body_source = hidden
        drafts = region_drafts(body_flow, find_region(body_flow).kept, url, title)
        region.kept = []
    return PageContext(
        url,
        now,
        tree,
        metadata,
        flow,
        title,
        source,
        title_run,
        areas,
        region,
        drafts,
        body_flow,
        body_source,
    )
