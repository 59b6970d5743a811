"""Structured data about an article (schema.org), for the layouts that carry any."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eksread.demo import addresses
from eksread.demo.layouts.base import OUTLET

if TYPE_CHECKING:
    from eksread.demo.edition import Article
    from eksread.demo.layouts.base import Frame


def news_article(frame: Frame, article: Article) -> dict[str, object]:
    """Give the ``NewsArticle`` node, without ``@context``: layouts place it alone or in a graph."""
    url = frame.absolute(addresses.article(article))
    node: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published.isoformat(),
        "dateModified": article.modified.isoformat(),
        "articleSection": [frame.section_name(article)],
        "keywords": list(article.tags),
        "inLanguage": "id",
        "mainEntityOfPage": url,
        "commentCount": len(article.comments),
        "publisher": {"@type": "NewsMediaOrganization", "name": OUTLET, "url": frame.absolute("/")},
    }
    if article.reporter:
        node["author"] = {"@type": "Person", "name": article.reporter}
    if article.caption:
        picture = frame.absolute(addresses.picture(article))
        node["image"] = {"@type": "ImageObject", "url": picture, "caption": article.caption}
    return node


def script_json(value: object) -> str:
    """Give JSON that can stand inside a ``<script>`` element: no ``<`` may end it early."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
