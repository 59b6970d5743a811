"""The region's runs as drafts: text, data tables, pictures with their captions, embeds."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType
from eksread.parse.html.drafts import BlockDraft, drafts_of
from eksread.parse.html.images import alt_text, embed_url, is_small, picture_url
from eksread.parse.html.names import CAPTION, PICTURES, is_named
from eksread.parse.language.bylines import is_credit, label_role, read_line
from eksread.parse.language.datelines import dateline
from eksread.parse.language.landmarks import fold
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eksread.parse.html.flow import Flow, Run

MAX_CELL: Final = 120
"""Characters; a table with a longer cell on average lays out a page rather than holds data."""

CAPTION_DISTANCE: Final = 2
"""Drafts between a picture and its caption."""


CAPTION_SHARE: Final = 0.3
"""A part of the body with more of its text than this is no caption, whatever its name."""


def caption_runs(flow: Flow, kept: Sequence[int], pictures: Sequence[int]) -> set[int]:
    """The runs that are captions by their element, or by their words: `… (Foto: Amr)`."""
    inside = set(kept)
    total = sum(len(flow.runs[index].text) for index in kept)
    found: set[int] = set()
    for element in flow.elements:
        if element.tag in {"figcaption", "caption"} or (
            element.marks != " " and is_named(element.marks, CAPTION)
        ):
            runs = inside.intersection(range(element.start, element.end))
            if element.tag != "figcaption" and _states_facts(
                flow.runs[element.start : element.end][:MAX_FACTS]
            ):
                continue
            length = sum(len(flow.runs[index].text) for index in runs)
            if element.tag == "figcaption" or length <= CAPTION_SHARE * total:
                found |= runs
    for index in pictures:
        found |= _beside(flow, index, total) & inside
    for index in kept:
        text = flow.runs[index].text
        if text.endswith(")") and len(text) < MAX_CREDITED and _CREDIT.search(text):
            found.add(index)
    return found


def _states_facts(runs: Sequence[Run]) -> bool:
    """Whether lines say who wrote the article, `Reporter`, `Amr`, `Editor`, …: no caption, though `keterangan` names both."""
    return any(
        role in {"reporter", "editor"}
        for run in runs
        if run.node is None
        for role in (label_role(run.text), *(role for role, _ in read_line(run.text) or ()))
    )


MAX_FACTS: Final = 16
"""Lines of such a list that are looked at."""


def _beside(flow: Flow, picture: int, total: int) -> set[int]:
    """The runs behind a picture in a box that holds nothing else: its caption, whatever the box is called."""
    index = flow.runs[picture].owner
    found: set[int] = set()
    while index >= 0:
        element = flow.elements[index]
        if element.end - element.start > MAX_BOX:
            break
        texts = [at for at in range(picture + 1, element.end) if dateline(flow.runs[at].text) is None]
        length = sum(len(flow.runs[at].text) for at in texts)
        small = length <= CAPTION_SHARE * total or (element.tag == "table" and length <= MAX_CREDITED)
        if small and length <= 2 * MAX_CREDITED:
            found = set(texts)
        index = element.parent
    return found


MAX_BOX: Final = 4
"""Runs of a box with a picture: the picture, a title, a caption, a credit."""

MAX_CREDITED: Final = 300
"""Characters of a caption with its credit in brackets."""

_CREDIT: Final = re.compile(
    r"(?i)[(\[](?:image|images|photo|photos|foto|pic|picture|credit|source|sumber|dok|dokumentasi|ist|istimewa)\b[^()\[\]]{0,80}[)\]]$"
)


def region_drafts(flow: Flow, kept: Sequence[int], base: str, title: str | None) -> list[BlockDraft]:
    """All drafts of the region, in page order. A caption that only repeats the title is left out."""
    things = things_of(flow, kept, base)
    pictures = [thing.run for thing in things if thing.type is BlockType.IMAGE]
    captions = caption_runs(flow, kept, pictures)
    texts = [index for index in kept if flow.runs[index].node is None]
    drafts: list[BlockDraft] = []
    done = 0
    for thing in things:
        above = bisect_left(texts, thing.run)
        drafts.extend(drafts_of(flow, texts[done:above], base))
        drafts.append(thing)
        done = above
    drafts.extend(drafts_of(flow, texts[done:], base))
    for draft in drafts:
        draft.caption = draft.run in captions and draft.type is not BlockType.IMAGE
    for draft, other in pairwise(drafts):
        if draft.caption and other.caption and is_credit(draft.text) != is_credit(other.text):
            credit = draft if is_credit(draft.text) else other
            credit.caption = False  # read as a byline
    named = fold(title or "")
    return _captioned(
        _tabled([draft for draft in drafts if not (draft.caption and fold(draft.text) == named)])
    )


def things_of(flow: Flow, indices: Iterable[int], base: str) -> list[BlockDraft]:
    """The pictures and embeds among these runs; one that a `<noscript>` shows again is left out."""
    things: list[BlockDraft] = []
    for index in indices:
        thing = _thing(flow, index, base) if flow.runs[index].node is not None else None
        if thing is None:
            continue
        again = things and thing.url == things[-1].url and flow.elements[thing.owner].tag == "noscript"
        if not again:
            things.append(thing)
    return things


def _thing(flow: Flow, index: int, base: str) -> BlockDraft | None:
    run = flow.runs[index]
    node = run.node
    if node is None:
        return None
    if node.tag in PICTURES:
        url = None if is_small(node) or _leads_away(run, base) else picture_url(node, base)
        return (
            BlockDraft(BlockType.IMAGE, alt_text(node), url=url, run=index, owner=run.owner) if url else None
        )
    url = embed_url(node, base)
    return BlockDraft(BlockType.EMBED, "", url=url, run=index, owner=run.owner) if url else None


def _leads_away(run: Run, base: str) -> bool:
    """Whether a picture is a link to another page: a teaser's, not this article's."""
    href = run.pieces[0].href
    if not href or href.startswith("#"):
        return False
    url = web_url(base, href)
    return url is not None and not _PICTURE_FILE.search(url) and url.rstrip("/") != base.rstrip("/")


_PICTURE_FILE: Final = re.compile(
    r"(?i)\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)|/(?:image|img|photo|foto|media)s?/|blogspot|attachment"
)


def _captioned(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """Captions as the text of their pictures; the alternative text of a picture is no caption."""
    result: list[BlockDraft] = []
    picture: BlockDraft | None = None
    since = 0
    waiting: BlockDraft | None = None
    for draft in drafts:
        if draft.type is BlockType.IMAGE:
            picture, since = draft, 0
            draft.level = len(draft.text)  # remembered until a caption replaces the alternative text
            result.append(draft)
            if waiting is not None:
                _set_caption(draft, waiting)
                waiting = None
        elif draft.caption:
            if picture is not None and since <= CAPTION_DISTANCE:
                _set_caption(picture, draft)
            else:
                waiting = draft
        else:
            since += 1
            result.append(draft)
    for draft in result:
        if draft.type is BlockType.IMAGE and draft.level:
            draft.text, draft.level = "", 0
    return result


def _set_caption(picture: BlockDraft, caption: BlockDraft) -> None:
    picture.text = caption.text if picture.level or not picture.text else f"{picture.text} {caption.text}"
    picture.spans = []
    picture.level = 0


def _tabled(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """Each data table as one draft; the cells of layout tables are paragraphs."""
    result: list[BlockDraft] = []
    at = 0
    while at < len(drafts):
        table = drafts[at].table
        if table is None:
            result.append(drafts[at])
            at += 1
            continue
        end = at
        while end < len(drafts) and (other := drafts[end].table) is not None and other[0] == table[0]:
            end += 1
        rows = _rows(drafts[at:end])
        if _is_data(rows) and not _is_about(rows):
            text = "\n".join("\t".join(row) for row in rows)
            result.append(
                BlockDraft(BlockType.TABLE, text, rows=rows, run=drafts[at].run, owner=drafts[at].owner)
            )
        else:
            result.extend(drafts[at:end])
        at = end
    return result


def _is_about(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table says who wrote the article: labels in its first column."""
    return len(rows[0]) == 2 and any(label_role(row[0]) in {"reporter", "editor"} for row in rows)


def _rows(drafts: Sequence[BlockDraft]) -> tuple[tuple[str, ...], ...]:
    rows: dict[int, dict[int, str]] = {}
    for draft in drafts:
        if draft.table is None or draft.type in {BlockType.IMAGE, BlockType.EMBED}:
            continue
        _, row, cell = draft.table
        cells = rows.setdefault(row, {})
        cells[cell] = f"{cells[cell]} {draft.text}" if cell in cells else draft.text
    width = min(MAX_COLUMNS, max((max(cells) for cells in rows.values()), default=-1) + 1)
    return tuple(tuple(rows[row].get(cell, "") for cell in range(width)) for row in sorted(rows) if row >= 0)


MAX_COLUMNS: Final = 40
"""Columns kept of a table."""


def _is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether cells are a table rather than a layout: at least two rows of two short cells."""
    full = [row for row in rows if sum(1 for cell in row if cell) >= 2]
    if len(full) < 2 or len(full) < 0.6 * len(rows):
        return False
    cells = [cell for row in rows for cell in row if cell]
    return sum(map(len, cells)) <= MAX_CELL * len(cells)
