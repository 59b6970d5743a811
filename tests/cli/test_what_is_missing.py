"""What the commands say where something is missing, in this process: of an archive with three articles, off the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.cli.main import main
from eksread.model.news import Teaser
from tests.tui.archive import archive, news
from tests.tui.fakes import NOW

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    with archive(tmp_path, news(1), news(2)) as library:
        teaser = Teaser("Hanya Judulnya", "https://portal.example/berita-9-kabar.html", NOW)
        library.portal_data.save_teasers((teaser,), NOW)
    return ["--portal", "https://portal.example/", "--data-dir", str(tmp_path), "--lang", "en", "--offline"]


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["show", "99999"], 1, "There is no article 99999 among the saved ones."),
        (["show", "3"], 1, "The text of this article is not saved yet."),
        (["refresh"], 1, "--offline"),
        (["diff", "1"], 0, "The portal has not changed this article since it was saved."),
        (["bookmark", "list"], 0, "There are no bookmarks yet."),
        (["search", "trenggiling"], 0, "Nothing was found."),
        (["list", "--place", "Mars"], 0, "No saved headline is like that."),
        (["export", "--saved", "--to", "markdown"], 1, "There is nothing to export"),
    ],
)
def test_it_is_said_on_stderr(
    words: list[str], command: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, *command]) == code
    out, err = capsys.readouterr()
    assert (out, said in err) == ("", True), err


def test_a_bookmark_is_listed_with_what_was_written_on_it(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*words, "bookmark", "add", "1", "--note", "untuk rapat"])
    main([*words, "bookmark", "add", "2", "--label", "kerja"])
    capsys.readouterr()
    main([*words, "bookmark", "list"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line[:2] in ("# ", "> ")] == ["# kerja", "> untuk rapat"]


def test_staying_off_the_network_can_be_asked_for_by_the_environment(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EKSREAD_OFFLINE", "yes")
    assert main([*words[:-1], "refresh"]) == 1
    assert "--offline" in capsys.readouterr().err


def test_the_doctor_names_a_terminal_without_colours(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    main([*words, "doctor"])
    out = capsys.readouterr().out
    assert ", NO_COLOR; no full-screen terminal here: the commands print text" in " ".join(out.split())


def test_a_port_of_the_demo_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EKSREAD_DEMO_PORT", "70000")
    assert main(["--demo", "--data-dir", str(tmp_path), "--lang", "en", "list"]) == 2
    assert "EKSREAD_DEMO_PORT must be the number of a port." in capsys.readouterr().err
