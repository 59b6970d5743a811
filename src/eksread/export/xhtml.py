"""An article as XHTML: well-formed, without scripts, for HTML, EPUB and Atom alike. No text of a page becomes markup."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from eksread.formatting import byline, caption_text, published
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.model.enums import BlockType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eksread.export.collection import Entry
    from eksread.model.news import Block, Image, Span

_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH: Final = "/%:@!$&'()*+,;=~"
"""Characters of a path, query or fragment that RFC 3986 allows unquoted."""


def text(value: str) -> str:
    """Give text as XHTML shows it literally."""
    return escape(clean(value))


def address(url: str | None) -> str | None:
    """Give an http(s) address in the form of RFC 3986; None for anything else."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or host != quote(host, safe=":-._"):
        return None
    host = f"[{host}]" if ":" in host else host
    path, query, fragment = (
        _LONE_PERCENT.sub("%25", quote(part, safe=_PATH + more))
        for part, more in ((parts.path, ""), (parts.query, "?"), (parts.fragment, "?"))
    )
    return (
        f"{parts.scheme}://{host}{port}{path or '/'}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if fragment else "")
    )


class ArticleMarkup:
    """Makes XHTML of articles.

    `heading` is the level of an article's own headline. `link` gives where an address leads inside of the document, and
    None where it leads out of it; `picture` what stands as `src` of a picture, None where it is not held.
    """

    def __init__(
        self, *, heading: int, link: Callable[[str], str | None], picture: Callable[[str], str | None]
    ) -> None:
        self._heading = heading
        self._link = link
        self._picture = picture

    def article(self, entry: Entry) -> str:
        """Give a whole article without the element around it: head, note, body, byline, related links, address."""
        article, headline = entry.stored.article, entry.stored.headline
        moment = article.published or headline.published
        source = article.published_source if article.published else headline.published_source
        facts = [article.place or headline.place, entry.section, published(moment, source)]
        parts = [f"<h{self._heading}>{text(entry.title)}</h{self._heading}>"]
        parts.append(_paragraph("facts", " · ".join(text(fact) for fact in dict.fromkeys(facts) if fact)))
        if article.advertorial:
            parts.append(_paragraph("facts", f"<strong>{text(_('ADVERTORIAL'))}</strong>"))
        parts.extend(_note(entry))
        if article.standfirst:
            parts.append(_paragraph("standfirst", text(article.standfirst)))
        if article.lead_image is not None:
            parts.append(self._lead(article.lead_image))
        parts.extend(self._body(article.blocks))
        if makers := byline(article):
            parts.append(_paragraph("byline", text(makers)))
        if article.related:
            items = "".join(f"<li>{self._anchor(item.url, item.title)}</li>" for item in article.related)
            parts.append(f'<p class="facts">{text(_("Related:"))}</p><ul class="related">{items}</ul>')
        parts.append(_paragraph("address", self._outward(headline.url)))
        return "\n".join(part for part in parts if part)

    def _lead(self, image: Image) -> str:
        return self._figure(image.url, caption_text(image.caption or "", image.credit or ""))

    def _figure(self, url: str | None, caption: str) -> str:
        source = self._picture(url) if url else None
        words = f"<figcaption>{text(caption)}</figcaption>" if caption else ""
        if source is not None:
            return f'<figure><img src="{source}" alt="{text(caption)}"/>{words}</figure>'
        return f"<figure>{words}</figure>" if words else ""

    def _body(self, blocks: Sequence[Block]) -> Iterator[str]:
        at = 0
        while at < len(blocks):
            end = at + 1
            if blocks[at].type is BlockType.LIST_ITEM:
                while end < len(blocks) and blocks[end].type is BlockType.LIST_ITEM:
                    end += 1
                yield self._list(blocks[at:end])
            else:
                yield self._block(blocks[at])
            at = end

    def _list(self, items: Sequence[Block]) -> str:
        """Give list items that follow each other; deeper ones become a list inside of the item before them."""
        kind = "ul" if items[0].ordinal is None else "ol"
        start = f' start="{items[0].ordinal}"' if items[0].ordinal not in (None, 1) else ""
        parts = [f"<{kind}{start}>"]
        at = 0
        while at < len(items):
            end = at + 1
            while end < len(items) and items[end].level > items[at].level:
                end += 1
            inner = self._list(items[at + 1 : end]) if end > at + 1 else ""
            parts.append(f"<li>{self._inline(items[at])}{inner}</li>")
            at = end
        return "".join(parts) + f"</{kind}>"

    def _block(self, block: Block) -> str:
        match block.type:
            case BlockType.HEADING:
                level = min(6, self._heading + max(1, (block.level or 2) - 1))
                return f"<h{level}>{self._inline(block)}</h{level}>"
            case BlockType.QUOTE:
                return f"<blockquote><p>{self._inline(block)}</p></blockquote>"
            case BlockType.IMAGE:
                return self._figure(block.url, block.text)
            case BlockType.TABLE:
                rows = ("".join(f"<td>{text(cell)}</td>" for cell in row) for row in block.rows if row)
                body = "".join(f"<tr>{row}</tr>" for row in rows)
                return f"<table><tbody>{body}</tbody></table>" if body else ""
            case BlockType.RELATED:
                return _paragraph("related", f"{text(_('Read also'))}: {self._anchor(block.url, block.text)}")
            case BlockType.EMBED:
                return _paragraph("facts", self._anchor(block.url, block.text or block.url or ""))
            case _:
                return _paragraph("", self._inline(block))

    def _inline(self, block: Block) -> str:
        return "".join(self._span(span) for span in block.spans) if block.spans else text(block.text)

    def _span(self, span: Span) -> str:
        shown = self._anchor(span.url, span.text) if span.url else text(span.text)
        if span.italic:
            shown = f"<em>{shown}</em>"
        return f"<strong>{shown}</strong>" if span.bold else shown

    def _anchor(self, url: str | None, words: str) -> str:
        inside = self._link(url) if url else None
        target = inside or address(url)
        return f'<a href="{escape(target)}">{text(words)}</a>' if target else text(words)

    def _outward(self, url: str) -> str:
        target = address(url)
        return f'<a href="{escape(target)}">{text(url)}</a>' if target else text(url)


def _paragraph(name: str, inner: str) -> str:
    start = f'<p class="{name}">' if name else "<p>"
    return f"{start}{inner}</p>" if inner else ""


def _note(entry: Entry) -> Iterator[str]:
    """Give what the reader wrote about the article."""
    if entry.bookmark is not None and (entry.bookmark.note or entry.bookmark.labels):
        labels = ", ".join(f"#{label}" for label in entry.bookmark.labels)
        lines = [_("Your note") + ": " + entry.bookmark.note if entry.bookmark.note else "", labels]
        yield f'<div class="note">{"".join(_paragraph("", text(line)) for line in lines)}</div>'
