"""The landmarks over the drafts of a body: what is text, what is about the text, and what is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType
from eksread.model.news import Block, RelatedLink
from eksread.parse.html import names
from eksread.parse.html.flow import SENTENCE
from eksread.parse.language import landmarks
from eksread.parse.language.bylines import Byline, is_full_name, take_byline
from eksread.parse.language.datelines import dateline
from eksread.parse.language.dates import is_date_line
from eksread.parse.language.related import split_related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.drafts import BlockDraft
    from eksread.parse.html.flow import Flow


# The ends of a body: what stands above its first sentence and below its last one is mostly about the article.

MAX_ABOUT: Final = 140
"""Characters of a line about the article: byline, date, place of a photo."""

EDGE: Final = 8
"""Drafts at each end that can be about the article."""

HEAD_SHARE: Final = 0.2
"""Part of the text that may be cut at the head, or at the tail."""

CUT_SHARE: Final = 0.45
"""Part of the text that must stand above a line that ends the article."""

_TEXT: Final = frozenset((BlockType.PARAGRAPH, BlockType.QUOTE, BlockType.LIST_ITEM))
_THINGS: Final = frozenset((BlockType.IMAGE, BlockType.EMBED, BlockType.TABLE, BlockType.RELATED))
_STOP: Final = re.compile(r"[.!?…:;。！？]['\"”’)\]」]*$|[.!?…]['\"”’)\]]*\s*[(\[][^()\[\]]{1,40}[)\]]$")
_FAREWELL: Final = re.compile(
    r"""(?x)(?: follow \s (?:him|her|us|me|them|the\s\w+|@\w+|\w+\son) \b | (?:sign \s up|subscribe) \b.{0,80}\b(?:newsletter|inbox|updates?|email|channel|free)\b
      | newsletters? .{0,40} (?:inbox|sign \s up) | have \s a \s (?:tip|question|story) | (?:e-?mail|contact|reach) \s (?:him|her|us|me|the \s (?:author|writer|reporter)) \b
      | can \s be \s reached \s (?:at|by) | may \s be \s reached \s (?:at|by) | all \s rights \s reserved | ©\s?(?:19|20)\d\d
      | artikel \s ini \s (?:telah|sudah|pernah) \s (?:tayang|terbit|dimuat) | (?:berita|artikel) \s (?:menarik|selengkapnya|lainnya) .{0,40} (?:klik|di \s sini|google \s news|baca)
      | (?:ikuti|baca|cek|simak|dapatkan|temukan) \b .{0,90} (?:google \s news|whatsapp|telegram|aplikasi|kanal \s youtube|media \s sosial|instagram)
      | download \s (?:our|the) .{0,30} \bapp\b | read \s (?:the \s)?(?:full|original|more) .{0,30} (?:here|article|story)$ | this \s (?:article|story) \s (?:was|originally|first) .{0,40} (?:published|appeared)
    )"""
)
"""Searched for in lower case: ignoring case takes several times as long."""


def trim_ends(drafts: Sequence[BlockDraft], flow: Flow) -> list[BlockDraft]:
    """The drafts without what is about the article, above and below its text."""
    drafts = list(drafts)
    total = sum(len(draft.text) for draft in drafts if draft.type in _TEXT)
    first = next((at for at, draft in enumerate(drafts) if _is_running(draft)), None)
    if first is None:
        return [draft for draft in drafts if not (is_date_line(draft.text) or _is_about(draft, flow))]
    drafts = _trim_head(drafts, first, total, flow)
    return _trim_tail(drafts, total, flow)


def _is_running(draft: BlockDraft) -> bool:
    return (
        draft.type in _TEXT
        and len(draft.text) >= SENTENCE
        and not draft.caption
        and (bool(_STOP.search(draft.text)) or len(draft.text) >= 2 * SENTENCE)
        and draft.linked < 0.7 * len(draft.text)
    )


def cut_behind(drafts: Sequence[BlockDraft]) -> Sequence[BlockDraft]:
    """Nothing stands behind a line such as "Berita terkait" or "Komentar", if most of the text stands above."""
    total = sum(len(draft.text) for draft in drafts)
    above = 0
    for at, draft in enumerate(drafts):
        if above >= CUT_SHARE * total and landmarks.ends_article(draft.text):
            return drafts[:at]
        above += len(draft.text)
    return drafts


def _is_about(draft: BlockDraft, flow: Flow) -> bool:
    if len(draft.text) > MAX_ABOUT:
        return False
    if draft.owner >= 0:
        owner = flow.elements[draft.owner]
        if owner.tag not in {"body", "article", "main"} and names.is_named(owner.marks, names.META):
            return True
    return False


def _trim_head(drafts: list[BlockDraft], first: int, total: int, flow: Flow) -> list[BlockDraft]:
    levels = [draft.level for draft in drafts[first:] if draft.type is BlockType.HEADING]
    head: list[BlockDraft] = []
    for draft in drafts[:first]:
        section = draft.type is BlockType.HEADING and draft.level in levels
        if (
            draft.type in _THINGS
            or draft.caption
            or section
            or (draft.type is BlockType.LIST_ITEM and not draft.linked)
        ) or landmarks.adv_span(draft.text) is not None:
            head.append(draft)
    cut = sum(len(draft.text) for draft in drafts[:first]) - sum(len(draft.text) for draft in head)
    if cut > HEAD_SHARE * max(total, 1) and cut > MAX_ABOUT:
        head = drafts[:first]
    rest = [draft for at, draft in enumerate(drafts[first:]) if at >= 2 or not _is_about(draft, flow)]
    return head + _without_dates(rest)


def _without_dates(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """The drafts without a date line among the first, below a standfirst, and the name that stands beside it."""
    dated = [at for at, draft in enumerate(drafts[:EDGE]) if draft.type in _TEXT and is_date_line(draft.text)]
    beside = {at + step for at in dated for step in (-1, 1) if 0 < at + step < len(drafts)}
    gone = {at for at in beside if is_full_name(drafts[at].text)}.union(dated)
    return [draft for at, draft in enumerate(drafts) if at not in gone] if gone else drafts


def _trim_tail(drafts: list[BlockDraft], total: int, flow: Flow) -> list[BlockDraft]:
    kept = list(drafts)
    cut = 0
    at = len(kept) - 1
    while at > 0 and len(kept) - at <= EDGE * 2:
        draft = kept[at]
        if draft.type in _THINGS:
            at -= 1
            continue
        farewell = len(draft.text) < 400 and _FAREWELL.search(draft.text.lower()) is not None
        if not (farewell or _is_about(draft, flow) or _is_scrap(draft)):
            break
        cut += len(draft.text)
        if cut > HEAD_SHARE * total:
            break
        del kept[at]
        at -= 1
    return kept


def _is_scrap(draft: BlockDraft) -> bool:
    """A short line that ends no sentence: a tag, a name, a heading with nothing below, a link."""
    if landmarks.adv_span(draft.text) is not None or landmarks.initials_span(draft.text) is not None:
        return False
    if draft.linked >= 0.8 * len(draft.text) and len(draft.text) < MAX_ABOUT:
        return True
    if draft.type is BlockType.LIST_ITEM:
        return False
    return len(draft.text) < SENTENCE * 1.5 and not _STOP.search(draft.text)


MAX_BLOCKS: Final = 4000
"""Blocks of one article; a live ticker has a few hundred."""

HEAD: Final = 6
"""Drafts at the start of a body among which the title may be repeated."""

MAX_TEXT: Final = 100_000
"""Characters of one block: no paragraph is longer, and a reader can't be made to lay out more."""


