"""The line of progress, the end of a refresh, and arguments that are refused before anything is opened."""

from __future__ import annotations

import io
import sys
import time

import pytest

from eksread.cli.main import main
from eksread.cli.output import ProgressLine, SafeStream, summary_text
from eksread.model.enums import Stage
from eksread.model.progress import Progress, Summary


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Tty:
    """Put a terminal in the place of stderr."""
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_the_line_of_progress_is_rewritten_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    moments = iter((100.0, 100.0, 110.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    line = ProgressLine()
    line.show(Progress(Stage.BODIES, 0, 4, "", 0))
    line.show(Progress(Stage.BODIES, 1, 4, "", 20_000))
    line.clear()
    line.clear()
    first, second = "Fetching articles 0/4", "Fetching articles 1/4 · 20 kB · 30 s left"
    assert shown.getvalue() == f"\r{first}\r{second}\r{' ' * len(second)}\r"


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_words(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    shown = terminal(monkeypatch)
    line = ProgressLine()
    line.show(Progress(stage, 0, 0, "", 0))
    assert shown.getvalue().strip()[0].isupper()


def test_without_a_terminal_no_progress_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine()
    line.show(Progress(Stage.BODIES, 1, 4, "", 0))
    line.clear()
    assert capsys.readouterr().err == ""


def test_the_end_of_a_refresh_is_one_line() -> None:
    assert summary_text(Summary(unchanged=3)) == "Up to date: nothing new."
    assert summary_text(Summary(new=1, failed=2)) == "New: 1 · changed: 0 · unchanged: 0 · failed: 2"


def test_a_stream_that_the_parent_closed_takes_everything() -> None:
    with SafeStream.over(None) as stream:
        assert stream.write("apa saja") == 8


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["refresh", "--max-size", "lots"], "“lots” is no size; 20MB would be one"),
        (["refresh", "--days", "367"], "“367” is no number of days from 1 to 366"),
        (["list", "--limit", "0"], "“0” is no whole number from 1 on"),
        (["--portal", "http://[::1", "list"], "is not an address of a portal"),
        (["--portal", "https://a b/", "list"], "is not an address of a portal"),
    ],
)
def test_an_argument_that_is_none_is_refused_in_words(
    words: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--lang", "en"]) == 2
    assert part in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "size"), [("20MB", 20_000_000), ("500 kB", 500_000), ("1,5GiB", 1_500_000_000), ("1000", 1000)]
)
def test_a_size_is_read_as_people_write_it(text: str, size: int) -> None:
    from eksread.cli.commands.refresh import _size

    assert _size(text) == size
