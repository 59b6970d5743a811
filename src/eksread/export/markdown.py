"""An article as Markdown (CommonMark), to be pasted elsewhere: whole, or a quotation with where it is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.export.xhtml import address
from eksread.formatting import byline, caption_text, published
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.model.enums import BlockType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.model.lists import Headline
    from eksread.model.news import Block
    from eksread.model.stored import Bookmark, StoredArticle

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_START: Final = re.compile(r"^(?=[#+=-])|^(\d{1,9})(?=[.)])")
"""What would make a paragraph a heading, list or rule at its beginning."""


def escaped(text: str) -> str:
    """Give text in which nothing means anything to Markdown."""
    safe = _SPECIAL.sub(r"\\\1", clean(text))
    return _AT_START.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", safe)


def article_markdown(stored: StoredArticle, bookmark: Bookmark | None = None) -> str:
    """Give a whole article, its address last; the bookmark's note and labels stand below the head."""
    article, headline = stored.article, stored.headline
    parts = [f"# {escaped(article.title or headline.title)}"]
    if article.advertorial:
        parts.append(f"**{_('ADVERTORIAL')}**")
    if article.standfirst:
        parts.append(f"*{escaped(article.standfirst)}*")
    moment = article.published or headline.published
    source = article.published_source if article.published else headline.published_source
    facts = [byline(article), article.place or "", published(moment, source)]
    parts.append(" · ".join(escaped(fact) for fact in facts if fact))
    if bookmark is not None and bookmark.note:
        parts.append(f"> **{_('Your note')}**: {escaped(bookmark.note)}")
    if bookmark is not None and bookmark.labels:
        parts.append(" ".join(f"\\#{escaped(label)}" for label in bookmark.labels))
    if article.lead_image is not None:
        lead = article.lead_image
        parts.append(_picture(lead.url, caption_text(lead.caption or "", lead.credit or "")))
    body = ""
    before: BlockType | None = None
    for block in article.blocks:
        text = _block(block)
        if text:
            tight = before is block.type is BlockType.LIST_ITEM
            body += ("\n" if tight else "\n\n" if body else "") + text
            before = block.type
    return "\n\n".join(filter(None, [*parts, body, _bare(headline.url)])) + "\n"


def quotation(text: str, headline: Headline) -> str:
    """Give a part of an article as a quotation; lines of one paragraph are joined, since they were broken for the screen."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    quoted = "\n>\n".join(f"> {escaped(part)}" for part in paragraphs if part)
    return f"{quoted}\n>\n> — {_link(headline.url, escaped(headline.title))}\n"


def _block(block: Block) -> str:
    match block.type:
        case BlockType.HEADING:
            return "#" * max(2, min(6, block.level or 2)) + f" {escaped(block.text)}"
        case BlockType.QUOTE:
            return f"> {_inline(block)}"
        case BlockType.LIST_ITEM:
            marker = f"{block.ordinal}." if block.ordinal is not None else "-"
            return "   " * block.level + f"{marker} {_inline(block)}"
        case BlockType.IMAGE:
            return _picture(block.url, block.text)
        case BlockType.TABLE:
            return "\n".join(_table(block))
        case BlockType.RELATED:
            return f"{_('Read also')}: {_link(block.url, escaped(block.text))}"
        case BlockType.EMBED:
            return _bare(block.url) or escaped(block.text)
        case _:
            return _inline(block)


def _link(url: str | None, words: str) -> str:
    target = address(url)
    return f"[{words}](<{target}>)" if target else words


def _picture(url: str | None, caption: str) -> str:
    target = address(url)
    return f"![{escaped(caption)}](<{target}>)" if target else f"*{escaped(caption)}*" if caption else ""


def _bare(url: str | None) -> str:
    target = address(url)
    return f"<{target}>" if target else ""


def _inline(block: Block) -> str:
    if not block.spans:
        return escaped(block.text)
    parts: list[str] = []
    for span in block.spans:
        text = _SPECIAL.sub(r"\\\1", clean(span.text)) if parts else escaped(span.text)
        mark = ("**" if span.bold else "") + ("*" if span.italic else "")
        body = text.strip()
        if body and (mark or span.url):
            # Marks must touch the words: "** kata**" is no bold text.
            inner = _link(span.url, body)
            text = text.replace(body, f"{mark}{inner}{mark[::-1]}", 1)
        parts.append(text)
    return "".join(parts)


def _table(block: Block) -> Iterator[str]:
    columns = max((len(row) for row in block.rows), default=0)
    for index, row in enumerate(block.rows):
        cells = [escaped(cell) for cell in row] + [""] * (columns - len(row))
        yield "| " + " | ".join(cells) + " |"
        if not index:
            yield "|" + "---|" * columns
