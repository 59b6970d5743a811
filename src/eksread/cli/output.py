"""What every command does with its results: data on stdout, everything else on stderr."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from typing import TYPE_CHECKING, Final

from eksread import formatting
from eksread.i18n import N_, _
from eksread.model.enums import Stage

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from eksread.cli.json_form import Json
    from eksread.errors import EksreadError
    from eksread.model.progress import Progress, Summary

_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""Control characters except tab and line end, bidirectional controls, zero-width characters and tags.

Joiners of emoji stay. Nothing of this is printed, whatever the store holds.
"""


class Trusted(str):
    """Text of the program itself, which may hold control characters, such as a progress line."""

    __slots__ = ()


class SafeStream(io.TextIOWrapper):
    """An output stream that drops control characters, and shows "?" for what its encoding does not have."""

    @classmethod
    def over(cls, stream: TextIO | None) -> TextIO:
        """Give such a stream in place of a standard one, which is None if the parent process closed it."""
        if stream is None:
            return open(os.devnull, "w")  # noqa: PTH123 - it stays open to the end
        return cls(
            stream.buffer,
            encoding=stream.encoding,
            errors="replace",
            line_buffering=bool(stream.line_buffering),
        )

    def write(self, text: str) -> int:
        """Write `text` without its control characters."""
        return super().write(text if isinstance(text, Trusted) else _CONTROLS.sub("", text))


def escaped(document: str) -> str:
    """Give the same JSON document with the control characters of its strings as escapes."""
    return _CONTROLS.sub(_escape, document)


def _escape(match: re.Match[str]) -> str:
    """RFC 8259 §7: six characters for each UTF-16 unit."""
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


_STAGES: Final = {
    Stage.FRONT: N_("Reading the front page"),
    Stage.FEED: N_("Reading the feed"),
    Stage.SECTIONS: N_("Reading the sections"),
    Stage.BODIES: N_("Fetching articles"),
    Stage.PICTURES: N_("Fetching pictures"),
    Stage.DONE: N_("Done"),
}
GUESS_AFTER: Final = 3.0
"""Seconds of a stage before its end is guessed: the first answers say little about the connection."""


def screen_possible() -> bool:
    """Say whether a full-screen program can run here; Textual does not check."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")


def print_json(form: Json) -> None:
    """Print one JSON document."""
    sys.stdout.write(escaped(json.dumps(form, ensure_ascii=False, indent=2)) + "\n")


def print_result(given: argparse.Namespace, form: Json, text: str) -> None:
    """Print a result as text, or as JSON if `--json` was given."""
    if given.json:
        print_json(form)
    else:
        print(text)


def print_message(text: str) -> None:
    """Print a message to the user, on stderr."""
    sys.stderr.write(f"{text}\n")


def print_error(error: EksreadError) -> None:
    """Print what went wrong, in sentences, on stderr."""
    print_message(f"eksread: {error.message}")


class ProgressLine:
    """One line on stderr that is rewritten in place; nothing is written if stderr is no terminal."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = 0
        self._stage: Stage | None = None
        self._begun = 0.0

    def show(self, event: Progress) -> None:
        """Show the progress of a refresh."""
        if not self._live:
            return
        text = _(_STAGES[event.stage])
        if event.total:
            text += f" {event.done}/{event.total}"
        if event.bytes:
            text += f" · {formatting.size(event.bytes)}"
        left = self._left(event)
        if left:
            text += f" · {left}"
        sys.stderr.write(Trusted(f"\r{text.ljust(self._shown)}"))
        sys.stderr.flush()
        self._shown = len(text)

    def _left(self, event: Progress) -> str:
        """Give the time left in this stage, once it has run long enough for a guess to hold."""
        if event.stage is not self._stage:
            self._stage, self._begun = event.stage, time.monotonic()
        passed = time.monotonic() - self._begun
        if passed < GUESS_AFTER or not event.done or event.done >= event.total:
            return ""
        return _("{time} left").format(
            time=formatting.duration(passed / event.done * (event.total - event.done))
        )

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write(Trusted("\r" + " " * self._shown + "\r"))
            sys.stderr.flush()
            self._shown = 0


def summary_text(summary: Summary) -> str:
    """Give the end of a refresh in one line."""
    if not (summary.new or summary.changed or summary.failed):
        return _("Up to date: nothing new.")
    return _("New: {new} · changed: {changed} · unchanged: {unchanged} · failed: {failed}").format(
        new=summary.new, changed=summary.changed, unchanged=summary.unchanged, failed=summary.failed
    )
