"""Files of the user's that are anything but: named in one line, and nothing hangs, fills the memory or ends in a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from eksread.cli import demo_portal
from eksread.cli.main import main
from eksread.errors import FileUnreadable
from eksread.store.picture_files import PictureFolder
from eksread.user_files import as_text, parse_toml, read_bytes, read_stream, shown
from tests import odd_files
from tests.cli.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 10**6


@pytest.mark.parametrize("odd", odd_files.NO_FILES)
def test_only_an_ordinary_file_within_the_limit_is_read(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "file"
    odd_files.make(odd, path)
    descriptors = os.listdir("/dev/fd")  # noqa: PTH208 - names are enough
    with pytest.raises(FileUnreadable) as refused:
        read_bytes(path, LIMIT)
    assert str(path) in refused.value.message
    assert refused.value.message.isprintable()
    assert os.listdir("/dev/fd") == descriptors  # noqa: PTH208 - as above


def test_the_limit_is_a_limit_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    assert len(read_bytes(path, 200_000)) == 200_000
    with pytest.raises(FileUnreadable, match="file"):
        read_bytes(path, 199_999)
    with pytest.raises(FileUnreadable):
        read_stream(io.BytesIO(b"x" * 200_000), 199_999, "-")


def test_the_mark_of_some_editors_is_no_part_of_the_text() -> None:
    assert parse_toml(as_text(b"\xef\xbb\xbfwidth = 60\r\n", "x"), "x") == {"width": 60}


def test_a_long_text_of_many_sentences_is_no_deep_key() -> None:
    text = "Satu. Dua kata.Tiga, empat. " * 500 + "\nJawabnya: " + "Ya. " * 500
    assert parse_toml(f'x = """\n{text}\n"""', "x")["x"] == f"{text}\n"


@pytest.mark.parametrize(
    "value",
    [int("f" * 5000, 16), "\x1b]0;x\x07\n\u202e", "x" * 10**6, {"a": ["b"] * 1000}, b"\0", float("nan")],
    ids=range(6),
)
def test_a_value_is_shown_on_one_line(value: object) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 40


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00Z", "2024-05-03 10:00:00+00:00"),
        ("07:32:00", "07:32:00"),
        ("{a = 1, b = [true]}", '{"a": 1, "b": [true]}'),
        ("'satu'", '"satu"'),
        ('"é\\u202e"', '"é\\u202e"'),
        ("nan", "nan"),
        ("true", "true"),
    ],
)
def test_a_value_is_shown_as_its_file_has_it(toml: str, said: str) -> None:
    assert shown(parse_toml(f"x = {toml}", "x")["x"]) == said


@pytest.mark.parametrize("odd", odd_files.NO_FILES)
def test_commands_name_a_file_that_is_none(
    tmp_path: Path, odd: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKSREAD_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "file"
    odd_files.make(odd, path)
    for command in (
        ("marks import", "parse")
        if odd in ("more than fits", "a link to /proc/self/mem")
        else ("marks import", "parse", "restore")
    ):
        assert main(["--lang", "en", "--demo", "--offline", *command.split(), str(path)]) == 1
        told = capfd.readouterr()
        assert told.out == ""
        assert told.err.startswith(f"eksread: The file {path} can't be read: ")
        assert told.err.count("\n") == 1


@pytest.mark.parametrize("odd", odd_files.NO_FILES)
def test_what_stands_among_the_files_of_eksread_is_passed_over(tmp_path: Path, odd: str) -> None:
    odd_files.make(odd, tmp_path / demo_portal.PORT_FILE)
    assert demo_portal.front_page(tmp_path).endswith(f":{demo_portal.USUAL_PORT}/")
    pictures = PictureFolder(tmp_path / "pictures")
    path = pictures.path("https://news.invalid/a.jpg")
    path.parent.mkdir(parents=True)
    odd_files.make(odd, path)
    assert pictures.get("https://news.invalid/a.jpg") is None


@pytest.mark.parametrize("port", ["", "0", "65536", "99999999", "-1", "abc", "9" * 5000])
def test_a_port_that_is_none_is_not_used(tmp_path: Path, port: str) -> None:
    (tmp_path / demo_portal.PORT_FILE).write_text(port)
    assert demo_portal.front_page(tmp_path).endswith(f":{demo_portal.USUAL_PORT}/")


NO_RECORDS = {
    "nested lists": "[" * odd_files.DEEP,
    "nested tables": '{"a":' * odd_files.DEEP,
    "a nested note": '{"kind": "bookmark", "url": "https://news.invalid/x", "note": ' + "[" * odd_files.DEEP,
    "a nested article": json.dumps({"kind": "bookmark", "url": "https://news.invalid/x", "changed_at": "2024-01-01", "article": 5})
    .replace("5}", '{"u": "x", "t": "t", "b": ' + "[" * 900 + "]" * 900 + "}}"),
    "a number of too many digits": '{"kind": "reading", "url": "x", "block": ' + "9" * 5000 + "}",
    "a number that no column holds": '{"kind": "reading", "url": "x", "anchor": ' + "9" * 30 + "}",
    "an infinite number": '{"kind": "reading", "url": "x", "block": Infinity}',
    "a lone surrogate": '{"kind": "search", "name": "\\ud800", "query": "q", "changed_at": "2024-01-01"}',
    "no moment": '{"kind": "bookmark", "url": "x", "changed_at": "9999-99-99"}',
    "HTML": "<!doctype html>",
}  # fmt: skip


@pytest.mark.parametrize("odd", NO_RECORDS)
def test_imported_lines_that_are_none_are_counted(
    tmp_path: Path, odd: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKSREAD_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "lines.jsonl"
    path.write_text(
        NO_RECORDS[odd] + '\n{"kind": "search", "name": "a", "query": "q", "changed_at": "2024-01-01"}\n'
    )
    base = ["--lang", "en", "--demo", "--offline"]
    assert main([*base, "marks", "import", str(path)]) == 0
    told = capfd.readouterr()
    assert told.out.startswith("Changed: 1 · not understood: 1 (line 1")
    assert told.err == ""
    assert main([*base, "list"]) == main([*base, "store", "check"]) == 0


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell("https://news.invalid/", tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize(
    "odd", ["a fifo", "a link to /dev/zero", "two links to each other", "nested lists", "a conflict of git"]
)
def test_a_start_names_each_odd_file_in_a_line_and_goes_on(shell: Shell, tmp_path: Path, odd: str) -> None:
    folder, config = tmp_path / "data", tmp_path / "config.toml"
    folder.mkdir()
    odd_files.make(odd, folder / "bookmarks.toml")
    odd_files.make(odd, config)
    done = shell("list", "--offline", "--config", str(config), "--data-dir", str(folder), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == []
    about_config, about_bookmarks, *_nothing_saved = done.stderr.splitlines()
    assert str(config) in about_config
    assert str(folder / "bookmarks.toml") in about_bookmarks


def test_an_input_without_end_is_refused(shell: Shell, tmp_path: Path) -> None:
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123 - a device
        for name in ("/dev/zero", "-"):
            done = subprocess.run(
                [sys.executable, "-m", "eksread", "marks", "import", name, "--data-dir", str(tmp_path)],
                stdin=endless, capture_output=True, text=True, env=shell.environ, check=False, timeout=60,
            )  # fmt: skip
            assert (done.returncode, done.stderr.count("\n"), done.stdout) == (1, 1, "")


def test_a_portal_that_is_none_in_the_settings_stops_nothing(shell: Shell, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('portal = "ftp://x"\nuser_agent = "a\\nb"\n')
    done = shell("list", "--offline", "--config", str(config), "--data-dir", str(tmp_path), EKSREAD_PORTAL="")
    assert done.returncode == 0
    assert f'{config}, line 1: The setting “portal” is "ftp://x", and must be an address' in done.stderr
    assert f'{config}, line 2: The setting “user_agent” is "a\\nb", and must be a text' in done.stderr
