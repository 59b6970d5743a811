"""The portal's pages and feed: a WordPress theme with metadata, nested comment lists, long articles split into parts.

The markup itself is in `theme.toml`.
"""

from __future__ import annotations

import json
import tomllib
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from eksread.demo import addresses, layout, markup
from eksread.demo.drawing import landscape
from eksread.demo.edition import EDITION_DAY, Article, Comment
from eksread.demo.layout import (
    ADVERT,
    COPYRIGHT,
    FOOTER,
    OUTLET,
    REACTIONS,
    SLOGANS,
    ArticleView,
    Frame,
    Layout,
    ListView,
    byline,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NEWEST = 20
"""Articles of the feed."""
_SPELLINGS: Mapping[str, Callable[[Any], str]] = {
    "": lambda value: escape(str(value)),
    "html": str,
    "compact": layout.compact,
    "iso": lambda moment: moment.isoformat(),
    "rfc822": format_datetime,
}


@cache
def _theme() -> Mapping[str, str]:
    return tomllib.loads(files("eksread.demo").joinpath("theme.toml").read_text("utf-8"))


class _Spelled(Formatter):
    """Fields are escaped where they don't say how they are spelled: `{title}`, `{article.published:compact}`."""

    def format_field(self, value: object, format_spec: str) -> str:
        return _SPELLINGS[format_spec](value)


def fill(piece: str, /, **values: object) -> str:
    """Give a piece of the theme with its fields filled in."""
    return _Spelled().vformat(_theme()[piece], (), values)


def _page(frame: Frame, title: str, head: str, body_class: str, main: str) -> str:
    edition = frame.edition
    return fill(
        "page",
        title=title,
        head=head,
        body_class=body_class,
        main=main,
        feed=frame.absolute(addresses.FEED),
        search=addresses.SEARCH,
        day=layout.masthead_date(EDITION_DAY),
        slogans="".join(fill("slogan", text=slogan) for slogan in SLOGANS),
        menu="".join(
            fill("menu_item", path=addresses.section(s.slug), name=s.name) for s in edition.sections
        ),
        popular="".join(fill("popular", path=addresses.article(a), article=a) for a in edition.popular),
        advert=ADVERT,
        copyright=COPYRIGHT,
        footer=" | ".join(fill("standing", slug=slug, name=name) for name, slug in FOOTER),
    )


def _article(view: ArticleView) -> str:
    frame, article = view.frame, view.article
    url = frame.absolute(addresses.article(article))
    tags = ", ".join(fill("tag", path=addresses.tag(tag), name=tag) for tag in article.tags)
    main = fill(
        "article",
        article=article,
        url=url,
        section=frame.section_name(article),
        section_path=addresses.section(article.section),
        updated=fill("updated", article=article) if article.updated else "",
        count=len(article.comments),
        thumbnail=_picture("thumbnail", article) if article.caption else "",
        content="\n".join(filter(None, (_block(view, block) for block in view.blocks))),
        parts=_parts(view),
        byline=byline(article, "&nbsp;&nbsp;&nbsp; "),
        tags=tags and f'<span class="tags-links">Tag: {tags}</span>',
        reactions="".join(
            fill("reaction", picture=addresses.reaction(name), name=name, share=share)
            for name, share in zip(REACTIONS, article.reactions, strict=True)
        ),
        comments=_comments(article, url),
    )
    return _page(frame, f"{article.title} - {OUTLET}", _head(frame, article, url), "single single-post", main)


def _picture(piece: str, article: Article) -> str:
    return fill(piece, article=article, path=addresses.article(article), picture=addresses.picture(article))


def _head(frame: Frame, article: Article, url: str) -> str:
    graph = news_article(frame, article)
    site = {"@type": "WebSite", "@id": f"{frame.base}/#website", "name": OUTLET, "url": frame.absolute("/")}
    meta = [
        ("og:locale", "id_ID"),
        ("og:type", "article"),
        ("og:title", article.title),
        ("og:description", article.summary),
        ("og:url", url),
        ("og:site_name", OUTLET),
        ("og:image", frame.absolute(addresses.picture(article)) if article.caption else ""),
        ("article:published_time", article.published.isoformat()),
        ("article:modified_time", article.updated.isoformat() if article.updated else ""),
        ("article:section", frame.section_name(article)),
        *(("article:tag", tag) for tag in article.tags),
    ]
    return fill(
        "head",
        article=article,
        url=url,
        meta="".join(fill("meta", name=name, value=value) for name, value in meta if value),
        data=script_json({"@context": "https://schema.org", "@graph": [graph, site]}),
    )


def news_article(frame: Frame, article: Article) -> dict[str, object]:
    """Give the `NewsArticle` node, without `@context`: layouts place it alone or in a graph."""
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
    """Give JSON that can stand inside a `<script>` element: no `<` may end it early."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _block(view: ArticleView, block: markup.Block) -> str:
    match block:
        case markup.Paragraph(text, dateline, tail):
            lead = fill("dateline", text=dateline) if dateline else ""
            gap = " " if text and tail else ""
            return fill("paragraph", lead=lead, text=markup.inline(text), gap=gap, tail=tail)
        case markup.Heading(text):
            return fill("heading", text=markup.inline(text))
        case markup.Quote(text):
            return fill("quote", text=markup.inline(text))
        case markup.Items(items):
            return fill("items", items=_cells("li", items))
        case markup.Table(rows):
            body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows[1:])
            return fill("table", head=_cells("th", rows[0]), body=body)
        case markup.Photo(name, caption):
            return fill("photo", picture=addresses.picture(view.article, name), caption=caption)
        case markup.Related(article_id):
            other = view.frame.edition.article(article_id)
            if other is None:
                return ""
            return fill("related", url=view.frame.absolute(addresses.article(other)), article=other)


def _cells(element: str, texts: tuple[str, ...]) -> str:
    return "".join(f"<{element}>{markup.inline(text)}</{element}>" for text in texts)


def _parts(view: ArticleView) -> str:
    if view.parts == 1:
        return ""
    numbers = " ".join(
        fill("current_part" if part == view.part else "part", number=part, path=view.part_address(part))
        for part in range(1, view.parts + 1)
    )
    onward = fill("next_part", path=view.part_address(view.part + 1)) if view.part < view.parts else ""
    return f'<div class="page-links">Halaman: {numbers}{onward}</div>\n'


def _comments(article: Article, url: str) -> str:
    if article.external_comments:
        return fill("facebook" if article.external_comments == "facebook" else "disqus", url=url)
    return fill("comments", count=len(article.comments), thread=_thread(article.comments, 0))


def _thread(comments: tuple[Comment, ...], depth: int) -> str:
    if not comments:
        return ""
    starts = [i for i, comment in enumerate(comments) if comment.depth == depth]
    items = "".join(
        fill(
            "comment",
            comment=comments[start],
            depth=depth + 1,
            answers=_thread(comments[start + 1 : end], depth + 1),
        )
        for start, end in zip(starts, [*starts[1:], len(comments)], strict=True)
    )
    return fill("thread", kind="children" if depth else "comment-list", items=items)


def _entries(frame: Frame, articles: tuple[Article, ...]) -> str:
    return "".join(
        fill(
            "entry",
            article=article,
            path=addresses.article(article),
            thumbnail=_picture("entry_thumbnail", article) if article.caption else "",
            section=frame.section_name(article),
            section_path=addresses.section(article.section),
        )
        for article in articles
    )


def _front(frame: Frame) -> str:
    lead, rest = (_entries(frame, frame.edition.articles[part]) for part in (slice(1), slice(1, 9)))
    main = fill("front", lead=lead, entries=rest, index=addresses.INDEX)
    return _page(frame, f"{OUTLET} - {SLOGANS[0].title()}", "", "home blog", main)


def _listing(view: ListView) -> str:
    steps = "".join(
        fill("current_step" if page == view.page else "step", page=page, path=_page_address(view, page))
        for page in range(1, view.pages + 1)
    )
    if view.page < view.pages:
        steps += fill("next_step", path=_page_address(view, view.page + 1))
    main = fill("listing", view=view, entries=_entries(view.frame, view.articles), steps=steps)
    head = fill("canonical", url=view.frame.absolute(_page_address(view, view.page)))
    return _page(view.frame, f"{view.title} - {OUTLET}", head, "archive category", main)


def _page_address(view: ListView, page: int) -> str:
    path, _, query = view.path.partition("?")
    step = f"/page/{page}/" if page > 1 else "/"
    return path + step + (f"?{query}" if query else "")


def _message(frame: Frame, title: str, text: str) -> str:
    return _page(frame, f"{title} - {OUTLET}", "", "page", fill("message", title=title, text=text))


def rss(frame: Frame) -> str:
    """Give the feed of the newest articles."""
    return fill(
        "feed",
        home=frame.absolute("/"),
        url=frame.absolute(addresses.FEED),
        changed=frame.edition.changed,
        items="".join(_item(frame, article) for article in frame.edition.articles[:_NEWEST]),
    )


def _item(frame: Frame, article: Article) -> str:
    path, size = addresses.picture(article), 0
    if article.caption:
        size = len(landscape(addresses.picture_seed(path)))
    return fill(
        "item",
        article=article,
        url=frame.absolute(addresses.article(article)),
        section=frame.section_name(article),
        author=fill("author", article=article) if article.reporter else "",
        enclosure=fill("enclosure", url=frame.absolute(path), size=size) if size else "",
    )


BLOG = Layout("blog", _front, _listing, _article, _message, words_per_part=350)
