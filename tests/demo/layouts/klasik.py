"""Layout ``klasik``: a hand-made CMS of the table age. No metadata, bare text parted by ``<br><br>``, split long reads."""

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
from tests.demo.layouts import dates

_CSS = (
    "body{font:13px Verdana,Arial,sans-serif;background:#e8e8e8}table.luar{background:#fff}"
    ".judul{font-size:22px;margin:4px 0}.tgl{color:#888;font-size:11px}.navi a{color:#fff;font-weight:bold}"
)


def _page(frame: Frame, title: str, heading: str, main: str) -> str:
    menu = " | ".join(
        f'<a href="{addresses.section(each.slug)}">{escape(each.name.upper())}</a>'
        for each in frame.edition.sections
    )
    popular = "".join(
        f'<tr><td valign="top">&raquo;</td><td><a href="{addresses.article(each)}">{escape(each.title)}</a></td></tr>\n'
        for each in frame.edition.popular
    )
    ticker = "".join(f"<li>{escape(slogan)}</li>" for slogan in SLOGANS)
    footer = " | ".join(f'<a href="/halaman/{slug}">{name}</a>' for name, slug in FOOTER)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(title)}</title>
<meta property="og:title" content="{escape(heading)}">
<style type="text/css">{_CSS}</style>
</head>
<body>
<center>
<table class="luar" width="980" cellpadding="0" cellspacing="0" border="0">
<tr><td colspan="2"><table width="100%"><tr>
<td width="160" class="tgl">{layout.masthead_date(EDITION_DAY)}</td>
<td><ul class="ticker">{ticker}</ul></td>
<td align="right"><form action="{addresses.SEARCH}"><input name="q" size="14"> <input type="submit" value="Cari"></form></td>
</tr></table></td></tr>
<tr><td colspan="2"><a href="/"><font size="6" color="#aa0000"><b>EKSPOS</b>KALTIM</font></a></td></tr>
<tr><td colspan="2" bgcolor="#aa0000" class="navi"><a href="/">HOME</a> | {menu} | <a href="{addresses.INDEX}">INDEKS</a></td></tr>
<tr><td valign="top" width="680">
{main}
</td><td valign="top" width="300">
<table width="100%" cellpadding="4"><tr><td bgcolor="#dddddd" colspan="2"><b>TERPOPULER</b></td></tr>
{popular}</table>
<br><center><font size="1">Iklan</font><br><a href="/halaman/redaksi">{ADVERT}</a></center>
</td></tr>
<tr><td colspan="2" align="center" class="tgl"><hr>{footer}<br>Copyright &copy; 2026 {OUTLET}. {COPYRIGHT}</td></tr>
</table>
</center>
</body>
</html>
"""


def _article(view: ArticleView) -> str:
    article = view.article
    end = _ending(view) if view.part == view.parts else ""
    main = f"""<table width="100%" cellpadding="6"><tr><td>
<font class="tgl"><a href="/">Home</a> &raquo; <a href="{addresses.section(article.section)}">{escape(view.frame.section_name(article))}</a></font>
<h1 class="judul">{escape(article.title)}</h1>
<font class="tgl">{dates.printed(article.published)}</font>
{_lead_picture(view)}<br>
{_text(view)}
{_parts(view)}{end}</td></tr></table>"""
    return _page(view.frame, f"{article.title} | {OUTLET}", article.title, main)


def _lead_picture(view: ArticleView) -> str:
    article = view.article
    if not article.caption or view.part > 1:
        return ""
    return f"""<table align="center" width="330" cellpadding="2"><tr><td><img src="{addresses.picture(article)}" width="320" border="0"></td></tr>
<tr><td><b>{escape(article.title)}</b></td></tr>
<tr><td bgcolor="#eeeeee"><font size="1">{escape(article.caption)}</font></td></tr></table>
"""


def _text(view: ArticleView) -> str:
    return "\n".join(filter(None, (_block(view, block) for block in view.blocks)))


def _block(view: ArticleView, block: markup.Block) -> str:
    match block:
        case markup.Paragraph(text, dateline, tail):
            lead = f"<b>{escape(dateline)} - </b>" if dateline else ""
            return f"{lead}{_inline(text)}{' ' * bool(text and tail)}{escape(tail)}<br><br>"
        case markup.Heading(text):
            return f"<b>{_inline(text)}</b><br><br>"
        case markup.Quote(text):
            return f'<table width="90%" align="center"><tr><td bgcolor="#f4f4e8"><i>{_inline(text)}</i></td></tr></table><br>'
        case markup.Items(items):
            return "".join(f"&bull; {_inline(item)}<br>\n" for item in items) + "<br>"
        case markup.Table(rows):
            body = "".join(
                "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
            )
            return f'<table border="1" cellpadding="3">\n{body}</table><br>'
        case markup.Photo(name, caption):
            source = addresses.picture(view.article, name)
            return f'<center><img src="{source}" width="320"><br><font size="1">{escape(caption)}</font></center><br>'
        case markup.Related(article_id):
            other = view.frame.edition.article(article_id)
            return (
                f'Baca juga: <a href="{addresses.article(other)}">{escape(other.title)}</a><br><br>'
                if other
                else ""
            )


def _inline(text: str) -> str:
    return markup.inline(text, bold="b", italic="i")


def _parts(view: ArticleView) -> str:
    if view.parts == 1:
        return ""
    numbers = " ".join(
        f"<b>{part}</b>" if part == view.part else f'<a href="{view.part_address(part)}">{part}</a>'
        for part in range(1, view.parts + 1)
    )
    onward = (
        ""
        if view.part == view.parts
        else f' <a href="{view.part_address(view.part + 1)}" rel="next">Selanjutnya &raquo;</a>'
    )
    return f"<center>Halaman {numbers}{onward}</center><br>\n"


def _ending(view: ArticleView) -> str:
    article = view.article
    url = view.frame.absolute(addresses.article(article))
    faces = "".join(f'<td><img src="{addresses.reaction(name)}" width="32"></td>' for name in REACTIONS)
    shares = "".join(f"<td>{share}%</td>" for share in article.reactions)
    return f"""<b>{byline(article, "&nbsp;&nbsp;&nbsp; ")}</b><br><br>
