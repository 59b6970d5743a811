"""A page saved as plain text, as markup: the title as a heading, each other line as a paragraph."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from eksread.parse.language import landmarks
from eksread.parse.language.dates import find_printed
from eksread.parse.language.related import opens_related
from eksread.parse.text import clean

if TYPE_CHECKING:
    from datetime import datetime

MAX_TITLE: Final = 220
MAX_HEADER: Final = 40
"""Lines above the title: date, slogans, menu."""

MAX_LINES: Final = 20_000
MAX_OPENING: Final = 14
"""Characters of a line that only announces a related title: `Baca juga:`."""


def as_markup(text: str, now: datetime) -> str:
    """Give the lines of a saved article page as HTML, "" when there are none."""
    lines = [line for raw in text.split("\n")[:MAX_LINES] if (line := clean(raw))]
    if not lines:
        return ""
    at, start = _find_title(lines, now)
    parts = [f"<p>{escape(line)}</p>" for line in lines[:at]]
    parts.append(f"<h1>{escape(lines[at])}</h1>")
    before = ""
    for line in lines[start:]:
        announced = len(before) <= MAX_OPENING and opens_related(before)
        parts.append(f"<li>{escape(line)}</li>" if announced else f"<p>{escape(line)}</p>")
        before = line
    return "".join(parts)


def _find_title(lines: list[str], now: datetime) -> tuple[int, int]:
    """The index of the title and of the first line after it: the line shown twice, else the first that can be one."""
    head = lines[:MAX_HEADER]
    for index, line in enumerate(head):
        if len(line) <= MAX_TITLE and len(line.split()) > 2 and line in head[index + 1 : index + 4]:
            return index, head.index(line, index + 1) + 1
    for index, line in enumerate(head):
        if _can_be_title(line) and not find_printed(line, now=now):
            return index, index + 1
    return 0, 1


def _can_be_title(line: str) -> bool:
    return (
        15 <= len(line) <= MAX_TITLE
        and len(line.split()) > 2
        and not landmarks.is_slogan(line)
        and not landmarks.is_noise(line)
        and not line.endswith((".", ",", ";"))
    )
