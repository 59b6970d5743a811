"""The portal's pages: a WordPress theme with metadata, nested comment lists, long articles split into parts."""

from __future__ import annotations

import json
from html import escape

from eksread.demo import addresses, markup, printed_dates
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
    MessageView,
    byline,
)

_CSS = (
    "body{font:17px/1.6 Georgia,serif;max-width:60rem;margin:auto;padding:0 1rem;color:#222}"
    "nav a,.sharedaddy a,.tags-links a{margin-right:.8rem}img{max-width:100%;height:auto}"
    ".site-description{color:#777}.hentry{border-bottom:1px solid #ddd;padding-bottom:1rem}.children{margin-left:2rem}"
)


def _page(frame: Frame, title: str, head: str, body_class: str, main: str) -> str:
    menu = "".join(
        f'<li class="menu-item"><a href="{addresses.section(s.slug)}">{escape(s.name)}</a></li>'
        for s in frame.edition.sections
    )
    popular = "".join(
        f'<li><a href="{addresses.article(a)}">{escape(a.title)}</a></li>' for a in frame.edition.popular
    )
    footer = " | ".join(f'<a href="/halaman/{slug}/">{name}</a>' for name, slug in FOOTER)
    slogans = "".join(f"<li>{escape(slogan)}</li>" for slogan in SLOGANS)
    return f"""<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{head}<link rel="alternate" type="application/rss+xml" title="{OUTLET} &raquo; Umpan" href="{frame.absolute(addresses.FEED)}">
<meta name="generator" content="WordPress 6.4.3">
<style>{_CSS}</style>
</head>
<body class="{body_class}">
<a class="skip-link screen-reader-text" href="#content">Langsung ke konten</a>
<header id="masthead" class="site-header">
<div class="top-bar"><span class="current-date">{printed_dates.masthead_date(EDITION_DAY)}</span>
<ul class="newsticker">{slogans}</ul></div>
<p class="site-title"><a href="/" rel="home">{OUTLET}</a></p>
<p class="site-description">Mengekspos Kalimantan &amp; Timur Indonesia</p>
<nav id="site-navigation" class="main-navigation"><ul class="menu"><li class="menu-item"><a href="/">Beranda</a></li>{menu}</ul></nav>
<form role="search" class="search-form" action="{addresses.SEARCH}"><input type="search" name="q" placeholder="Cari &hellip;"></form>
</header>
<div id="content" class="site-content">
<main id="main" class="site-main">
{main}
</main>
<aside id="secondary" class="widget-area">
<section class="widget widget_ads"><p>Advertisement</p><a href="/halaman/redaksi/" rel="nofollow sponsored">{ADVERT}</a></section>
<section class="widget widget_popular_posts"><h2 class="widget-title">Terpopuler</h2><ol>{popular}</ol></section>
</aside>
</div>
<footer id="colophon" class="site-footer"><div class="site-info">&copy; 2026 {OUTLET}. {COPYRIGHT} {footer}</div></footer>
</body>
</html>
"""


def _article(view: ArticleView) -> str:
    frame, article = view.frame, view.article
    url = frame.absolute(addresses.article(article))
    main = f"""<article id="post-{article.id}" class="post-{article.id} post type-post status-publish format-standard has-post-thumbnail hentry category-{article.section}">
<header class="entry-header">
<span class="cat-links"><a href="{addresses.section(article.section)}" rel="category tag">{escape(frame.section_name(article))}</a></span>
<h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on">Diterbitkan <time class="entry-date published" datetime="{article.published.isoformat()}">{printed_dates.compact(article.published)}</time>{_updated(article)}</span>
<span class="comments-link"><a href="#comments">Komentar: {len(article.comments)}</a></span></div>
</header>
{_share(article, url)}
{_thumbnail(article)}<div class="entry-content">
{_content(view)}
{_parts(view)}<p class="byline">{byline(article, "&nbsp;&nbsp;&nbsp; ")}</p>
</div>
<footer class="entry-footer">{_tags(article)}</footer>
{_reactions(article)}
</article>
{_comments(article, url)}"""
    return _page(frame, f"{article.title} - {OUTLET}", _head(frame, article, url), "single single-post", main)


