"""`eksread export` and `eksread marks` as a person or a script runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shell import Shell

pytestmark = pytest.mark.slow


@pytest.fixture
def shell(fetched: Shell, tmp_path: Path) -> Shell:
    return fetched.copy(tmp_path / "data")


def test_ids_from_a_pipe_become_a_book(shell: Shell, tmp_path: Path) -> None:
    ids = [str(row["id"]) for row in shell.json("list", "--limit", "3")]
    path = tmp_path / "pagi.epub"
    done = shell(
        "export", "-", "--to", "epub", "-o", str(path), stdin="\n".join(f"{one}\tjudul" for one in ids)
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    with ZipFile(path) as book:
        assert {f"EPUB/article-{one}.xhtml" for one in ids} <= set(book.namelist())
    again = shell("export", *ids, "--to", "epub", "-o", str(path))
    assert again.returncode == 1
    assert "can't be written" in again.stderr
    assert shell("export", *ids, "--to", "epub", "-o", str(path), "--force").returncode == 0


def test_a_choice_goes_to_stdout_or_into_a_folder(shell: Shell, tmp_path: Path) -> None:
    first = shell.json("list", "--limit", "1")[0]
    shell("bookmark", "add", str(first["id"]), "--note", "Tanya dulu")
    text = shell("export", "--saved").stdout
    assert first["title"].split()[0] in text
    assert "Tanya dulu" in text
    lines = shell("export", "--search", "kapal", "--to", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in shell.json("search", "kapal")]
    assert "<opml" in shell("export", "--to", "opml").stdout
    done = shell("export", "--edition", "--to", "html", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (page,) = tmp_path.glob("*.html")
    assert page.read_text("utf-8").count("<article ") > 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "marks export"),
        (["1", "--saved"], 2, "name articles"),
        (["marks.jsonl"], 2, "marks export"),
        (["1", "--to", "opml"], 2, "takes no articles"),
        (["999999"], 1, "no article 999999"),
        (["--saved"], 1, "nothing to export"),
        (["--search", "tiadaadapun"], 1, "nothing to export"),
    ],
)
def test_a_choice_that_is_none_is_named(shell: Shell, words: list[str], code: int, told: str) -> None:
    done = shell("export", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_old_import_says_where_it_went(shell: Shell) -> None:
    done = shell("import", "x.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "eksread marks import" in done.stderr
