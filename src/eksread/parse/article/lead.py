"""The lead picture of an article and its caption: what stands between the title and the first paragraph, or near it.

Of several pictures there the one wins that the page names for machines, then one with a caption, then the first: share
buttons, avatars and reactions are pictures as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.model.enums import BlockType, Source
from eksread.model.news import Image
from eksread.parse.article.blocks import things_of
from eksread.parse.article.context import NEAR_TITLE
from eksread.parse.html.drafts import make_spans
from eksread.parse.html.images import is_furniture
from eksread.parse.html.metadata import ld_address, ld_text
from eksread.parse.html.names import CAPTION, HEADINGS, STANDFIRST, is_named
from eksread.parse.language import landmarks
from eksread.parse.language.bylines import head_author, is_credit, read_line
from eksread.parse.language.datelines import dateline
from eksread.parse.language.dates import find_printed, is_date_line
from eksread.parse.text import clean
from eksread.parse.urls import base_of, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.parse.article.body import Body
    from eksread.parse.article.context import PageContext
    from eksread.parse.html.drafts import BlockDraft
    from eksread.parse.html.flow import Run


BELOW_TITLE: Final = 30
"""Runs below the title in which a lead picture outside of the body stands."""

CAPTION_RUNS: Final = 3
"""Runs behind a picture in which its caption stands."""

MAX_BOX: Final = 5
"""Runs of a box with a picture and its caption."""

MAX_CAPTION: Final = 300
"""Characters of a line below a picture that is no paragraph; those named as captions may be longer."""

MIN_CAPTION: Final = 12
MAX_DATED: Final = 70
"""Characters of a line with a date that is about the article; a longer one is a caption that names a day."""


def take_lead(page: PageContext, body: Body) -> tuple[Image | None, Source]:
    """The lead picture and where it was found; it is taken out of the body."""
    named = _named(page)
    top = max(page.title_run, 0)
    best: BlockDraft | None = None
    most = -1
    inside = _above_text(body)
    end = min(_first_text(page, body), top + BELOW_TITLE, len(page.flow.runs))
    below = _outside(page, range(top, end), end)
    above = _outside(page, range(max(0, page.title_run - NEAR_TITLE), top), end)
    for draft in [*below, *inside, *above]:
        score = 2 * (named is not None and _file(draft.url) == _file(named)) + bool(draft.text)
        if score > most:
            best, most = draft, score
    if best is None:
        stated = page.metadata.ld.get("image")
        caption = (
            ld_text(stated.get("caption") or stated.get("description")) if isinstance(stated, dict) else None
        )
        credit = credit_of(caption or "")
        if (
            named is None and body.above
        ):  # of a page saved as text: the caption of a picture that is not there
            return Image(None, body.above, credit_of(body.above)), Source.LANDMARK
        return (Image(named, caption, credit), Source.META) if named else (None, Source.META)
    again = [draft for draft in inside if _file(draft.url) == _file(best.url)]
    body.drafts = [draft for draft in body.drafts if not any(draft is other for other in again)]
    captions = (best.text, *(draft.text for draft in again), body.above, _tooltip(page, best.run))
    caption = next((text for text in captions if text and not is_date_line(text)), None)
    credit = credit_of(caption or "") or credit_of(_credit_line(page, best.run) if best.run < end else "")
    resized = named is not None and (best.url or "").startswith(f"{named}/")  # `….jpg/v1/fill/w_980/….jpg`
    return Image(named if resized else best.url, caption, credit), Source.MARKUP


def _tooltip(page: PageContext, picture: int) -> str:
    """The caption that old Joomla sites give as a picture's tooltip, for a script to set below it."""
    node = page.flow.runs[picture].node if 0 <= picture < len(page.flow.runs) else None
    given = node.attributes if node is not None and page.body_flow is page.flow else {}
    return clean(given.get("title") or "") if is_named((given.get("class") or "").lower(), CAPTION) else ""


def credit_of(text: str) -> str | None:
    """Who took or gave a picture, as its caption says at the end: `(Foto: Ani Lestari)`, `Dok. Panitia`."""
    found = _CREDIT.search(text)
    return found["name"].strip(" .") or None if found else None


_CREDIT: Final = re.compile(
    r"(?:^|[\s(\[])(?i:foto(?:grafer)?|photo|(?:sumber|kredit)(?:\s+foto)?|dok(?:umentasi)?(?:\s+foto)?)\s*[:/.]\s*(?P<name>[^()\[\]:]{2,60}?)[)\]]?\W*$"
)


def _credit_line(page: PageContext, picture: int) -> str:
    """A line close below a picture that says who took it and nothing else."""
    for run in page.flow.runs[picture + 1 : picture + 1 + CAPTION_RUNS]:
        if run.node is None and is_credit(run.text):
            return run.text
    return ""


def _file(url: str | None) -> str:
    """What two sizes of one picture have in common: the name of the file."""
    return urlsplit(url or "").path.rpartition("/")[2]


def _above_text(body: Body) -> list[BlockDraft]:
    """The pictures of the body above its first paragraph."""
    found: list[BlockDraft] = []
    for draft in body.drafts:
        if draft.type is BlockType.IMAGE:
            found.append(draft)
        elif draft.type is BlockType.PARAGRAPH:
            break
    return found


