"""What an article is about, as its page says: the tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.parse.html.names import TAG_BOX
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eksread.parse.article.context import PageContext
    from eksread.parse.html.flow import Flow, Piece, Run
    from eksread.parse.html.metadata import Json

MAX_TAG: Final = 60


def find_tags(page: PageContext) -> tuple[tuple[str, ...], Source]:
    """The tags: links marked or named as tags, else keywords for machines."""
    metadata, flow, title_run = page.metadata, page.flow, page.title_run
    seen: dict[str, str] = {}
    for node in page.tree.css('a[rel~="tag"]')[:MAX_TAGS]:
        box = node.parent.attributes.get("class") or "" if node.parent is not None else ""
        if "category" not in f"{node.attributes.get('rel')} {box}":
            _add(seen, node.text())
    asides = flow.aside_runs()
    runs = [run for at, run in enumerate(flow.runs) if at > title_run and run.linked and at not in asides]
    if not seen:
        for run in runs:
            if flow.is_inside(run.owner, TAG_BOX, TAG_LEVELS):
                for piece in run.pieces:
                    if piece.href is not None:
                        _add(seen, piece.text)
    if seen:
        return tuple(seen.values()), Source.MARKUP
    labelled = _tag_line(runs)
    if labelled:
        return labelled, Source.LANDMARK
    linked = _led_to(flow, title_run)
    if linked:
        return linked, Source.MARKUP
    if metadata.tags:
        return _cleaned(metadata.tags), Source.META
    stated = metadata.ld.get("keywords")
    # `keywords` alone are a site's own words on most old pages: never the article's tags.
    keywords = stated or metadata.first("news_keywords") or ""
    words = keywords.split(",") if isinstance(keywords, str) else keywords
    return _cleaned(words if isinstance(words, list) else []), Source.JSON_LD if stated else Source.META


def _cleaned(words: Iterable[Json]) -> tuple[str, ...]:
    """The words that can be tags, each once."""
    tags = dict.fromkeys(clean(word) for word in words if isinstance(word, str))
    return tuple(tag for tag in tags if 1 < len(tag) <= MAX_TAG)


def _add(seen: dict[str, str], text: str) -> None:
    name = clean(text).lstrip("#").strip(" ,")
    if 1 < len(name) <= MAX_TAG and len(seen) < MAX_TAGS:
        seen.setdefault(name.casefold(), name)


TAG_LEVELS: Final = 4
"""Elements around a link in which its box may be named."""

MAX_TAGS: Final = 60


def _tag_line(runs: Iterable[Run]) -> tuple[str, ...]:
    """The links of a line that says `Tag:`, or that are all written `#so`."""
    for run in runs:
        if len(run.text) <= MAX_TAG_LINE and _TAGS.match(run.text):
            seen: dict[str, str] = {}
            for piece in run.pieces:
                if piece.href is not None:
                    _add(seen, piece.text)
            return tuple(seen.values())
    return ()


def _led_to(flow: Flow, title_run: int) -> tuple[str, ...]:
    """The first links under the title that lead to tags and stand together, in no side box."""
    asides = flow.aside_runs()
    seen: dict[str, str] = {}
    last = -1
    for index in range(title_run + 1, len(flow.runs)):
        run = flow.runs[index]
        if seen and index > last + 1:
            break
        if not run.linked or any(map(_leads_elsewhere, run.pieces)):
            continue
        if index in asides:
            continue
        last = index
        for piece in run.pieces:
            if piece.href is not None:
                _add(seen, piece.text)
    return tuple(seen.values())


def _leads_elsewhere(piece: Piece) -> bool:
    """Whether a piece of text is a link, but to no tag."""
    return piece.href is not None and not piece.text.isspace() and not _TAG_PATH.search(piece.href.lower())


_TAG_PATH: Final = re.compile(
    r"/(?:tags?|t|topik|topics?|tagar|label)/|[?&](?:tags?|topik|label|mod=tag|p=tag)=?"
)

MAX_TAG_LINE: Final = 600
_TAGS: Final = re.compile(
    r"(?i)^\W*?(?:#[^\W\d]|(?:tags?|tagar|tagged(?:\s+with)?|terarsip\s+di\s+bawah|filed\s+under|ditandai|topik(?:\s+terkait)?|kata\s+kunci|label|keywords?)\b)"
)
