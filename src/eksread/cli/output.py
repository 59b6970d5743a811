"""What every command does with its results: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from eksread.i18n import _
from eksread.model import Progress, Stage, Summary

if TYPE_CHECKING:
    from eksread.errors import EksreadError
    from eksread.jsonform import Json


def print_json(form: Json) -> None:
    """Print one JSON document."""
    json.dump(form, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


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

    def show(self, event: Progress) -> None:
        """Show how far it is."""
        if not self._live:
            return
        text = _stage_words(event.stage)
        if event.total:
            text += f" {event.done}/{event.total}"
        sys.stderr.write(f"\r{text.ljust(self._shown)}")
        sys.stderr.flush()
        self._shown = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
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
    return _("New: {new} · changed: {changed} · unchanged: {unchanged} · failed: {failed}").format(
        new=summary.new, changed=summary.changed, unchanged=summary.unchanged, failed=summary.failed
    )
