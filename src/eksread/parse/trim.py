"""The ends of a body: what stands above its first sentence and below its last one is mostly about the article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.model import BlockType
from eksread.parse import landmarks, layouts
from eksread.parse.byline import is_full_name
from eksread.parse.weights import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.drafts import Draft
    from eksread.parse.flow import Flow

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
_BY: Final = re.compile(
    r"(?i)^\W*(?:by|oleh|von|por|di|text|words|photos?|written by|posted by|published|updated?|diperbarui|diterbitkan|terbit|dipublikasikan|last modified)\b[\s:]+.{2,}$"
)
_DATE_LINE: Final = re.compile(
    r"(?i)^\W*(?:[a-z']{3,8}\W+)?\d{1,2}[\s/.-](?:[a-z]{3,9}|\d{1,2})[\s/.-]\d{4}\b.{0,24}$|^\W*\d{4}-\d\d-\d\d\b.{0,24}$"
)
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


@lru_cache(maxsize=4096)
def is_about_name(marks: str) -> bool:
    """Whether a class or id says that this is about the article (who, when)."""
    return bool(layouts.META.search(marks))


def trim_ends(drafts: Sequence[Draft], flow: Flow | None) -> list[Draft]:
    """The drafts without what is about the article, above and below its text."""
    drafts = list(drafts)
    total = sum(len(draft.text) for draft in drafts if draft.type in _TEXT)
    first = next((at for at, draft in enumerate(drafts) if _is_running(draft)), None)
    if first is None:
        return [draft for draft in drafts if not (is_date_line(draft.text) or _is_about(draft, flow))]
    drafts = _trim_head(drafts, first, total, flow)
    return _trim_tail(drafts, total, flow)


def _is_running(draft: Draft) -> bool:
    return (
        draft.type in _TEXT
        and len(draft.text) >= SENTENCE
        and not draft.caption
        and (bool(_STOP.search(draft.text)) or len(draft.text) >= 2 * SENTENCE)
        and draft.linked < 0.7 * len(draft.text)
        and not (len(draft.text) < MAX_ABOUT and _BY.match(draft.text))
    )


def is_date_line(text: str) -> bool:
    """Whether a line is a date and hardly anything else."""
    return _DATE_LINE.match(text) is not None


def cut_behind(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Nothing stands behind a line such as "Berita terkait" or "Komentar", if most of the text stands above."""
    total = sum(len(draft.text) for draft in drafts)
    above = 0
    for at, draft in enumerate(drafts):
        if above >= CUT_SHARE * total and landmarks.ends_article(draft.text):
            return drafts[:at]
        above += len(draft.text)
    return drafts


def _is_about(draft: Draft, flow: Flow | None) -> bool:
    if len(draft.text) > MAX_ABOUT:
        return False
    if flow is not None and draft.owner >= 0:
        owner = flow.elements[draft.owner]
        if owner.tag not in {"body", "article", "main"} and is_about_name(owner.marks):
            return True
    return False


def _trim_head(drafts: list[Draft], first: int, total: int, flow: Flow | None) -> list[Draft]:
    levels = [draft.level for draft in drafts[first:] if draft.type is BlockType.HEADING]
    head: list[Draft] = []
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


def _without_dates(drafts: list[Draft]) -> list[Draft]:
    """The drafts without a date line among the first, below a standfirst, and the name that stands beside it."""
    dated = [at for at, draft in enumerate(drafts[:EDGE]) if draft.type in _TEXT and is_date_line(draft.text)]
    beside = {at + step for at in dated for step in (-1, 1) if 0 < at + step < len(drafts)}
    gone = {at for at in beside if is_full_name(drafts[at].text)}.union(dated)
    return [draft for at, draft in enumerate(drafts) if at not in gone] if gone else drafts


def _trim_tail(drafts: list[Draft], total: int, flow: Flow | None) -> list[Draft]:
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


def _is_scrap(draft: Draft) -> bool:
    """A short line that ends no sentence: a tag, a name, a heading with nothing below, a link."""
    if landmarks.adv_span(draft.text) is not None or landmarks.initials_span(draft.text) is not None:
        return False
    if draft.linked >= 0.8 * len(draft.text) and len(draft.text) < MAX_ABOUT:
        return True
    if draft.type is BlockType.LIST_ITEM:
        return False
    return len(draft.text) < SENTENCE * 1.5 and not _STOP.search(draft.text)
