"""Known layouts as data: the names that sites give to the parts of a page.

Each is a hint. A name never removes the text that most of the page consists of, and never makes a body of a page
whose text stands elsewhere: `region.py` weighs each hint against the density of the running text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

BODY: Final = re.compile(
    r"(?<![a-z])(?:article|artikel|news|berita|post|entry|story|single|content|konten|isi|read|detail|blog|node|field|text|"
    r"description|detik|itp|td-post|the|main)?[-_]*(?:__)?"
    r"(?:article-?_?body|articlebody|story-?_?body|storybody|post-?_?body|body-?_?content|entry-?_?content|post-?_?content|"
    r"article-?_?content|articlecontent|content-?_?article|story-?_?content|news-?_?content|single-?_?content|read-?__?content|"
    r"detail-?_?text|detail-?_?teks|detail-?_?konten|detail-?_?content|isi-?_?berita|isi-?_?artikel|isiberita|body-?_?text|"
    r"article-?_?text|news-?_?text|content-?_?detail|konten-?_?berita|side-article|txt-article|itp_bodycontent|"
    r"post-?_?entry|field-name-body|article-?_?detail|content-?_?text|text-?_?content)(?![a-z])"
)
"""Class or id names of an article's body."""

JUNK: Final = re.compile(
    r"(?<![a-z])(?:comments?|komentar|disqus\w*|fb-comments|respond|reply|related\w*|terkait|recommend\w*|rekomendasi|"
    r"popular\w*|populer|terpopuler|trending|most-?read|latest|terbaru|terkini|newest|sidebar\w*|side-?bar|widget\w*|"
    r"share\w*|sharing|social\w*|sosmed|bagikan|addthis\w*|sharedaddy|jp-relatedposts|follow\w*|subscri\w+|newsletter\w*|"
    r"signup|sign-up|login|register|promo\w*|advert\w*|ads|ad|iklan|banner\w*|sponsor\w*|outbrain|taboola|mgid|teads|"
    r"adsense|adsbygoogle|google-ad\w*|dfp\w*|breadcrumbs?|crumbs?|menu\w*|nav\w*|navigation|pagination|paging|pager|"
    r"footer\w*|foot|copyright|colophon|masthead|topbar|ticker|marquee|running-?text|tags?|tag-?list|tagcloud|"
    r"label-?list|post-?tags|keywords?|author-?box|author-?bio|about-?author|bio|cookie\w*|cli-\w+|consent|gdpr|modal|popup|"
    r"overlay|toolbar|tooltip|search\w*|form|rating|ratings|vote|poll|polling|reaksi|reactions?|emoji|baca-?juga|"
    r"bacajuga|lihat-?juga|read-?also|see-?also|more-?(?:stories|news|articles|from|on|like|in)|morefrom|next-?post|"
    r"prev-?post|post-?nav\w*|carousel|slider|(?<!overflow-)(?<!overflow-[xy]-)(?<!backface-)hidden|print-?only|noprint|no-print|skip-?link|screen-?reader\w*|sr-only|"
    r"visually-?hidden|visuallyhidden|feedback|disclaimer|toc|table-of-contents|jump-?links?|teaser\w*|trc_\w+|"
    r"recirc\w*|newsfeed|inline-?(?:promo|related|newsletter)|paywall|piano|barrier|linkbox|aside|infobox|"
    r"floating|sticky-?ad|video-?list|playlist|gallery-?thumbs|thumbs?|editors?-?picks?|pilihan|hot-?news|indeks|index-?news)"
    r"(?![a-z])"
)
"""Class or id names of what is never an article's text."""

META: Final = re.compile(
    r"(?<![a-z])(?:byline\w*|by-line|author\w*|penulis|reporter|dateline|date|tanggal|time|timestamp|posted-?on|"
    r"post-?meta|entry-?meta|meta|meta-?info|metadata|info|published|pub-?date|credits?|kicker|eyebrow|category|kategori|"
    r"article-?info|post-?info)(?![a-z])"
)
"""Class or id names of the lines about an article (who, when); they belong to it but not to its text."""

CAPTION: Final = re.compile(
    r"(?<![a-z])(?:caption\w*|wp-caption\w*|photo-?credit|image-?(?:credit|source|desc\w*)|foto-?(?:caption|desc\w*)|"
    r"pic-?caption|img-?caption|keterangan|ket(?:erangan)?[-_]?(?:foto|gambar|gb|img)|(?:foto|gambar|img|image)[-_]?(?:ket|cap|text|teks|info)|teks-?foto|desc-?foto|(?<!drop-)(?<!initial-)capt?(?!-)|figcaption|media-?caption\w*|detail__media-caption)(?![a-z])"
)
"""Class or id names of a picture's caption."""

STANDFIRST: Final = re.compile(
    r"(?<![a-z])(?:standfirst|sub-?head(?:line|ing)?|sub-?title|sub-?judul|deck|dek|sapo|sinopsis|synopsis|ringkasan|lead-?in|teras|strapline|intro|excerpt)(?![a-z])"
)
"""Class or id names of the line under a title that sums the article up."""

LEAD: Final = re.compile(r"(?<![a-z-])lead(?![a-z-])")
"""A name for such a line, or for the first paragraph."""

JUNK_TAGS: Final = frozenset("nav footer aside form menu dialog noscript amp-sidebar dir marquee".split())
"""Tags whose text is not an article's, unless most of the page stands in them."""

JUNK_ROLES: Final = frozenset("navigation complementary banner contentinfo search dialog menu alert".split())


@lru_cache(maxsize=4096)
def is_caption_name(marks: str) -> bool:
    """Whether a class or id says that this is a picture's caption."""
    return bool(CAPTION.search(marks.lower()))


@lru_cache(maxsize=4096)
def is_icon_name(marks: str) -> bool:
    """Whether a class says that an element's text is the name of a glyph in a font of icons."""
    return "material-icons" in marks or "material-symbols" in marks


@lru_cache(maxsize=4096)
def is_line_name(marks: str) -> bool:
    """Whether an inline element of this class is a line of its own: a caption, a title, what is shown as a block."""
    return is_caption_name(marks) or _LINE.search(marks.lower()) is not None


_LINE: Final = re.compile(
    r"(?<![a-z])(?:judul(?:[-_]?(?:berita|artikel|news|detail))?|jdl)(?![a-z-])|(?:^|\s)(?:d-)?block(?:\s|$)"
)
