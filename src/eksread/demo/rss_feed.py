"""The portal's RSS 2.0 feed."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from eksread.demo import addresses
from eksread.demo.drawing import landscape
from eksread.demo.layout import OUTLET

if TYPE_CHECKING:
    from eksread.demo.edition import Article
    from eksread.demo.layout import Frame

_NEWEST = 20


def rss(frame: Frame) -> str:
    """Give the feed of the newest articles; dates are RFC 822 with `+0800`, as the portal's clock has it."""
    items = "".join(_item(frame, article) for article in frame.edition.articles[:_NEWEST])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{OUTLET}</title>
<link>{frame.absolute("/")}</link>
<description>Mengekspos Kalimantan &amp; Timur Indonesia</description>
<language>id</language>
<lastBuildDate>{format_datetime(frame.edition.changed)}</lastBuildDate>
<atom:link href="{frame.absolute(addresses.FEED)}" rel="self" type="application/rss+xml"/>
{items}</channel>
</rss>
"""


def _item(frame: Frame, article: Article) -> str:
    url = frame.absolute(addresses.article(article))
    author = (
        f"<author>redaksi@eksposkaltim.invalid ({escape(article.reporter)})</author>\n"
        if article.reporter
        else ""
    )
    enclosure = ""
    if article.caption:
        path = addresses.picture(article)
        size = len(landscape(addresses.picture_seed(path)))
        enclosure = f'<enclosure url="{frame.absolute(path)}" length="{size}" type="image/png"/>\n'
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{url}</link>
<guid isPermaLink="true">{url}</guid>
<pubDate>{format_datetime(article.published)}</pubDate>
<category>{escape(frame.section_name(article))}</category>
{author}<description>{escape(article.summary)}</description>
{enclosure}</item>
"""
