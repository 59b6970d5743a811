"""What every command does with its results: data on stdout, everything else on stderr."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from eksread import formatting
from eksread.errors import CONTROLS
from eksread.i18n import N_, _
from eksread.model.enums import Stage

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import TextIO

    from eksread.errors import EksreadError
    from eksread.export.json_form import Json
    from eksread.model.progress import Progress, Summary


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
        return super().write(text if isinstance(text, Trusted) else CONTROLS.sub("", text))


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


_quiet = False


def set_quiet(quiet: bool) -> None:
    """Say whether messages are left out: everything but results, questions and errors."""
    global _quiet  # like the two streams, it is the process's own
    _quiet = quiet


def screen_possible() -> bool:
    """Say whether a full-screen program can run here; Textual does not check."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")


def print_json(form: Json) -> None:
    """Print one JSON document."""
    from eksread.export.json_form import escaped  # which loads the model of articles: 10 ms of every start

    sys.stdout.write(escaped(json.dumps(form, ensure_ascii=False, indent=2)) + "\n")


def print_json_list(forms: Iterable[Json]) -> None:
    """Print a JSON list, each of its documents as it comes."""
    from eksread.export.json_form import escaped  # as above

    before = "[\n  "
    for form in forms:
        document = json.dumps(form, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        sys.stdout.write(f"{before}{escaped(document)}")
        before = ",\n  "
    sys.stdout.write("[]\n" if before.startswith("[") else "\n]\n")


def print_result(given: argparse.Namespace, form: Json, text: str) -> None:
    """Print a result as text, or as JSON if `--json` was given."""
    if given.json:
        print_json(form)
    else:
        print(text)


def print_outcome(given: argparse.Namespace, form: Json, text: str) -> None:
    """Print what was done, as JSON if `--json` was given, else in words, which `--quiet` leaves out."""
    if given.json or not _quiet:
        print_result(given, form, text)


def print_message(text: str) -> None:
    """Print a message to the user, on stderr, unless `--quiet` was given."""
    if not _quiet:
        sys.stderr.write(f"{text}\n")


def print_warning(text: str) -> None:
    """Print what the user must know, on stderr, whether `--quiet` was given or not."""
    sys.stderr.write(f"eksread: {text}\n")


def print_error(error: EksreadError) -> None:
    """Print what went wrong, in sentences, on stderr."""
    print_warning(error.message)


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
    """Give the end of a refresh in a line, and what it left out in another."""
    lines = []
    if summary.new or summary.changed or summary.failed:
        text = _("New: {new} · changed: {changed} · unchanged: {unchanged} · failed: {failed}")
        lines.append(
            text.format(
                new=summary.new, changed=summary.changed, unchanged=summary.unchanged, failed=summary.failed
            )
        )
    elif summary.reason is None:
        return _("Up to date: nothing new.")
    if summary.reason is not None:
        lines.append(_left_out(summary))
    return "\n".join(lines)


def _left_out(summary: Summary) -> str:
    """Say how far an incomplete refresh came, and what goes on with it."""
    if summary.reason == "limit":
        return _("There are more texts than one refresh fetches; the next one goes on.")
    text = _("Not complete: the given size was used up after {done} of {wanted} missing texts.")
    if not summary.wanted:
        text = _("Not complete: the given size was used up before all lists were read.")
    if summary.reached is not None:
        text = _(
            "Not complete: the given size was used up after {done} of {wanted} missing texts, down to {day}."
        )
    done, wanted = formatting.number(summary.wanted - summary.left), formatting.number(summary.wanted)
    day = formatting.weekday_date(summary.reached) if summary.reached else ""
    return f"{text.format(done=done, wanted=wanted, day=day)} {_('The same command goes on from there.')}"
