"""`eksread config`: the sample, what holds and where it comes from, mistakes, and the editor."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from eksread.cli.commands.settings import SAMPLE, sample
from eksread.cli.main import main
from eksread.config import SETTINGS, Config, load
from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import BUILT_IN, chosen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EKSREAD_LANG", "en")
    monkeypatch.setenv("EKSREAD_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "folder" / "config.toml"
    monkeypatch.setenv("EKSREAD_CONFIG", str(path))
    return path


def written(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_sample_has_every_setting_and_every_command() -> None:
    assert set(SAMPLE) == set(SETTINGS)
    text = sample()
    keys = [name.rpartition(".")[2] for name in SETTINGS] + [command.id for command in COMMANDS]
    assert [key for key in keys if f"\n# {key} = " not in text] == []


def test_the_sample_changes_nothing_and_each_line_of_it_is_right_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(sample(), "utf-8")
    assert load(path) == (Config(), ())
    path.write_text(re.sub(r"(?m)^# ([\w-]+ = )", r"\1", sample()), "utf-8")
    config, problems = load(path)
    assert problems == ()
    assert chosen(config.keys) == BUILT_IN
    free = {"language", "portal", "user_agent", "read_aloud"}  # those without a fixed default
    defaults = Config()
    for name in SETTINGS:
        key = name.replace(".", "_")
        assert name in config.given
        assert name in free or getattr(config, key) == getattr(defaults, key)


def test_init_writes_the_sample_and_never_over_a_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "init"]) == 0
    assert file.read_text("utf-8") == sample()
    file.write_text("width = 60\n", "utf-8")
    assert main(["config", "init"]) == 1
    assert "it is there already" in capsys.readouterr().err
    assert file.read_text("utf-8") == "width = 60\n"


def test_path_is_that_of_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{file}\n"


def test_show_gives_value_and_origin(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(file, 'language = "id"\nwidth = 60\nrefresh.every = "120m"\n[keys]\nnext = "n"\n')
    monkeypatch.setenv("EKSREAD_OFFLINE", "1")
    assert main(["--portal", "news.example", "config", "show", "--json"]) == 0
    found: dict[str, Any] = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    shown = {name: (row["value"], row["source"], row["variable"]) for name, row in found.items()}
    assert set(SETTINGS) < set(shown)
    assert shown["language"] == ("en", "environment", "EKSREAD_LANG")
    assert shown["portal"] == ("https://news.example/", "option", None)
    assert shown["width"] == (60, "file", None)
    assert shown["refresh.every"] == ("2h", "file", None)
    assert shown["keys.next"] == ("n", "file", None)
    assert shown["theme"] == ("dark", "default", None)
    assert shown["--offline"] == (True, "environment", "EKSREAD_OFFLINE")
    assert main(["config", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split() == ["width", "60", "file"]
    assert lines[0].split() == ["language", '"en"', "EKSREAD_LANG"]


def test_check_names_file_line_value_and_what_is_allowed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(file, 'theme = "pink"\nwidth = 60\n\n[keys]\nnexd = "n"\nnext = "F99"\n')
    assert main(["config", "check"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        f'{file}, line 1: The setting “theme” is "pink", and must be one of: dark, light, contrast, terminal.',
        f"{file}, line 5: Unknown command “nexd” among the keys. Did you mean “next”?",
        f"{file}, line 6: “F99”, given to “next”, is no key. Did you mean “F9”?",
    ]


@pytest.mark.parametrize(("text", "code"), [("width = 60\n", 0), ("width = \n", 1), (None, 1)])
def test_check_ends_with_1_where_something_is_wrong(file: Path, text: str | None, code: int) -> None:
    if text is not None:
        written(file, text)
    assert main(["config", "check"]) == code


def test_edit_opens_a_sample_in_the_editor_and_checks_what_was_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text("import sys\nwith open(sys.argv[1], 'a') as f: f.write('next = \"F99\"\\n')\n", "utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {editor}")
    assert main(["config", "edit"]) == 1
    assert file.read_text("utf-8") == sample() + 'next = "F99"\n'
    assert "“F99”, given to “next”, is no key." in capfd.readouterr().out
