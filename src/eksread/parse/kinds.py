"""What a page is: an article, a list of headlines, or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.model import Expected
from eksread.parse.shapes import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.assemble import Reading

ENOUGH_TEXT: Final = 300
"""Characters of running text in one region that make an article likely."""

HEADLINE: Final = 25
"""Characters from which a linked line can be a headline."""

MANY_HEADLINES: Final = 8

_LIST_TYPES: Final = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "WebSite"))
_ERROR: Final = re.compile(
    r"(?i)\b(?:404|not found|tidak ditemukan|error \d{3}|halaman (?:tidak|yang anda cari)|forbidden|access denied|bad gateway|internal server error)\b"
)
_MAINTENANCE: Final = re.compile(
    r"(?i)\b(?:maintenance|under construction|pemeliharaan|perbaikan sistem|sedang (?:dalam )?(?:perbaikan|pemeliharaan)|segera kembali|coming soon)\b"
)
_LOGIN: Final = re.compile(r"(?i)\b(?:log ?in|masuk|sign ?in|wi-?fi|hotspot|captive)\b")


def unusable(reading: Reading) -> str | None:
    """The reason when a page is no news at all: an error, maintenance or login page, or one without text."""
    text = reading.region.text
    shown = [run.text for run in reading.flow.runs if run.node is None]
    head = " ".join([reading.metadata.document_title, reading.title or "", *shown[:12]])[:600]
    if text < 2 * ENOUGH_TEXT and not reading.metadata.ld:
        links = sum(1 for run in reading.flow.runs if run.linked >= HEADLINE)
        if links < MANY_HEADLINES:
            if reading.tree.css_first('input[type="password"]') is not None and _LOGIN.search(head):
                return "login"
            if _ERROR.search(reading.metadata.document_title or head[:120]):
                return "error-page"
            if _MAINTENANCE.search(head):
                return "maintenance"
    return None if shown or reading.metadata.ld else "no-text"


EXPECTED_WEIGHT: Final = 4
"""What the page was asked for outweighs its address, but not its own word and a long text together."""


def is_article(reading: Reading, shapes: Sequence[str], expected: Expected | None = None) -> bool:
    """Weigh the evidence: what the page says of itself, its address, one body of text against many linked lines."""
    metadata, region = reading.metadata, reading.region
    score = 0 if expected is None else EXPECTED_WEIGHT if expected is Expected.ARTICLE else -EXPECTED_WEIGHT
    path = urlsplit(reading.url).path
    if shapes:
        score += 3 if matches(shapes, reading.url) else -1
    if path in {"", "/"} or re.fullmatch(r"/(?:index\.\w+)?", path):
        score -= 3
    score += 3 if metadata.ld else 0
    kind = metadata.meta.get("og:type", "").lower()
    score += 2 if kind in {"article", "news", "newsarticle"} else -1 if kind == "website" else 0
    score -= 2 if metadata.ld_types & _LIST_TYPES - {"WebSite"} else 0
    score += 1 if "article:published_time" in metadata.meta else 0
    if region.text >= ENOUGH_TEXT:
        score += 2 if region.text >= 0.5 * region.page_text else 1
    headlines, inside = _headlines(reading)
    if inside >= MANY_HEADLINES and inside * 60 > region.text:
        score -= 3
    elif headlines >= 2 * MANY_HEADLINES and region.text < ENOUGH_TEXT:
        score -= 2
    if reading.title_run >= 0 and region.kept and region.text:
        score += 1
    return score > 0


def _headlines(reading: Reading) -> tuple[int, int]:
    """Linked lines that can be headlines: on the whole page, and inside the region."""
    runs = reading.flow.runs
    whole = {
        index
        for index, run in enumerate(runs)
        if run.linked >= HEADLINE and run.linked >= 0.8 * len(run.text)
    }
    return len(whole), len(whole.intersection(reading.region.kept))