def _first_text(page: PageContext, body: Body) -> int:
    """The first run of the text: a standfirst and a date line may be kept above it, and pictures beside them not."""
    first = page.first_kept()
    if page.body_flow is not page.flow:
        return first
    return max(first, next((draft.run for draft in body.drafts if draft.type is BlockType.PARAGRAPH), first))


def _named(page: PageContext) -> str | None:
    """The picture that the page names for machines."""
    metadata = page.metadata
    addresses = [
        metadata.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
        ld_address(metadata.ld.get("image")),
    ]
    base = base_of(page.url, metadata.base) or page.url
    for value in addresses:
        url = web_url(base, value) if value else None
        if url and not is_furniture(url):
            return url
    return None


def _outside(page: PageContext, runs: range, end: int) -> Iterator[BlockDraft]:
    """The pictures among these runs that are not part of the body, each with its caption."""
    kept = set(page.region.kept)
    for draft in things_of(page.flow, [at for at in runs if at not in kept], page.url):
        if draft.type is BlockType.IMAGE:
            draft.text = _caption(page, draft.run, end)
            yield draft


def _caption(page: PageContext, picture: int, end: int) -> str:
    """The caption of a picture outside of the body: what is named so, or the line below it that is nothing else."""
    flow = page.flow
    box = picture
    for element in flow.ancestors(flow.runs[picture].owner, 4):
        if not element.start <= page.title_run < element.end:
            box = max(box, element.end - 1)
    lines: list[str] = []
    for at in range(picture + 1, min(max(box + 1, picture + 1 + CAPTION_RUNS), len(flow.runs))):
        run = flow.runs[at]
        owner = flow.elements[run.owner]
        if at == page.title_run or (run.node is not None and at > box):
            break
        if run.node is not None:
            continue
        if owner.tag == "figcaption" or is_named(owner.marks, CAPTION):
            lines.append("".join(span.text for span in make_spans(run.pieces, page.url)))
        elif owner.tag in HEADINGS or STANDFIRST.search(owner.marks):
            break
        elif lines or (at >= end and at > box) or not _can_be_caption(page, run.text, run.linked):
            if lines:
                break
        else:
            return run.text
    return " ".join([line for line in lines if not is_credit(line)] or lines)


def _can_be_caption(page: PageContext, text: str, linked: int) -> bool:
    return (
        MIN_CAPTION <= len(text) <= MAX_CAPTION
        and " " in text
        and linked < len(text) / 2
        and not landmarks.same_words(text, page.title or "")
        and not landmarks.is_noise(text)
        and not landmarks.is_slogan(text)
        and dateline(text) is None
        and read_line(text) is None
        and head_author(text) is None
        and not (len(text) <= MAX_DATED and find_printed(text, now=page.now))
    )


# The standfirst: the line between headline and body that sums the article up.

MIN_STANDFIRST: Final = 30
"""Characters of a line under the title that sums the article up."""

MAX_STANDFIRST: Final = 300
"""Characters of one that nothing names as such; a longer one is a paragraph."""

PARTING: Final = 2
"""Lines below a standfirst of which one is no text."""


def take_standfirst(page: PageContext, body: Body) -> tuple[str | None, Source]:
    """The standfirst and where it was found; it is taken out of the body."""
    summary = _summary(page)
    under = _under_title(page)
    for run in page.head():
        if run.node is not None or len(run.text) <= MIN_STANDFIRST:
            continue
        marks = page.flow.elements[run.owner].marks
        below = run is under
        if STANDFIRST.search(marks) or landmarks.fold(run.text) == summary or (below and _sums_up(run)):
            return run.text, Source.MARKUP
    flow = page.body_flow
    for draft in page.drafts[:NEAR_TITLE]:
        if len(draft.text) <= MIN_STANDFIRST or draft.owner < 0 or draft.type is BlockType.IMAGE:
            continue
        kept = any(draft is other for other in body.drafts)
        marks = flow.elements[draft.owner].marks
        named = STANDFIRST.search(marks) is not None
        below = page.body_flow is page.flow and draft.run == page.title_run + 1
        named = named or (below and _sums_up(flow.runs[draft.run]) and _is_parted(page, draft.run + 1))
        taken = named or (draft.type is BlockType.HEADING and not kept and not is_date_line(draft.text))
        if taken and not landmarks.same_words(draft.text, page.title or ""):
            body.drafts = [other for other in body.drafts if other is not draft]
            return draft.text, Source.MARKUP
    second = page.metadata.value("alternativeHeadline") or ""
    if len(second) > MIN_STANDFIRST and not landmarks.same_words(second, page.title or ""):
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


def _under_title(page: PageContext) -> Run | None:
    """The first line under the title that says neither who nor when."""
    if page.title_run < 0:
        return None
    for run in page.flow.runs[page.title_run + 1 :][:NEAR_TITLE]:
        if run.node is not None or not (len(run.text) <= MIN_STANDFIRST or run.linked):
            return run
    return None


def _is_parted(page: PageContext, at: int) -> bool:
    """Whether a picture stands in the next lines, between the article's summary and its text."""
    return any(run.node is not None for run in page.flow.runs[at : at + PARTING])


def _summary(page: PageContext) -> str:
    """What the page says for machines that it is about, folded; "" when it says nothing."""
    metadata = page.metadata
    return landmarks.fold(
        metadata.first("og:description", "description") or metadata.value("description") or ""
    )
