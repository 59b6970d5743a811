"""`Baca juga`: the links that an editor put between the paragraphs, in every shape, kept at their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType
from eksread.parse.html.drafts import BlockDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TITLE: Final = 220
"""Characters of a related title; headlines have up to about 150."""

MAX_LIST: Final = 12
"""Related links taken from one list under a `Baca juga` heading."""

_WORDS: Final = (
    r"(?:(?:baca|lihat|simak|tonton)\s*(?:juga|jg|pula|selengkapnya|selanjutnya)|baca\s*(?:berita\s*)?(?:terkait|lainnya|artikel\s+lain(?:nya)?)"
    r"|(?:berita|artikel)\s+(?:terkait|lainnya)|read\s+(?:also|more|next)|see\s+also|also\s+read|related(?:\s+(?:stories|story|articles?|posts?|news|coverage|content|links?))?"
    r"|more\s+(?:from|on)\s[^:]{1,40}|watch(?:\s+(?:also|more|now|video))?|don['’]t\s+miss|baca)"
)
_COLON: Final = r"\s*[:：]\s*"
_START: Final = re.compile(
    rf"^[\W_]*(?P<words>{_WORDS})(?P<colon>{_COLON}|\s*[-–—»>|]+\s*|\s+|$|(?=(?-i:[A-Z“\"])))[\"“'‘*\W]?",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(
    r"(?P<open>[(\[]\s*)?(?<![^\W\d_])(?:(?:baca|lihat|simak)\s+(?:juga|pula|berita)|BACA\s+JUGA|Baca)\s*[:：]\s*",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"\W*(?:baca|lihat|simak)\s*(?:juga|pula)\b", re.IGNORECASE)
_CLOSE: Final = {"(": ")", "[": "]"}
_TRIM: Final = " \t*»>|-–—:•"
_PAIRS: Final = ("[]", "()")
_QUOTED: Final = re.compile(r"[\"“‘']([^\"“”]*)[\"”’']")


def opens_related(text: str) -> bool:
    """Whether a line begins as a link to another article does, or the heading of some: `Baca juga`."""
    return _OPENS.match(text) is not None


def _bare(text: str) -> str:
    """A title without what surrounds it: bullets, brackets, quotation marks around the whole."""
    title = text.strip(_TRIM)
    for opening, closing in _PAIRS:
        # `[VIDEO] Warga …` keeps its bracket; one around the whole, or without its other half, is no part of a title.
        if title.startswith(opening) and title.find(closing) in {-1, len(title) - 1}:
            title = title[1:].removesuffix(closing).strip(_TRIM)
        elif title.endswith(closing) and opening not in title:
            title = title[:-1].strip(_TRIM)
    quoted = _QUOTED.fullmatch(title)
    return quoted[1].strip() if quoted else title


def split_related(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    """The drafts with each `Baca juga` as a draft of type RELATED at its place."""
    result: list[BlockDraft] = []
    at = 0
    while at < len(drafts):
        draft = drafts[at]
        at += 1
        taken = _whole(draft)
        if taken is None:
            result.extend(_inside(draft))
            continue
        if taken.text:
            result.append(taken)
            continue
        at = _take_list(drafts, at, result)
    return result


def _whole(draft: BlockDraft) -> BlockDraft | None:
    """A line that is a related link as a whole; with an empty text when it only announces what follows."""
    found = _START.match(draft.text)
    if found is None or draft.caption or len(draft.text) > MAX_TITLE + 60:
        return None
    rest = draft.part(found.end("colon"), len(draft.text))
    title = _bare(rest.text)
    colon = bool(found["colon"].strip())
    words = found["words"]
    if not title:
        return _related("", None)
    link = next((span.url for span in rest.spans if span.url), None) or next(
        (span.url for span in draft.spans if span.url), None
    )
    linked = sum(len(span.text) for span in rest.spans if span.url)
    if linked >= 0.7 * len(rest.text) or (draft.linked >= 0.9 * len(draft.text) and link):
        return _related(title, link) if len(title) <= MAX_TITLE else None
    if len(title) > MAX_TITLE:
        return None
    if colon and (len(words.split()) > 1 or link) and not _is_sentence(title):
        return _related(title, link)
    return None


def _is_sentence(title: str) -> bool:
    """Whether what follows the words reads as prose: it ends as a sentence does, or goes on after one."""
    return title.endswith((".", ",")) or re.search(r"[.!?]\s+[A-Z]\w+ \w+ \w+", title) is not None


def _related(title: str, url: str | None) -> BlockDraft:
    return BlockDraft(BlockType.RELATED, title, [], url)


def _take_list(drafts: Sequence[BlockDraft], at: int, result: list[BlockDraft]) -> int:
    """Take the links under a bare `Baca juga`; give the index of the first draft after them."""
    taken = 0
    while at < len(drafts) and taken < MAX_LIST:
        draft = drafts[at]
        link = next((span.url for span in draft.spans if span.url), None)
        title = draft.text.strip(" •-»")
        if not link or draft.linked < 0.8 * len(draft.text) or len(title) > MAX_TITLE:
            break
        result.append(_related(title, link))
        taken += 1
        at += 1
    if taken == 0 and at < len(drafts):
        draft = drafts[at]
        title = _bare(draft.text)
        if (
            draft.type in {BlockType.LIST_ITEM, BlockType.HEADING}
            and not title.endswith(".")
            and len(title) < MAX_TITLE
        ):
            result.append(_related(title, None))
            return at + 1
    return at


def _inside(draft: BlockDraft) -> list[BlockDraft]:
    """A paragraph cut around the related links that stand in its middle or at its end."""
    if draft.type is BlockType.HEADING or "aca" not in draft.text.lower():
        return [draft]
    result: list[BlockDraft] = []
    start = 0
    for found in _INSIDE.finditer(draft.text):
        if found.start() < start:
            continue
        cut = _target(draft, found)
        if cut is None:
            continue
        end, title, url = cut
        before = draft.part(start, found.start())
        if before.text:
            result.append(before)
        result.append(_related(title, url))
        start = end
    if start == 0:
        return [draft]
    rest = draft.part(start, len(draft.text))
    if rest.text.strip(" .)]"):
        result.append(rest)
    return result


def _target(draft: BlockDraft, found: re.Match[str]) -> tuple[int, str, str | None] | None:
    """Where the title behind an inner `Baca juga:` ends, the title, and its address; None if it is prose."""
    text, begin = draft.text, found.end()
    before = text[: found.start()].rstrip()
    opener = (found["open"] or "").strip()
    at = 0
    for span in draft.spans:
        stop = at + len(span.text)
        if span.url and stop > begin and at <= begin + 1:
            end = stop
            title = _bare(text[max(at, begin) : stop])
            while end < len(text) and text[end] in " )].\"”'":
                end += 1
            return (end, title, span.url) if title and len(title) <= MAX_TITLE else None
        at = stop
    if before and before[-1] not in ".!?\"”)'’":
        return None
    close = text.find(_CLOSE[opener], begin) if opener else len(text)
    if close < 0:
        return None
    title = _bare(text[begin:close])
    if not title or len(title) > MAX_TITLE or _is_sentence(title):
        return None
    return (close + 1, title, None)
