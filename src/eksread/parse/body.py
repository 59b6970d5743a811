"""The landmarks over the drafts of a body: what is text, what is about the text, and what is neither.

The same grammar reads drafts from markup and lines of a page saved as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.model import Block, BlockType, RelatedLink
from eksread.parse import landmarks
from eksread.parse.byline import Byline, is_full_name, take_byline
from eksread.parse.datelines import dateline
from eksread.parse.related import split_related
from eksread.parse.trim import cut_behind, trim_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.drafts import Draft
    from eksread.parse.flow import Flow

MAX_BLOCKS: Final = 4000
"""Blocks of one article; a live ticker has a few hundred."""

HEAD: Final = 6
"""Drafts at the start of a body among which the title may be repeated."""

MAX_TEXT: Final = 100_000
"""Characters of one block: no paragraph is longer, and a reader can't be made to lay out more."""

_TEXT: Final = frozenset((BlockType.PARAGRAPH, BlockType.QUOTE, BlockType.LIST_ITEM))


@dataclass(slots=True)
class Body:
    """What the drafts of a body say. `above` is the line over the dateline: a caption or a standfirst."""

    drafts: list[Draft]
    byline: Byline = field(default_factory=Byline)
    place: str | None = None
    advertorial: bool = False
    above: str | None = None

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the model."""
        return tuple(_block(draft) for draft in self.drafts[:MAX_BLOCKS])

    def related(self) -> tuple[RelatedLink, ...]:
        """The related links, each once, in order."""
        seen: dict[str, RelatedLink] = {}
        for draft in self.drafts:
            if draft.type is BlockType.RELATED:
                seen.setdefault(landmarks.fold(draft.text), RelatedLink(draft.text, draft.url))
        return tuple(seen.values())


def _block(draft: Draft) -> Block:
    text = draft.text[:MAX_TEXT]
    styled = any(span.bold or span.italic or span.url for span in draft.spans)
    spans = tuple(draft.spans) if styled and len(text) == len(draft.text) else ()
    return Block(draft.type, text, spans, draft.url, draft.level, draft.ordinal, draft.rows)


def read_body(
    drafts: Sequence[Draft], title: str | None, flow: Flow | None = None, names: Sequence[str] = ()
) -> Body:
    """Sort the drafts of a region into body, byline and noise. Without a `flow` they are lines of plain text.

    `names` are what the site calls itself.
    """
    kept = cut_behind(drafts) if flow is not None else drafts
    body = Body([draft for draft in kept if not _is_noise(draft)])
    if title:
        body.drafts = _without_title(body.drafts, title)
    body.drafts = take_byline(split_related(body.drafts), body.byline)
    _take_lone_dateline(body, names)
    if flow is not None:
        body.drafts = trim_ends(body.drafts, flow)
    _take_initials(body)
    _take_marker(body)
    _take_initials(body)
    if body.place is None:
        _take_dateline(body, names)
    return body


def read_words(drafts: Sequence[Draft], title: str | None, flow: Flow) -> Body:
    """The body as a benchmark counts it: the article's own words, datelines and initials left in."""
    body = Body([draft for draft in cut_behind(drafts) if not _is_noise(draft)])
    if title:
        body.drafts = _without_title(body.drafts, title)
    kept = trim_ends(take_byline(split_related(body.drafts), body.byline), flow)
    body.drafts = [draft for draft in kept if draft.type not in _WORDLESS]
    return body


_WORDLESS: Final = frozenset((BlockType.RELATED, BlockType.IMAGE, BlockType.EMBED))


def _is_noise(draft: Draft) -> bool:
    if draft.type in {BlockType.IMAGE, BlockType.EMBED, BlockType.TABLE}:
        return False
    return landmarks.is_noise(draft.text) or landmarks.is_slogan(draft.text)


def _without_title(drafts: list[Draft], title: str) -> list[Draft]:
    """The title shown again at the head of the body is no paragraph."""
    wanted = landmarks.fold(title)
    return [
        draft
        for place, draft in enumerate(drafts)
        if draft.type is BlockType.IMAGE
        or not (place < HEAD or draft.type is BlockType.HEADING)
        or landmarks.fold(draft.text) != wanted
    ]


def _replace(body: Body, index: int, start: int, end: int) -> None:
    """Cut `start` to `end` out of a draft; drop it when nothing is left."""
    draft = body.drafts[index]
    text = draft.text
    rest = draft.part(0, start) if end >= len(text.rstrip()) else draft.part(end, len(text))
    if start > 0 and end < len(text.rstrip()):
        tail = text[end:]
        rest = draft.part(0, start)
        rest.text += tail
        rest.spans = []
    if rest.text.strip():
        body.drafts[index] = rest
    else:
        del body.drafts[index]


def _take_marker(body: Body) -> None:
    """`(adv)` at an end of the body says that it is paid for."""
    places = [index for index, draft in enumerate(body.drafts) if draft.type in _TEXT]
    for index in dict.fromkeys([*reversed(places[-4:]), *places[:1]]):
        span = landmarks.adv_span(body.drafts[index].text)
        if span is not None:
            body.advertorial = True
            _replace(body, index, *span)


def _take_initials(body: Body) -> None:
    """`(amr)` behind the last sentence are the writer's initials."""
    for index in range(len(body.drafts) - 1, -1, -1):
        if body.drafts[index].type not in _TEXT:
            continue
        text = body.drafts[index].text
        span = landmarks.initials_span(text)
        if span is not None:
            _replace(body, index, *span)
        elif text[0] == "(" and text[-1] == ")" and is_full_name(text[1:-1]):
            if "reporter" not in body.byline.names:
                body.byline.add("reporter", text[1:-1])
            del body.drafts[index]
        return


def _take_lone_dateline(body: Body, names: Sequence[str]) -> None:
    """A dateline that stands in a line of its own: `<b>Samarinda</b> -` before the first paragraph."""
    for index, draft in enumerate(body.drafts[:HEAD]):
        text = draft.text.rstrip()
        if draft.type in _TEXT and len(text) <= MAX_LONE and text.endswith(("-", "–", "—")):
            found = dateline(f"{text} X", names)
            if found is not None and found[0] == len(text) + 1:
                body.place = found[1]
                del body.drafts[index]
                return


def _take_dateline(body: Body, names: Sequence[str]) -> None:
    """The outlet and place that the first paragraph starts with; what stands above it is no paragraph."""
    above: list[Draft] = []
    for index, draft in enumerate(body.drafts):
        if draft.type not in _TEXT or draft.caption:
            continue
        found = dateline(draft.text, names, _bold_start(draft))
        if found is not None:
            end, body.place = found
            _replace(body, index, 0, end)
            if above and all(len(other.text) <= MAX_ABOVE for other in above):
                body.above = above[-1].text
                body.drafts = [other for other in body.drafts if not any(other is gone for gone in above)]
            return
        above.append(draft)
        if len(above) == MAX_LINES_ABOVE:
            return


def _bold_start(draft: Draft) -> str:
    return draft.spans[0].text if draft.spans and draft.spans[0].bold and len(draft.spans) > 1 else ""


MAX_ABOVE: Final = 260
"""Characters of a caption or standfirst above the dateline."""

MAX_LONE: Final = 60
"""Characters of a line that is a dateline and nothing else."""

MAX_LINES_ABOVE: Final = 3
