"""The standfirst: the line between headline and body that sums the article up.

It is named as such, or given to machines as the page's summary, or the one sentence right under the title that a
picture, date or byline parts from the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model import BlockType, Source
from eksread.parse import landmarks
from eksread.parse.byline import read_line
from eksread.parse.datelines import dateline
from eksread.parse.dating import is_age
from eksread.parse.layouts import LEAD, STANDFIRST
from eksread.parse.reading import NEAR_TITLE
from eksread.parse.trim import is_date_line

if TYPE_CHECKING:
    from eksread.parse.body import Body
    from eksread.parse.flow import Run
    from eksread.parse.reading import Reading

MIN_STANDFIRST: Final = 30
"""Characters of a line under the title that sums the article up."""

MAX_STANDFIRST: Final = 300
"""Characters of one that nothing names as such; a longer one is a paragraph."""

PARTING: Final = 2
"""Lines below a standfirst of which one is no text."""


def take_standfirst(reading: Reading, body: Body) -> tuple[str | None, Source]:
    """The standfirst and where it was found; it is taken out of the body."""
    told = _summary(reading)
    under = _under_title(reading)
    for run in reading.head():
        if run.node is not None or len(run.text) <= MIN_STANDFIRST:
            continue
        marks = reading.flow.elements[run.owner].marks
        below = run is under
        if STANDFIRST.search(marks) or landmarks.fold(run.text) == told or (below and _sums_up(run)):
            return run.text, Source.MARKUP
    flow = reading.body_flow
    for draft in reading.drafts[:NEAR_TITLE]:
        if len(draft.text) <= MIN_STANDFIRST or draft.owner < 0 or draft.type is BlockType.IMAGE:
            continue
        kept = any(draft is other for other in body.drafts)
        marks = flow.elements[draft.owner].marks
        named = STANDFIRST.search(marks) is not None or (not kept and LEAD.search(marks) is not None)
        below = reading.body_flow is reading.flow and draft.run == reading.title_run + 1
        named = named or (below and _sums_up(flow.runs[draft.run]) and _is_parted(reading, draft.run + 1))
        taken = named or (draft.type is BlockType.HEADING and not kept and not is_date_line(draft.text))
        if taken and not landmarks.same_words(draft.text, reading.title or ""):
            body.above = None if body.above == draft.text else body.above
            body.drafts = [other for other in body.drafts if other is not draft]
            return draft.text, Source.MARKUP
    second = reading.metadata.said("alternativeHeadline") or ""
    if len(second) > MIN_STANDFIRST and not landmarks.same_words(second, reading.title or ""):
        return second, Source.JSON_LD
    return None, Source.MARKUP


def _sums_up(run: Run) -> bool:
    """Whether the line right under a title is a sentence about the article, not its date, byline or dateline."""
    return (
        len(run.text) <= MAX_STANDFIRST
        and not run.linked
        and run.text.endswith((".", "!", "?"))
        and not landmarks.is_noise(run.text)
        and read_line(run.text) is None
        and dateline(run.text) is None
    )


def _under_title(reading: Reading) -> Run | None:
    """The first line under the title that says neither who nor when."""
    if reading.title_run < 0:
        return None
    for run in reading.flow.runs[reading.title_run + 1 :][:NEAR_TITLE]:
        told = len(run.text) <= MIN_STANDFIRST or run.linked or _is_about(run.text)
        if run.node is not None or not told:
            return run
    return None


def _is_about(line: str) -> bool:
    return is_date_line(line) or is_age(line) or read_line(line) is not None or _SENT.match(line) is not None


_SENT: Final = re.compile(
    r"(?i)(?:di)?(?:kirim|tulis|posting|terbit|publikasi|unggah)\w*\b.{0,80}\d|(?:posted|published|submitted)\b.{0,80}\d"
)
"""`Dikirim oleh Ani Lestari pada Kam, 15/01/2026 - 11:48`."""


def _is_parted(reading: Reading, at: int) -> bool:
    """Whether a picture, a date or a byline stands in the next lines, between the article's summary and its text."""
    return any(run.node is not None or _is_about(run.text) for run in reading.flow.runs[at : at + PARTING])


def _summary(reading: Reading) -> str:
    """What the page says for machines that it is about, folded; "" when it says nothing."""
    metadata = reading.metadata
    return landmarks.fold(
        metadata.first("og:description", "description") or metadata.said("description") or ""
    )
