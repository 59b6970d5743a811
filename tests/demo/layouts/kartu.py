"""Layout ``kartu``: the modern rebuild. Cards of nested ``div``, hashed class names, lazy pictures, relative times."""

from __future__ import annotations

from html import escape
from itertools import groupby

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
)
from tests.demo.layouts import dates

_BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_CSS = (
    "body{margin:0;font:16px/1.6 system-ui,sans-serif;color:#1b1b1b}.Wrap_w__3kQz{max-width:56rem;margin:auto;padding:1rem}"
    ".Nav_n__8fLp a{margin-right:1rem}.Card_c__x7Yq{display:flex;gap:1rem;margin:1rem 0}.Card_c__x7Yq img{width:160px}"
    ".Lead_l__Pq1z img,.Figure_f__m2Va img{width:100%}.Cmt_i__Zz9r[data-depth='1']{margin-left:2rem}"
)
_LAZY = "document.querySelectorAll('img[data-src]').forEach(function(i){i.src=i.dataset.src})"


def _page(frame: Frame, title: str, head: str, main: str) -> str:
    menu = "".join(
        f'<a href="{addresses.section(each.slug)}">{escape(each.name)}</a>' for each in frame.edition.sections
    )
    popular = "".join(
        f'<div class="Rank_r__0aTt"><span>{rank}</span><a href="{addresses.article(each)}">{escape(each.title)}</a></div>'
        for rank, each in enumerate(frame.edition.popular, 1)
    )
    slogans = "".join(f"<span>{escape(slogan)}</span> " for slogan in SLOGANS)
    footer = " ".join(f'<a href="/halaman/{slug}">{name}</a>' for name, slug in FOOTER)
    return f"""<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
{head}<link rel="alternate" type="application/rss+xml" href="{addresses.FEED}">
<style>{_CSS}</style></head>
<body><div id="__next"><div class="Wrap_w__3kQz">
<div class="Top_t__Uu4e"><div class="Today_d__1bXw">{layout.masthead_date(EDITION_DAY)}</div><div class="Ticker_k__9pQs">{slogans}</div>
<a class="Logo_g__Hj2k" href="/">{OUTLET}</a></div>
<div class="Nav_n__8fLp" role="navigation">{menu}<a href="{addresses.INDEX}">Indeks</a></div>
<div class="Ad_a__77Gh"><div>Advertisement</div><a href="/halaman/redaksi">{ADVERT}</a><div>Scroll untuk melanjutkan membaca</div></div>
<div role="main">
{main}
</div>
<div class="Pop_p__Lk8d"><div class="Pop_h__e4Rt">Terpopuler</div>{popular}</div>
<div class="Foot_f__2wSx">{footer}<div>&copy; 2026 {OUTLET}. {COPYRIGHT}</div></div>
</div></div><script>{_LAZY}</script></body></html>
"""


def _image(path: str, alt: str) -> str:
    return f'<img src="{_BLANK}" data-src="{path}" loading="lazy" alt="{escape(alt)}">'


def _ago(article: Article, frame: Frame) -> str:
    return f'<span class="Time_t__5vBn" title="{dates.printed(article.published)}">{dates.relative(article.published, frame.edition.now)}</span>'


def _article(view: ArticleView) -> str:
    frame, article = view.frame, view.article
    url = frame.absolute(addresses.article(article))
    picture = ""
    if article.caption:
        picture = (
            f'<figure class="Figure_f__m2Va">{_image(addresses.picture(article), article.title)}'
            f"<figcaption>{escape(article.caption)}</figcaption></figure>\n"
        )
    updated = f"<div>Diperbarui {dates.printed(article.updated)}</div>" if article.updated else ""
    tags = "".join(f'<a href="{escape(addresses.tag(tag))}">#{escape(tag)}</a> ' for tag in article.tags)
    main = f"""<div class="Crumb_b__6tYu"><a href="/">Beranda</a> / <a href="{addresses.section(article.section)}">{escape(frame.section_name(article))}</a></div>
<h1 class="Title_h__Qw3e">{escape(article.title)}</h1>
<div class="Meta_m__Rt5y"><div>{dates.printed(article.published)}</div>{updated}</div>
{_share(url)}
{picture}<h2 class="Title_s__Op0i">{escape(article.title)}</h2>
<div class="Body_b__Df7g">
{_text(view)}
</div>
<div class="By_y__Gh1j">{_credits(article)}</div>
<div class="Tags_t__Cv3b">{tags}</div>
{_reactions(article)}
{_comments(article, url)}"""
    return _page(frame, f"{article.title} - {OUTLET}", _head(frame, article, url), main)


def _head(frame: Frame, article: Article, url: str) -> str:
    meta = [
        ("og:type", "article"),
        ("og:title", article.title),
        ("og:description", article.summary),
        ("og:url", url),
        ("article:published_time", article.published.isoformat()),
        ("article:modified_time", article.modified.isoformat()),
        ("article:section", frame.section_name(article)),
    ]
    if article.caption:
        meta.append(("og:image", frame.absolute(addresses.picture(article))))
    return "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in meta if value)


def _text(view: ArticleView) -> str:
    html = []
    for related, group in groupby(view.blocks, key=lambda block: isinstance(block, markup.Related)):
        blocks = list(group)
        html += [_related(view, blocks)] if related else [_block(view, block) for block in blocks]
    return "\n".join(filter(None, html))


