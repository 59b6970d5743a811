"""What every command does with its results: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Final

from eksread import wording
from eksread.cli.harmless import Own, escaped
from eksread.i18n import _
from eksread.model import Stage

if TYPE_CHECKING:
    from eksread.errors import EksreadError
    from eksread.jsonform import Json
    from eksread.model import Progress, Summary


GUESS_AFTER: Final = 3.0
"""Seconds of a stage before its end is guessed; the first answers say little of the line."""


def print_json(form: Json) -> None:
    """Print one JSON document."""
    sys.stdout.write(escaped(json.dumps(form, ensure_ascii=False, indent=2)) + "\n")


def say(text: str) -> None:
    """Say something to the person, on stderr."""
    sys.stderr.write(f"{text}\n")


def complain(error: EksreadError) -> None:
    """Say what went wrong, in sentences."""
    say(f"eksread: {error.message}")


class ProgressLine:
    """One line on stderr that is rewritten in place; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = 0
        self._stage: Stage | None = None
        self._begun = 0.0

    def show(self, event: Progress) -> None:
        """Show how far it is."""
        if not self._live:
            return
        text = _stage_words(event.stage)
        if event.total:
            text += f" {event.done}/{event.total}"
        if event.bytes:
            text += f" · {wording.size(event.bytes)}"
        left = self._left(event)
        if left:
            text += f" · {left}"
        sys.stderr.write(Own(f"\r{text.ljust(self._shown)}"))
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
            time=wording.duration(passed / event.done * (event.total - event.done))
        )

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write(Own("\r" + " " * self._shown + "\r"))
            sys.stderr.flush()
            self._shown = 0


def _stage_words(stage: Stage) -> str:
    words = {
        Stage.FRONT: _("Reading the front page"),
        Stage.FEED: _("Reading the feed"),
        Stage.SECTIONS: _("Reading the sections"),
        Stage.BODIES: _("Fetching articles"),
        Stage.PICTURES: _("Fetching pictures"),
        Stage.DONE: _("Done"),
    }
    return words[stage]


def summary_text(summary: Summary) -> str:
    """Give the end of a refresh in one line."""
    if not (summary.new or summary.changed or summary.failed):
        return _("Up to date: nothing new.")
    return _("New: {new} · changed: {changed} · unchanged: {unchanged} · failed: {failed}").format(
        new=summary.new, changed=summary.changed, unchanged=summary.unchanged, failed=summary.failed
    )
