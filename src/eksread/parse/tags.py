"""What the walk over a page does with each tag, as data."""

from __future__ import annotations

from typing import Final

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
