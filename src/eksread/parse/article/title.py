"""The title of an article: what the page says for machines and for people, compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.model.enums import Source
from eksread.parse.html.flow import SENTENCE, SOFT_BREAK
from eksread.parse.html.names import TITLE, is_named
from eksread.parse.language.dates import date_span
from eksread.parse.language.landmarks import fold, is_slogan, strip_title_suffix
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.flow import Flow, Piece, Run
    from eksread.parse.html.metadata import Metadata

MAX_TITLE: Final = 400
"""Characters; a longer "title" is a paragraph in an h1."""

ALIKE: Final = 0.6
"""Two titles that share this part of their words are one title, cut or reworded."""


def likeness(left: str, right: str) -> float:
    """How many of the words two titles share, 0 to 1."""
    one, two = set(fold(left).split()), set(fold(right).split())
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def site_names(metadata: Metadata, url: str) -> list[str]:
    """What the site may call itself behind a title."""
    host = urlsplit(url).hostname or ""
    labels = [
        label
        for label in host.split(".")
        if label not in {"www", "m", "amp", "com", "co", "id", "net", "org"}
    ]
    named = [
        metadata.meta.get("og:site_name", ""),
        metadata.meta.get("application-name", ""),
        host.removeprefix("www."),
    ]
    return [name for name in [*named, *labels] if len(name) > 1]


def find_title(flow: Flow, metadata: Metadata, url: str) -> tuple[str | None, Source, int]:
    """The title, its source and the index of the run that shows it (-1: none does).

    The line that agrees best with what the page says for machines is right, not the first heading: site names,
    sections and "related" boxes are headings as well, and old pages show their title in no heading at all.
    """
    names = site_names(metadata, url)
    headline = metadata.value("headline")
    graph = metadata.first("og:title", "twitter:title")
    stated = [text for text in (headline, graph, metadata.document_title) if text]
    hints = list(dict.fromkeys(strip_title_suffix(text, names) for text in stated))
    own = {_letters(name) for name in names}
    if all(_letters(hint) in own for hint in hints):  # the page names only the site
        shown = _lone_heading(flow)
        if shown >= 0 and _letters(flow.runs[shown].text) not in own:
            return flow.runs[shown].text, Source.MARKUP, shown
    best, score = _best_line(flow, hints)
    if best >= 0 and (score >= ALIKE or not hints):
        return _title_line(flow.runs[best], hints), Source.MARKUP, best
    if headline:
        return strip_title_suffix(headline, names), Source.JSON_LD, _shown(flow, headline)
    if hints:
        text, source, at = _from_document(flow, hints[-1])
        shown = _first_heading(flow) if at < 0 else -1
        if at < 0 and shown < 0 and len(text.split()) < MIN_WORDS:  # of a site rather than of an article
            shown = _lone_heading(flow)
        bold = (_bold_line(flow) or _dated_line(flow)) if at < 0 and shown < 0 else None
        if bold is not None:
            return bold[0], Source.MARKUP, bold[1]
        return (text, source, at) if shown < 0 else (flow.runs[shown].text, Source.MARKUP, shown)
    return None, Source.MARKUP, -1


def _title_line(run: Run, hints: Sequence[str]) -> str:
    """The title alone of a run that shows more, a date line below it, if one of its lines is like a hint."""
    lines = [line for line in run.lines() if line]
    if len(lines) < 2 or not hints:
        return run.text
    like, first = max((max(likeness(line, hint) for hint in hints), -at) for at, line in enumerate(lines))
    return lines[-first] if like >= EXACT else run.text


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _bold_line(flow: Flow) -> tuple[str, int] | None:
    """The first line in bold type above all text, for pages that name only the site: with its run."""
    for index, run in enumerate(flow.runs):
        for text in _bold_lines(run):
            if len(text.split()) > MIN_WORDS and len(text) <= MAX_TITLE and not _is_ticker(flow, index):
                return text, index
        if run.weight > 2 * SENTENCE and not _is_ticker(flow, index):
            return None
    return None


def _dated_line(flow: Flow) -> tuple[str, int] | None:
    """The first line that a date line stands right below, where nothing else shows which is the title."""
    for index, run in enumerate(flow.runs):
        lines = run.lines()
        if (
            len(lines) > 1
            and not run.linked
            and _begins_with_date(lines[1])
            and len(lines[0].split()) > MIN_WORDS
        ):
            return lines[0], index
    return None


def _begins_with_date(line: str) -> bool:
    found = date_span(line)
    return found is not None and found[0] == 0


def _bold_lines(run: Run) -> list[str]:
    """The lines of a run that are in bold type from end to end, and no link."""
    lines: list[list[Piece]] = [[]]
    for piece in run.pieces:
        if piece.text == SOFT_BREAK:
            lines.append([])
        elif not piece.text.isspace():
            lines[-1].append(piece)
    return [
        clean("".join(piece.text for piece in line))
        for line in lines
        if line and all(piece.bold and piece.href is None for piece in line)
    ]


def _first_heading(flow: Flow) -> int:
    """The first line that stands where titles stand, for pages whose document title is only the site's name."""
    for wanted in (1, 3, 2):
        for index, run in enumerate(flow.runs):
            element = flow.elements[run.owner]
            if run.linked or run.node is not None or _rank(element.tag, element.marks) != wanted:
                continue
            if (
                len(run.text.split()) >= MIN_WORDS
                and len(run.text) <= MAX_TITLE
                and not _is_ticker(flow, index)
            ):
                return index
    return -1


