"""The edition's small plain-text markup, parsed into blocks that every layout dresses in its own HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `dateline` and `tail` are what the portal, not the reporter, puts around it."""

    text: str
    dateline: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A subheading inside an article."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set off as a block."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture inside the text, named within its article."""

    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Related:
    """A `Baca juga` link at the point where the editor put it."""

    article_id: int


Block = Paragraph | Heading | Quote | Items | Table | Photo | Related

_RELATED = re.compile(r"@baca\s+(\d+)$")


def parse(body: str) -> tuple[Block, ...]:
    """Give the blocks of `body` in order. Lines of one kind that stand together form one block."""
    blocks: list[Block] = []
    for kind, group in groupby((line.strip() for line in body.splitlines()), key=_kind):
        blocks.extend(_blocks(kind, list(group)))
    return tuple(blocks)


def dress(blocks: tuple[Block, ...], dateline: str, tail: str) -> tuple[Block, ...]:
    """Put `dateline` before the first paragraph and `tail` (`(adv)`, initials) behind the last block.

    A tail that finds no closing paragraph becomes one, since the portal marks photo-only advertorials too.
    """
    dressed = list(blocks)
    for place, block in enumerate(dressed):
        if isinstance(block, Paragraph):
            dressed[place] = replace(block, dateline=dateline)
            break
    last = dressed[-1] if dressed else None
    if tail and isinstance(last, Paragraph):
        dressed[-1] = replace(last, tail=tail)
    elif tail:
        dressed.append(Paragraph("", tail=tail))
    return tuple(dressed)


def inline(text: str, *, bold: str = "strong", italic: str = "em") -> str:
    """Escape `text` and set `**bold**` and `*italic*` with the given element names."""
    html = re.sub(r"\*\*(.+?)\*\*", rf"<{bold}>\1</{bold}>", escape(text))
    return re.sub(r"(?<![*\w])\*(?=\S)(.+?)(?<=\S)\*(?![*\w])", rf"<{italic}>\1</{italic}>", html)


def words(blocks: tuple[Block, ...]) -> int:
    """Count the words of the running text: what decides whether an article is split over pages."""
    return sum(len(block.text.split()) for block in blocks if isinstance(block, (Paragraph, Quote)))


def _kind(line: str) -> str:
    if not line:
        return "blank"
    if _RELATED.match(line):
        return "related"
    if line.startswith("#"):
        return "heading"
    if line.startswith("!foto "):
        return "photo"
    if line.startswith(">"):
        return "quote"
    if line.startswith(("- ", "* ")):
        return "item"
    if line.startswith("|"):
        return "row"
    return "text"


def _blocks(kind: str, lines: list[str]) -> list[Block]:
    match kind:
        case "blank":
            return []
        case "related":
            return [Related(int(line.split()[1])) for line in lines]
        case "heading":
            return [Heading(line.lstrip("#").strip()) for line in lines]
        case "photo":
            return [_photo(line) for line in lines]
        case "quote":
            return [Quote(" ".join(line.lstrip("> ") for line in lines))]
        case "item":
            return [Items(tuple(line[2:].strip() for line in lines))]
        case "row":
            return [Table(tuple(row for row in map(_row, lines) if any(cell.strip("-: ") for cell in row)))]
    return [Paragraph(" ".join(lines))]


def _photo(line: str) -> Photo:
    name, _, caption = line.removeprefix("!foto ").partition("|")
    return Photo(name.strip(), caption.strip())


def _row(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
