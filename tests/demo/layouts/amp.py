"""Layout ``amp``: the pages made for phones. ``amp-img``, JSON-LD alone for metadata, one flat list of comments."""

from __future__ import annotations

from html import escape

from eksread.demo import addresses, layout, markup
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
from eksread.demo.templates import news_article, script_json

_CSS = "body{font:16px/1.6 Roboto,sans-serif;margin:0 1rem}.ad{background:#eee;text-align:center}"


def _page(frame: Frame, title: str, head: str, main: str) -> str:
    menu = "".join(
        f'<li><a href="{addresses.section(each.slug)}">{escape(each.name)}</a></li>'
        for each in frame.edition.sections
    )
    popular = "".join(
        f'<li><a href="{addresses.article(each)}">{escape(each.title)}</a></li>'
        for each in frame.edition.popular
    )
    footer = "".join(f'<li><a href="/halaman/{slug}">{name}</a></li>' for name, slug in FOOTER)
    slogans = "".join(f"<div>{escape(slogan)}</div>" for slogan in SLOGANS)
    return f"""<!doctype html>
<html amp lang="id">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width">
{head}<style amp-custom>{_CSS}</style>
</head>
<body>
<header><a href="/">{OUTLET}</a> <small>{layout.masthead_date(EDITION_DAY)}</small>
<amp-carousel height="24" layout="fixed-height" type="slides" autoplay>{slogans}</amp-carousel></header>
<amp-sidebar id="menu" layout="nodisplay"><ul>{menu}<li><a href="{addresses.INDEX}">Indeks</a></li></ul></amp-sidebar>
{main}
<aside class="ad">ADVERTISEMENT<br><a href="/halaman/redaksi">{ADVERT}</a></aside>
<aside><h3>Terpopuler</h3><ol>{popular}</ol></aside>
<footer><ul>{footer}</ul><small>&copy; 2026 {OUTLET}. {COPYRIGHT}</small></footer>
</body>
</html>
"""


def _image(path: str, alt: str, width: int = 320, height: int = 180) -> str:
    return f'<amp-img src="{path}" width="{width}" height="{height}" layout="responsive" alt="{escape(alt)}"></amp-img>'


def _article(view: ArticleView) -> str:
    frame, article = view.frame, view.article
    url = frame.absolute(addresses.article(article))
    node = {"@context": "https://schema.org"} | news_article(frame, article)
    head = (
        f'<link rel="canonical" href="{url}">\n'
        f'<script type="application/ld+json">{script_json([node])}</script>\n'
    )
    picture = ""
    if article.caption:
        picture = f"<figure>{_image(addresses.picture(article), article.title)}<figcaption>{escape(article.caption)}</figcaption></figure>\n"
    main = f"""<main>
<h1>{escape(article.title)}</h1>
{picture}<amp-social-share type="whatsapp" data-param-text="{escape(article.title)}"></amp-social-share>
<section class="amp-content">
{_text(view)}
<p>{byline(article, "&#160;&#160;&#160;&#160;")}</p>
</section>
{_reactions(article)}
{_comments(article, url)}
</main>"""
    return _page(frame, f"{article.title} - {OUTLET}", head, main)


def _text(view: ArticleView) -> str:
    return "\n".join(filter(None, (_block(view, block) for block in view.blocks)))


def _block(view: ArticleView, block: markup.Block) -> str:
    match block:
        case markup.Paragraph(text, dateline, tail):
            lead = f"<b>{escape(dateline)}</b> - " if dateline else ""
            return f"<p>{lead}{markup.inline(text)}{' ' * bool(text and tail)}{escape(tail)}</p>"
        case markup.Heading(text):
            return f"<h3>{markup.inline(text)}</h3>"
        case markup.Quote(text):
            return f"<blockquote>{markup.inline(text)}</blockquote>"
        case markup.Items(items):
            return "<ul>" + "".join(f"<li>{markup.inline(item)}</li>" for item in items) + "</ul>"
        case markup.Table(rows):
            body = "".join(
                "<tr>" + "".join(f"<td>{markup.inline(c)}</td>" for c in row) + "</tr>" for row in rows
            )
            return f"<table>{body}</table>"
        case markup.Photo(name, caption):
            picture = _image(addresses.picture(view.article, name), caption)
            return f"<figure>{picture}<figcaption>{escape(caption)}</figcaption></figure>"
        case markup.Related(article_id):
            other = view.frame.edition.article(article_id)
            return (
                f'<p>Baca: <a href="{addresses.article(other)}">{escape(other.title)}</a></p>'
                if other
                else ""
            )


def _reactions(article: Article) -> str:
    cells = "".join(
        f"<span>{_image(addresses.reaction(name), name, 32, 32)}{share}%</span>"
        for name, share in zip(REACTIONS, article.reactions, strict=True)
    )
    return f"<section><h4>Apa Reaksi Anda ?</h4>{cells}</section>"


def _comments(article: Article, url: str) -> str:
    if article.external_comments:
        return f'<section><h4>Komentar</h4><a href="{url}#komentar">Lihat komentar di {article.external_comments.title()}</a></section>'
    items = []
    thread: list[Comment] = []
    for comment in article.comments:
        del thread[comment.depth :]
        items.append(_comment(comment, thread[-1].author if thread else ""))
        thread.append(comment)
    return f"<section><h4>Komentar: {len(article.comments)}</h4><ul>{''.join(items)}</ul></section>"


def _comment(comment: Comment, parent: str) -> str:
    answer = f"<i>membalas @{escape(parent)}</i> " if parent else ""
    stamp = f'<time datetime="{comment.when.isoformat()}">{layout.compact(comment.when)}</time>'
    return f"<li><b>{escape(comment.author)}</b> {answer}{stamp}<p>{escape(comment.text)}</p></li>\n"


def _entry(article: Article) -> str:
    stamp = f'<time datetime="{article.published.isoformat()}">{layout.compact(article.published)}</time>'
    picture = _image(addresses.picture(article), "") if article.caption else ""
    return f'<li>{picture}<a href="{addresses.article(article)}">{escape(article.title)}</a> {stamp}</li>\n'


def _front(frame: Frame) -> str:
    items = "".join(_entry(article) for article in frame.edition.articles[:9])
    main = f'<main><h2>Berita terbaru</h2><ul>{items}</ul><a href="{addresses.INDEX}">Selengkapnya</a></main>'
    return _page(frame, OUTLET, "", main)


def _listing(view: ListView) -> str:
    mark = "&" if "?" in view.path else "?"
    onward = ""
    if view.page < view.pages:
        onward = f'<a rel="next" href="{escape(f"{view.path}{mark}page={view.page + 1}")}">Berikutnya</a>'
    items = "".join(_entry(article) for article in view.articles)
    main = f"<main><h1>{escape(view.title)}</h1><ul>{items}</ul>{onward}</main>"
    return _page(view.frame, f"{view.title} - {OUTLET}", "", main)


def _message(frame: Frame, title: str, text: str) -> str:
    main = f"<main><h1>{escape(title)}</h1><p>{escape(text)}</p></main>"
    return _page(frame, f"{title} - {OUTLET}", "", main)


AMP = Layout("amp", _front, _listing, _article, _message)
