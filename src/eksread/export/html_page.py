"""Articles as one HTML file that needs nothing else: pictures and style are inside, for a phone, a screen and paper."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from eksread.export.xhtml import ArticleMarkup, text
from eksread.formatting import absolute
from eksread.i18n import ngettext

if TYPE_CHECKING:
    from typing import BinaryIO

    from eksread.export.collection import Collection

STYLE: Final = """
:root { color-scheme: light dark; }
body { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif;
  color: #1c1b19; background: #fdfcf9; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 2rem 0 .5rem; }
header h1 { margin-top: 0; font-size: 1.5rem; }
article h2 { font-size: 1.75rem; }
article { border-top: 1px solid #ccc6b8; margin-top: 3rem; }
article:first-of-type { border-top: 0; margin-top: 0; }
a { color: #0b5a73; text-underline-offset: .15em; }
img { max-width: 100%; height: auto; display: block; }
figure { margin: 1.5rem 0; }
figcaption, .facts, .byline, .address, nav { font-size: .875rem; line-height: 1.45; color: #5c574c; }
.standfirst { font-size: 1.125rem; font-style: italic; }
.note { border-left: 3px solid #b8860b; padding-left: .75rem; margin: 1rem 0; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #ccc6b8; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-size: .9375rem; }
td { border: 1px solid #ccc6b8; padding: .25rem .5rem; vertical-align: top; }
nav ol { padding-left: 1.5rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e2d8; background: #191817; }
  a { color: #7cc4dc; }
  figcaption, .facts, .byline, .address, nav { color: #aaa498; }
}
@media print {
  body { max-width: none; padding: 0; color: #000; background: #fff; font-size: 11pt; }
  article { break-before: page; border: 0; margin: 0; }
  header + article { break-before: auto; }
  figure, table, blockquote { break-inside: avoid; }
  a { color: inherit; }
  nav { display: none; }
}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may load for the file: nothing from anywhere."""


def write_html(collection: Collection, stream: BinaryIO) -> None:
    """Write one HTML document in UTF-8, an article at a time."""
    held = collection.ids
    numbers = {headline.id: headline for headline in collection.headlines if headline.id in held}

    def link(url: str) -> str | None:
        number = collection.find(url)
        return f"#article-{number}" if number in numbers else None

    def picture(url: str) -> str | None:
        found = collection.picture(url)
        return f"data:image/jpeg;base64,{b64encode(found).decode()}" if found else None

    def write(part: str) -> None:
        stream.write(part.encode())

    single = len(numbers) == 1
    title = next(iter(numbers.values())).title if single else collection.title
    write(
        f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    if not single:
        count = ngettext("{n} article", "{n} articles", len(numbers)).format(n=len(numbers))
        write(
            f'<header>\n<h1>{text(title)}</h1>\n<p class="facts">{absolute(collection.made)} · {count}</p>\n'
        )
        items = (
            f'<li><a href="#article-{number}">{text(headline.title)}</a></li>\n'
            for number, headline in numbers.items()
        )
        write(f"<nav><ol>\n{''.join(items)}</ol></nav>\n</header>\n")
    markup = ArticleMarkup(heading=1 if single else 2, link=link, picture=picture)
    for entry in collection.entries():
        write(f'<article id="article-{entry.id}">\n{markup.article(entry)}\n</article>\n')
    write("</body>\n</html>\n")