@dataclass(slots=True)
class Body:
    """What the drafts of a body say. `above` is the line over the dateline: a caption or a standfirst."""

    drafts: list[BlockDraft]
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


def _block(draft: BlockDraft) -> Block:
    text = draft.text[:MAX_TEXT]
    styled = any(span.bold or span.italic or span.url for span in draft.spans)
    spans = tuple(draft.spans) if styled and len(text) == len(draft.text) else ()
    return Block(draft.type, text, spans, draft.url, draft.level, draft.ordinal, draft.rows)


def read_body(drafts: Sequence[BlockDraft], title: str | None, flow: Flow, names: Sequence[str] = ()) -> Body:
    """Sort the drafts of a region into body, byline and noise. `names` are what the site calls itself."""
    body = Body([draft for draft in cut_behind(drafts) if not _is_noise(draft)])
    if title:
        body.drafts = _without_title(body.drafts, title)
    body.drafts = take_byline(split_related(body.drafts), body.byline)
    _take_lone_dateline(body, names)
    body.drafts = trim_ends(body.drafts, flow)
    _take_initials(body)
    _take_marker(body)
    _take_initials(body)
    if body.place is None:
        _take_dateline(body, names)
    return body


def _is_noise(draft: BlockDraft) -> bool:
    if draft.type in {BlockType.IMAGE, BlockType.EMBED, BlockType.TABLE}:
        return False
    return landmarks.is_noise(draft.text) or landmarks.is_slogan(draft.text)


def _without_title(drafts: list[BlockDraft], title: str) -> list[BlockDraft]:
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
    rest = draft.part(0, start) if start > 0 or end >= len(text.rstrip()) else draft.part(end, len(text))
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
    above: list[BlockDraft] = []
    for index, draft in enumerate(body.drafts):
        if draft.type not in _TEXT or draft.caption:
            continue
        found = dateline(draft.text, names)
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


MAX_ABOVE: Final = 260
"""Characters of a caption or standfirst above the dateline."""

MAX_LONE: Final = 60
"""Characters of a line that is a dateline and nothing else."""

MAX_LINES_ABOVE: Final = 3
