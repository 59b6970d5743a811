"""The JSON that the commands print: a contract that other tools rely on (docs/json.md).

Pure functions from the model to plain dicts. Times are ISO 8601: what a page says with the offset that it came with, what
eksread noted itself in WITA; null is unknown.
Keys are added, but never renamed or removed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from eksread.errors import CONTROLS
from eksread.model.enums import BlockType
from eksread.model.lists import MATCH_END, MATCH_START
from eksread.model.news import Article, Feed, Listing, Unknown
from eksread.portal import WITA

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from eksread.model.lists import Headline
    from eksread.model.news import Block, Parsed
    from eksread.model.progress import Summary
    from eksread.model.stored import Bookmark, Hit, StoredArticle

Json: TypeAlias = Union[bool, int, float, str, "Sequence[Json]", "Mapping[str, Json]", None]


NOTED: Final = frozenset({"first_seen", "fetched_at", "saved_at", "oldest", "newest", "reached"})
"""Moments of eksread's own clock; the store has them in UTC."""


def fields(item: object, names: str) -> dict[str, Json]:
    """Give the named fields of a value from the model, by their own names."""
    values = ((name, getattr(item, name)) for name in names.split())
    return {name: _plain(moment(value) if name in NOTED and value else value) for name, value in values}


def moment(value: datetime) -> str:
    """Give a moment that eksread noted."""
    return value.astimezone(WITA).isoformat(timespec="seconds")


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def _block(block: Block) -> dict[str, Json]:
    form: dict[str, Json] = {"type": str(block.type), "text": block.text}
    if block.url is not None:
        form["url"] = block.url
    if block.type is BlockType.HEADING:
        form["level"] = block.level
    if block.type is BlockType.LIST_ITEM:
        form["depth"] = block.level
        if block.ordinal is not None:
            form["ordinal"] = block.ordinal
    if block.rows:
        form["rows"] = [list(row) for row in block.rows]
    if any(span.bold or span.italic or span.url for span in block.spans):
        form["spans"] = [fields(span, "text bold italic url") for span in block.spans]
    return form


def article_json(article: Article) -> dict[str, Json]:
    """Give an article in the form of `eksread parse`."""
    image, comments = article.lead_image, article.comments
    names = "title published published_source section place standfirst reporter editor photographer"
    return {
        "kind": "article",
        "url": article.url or None,
        **fields(article, f"{names} advertorial tags next_page missing"),
        "lead_image": fields(image, "url caption credit") if image else None,
        "blocks": [_block(block) for block in article.blocks],
        "related": [fields(link, "title url") for link in article.related],
        "source": article.credit_source,
        "reactions": [fields(item, "name percent") for item in article.reactions],
        "comments": {
            **fields(comments, "count external"),
            "items": [fields(comment, "author posted text depth") for comment in comments.items],
        },
        "provenance": {name: str(source) for name, source in article.provenance.items()},
    }


TEASER: Final = "title url published published_source section summary image rank"
HEADLINE: Final = (
    "id url title published published_source section place summary image advertorial has_text comment_count"
    " revisions first_seen read saved gone"
)
MARKS: Final = "id comment_count revisions first_seen read saved gone"
SUMMARY: Final = "new changed unchanged failed gone headlines pages pictures not_modified bytes stopped wanted left reached reason"


def list_json(listing: Listing | Feed) -> dict[str, Json]:
    """Give a list or feed in the form of `eksread parse`."""
    form: dict[str, Json] = {
        "kind": "list",
        "url": listing.url or None,
        "title": listing.title,
        "items": [fields(item, TEASER) for item in listing.items],
        "next": listing.next_url,
    }
    if isinstance(listing, Listing):
        form["sections"] = [fields(link, "name url") for link in listing.sections]
        form["feeds"] = list(listing.feeds)
    return form


def parsed_json(parsed: Parsed) -> dict[str, Json]:
    """Give the result of `parse`."""
    if isinstance(parsed, Article):
        return article_json(parsed)
    if isinstance(parsed, Unknown):
        return {"kind": "unknown", "url": parsed.url or None, "title": parsed.title, "reason": parsed.reason}
    return list_json(parsed)


def headline_json(headline: Headline) -> dict[str, Json]:
    """Give a row of `eksread list`."""
    return fields(headline, HEADLINE)


def stored_json(stored: StoredArticle) -> dict[str, Json]:
    """Give `eksread show`: the article's own fields, the reader's marks beside them."""
    return article_json(stored.article) | fields(stored.headline, MARKS) | fields(stored, "fetched_at")


def hit_json(hit: Hit) -> dict[str, Json]:
    """Give a row of `eksread search`; the snippet's matches stand between ** and **."""
    return headline_json(hit.headline) | {
        "snippet": hit.snippet.replace(MATCH_START, "**").replace(MATCH_END, "**")
    }


def bookmark_json(bookmark: Bookmark) -> dict[str, Json]:
    """Give a row of `eksread bookmark list`."""
    return headline_json(bookmark.headline) | fields(bookmark, "saved_at note labels")


def summary_json(summary: Summary) -> dict[str, Json]:
    """Give the end of `eksread refresh`."""
    return fields(summary, SUMMARY) | {
        "seconds": round(summary.seconds, 3),
        "complete": summary.reason is None,
        "failures": [fields(failure, "url code message") for failure in summary.failures],
    }


def escaped(document: str) -> str:
    """Give the same JSON document with the control characters of its strings as escapes."""
    return CONTROLS.sub(_escape, document)


def _escape(match: re.Match[str]) -> str:
    """RFC 8259 §7: six characters for each UTF-16 unit."""
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