def _head(frame: Frame, article: Article, url: str) -> str:
    picture = frame.absolute(addresses.picture(article)) if article.caption else ""
    graph = news_article(frame, article)
    site = {"@type": "WebSite", "@id": f"{frame.base}/#website", "name": OUTLET, "url": frame.absolute("/")}
    meta = [
        ("og:locale", "id_ID"),
        ("og:type", "article"),
        ("og:title", article.title),
        ("og:description", article.summary),
        ("og:url", url),
        ("og:site_name", OUTLET),
        ("og:image", picture),
        ("article:published_time", article.published.isoformat()),
        ("article:modified_time", article.updated.isoformat() if article.updated else ""),
        ("article:section", frame.section_name(article)),
        *(("article:tag", tag) for tag in article.tags),
    ]
    tags = "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in meta if value)
    data = script_json({"@context": "https://schema.org", "@graph": [graph, site]})
    return (
        f'<meta name="description" content="{escape(article.summary)}">\n<link rel="canonical" href="{url}">\n{tags}'
        f'<script type="application/ld+json" class="yoast-schema-graph">{data}</script>\n'
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


def _content(view: ArticleView) -> str:
    return "\n".join(filter(None, (_block(view, block) for block in view.blocks)))


def _block(view: ArticleView, block: markup.Block) -> str:
    match block:
        case markup.Paragraph(text, dateline, tail):
            lead = f"<strong>{escape(dateline)}</strong> - " if dateline else ""
            return f"<p>{lead}{markup.inline(text)}{' ' * bool(text and tail)}{escape(tail)}</p>"
        case markup.Heading(text):
            return f'<h2 class="wp-block-heading">{markup.inline(text)}</h2>'
        case markup.Quote(text):
            return f'<blockquote class="wp-block-quote"><p>{markup.inline(text)}</p></blockquote>'
        case markup.Items(items):
            return (
                '<ul class="wp-block-list">'
                + "".join(f"<li>{markup.inline(item)}</li>" for item in items)
                + "</ul>"
            )
        case markup.Table(rows):
            head = "".join(f"<th>{markup.inline(cell)}</th>" for cell in rows[0])
            body = "".join(
                "<tr>" + "".join(f"<td>{markup.inline(c)}</td>" for c in row) + "</tr>" for row in rows[1:]
            )
            return f'<figure class="wp-block-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></figure>'
        case markup.Photo(name, caption):
            return (
                f'<figure class="wp-block-image size-large"><img src="{addresses.picture(view.article, name)}" width="320" '
                f'height="180" alt=""><figcaption class="wp-element-caption">{escape(caption)}</figcaption></figure>'
            )
        case markup.Related(article_id):
            return _related(view, article_id)


def _parts(view: ArticleView) -> str:
    if view.parts == 1:
        return ""
    numbers = " ".join(
        f'<span class="post-page-numbers current" aria-current="page">{part}</span>'
        if part == view.part
        else f'<a class="post-page-numbers" href="{view.part_address(part)}">{part}</a>'
        for part in range(1, view.parts + 1)
    )
    following = view.part + 1
    onward = (
        f' <a href="{view.part_address(following)}" rel="next">Berikutnya</a>'
        if following <= view.parts
        else ""
    )
    return f'<div class="page-links">Halaman: {numbers}{onward}</div>\n'


def _related(view: ArticleView, article_id: int) -> str:
    other = view.frame.edition.article(article_id)
    if other is None:
        return ""
    link = f'<a href="{view.frame.absolute(addresses.article(other))}">{escape(other.title)}</a>'
    return f"<p><strong>Baca Juga :</strong> <strong>{link}</strong></p>"


def _updated(article: Article) -> str:
    if article.updated is None:
        return ""
    stamp = article.updated
    return f' | Diperbarui <time class="updated" datetime="{stamp.isoformat()}">{printed_dates.compact(stamp)}</time>'


def _thumbnail(article: Article) -> str:
    if not article.caption:
        return ""
    return (
        f'<figure class="post-thumbnail"><img class="wp-post-image" src="{addresses.picture(article)}" width="320" height="180" '
        f'alt="{escape(article.title)}"><figcaption class="wp-caption-text">{escape(article.caption)}</figcaption></figure>\n'
    )


def _tags(article: Article) -> str:
    if not article.tags:
        return ""
    tags = ", ".join(
        f'<a href="{escape(addresses.tag(tag))}" rel="tag">{escape(tag)}</a>' for tag in article.tags
    )
    return f'<span class="tags-links">Tag: {tags}</span>'


def _share(article: Article, url: str) -> str:
    return (
        '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Bagikan ini:</h3><ul>'
        f'<li><a class="share-facebook" href="https://www.facebook.com/sharer.php?u={url}">Facebook</a></li>'
        f'<li><a class="share-x" href="https://x.com/intent/post?url={url}">X</a></li>'
        f'<li><a class="share-whatsapp" href="https://api.whatsapp.com/send?text={url}">WhatsApp</a></li></ul></div>'
    )


def _reactions(article: Article) -> str:
    cells = "".join(
        f'<li><img src="{addresses.reaction(name)}" alt="{name}" width="32" height="32"><span>{share}%</span></li>'
        for name, share in zip(REACTIONS, article.reactions, strict=True)
    )
    return f'<div class="reactions"><h3>Apa Reaksi Anda ?</h3><ul>{cells}</ul></div>'


def _comments(article: Article, url: str) -> str:
    if article.external_comments == "facebook":
        box = f'<h3>Comments</h3><div class="fb-comments" data-href="{url}" data-numposts="5">comments</div>'
    elif article.external_comments:
        box = '<div id="disqus_thread"></div><noscript>Aktifkan JavaScript untuk melihat komentar Disqus.</noscript>'
    else:
        box = (
            f'<h2 class="comments-title">Komentar: {len(article.comments)}</h2>\n{_thread(article.comments, 0)}'
            '<div id="respond" class="comment-respond"><h3 class="comment-reply-title">Tinggalkan komentar</h3>'
            "<p>Alamat email Anda tidak akan dipublikasikan.</p></div>"
        )
    return f'<section id="comments" class="comments-area">{box}</section>'


def _thread(comments: tuple[Comment, ...], depth: int) -> str:
    if not comments:
        return ""
    starts = [i for i, comment in enumerate(comments) if comment.depth == depth]
    items = []
    for start, end in zip(starts, [*starts[1:], len(comments)], strict=True):
        comment = comments[start]
        items.append(f"""<li class="comment depth-{depth + 1}"><article class="comment-body">
<footer class="comment-meta"><cite class="fn">{escape(comment.author)}</cite> <span class="says">berkata:</span>
<time datetime="{comment.when.isoformat()}">{printed_dates.compact(comment.when)}</time></footer>
<div class="comment-content"><p>{escape(comment.text)}</p></div>
<div class="reply"><a rel="nofollow" class="comment-reply-link" href="#respond">Balas</a></div></article>
{_thread(comments[start + 1 : end], depth + 1)}</li>""")
    kind = "children" if depth else "comment-list"
    return f'<ol class="{kind}">{"".join(items)}</ol>\n'


def _entry(frame: Frame, article: Article) -> str:
    url = addresses.article(article)
    thumb = (
        f'<a href="{url}"><img class="wp-post-image" src="{addresses.picture(article)}" alt=""></a>'
        if article.caption
        else ""
    )
    return f"""<article id="post-{article.id}" class="post type-post hentry category-{article.section}">
{thumb}<h2 class="entry-title"><a href="{url}" rel="bookmark">{escape(article.title)}</a></h2>
<div class="entry-meta"><a href="{addresses.section(article.section)}" rel="category tag">{escape(frame.section_name(article))}</a>
<time class="entry-date published" datetime="{article.published.isoformat()}">{printed_dates.compact(article.published)}</time></div>
<div class="entry-summary"><p>{escape(article.summary)} <a class="more-link" href="{url}">Selengkapnya</a></p></div>
</article>
"""


def _front(frame: Frame) -> str:
    lead, rest = frame.edition.articles[:1], frame.edition.articles[1:9]
    main = (
        f'<h1 class="screen-reader-text">{OUTLET}</h1>\n<section class="featured">{"".join(_entry(frame, article) for article in lead)}</section>\n'
        f'<h2 class="page-title">Berita Terbaru</h2>\n{"".join(_entry(frame, article) for article in rest)}'
        f'<nav class="navigation posts-navigation"><a href="{addresses.INDEX}/">Indeks berita</a></nav>'
    )
    return _page(frame, f"{OUTLET} - {SLOGANS[0].title()}", "", "home blog", main)


def _listing(view: ListView) -> str:
    head = f'<link rel="canonical" href="{view.frame.absolute(escape(_page_address(view, view.page)))}">\n'
    steps = "".join(
        f'<span aria-current="page" class="page-numbers current">{page}</span> '
        if page == view.page
        else f'<a class="page-numbers" href="{escape(_page_address(view, page))}">{page}</a> '
        for page in range(1, view.pages + 1)
    )
    if view.page < view.pages:
        steps += f'<a class="next page-numbers" href="{escape(_page_address(view, view.page + 1))}">Berikutnya &raquo;</a>'
    main = (
        f'<header class="page-header"><h1 class="page-title">{escape(view.title)}</h1></header>\n'
        f"{''.join(_entry(view.frame, article) for article in view.articles)}"
        f'<nav class="navigation pagination"><div class="nav-links">{steps}</div></nav>'
    )
    return _page(view.frame, f"{view.title} - {OUTLET}", head, "archive category", main)


def _page_address(view: ListView, page: int) -> str:
    path, _, query = view.path.partition("?")
    step = f"/page/{page}/" if page > 1 else "/"
    return path + step + (f"?{query}" if query else "")


def _message(view: MessageView) -> str:
    main = f'<section class="not-found"><h1 class="page-title">{escape(view.title)}</h1><p>{escape(view.text)}</p></section>'
    return _page(view.frame, f"{view.title} - {OUTLET}", "", "page", main)


BLOG = Layout("blog", _front, _listing, _article, _message, words_per_part=350)