<font size="1">Bagikan: <a href="https://www.facebook.com/sharer.php?u={url}">Facebook</a> <a href="https://twitter.com/share?url={url}">Twitter</a></font>
<br><br><b>Apa Reaksi Anda ?</b>
<table cellpadding="6"><tr>{faces}</tr><tr align="center">{shares}</tr></table>
<br>
{_comments(article, url)}
"""


def _comments(article: Article, url: str) -> str:
    if article.external_comments == "facebook":
        return f'<b>Comments</b><br><div class="fb-comments" data-href="{url}" data-width="660">comments</div><br>Komentar: 0'
    if article.external_comments:
        return '<b>Komentar</b><br><div id="disqus_thread"></div><noscript>Komentar Disqus memerlukan JavaScript.</noscript>'
    rows = "".join(_comment(comment) for comment in article.comments)
    return f'<b>Komentar: {len(article.comments)}</b><table width="100%" cellpadding="4">\n{rows}</table>'


def _comment(comment: Comment) -> str:
    indent = f'<td width="{24 * comment.depth}">&nbsp;</td>' if comment.depth else ""
    return (
        f'<tr><td><table width="100%"><tr>{indent}<td bgcolor="#f6f6f6"><b>{escape(comment.author)}</b> '
        f'<font class="tgl">{dates.printed(comment.when)}</font><br>{escape(comment.text)} '
        '<a href="#balas">Balas</a></td></tr></table></td></tr>\n'
    )


def _row(article: Article) -> str:
    url = addresses.article(article)
    picture = (
        f'<a href="{url}"><img src="{addresses.picture(article)}" width="120" border="0"></a>'
        if article.caption
        else ""
    )
    return (
        f'<tr><td width="130" valign="top">{picture}</td><td valign="top"><font class="tgl">{dates.printed(article.published)}'
        f'</font><br><a href="{url}"><b>{escape(article.title)}</b></a><br>{escape(article.summary)} '
        f'<a href="{url}">Selengkapnya...</a></td></tr>\n'
    )


def _front(frame: Frame) -> str:
    lead = "".join(
        f'<a href="{addresses.article(each)}"><img src="{addresses.picture(each)}" width="320" border="0"><br>'
        f'<font size="5"><b>{escape(each.title)}</b></font></a><br>{escape(each.summary)}<br><hr>\n'
        for each in frame.edition.articles[:1]
    )
    rows = "".join(_row(article) for article in frame.edition.articles[1:9])
    main = (
        f'{lead}<b>BERITA TERBARU</b>\n<table width="100%" cellpadding="4">\n{rows}</table>\n'
        f'<div align="right"><a href="{addresses.INDEX}">Indeks berita &raquo;</a></div>'
    )
    return _page(frame, f"{OUTLET} - {SLOGANS[0]}", OUTLET, main)


def _listing(view: ListView) -> str:
    def step(page: int, label: str) -> str:
        mark = "&" if "?" in view.path else "?"
        return f'<a href="{escape(view.path + mark)}page={page}">{label}</a>'

    back = step(view.page - 1, "&laquo; Sebelumnya") if view.page > 1 else ""
    onward = step(view.page + 1, "Selanjutnya &raquo;") if view.page < view.pages else ""
    rows = "".join(_row(article) for article in view.articles)
    main = (
        f'<h2>{escape(view.title)}</h2>\n<table width="100%" cellpadding="4">\n{rows}</table>\n'
        f"<center>{back} Halaman {view.page} dari {view.pages} {onward}</center>"
    )
    return _page(view.frame, f"{view.title} | {OUTLET}", view.title, main)


def _message(frame: Frame, title: str, text: str) -> str:
    main = f'<br><center><font size="5">{escape(title)}</font><br><br>{escape(text)}</center><br>'
    return _page(frame, f"{title} | {OUTLET}", title, main)


KLASIK = Layout("klasik", _front, _listing, _article, _message, words_per_part=350)
