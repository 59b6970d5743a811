"""What stands at the end of a summary and is none of it: "Selengkapnya", the marks of a cut; and cutting one short."""

from __future__ import annotations

import re
from typing import Final

MAX_TAIL: Final = 300
"""Characters at a summary's end in which an invitation to read on may stand, the title in it."""

_INVITATION: Final = re.compile(
    r"(?i)(?:(?<=[.!?…”\"\]])|(?=[\[(…]|\.\.))\s*+(?:[\[(]?(?:…|\.\.\.)[\])]?\s*+)?[\[(]?"
    r"(?:baca selengkapnya|selengkapnya|lanjut(?:kan)? membaca|read more|continue reading)(?:[\s\])»›>→.…]*+|\s*+[“\"].*)$"
)
"""A link to the rest behind the last sentence, or behind the marks of a cut."""
_CUT: Final = re.compile(r"\s*+(?:\[(?:…|\.\.\.)\]|…|\.\.\.)$")


def without_invitation(summary: str) -> str:
    """A summary without the link to the rest, which may repeat the title, and without the marks of a cut."""
    tail = summary[-MAX_TAIL:]
    return summary[:-MAX_TAIL] + _CUT.sub("", _INVITATION.sub("", tail))


def shorten(text: str, limit: int) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,.;:–-") + " …"
