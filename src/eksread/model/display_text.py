"""Text as it may be shown or written elsewhere. Parse cleans it once; this is done again because an archive may have been written by anything."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARKS_PER_LETTER: Final = 4
"""More combining marks than any living script stacks on a letter; further ones only cover other lines."""

_SPACES: Final = re.compile(r" {2,}")


class _Harmless(dict[int, str | None]):
    """A translation table that decides once per character and remembers.

    Controls, bidi and other format characters, private use and unassigned ones go; any white space becomes a space.
    Joiners and variation selectors go too: terminals disagree on the width of joined emoji, and a wrong width
    shifts the whole line.
    """

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        category = unicodedata.category(char)
        value: str | None = char
        if char in "\t\n\r\x0b\x0c\x85" or category in ("Zl", "Zp"):
            value = " "
        elif category == "Zs":
            value = char if char in "\u00a0\u202f" else " "
        elif category[0] == "C" or 0xFE00 <= code <= 0xFE0F or code in (0x115F, 0x1160, 0x3164, 0xFFA0):
            value = None
        self[code] = value
        return value


_TABLE: Final = _Harmless()


def clean(text: str) -> str:
    """Give `text` on one line, without control, bidi and invisible characters."""
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_TABLE)
        if not text.isascii():
            text = _few_marks(text)
    return _SPACES.sub(" ", text) if "  " in text else text


def harmless(text: str) -> str:
    """Give `text` without what acts in a terminal: for every piece that is drawn, whoever forgot to clean it."""
    return text if text.isprintable() else text.translate(_TABLE)


def _few_marks(text: str) -> str:
    """Keep at most `MARKS_PER_LETTER` combining marks in a row."""
    category = unicodedata.category
    if not any(char >= "\u0300" and category(char)[0] == "M" for char in text):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if category(char)[0] == "M" else 0
        if marks <= MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)