def _block(view: ArticleView, block: markup.Block) -> str:
    match block:
        case markup.Paragraph(text, dateline, tail):
            lead = f'<span class="Dateline_d__Yh6n">{escape(dateline)}</span> - ' if dateline else ""
            inner = f"<p>{lead}{markup.inline(text)}{' ' * bool(text and tail)}{escape(tail)}</p>"
        case markup.Heading(text):
            inner = f"<h3>{markup.inline(text)}</h3>"
        case markup.Quote(text):
            inner = f'<div class="Pull_q__Mn4b" role="blockquote"><q>{markup.inline(text)}</q></div>'
        case markup.Items(items):
            inner = "<ul>" + "".join(f"<li><div>{markup.inline(item)}</div></li>" for item in items) + "</ul>"
        case markup.Table(rows):
            body = "".join(
                "<tr>" + "".join(f"<td>{markup.inline(c)}</td>" for c in row) + "</tr>" for row in rows[1:]
            )
            head = "".join(f'<th scope="col">{markup.inline(cell)}</th>' for cell in rows[0])
            inner = f'<div class="Scroll_s__1qAz"><table><tbody><tr>{head}</tr>{body}</tbody></table></div>'
        case markup.Photo(name, caption):
            picture = _image(addresses.picture(view.article, name), caption)
            inner = (
                f'<figure class="Figure_f__m2Va">{picture}<figcaption>{escape(caption)}</figcaption></figure>'
            )
        case markup.Related():
            return ""  # _text has gathered these
    return f'<div data-component="block"><div class="Blk_k__Xs2w">{inner}</div></div>'


def _related(view: ArticleView, blocks: list[markup.Block]) -> str:
    others = [
        view.frame.edition.article(block.article_id) for block in blocks if isinstance(block, markup.Related)
    ]
    items = "".join(
        f'<li><a href="{addresses.article(each)}">{escape(each.title)}</a></li>' for each in others if each
    )
    return f'<div class="Rel_r__Ik8l"><h4>BACA JUGA</h4><ul>{items}</ul></div>' if items else ""


def _credits(article: Article) -> str:
    names = (("Reporter", article.reporter), ("Editor", article.editor))
    return "&emsp;".join(f"<span>{role} : {escape(name)}</span>" for role, name in names if name)


def _share(url: str) -> str:
    return (
        f'<div class="Share_s__Zx9c">Bagikan <a href="https://wa.me/?text={url}" aria-label="WhatsApp">WA</a> '
        f'<a href="https://t.me/share/url?url={url}" aria-label="Telegram">TG</a> <button type="button">Salin tautan</button></div>'
    )


def _reactions(article: Article) -> str:
    cells = "".join(
        f'<div class="React_c__Uy7t" title="{name}">{_image(addresses.reaction(name), name)}<b>{share}%</b></div>'
        for name, share in zip(REACTIONS, article.reactions, strict=True)
    )
    return f'<div class="React_r__Bn5m"><div>Apa Reaksi Anda ?</div>{cells}</div>'


def _comments(article: Article, url: str) -> str:
    if article.external_comments == "facebook":
        return f'<div class="Cmt_w__Jk3h"><div>Komentar</div><div class="fb-comments" data-href="{url}"></div></div>'
    if article.external_comments:
        return f'<div class="Cmt_w__Jk3h"><div>Komentar</div><div id="disqus_thread" data-url="{url}"></div></div>'
    items = "\n".join(_comment(comment) for comment in article.comments)
    return f'<div class="Cmt_w__Jk3h"><div>Komentar: {len(article.comments)}</div>\n{items}</div>'


def _comment(comment: Comment) -> str:
    return (
        f'<div class="Cmt_i__Zz9r" data-depth="{comment.depth}"><div class="Cmt_a__Ff1d">{escape(comment.author)}</div>'
        f'<div class="Cmt_d__Ss6a" title="{dates.printed(comment.when)}">{layout.compact(comment.when)}</div>'
        f'<div class="Cmt_x__Vv2g">{escape(comment.text)}</div><button type="button">Balas</button></div>'
    )


def _card(frame: Frame, article: Article, kind: str = "Card_c__x7Yq") -> str:
    url = addresses.article(article)
    picture = (
        f'<a href="{url}" tabindex="-1">{_image(addresses.picture(article), "")}</a>'
        if article.caption
        else ""
    )
    return f"""<div class="{kind}">{picture}<div class="Card_b__Nn8k"><div class="Card_k__Aa3s">{escape(frame.section_name(article))}</div>
<a class="Card_t__Ww5d" href="{url}">{escape(article.title)}</a><div class="Card_s__Ee7r">{escape(article.summary)}</div>
{_ago(article, frame)}</div></div>
"""


def _front(frame: Frame) -> str:
    lead = "".join(_card(frame, article, "Lead_l__Pq1z") for article in frame.edition.articles[:1])
    cards = "".join(_card(frame, article) for article in frame.edition.articles[1:9])
    main = (
        f'{lead}<div class="List_h__Tt4f">Terbaru</div>\n{cards}<a href="{addresses.INDEX}">Lihat semua</a>'
    )
    return _page(frame, OUTLET, "", main)


def _listing(view: ListView) -> str:
    more = ""
    if view.page < view.pages:
        onward = escape(f"{view.path}{'&' if '?' in view.path else '?'}page={view.page + 1}")
        more = f'<a class="More_m__Gg6h" rel="next" href="{onward}">Muat lebih banyak</a>'
    cards = "".join(_card(view.frame, article) for article in view.articles)
    main = f'<h1 class="List_h__Tt4f">{escape(view.title)}</h1>\n{cards}{more}'
    return _page(view.frame, f"{view.title} - {OUTLET}", "", main)


def _message(frame: Frame, title: str, text: str) -> str:
    main = f'<div class="Empty_e__Hh9j"><h1>{escape(title)}</h1><div>{escape(text)}</div><a href="/">Beranda</a></div>'
    return _page(frame, f"{title} - {OUTLET}", "", main)


KARTU = Layout("kartu", _front, _listing, _article, _message)
