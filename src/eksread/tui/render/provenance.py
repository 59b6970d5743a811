"""Where each field of an article came from and how sure it is, as notes beside its lines or below them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from eksread.i18n import N_, _
from eksread.model.enums import Source
from eksread.tui.render.lines import BLANK, Line, Run, pad, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eksread.model.stored import StoredArticle

NOTE_CELLS: Final = 34
"""Width of the notes beside a text: two lines hold the longest one."""
GAP: Final = 3
"""Cells between the column and its notes."""
SIDE: Final = "│ "
BELOW: Final = "↳ "

FIELDS: Final[Mapping[str, str]] = {
    "title": N_("Headline"),
    "published": N_("Date"),
    "reporter": N_("Reporter"),
    "editor": N_("Editor"),
    "photographer": N_("Photographer"),
    "credit_source": N_("Source"),
    "section": N_("Section"),
    "place": N_("Place"),
    "advertorial": N_("Advertorial"),
    "standfirst": N_("Lead"),
    "lead_image": N_("Picture"),
    "blocks": N_("Text"),
    "related": N_("Links"),
    "tags": N_("Tags"),
    "reactions": N_("Reactions"),
    "comments": N_("Comments"),
}
"""What a reader calls the fields that are shown."""
WORDS: Final[Mapping[Source, str]] = {
    Source.JSON_LD: N_("from the page's data for search engines"),
    Source.META: N_("from the page's metadata"),
    Source.FEED: N_("from the portal's feed"),
    Source.MARKUP: N_("from its place on the page"),
    Source.LANDMARK: N_("read from the text"),
    Source.LIST: N_("from the list of headlines"),
    Source.INFERRED: N_("worked out from the text"),
}
SURE: Final[Mapping[Source, str]] = {
    Source.JSON_LD: N_("certain"),
    Source.META: N_("certain"),
    Source.FEED: N_("certain"),
    Source.MARKUP: N_("almost certain"),
    Source.LANDMARK: N_("almost certain"),
    Source.LIST: N_("almost certain"),
    Source.INFERRED: N_("uncertain"),
}
"""Certain is what the portal states as such for machines; the rest is recognised by its look or its words."""


class PlainLines:
    """Gives lines as they are."""

    def __call__(self, lines: Iterable[Line], *_fields: str) -> Iterator[Line]:
        """Give lines as they are."""
        yield from lines


PLAIN: Final = PlainLines()


class Provenance(PlainLines):
    """Gives lines with notes on the fields they show: beside them if there is room (`beside`), else below; `width` is the column's."""

    def __init__(self, stored: StoredArticle, width: int, *, beside: bool) -> None:
        self._sources = sources_of(stored)
        self._width = width
        self._beside = beside

    def __call__(self, lines: Iterable[Line], *fields: str) -> Iterator[Line]:
        """Give lines, and with them where these fields came from."""
        notes = [note for name in fields if name in self._sources for note in self._note(name)]
        if not self._beside:
            yield from lines
            yield from notes
            return
        for line, note in zip_longest(lines, notes):
            runs = (line or BLANK).runs
            yield (line or BLANK)._replace(runs=(*pad(runs, self._width + GAP), *note.runs) if note else runs)

    def _note(self, name: str) -> Iterator[Line]:
        """Give where a field came from."""
        source = self._sources[name]
        label = Run(f"{_(FIELDS[name])}: ", "byline")
        text = Run(f"{_(WORDS[source])}, {_(SURE[source])}", "source")
        width, mark = (NOTE_CELLS, SIDE) if self._beside else (self._width, BELOW)
        first = (Run(mark, "rule"),)
        return paragraph((label, text), width, first, first if self._beside else None)


def sources_of(stored: StoredArticle) -> dict[str, Source]:
    """Give the sources of what is shown; what the article's own page did not give stands in the headline's row."""
    article, headline = stored.article, stored.headline
    sources = {name: source for name, source in article.provenance.items() if name in FIELDS}
    if not article.title:
        sources["title"] = Source.LIST
    if not article.section and headline.section:
        sources["section"] = Source.LIST
    if not article.published and headline.published:
        sources["published"] = headline.published_source or Source.LIST
    return sources
