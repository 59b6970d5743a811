"""THE table of names that mean something: tags, and what sites call the parts of a page in `class` and `id`.

Each name is a hint. A name never removes the text that most of the page consists of, and never makes a body of a page
whose text stands elsewhere: `article/region.py` weighs each hint against the density of the running text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Tags.

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main marquee menu nav noscript ol p pre section "
    "summary table tbody td tfoot th thead tr ul amp-sidebar amp-carousel amp-list amp-accordion amp-facebook-comments fb:comments".split()
)
"""Tags that end a line of text; every other tag is inline, as browsers do with unknown tags."""

SILENT: Final = frozenset(
    "script style template svg math select option button input textarea canvas audio map area head title object "
    "applet embed mat-icon ion-icon amp-ad amp-embed amp-analytics amp-social-share amp-auto-ads amp-sticky-ad ins-ad rp rt".split()
)
"""Tags whose content is never a page's text."""

ICONS: Final = frozenset(("svg", "mat-icon", "ion-icon", "button"))
"""Silent tags that stand between words: a drawn sign before a name."""

PICTURES: Final = frozenset(("img", "amp-img", "amp-anim"))
FRAMES: Final = frozenset(
    ("iframe", "amp-youtube", "amp-twitter", "amp-instagram", "amp-facebook", "amp-iframe", "video")
)
THINGS: Final = PICTURES | FRAMES
LABELS: Final = frozenset(("span", "small", "em", "i", "label"))
"""Inline tags that stand as a line of their own when they are named as a caption."""

TEXTUAL: Final = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption blockquote caption pre".split())
"""Tags inside which an element with a name of the site's own is part of a line; elsewhere it is a box."""

GLUED: Final = frozenset(("span", "cite", "time", "small", "label"))
"""Inline tags that sites set side by side without a space, and apart by style: a name and a date, a label and a value."""

BOLD: Final = frozenset(("b", "strong"))
ITALIC: Final = frozenset(("i", "em", "cite"))
LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
PLACING: Final = LISTS | frozenset(("blockquote", "li", "table", "tr", "td", "th"))
"""Tags that change the place of what stands in them."""

JUNK_TAGS: Final = frozenset("nav footer aside form menu dialog noscript amp-sidebar dir marquee".split())
"""Tags whose text is not an article's, unless most of the page stands in them."""

# Names in `class` and `id`, in lower case.

BODY: Final = re.compile(
    r"(?<![a-z])(?:(?:article|artikel|news|berita|post|entry|story|single|content|konten|isi|read|detail|blog|node|field|text|"
    r"description|detik|itp|td-post|the|main)[-_]*+)?"
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

TITLE: Final = re.compile(r"(?<![a-z])(?:title|judul|headline|entry-title|post-title|jdl)(?![a-z])")
"""Class or id names of a title that stands in no heading."""

AUTHOR: Final = re.compile(r"(?<![a-z])(?:author\w*|byline|penulis|reporter|wartawan|jurnalis)(?![a-z])")
"""Class or id names of who wrote."""

CATEGORY: Final = re.compile(
    r"(?<![a-z])(?:category|kategori|kanal|rubrik|section-?name|cat-?links?|post-?cat\w*|(?:article|entry|news|post|artikel|berita)[-_]*(?:category|kategori|kanal|section)|"
    r"(?:cat|kat)(?!-)|kicker|eyebrow|overline|topper|terms-list)(?![a-z])"
)
"""Class or id names of an article's section."""

CRUMBS: Final = re.compile(
    r"(?<![a-z])(?:bread-?crumbs?|crumbs?|jejak|you-?are-?here|pathway|remah)(?![a-z])"
)
"""Class or id names of the way from the front page."""

MENU: Final = re.compile(
    r"(?<![a-z])(?:menu\w*|nav\w*|tags?(?!-)|share\w*|bagi(?:kan)?|sosial|social|author|penulis|trending|ticker|sidebar|footer|header-top|topbar)(?![a-z])"
)
"""Class or id names of links that are no section's: menus, tags, buttons."""

TAG_BOX: Final = re.compile(
    r"(?<![a-z])(?:(?:post|article|artikel|entry|news|detail|read|body)[-_]*+){0,3}(?:tags?|tag[-_]?(?:list|cloud|links|article|detail|wrap\w*)|tagcloud|topik|labels?)(?![a-z-])"
)
"""Class or id names of an article's tags."""

_LINE: Final = re.compile(
    r"(?<![a-z])(?:judul(?:[-_]?(?:berita|artikel|news|detail))?|jdl)(?![a-z-])|(?:^|\s)(?:d-)?block(?:\s|$)"
)
_POST: Final = re.compile(r"(?<![a-z])(?:hentry|type-post|status-publish|post-\d+)(?![a-z])")
_POST_WORDS: Final = re.compile(r"(?<![a-z-])(?:tag|category|kategori|has|format|author|term|pmpro|cat)-\S+")
_TEXT_WIDGET: Final = re.compile(
    r"(?<![\w-])(?:elementor|so|fusion|tve)-widget(?:-(?:container|wrap|text-editor|theme-post-content|heading|image|html|blockquote|icon-list))?(?![\w-])|(?<![\w-])widget-image-caption(?![\w-])"
)
"""Page builders call every part of a page a widget, its text as well."""
_EMBEDDED: Final = re.compile(
    r"(?<![a-z])(?:twitter-tweet|instagram-media|embed\w*|oembed|fb-post|tiktok-embed)(?![a-z])"
)


@lru_cache(maxsize=16384)
def is_named(marks: str, pattern: re.Pattern[str], unless: re.Pattern[str] | None = None) -> bool:
    """Whether a class and id (`Element.marks`, in lower case) have a name of `pattern`, and none of `unless`."""
    return pattern.search(marks) is not None and (unless is None or unless.search(marks) is None)


def is_icon_name(marks: str) -> bool:
    """Whether a class says that an element's text is the name of a glyph in a font of icons."""
    return "material-icons" in marks or "material-symbols" in marks


def is_line_name(marks: str) -> bool:
    """Whether an inline element of this class is a line of its own: a caption, a title, what is shown as a block."""
    marks = marks.lower()
    return is_named(marks, CAPTION) or is_named(marks, _LINE)


@lru_cache(maxsize=4096)
def is_junk_name(marks: str) -> bool:
    """Whether a class or id says that this is no article text."""
    if _EMBEDDED.search(marks):
        return False
    if _POST.search(marks):
        marks = _POST_WORDS.sub("", marks)
    if "widget" in marks:
        marks = _TEXT_WIDGET.sub("", marks)
    return JUNK.search(marks) is not None
