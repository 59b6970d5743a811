"""The JSON that the commands print: a contract that other tools rely on (docs/json.md).

Pure functions from the model to plain dicts. Times are ISO 8601 with the offset they came with; null is unknown.
Keys are added, but never renamed or removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

from eksread.model.enums import BlockType
from eksread.model.lists import MATCH_END, MATCH_START
from eksread.model.news import Article, Feed, Listing, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from eksread.model.lists import Headline
    from eksread.model.news import Block, Comment, Parsed, Teaser
    from eksread.model.progress import Summary
    from eksread.model.stored import Bookmark, Hit, StoredArticle

Json: TypeAlias = Union[bool, int, float, str, "Sequence[Json]", "Mapping[str, Json]", None]


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


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
        form["spans"] = [
            {"text": span.text, "bold": span.bold, "italic": span.italic, "url": span.url}
            for span in block.spans
        ]
    return form


def _comment(comment: Comment) -> dict[str, Json]:
    return {
        "author": comment.author,
        "posted": _time(comment.posted),
        "text": comment.text,
        "depth": comment.depth,
    }


def article_json(article: Article) -> dict[str, Json]:
    """Give an article in the form of `eksread parse`."""
    image = article.lead_image
    return {
        "kind": "article",
        "url": article.url or None,
        "title": article.title,
        "published": _time(article.published),
        "published_source": article.published_source and str(article.published_source),
        "section": article.section,
        "place": article.place,
        "lead_image": {"url": image.url, "caption": image.caption, "credit": image.credit} if image else None,
        "standfirst": article.standfirst,
        "blocks": [_block(block) for block in article.blocks],
        "related": [{"title": link.title, "url": link.url} for link in article.related],
        "reporter": article.reporter,
        "editor": article.editor,
        "photographer": article.photographer,
        "source": article.credit_source,
        "advertorial": article.advertorial,
        "tags": list(article.tags),
        "reactions": [{"name": item.name, "percent": item.percent} for item in article.reactions],
        "comments": {
            "count": article.comments.count,
            "external": article.comments.external,
            "items": [_comment(comment) for comment in article.comments.items],
        },
        "next_page": article.next_page,
        "missing": list(article.missing),
        "provenance": {name: str(source) for name, source in article.provenance.items()},
    }


def _teaser(teaser: Teaser) -> dict[str, Json]:
    return {
        "title": teaser.title,
        "url": teaser.url,
        "published": _time(teaser.published),
        "published_source": teaser.published_source and str(teaser.published_source),
        "section": teaser.section,
        "summary": teaser.summary,
        "image": teaser.image,
        "rank": teaser.rank,
    }


def list_json(listing: Listing | Feed) -> dict[str, Json]:
    """Give a list or feed in the form of `eksread parse`."""
    form: dict[str, Json] = {
        "kind": "list",
        "url": listing.url or None,
        "title": listing.title,
        "items": [_teaser(item) for item in listing.items],
        "next": listing.next_url,
    }
    if isinstance(listing, Listing):
        form["sections"] = [{"name": link.name, "url": link.url} for link in listing.sections]
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
    return {
        "id": headline.id,
        "url": headline.url,
        "title": headline.title,
        "published": _time(headline.published),
        "published_source": headline.published_source and str(headline.published_source),
        "section": headline.section,
        "place": headline.place,
        "summary": headline.summary,
        "image": headline.image,
        "advertorial": headline.advertorial,
        "has_text": headline.has_text,
        "comment_count": headline.comment_count,
        "revisions": headline.revisions,
        "first_seen": _time(headline.first_seen),
        "read": headline.read,
        "saved": headline.saved,
        "gone": headline.gone,
    }


def stored_json(stored: StoredArticle) -> dict[str, Json]:
    """Give `eksread show`: the article's own fields, the reader's marks beside them."""
    marks = headline_json(stored.headline)
    extra = {
        name: marks[name]
        for name in ("id", "comment_count", "revisions", "first_seen", "read", "saved", "gone")
    }
    return article_json(stored.article) | extra | {"fetched_at": _time(stored.fetched_at)}


def hit_json(hit: Hit) -> dict[str, Json]:
    """Give a row of `eksread search`; the snippet's matches stand between ** and **."""
    return headline_json(hit.headline) | {
        "snippet": hit.snippet.replace(MATCH_START, "**").replace(MATCH_END, "**")
    }


def bookmark_json(bookmark: Bookmark) -> dict[str, Json]:
    """Give a row of `eksread bookmark list`."""
    return headline_json(bookmark.headline) | {
        "saved_at": _time(bookmark.saved_at),
        "note": bookmark.note,
        "labels": list(bookmark.labels),
    }


def summary_json(summary: Summary) -> dict[str, Json]:
    """Give the end of `eksread refresh`."""
    return {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "failed": summary.failed,
        "gone": summary.gone,
        "headlines": summary.headlines,
        "pages": summary.pages,
        "pictures": summary.pictures,
        "not_modified": summary.not_modified,
        "bytes": summary.bytes,
        "seconds": round(summary.seconds, 3),
        "stopped": summary.stopped,
        "failures": [
            {"url": failure.url, "code": failure.code, "message": failure.message}
            for failure in summary.failures
        ],
    }
