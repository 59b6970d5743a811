"""The last guard before a terminal or a pipe: nothing that acts on it is printed, whatever the archive holds.

Pages are cleaned when they are read (see `parse`). But an archive may have been written by anything: another
version, a file of bookmarks that was synced, a note, a backup from elsewhere.
"""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""Controls but tab and line end, what turns the direction of text, what has no width, tags. Joiners of emoji stay."""


class Own(str):
    """Text of our own that may carry controls, such as a progress line."""

    __slots__ = ()


class HarmlessStream(io.TextIOWrapper):
    """An output stream that drops what acts on a terminal, and shows "?" for what its encoding does not have."""

    @classmethod
    def over(cls, stream: TextIO | None) -> TextIO:
        """Give such a stream in place of a standard one; None is one that was closed by whoever started eksread."""
        if stream is None:
            return open(os.devnull, "w")  # noqa: PTH123 - it stays open to the end
        return cls(
            stream.buffer,
            encoding=stream.encoding,
            errors="replace",
            line_buffering=bool(stream.line_buffering),
        )

    def write(self, text: str) -> int:
        """Write what is harmless of `text`."""
        return super().write(text if isinstance(text, Own) else _ACTING.sub("", text))


def escaped(json: str) -> str:
    """Give a JSON document with the acting characters of its strings as escapes: it stays the same document."""
    return _ACTING.sub(_escape, json)


def _escape(match: re.Match[str]) -> str:
    """RFC 8259 §7: six characters for each UTF-16 unit."""
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