def _lone_heading(flow: Flow) -> int:
    """The only h1 of a page, of a word or two, with running text close below it."""
    found = [
        index
        for index, run in enumerate(flow.runs)
        if run.node is None and flow.elements[run.owner].tag == "h1" and not _is_ticker(flow, index)
    ]
    if len(found) != 1 or flow.runs[found[0]].linked:
        return -1
    below = flow.runs[found[0] + 1 : found[0] + 1 + CLOSE]
    return found[0] if any(run.weight > SENTENCE for run in below) else -1


CLOSE: Final = 6
"""Runs between a title and its text: section, date, byline, picture, caption."""


def _is_ticker(flow: Flow, index: int) -> bool:
    """Whether a line is one of the portal's slogans, or scrolls by: never the headline of the page."""
    run = flow.runs[index]
    return is_slogan(run.text) or any(
        element.tag == "marquee" and element.end - element.start <= MAX_TICKER
        for element in flow.ancestors(run.owner, TICKER_LEVELS)
    )


MAX_TICKER: Final = 40
"""Runs of a ticker; a `<marquee>` that is never closed holds the rest of the page."""

TICKER_LEVELS: Final = 6
"""Elements around a line in which a `<marquee>` may be."""


MIN_WORDS: Final = 3


def _best_line(flow: Flow, hints: Sequence[str]) -> tuple[int, float]:
    """The run that is most like one of the hints, headings before other lines; without hints the first h1."""
    starts = {_start(hint) for hint in hints}
    best, score, level = -1, 0.0, 9
    texts = 0
    for index, run in enumerate(flow.runs):
        if run.node is not None or len(run.text) > MAX_TITLE:
            continue
        rank = _rank(flow.elements[run.owner].tag, flow.elements[run.owner].marks)
        texts += rank > 3 and len(run.text) - run.linked > 2 * SENTENCE
        elsewhere = rank > 3 or run.linked >= 0.9 * len(run.text)
        if elsewhere and (texts > MAX_ABOVE or _start(run.text) not in starts):
            continue
        like = max((likeness(run.text, hint) for hint in hints), default=0.0 if rank > 1 else ALIKE)
        if (like, -rank) > (score, -level) and not _is_ticker(flow, index):
            best, score, level = index, like, rank
    return best, score


def _start(text: str) -> str:
    """What the first letters of two lines must have in common to be compared."""
    return text[:START].casefold()


START: Final = 8
MAX_ABOVE: Final = 3
"""Lines of running text above a title that stands in no heading: a cookie notice, a slogan, a summary."""

EXACT: Final = 0.99


def _rank(tag: str, marks: str) -> int:
    """How likely an element is to show a title: 1 for an h1, 9 for a paragraph."""
    if tag == "h1":
        return 1
    if tag in {"h2", "h3"}:
        return 2
    return 3 if is_named(marks, TITLE) else 9


def _from_document(flow: Flow, title: str) -> tuple[str, Source, int]:
    """The part of the document's title that the page shows; the site's name may stand before or behind it."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    for part in sorted(parts, key=len, reverse=True):
        at = _shown(flow, part)
        if at >= 0 and len(part.split()) > 2:
            return part, Source.META, at
    return title, Source.META, _shown(flow, title)


_SEPARATOR: Final = re.compile(r"(?:^|(?<!\s)\s++)(?:[|»«·•~]|[-–—]{1,2}|:{1,4})\s+")


def _shown(flow: Flow, title: str) -> int:
    wanted = fold(title)
    for index, run in enumerate(flow.runs):
        if wanted not in (whole := fold(run.text)) or _is_ticker(flow, index):
            continue
        if whole == wanted or any(fold(line) == wanted for line in run.lines()):
            return index
    return -1
