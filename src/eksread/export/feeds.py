"""Articles as an Atom feed (RFC 4287), and the portal's feeds as OPML 2.0."""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from eksread.export.xhtml import ArticleMarkup, address, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import BinaryIO

    from eksread.export.collection import Collection, Entry


def write_atom(collection: Collection, stream: BinaryIO) -> None:
    """Write a feed; an entry's moment is when it was saved, else when it was published or first seen."""
    markup = ArticleMarkup(heading=2, link=lambda _url: None, picture=address)
    stream.write(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">\n'
            f"<id>{collection.identifier}</id>\n<title>{text(collection.title)}</title>\n"
            f"<updated>{_moment(collection.made)}</updated>\n<generator>eksread</generator>\n"
        ).encode()
    )
    for entry in collection.entries():
        stream.write(_entry(entry, markup, urlsplit(collection.source).hostname or "-").encode())
    stream.write(b"</feed>\n")


def _entry(entry: Entry, markup: ArticleMarkup, portal: str) -> str:
    article, headline = entry.stored.article, entry.stored.headline
    published = article.published or headline.published or headline.first_seen
    updated = entry.bookmark.saved_at if entry.bookmark else published
    url = escape(address(headline.url) or headline.url)
    labels = entry.bookmark.labels if entry.bookmark else ()
    names = [*labels, *([entry.section] if entry.section else [])]
    return (
        f"<entry>\n<id>{url}</id>\n<title>{text(entry.title)}</title>\n"
        f'<link rel="alternate" href="{url}"/>\n<published>{_moment(published)}</published>\n'
        f"<updated>{_moment(updated)}</updated>\n"
        f"<author><name>{text(article.reporter or article.editor or article.credit_source or portal)}</name></author>\n"
        + "".join(f'<category term="{text(name)}"/>\n' for name in names)
        + (f"<summary>{text(headline.summary)}</summary>\n" if headline.summary else "")
        + f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">\n{markup.article(entry)}\n</div></content>\n'
        "</entry>\n"
    )


def write_opml(title: str, feeds: Sequence[tuple[str, str, str]], made: datetime, stream: BinaryIO) -> None:
    """Write an outline of feeds: (name, address of the feed, address of the portal)."""
    lines = "".join(
        f'<outline type="rss" text="{text(name)}" title="{text(name)}" xmlUrl="{escape(feed)}" htmlUrl="{escape(site)}"/>\n'
        for name, feed, site in feeds
    )
    created = made.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"<head><title>{text(title)}</title><dateCreated>{created}</dateCreated></head>\n<body>\n{lines}</body>\n</opml>\n"
    )
    stream.write(document.encode())


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
