"""Whatever the archive holds, no control characters are printed; JSON has them as escapes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from eksread.export.json_form import escaped
from eksread.model.news import Comment, Comments, RelatedLink
from eksread.store import open_store
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HOSTILE = "Judul \x1b]0;PWNED\x07\x1b[2J\x9b31m\x0e\rulang\x7f \u202eterbalik\u2066 nol\u200b \U000e0041 akhir 👨‍👩‍👧"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive whose every text is hostile, as no parser of ours would leave it."""
    store = open_store(tmp_path)
    comments = Comments(1, None, (Comment(HOSTILE, NOW, HOSTILE, 0),))
    number = save(
        store,
        "a",
        HOSTILE.replace("\r", ""),
        title=HOSTILE,
        place=HOSTILE,
        section=HOSTILE,
        standfirst=HOSTILE,
        reporter=HOSTILE,
        related=(RelatedLink(HOSTILE, None),),
        comments=comments,
    )
    store.user_data.add_bookmark(number, NOW, HOSTILE, (HOSTILE,))
    store.close()
    return tmp_path


def output(folder: Path, *words: str, **environ: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(folder), "--lang", "en", *words],
        capture_output=True,
        env=os.environ | environ,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    return (done.stdout + done.stderr).decode("utf-8", "surrogateescape")


COMMANDS = (
    ("list",),
    ("show", "1"),
    ("show", "1", "--plain"),
    ("search", "akhir"),
    ("bookmark", "list"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_prints_control_characters(folder: Path, words: tuple[str, ...]) -> None:
    for more in ((), ("--json",)):
        if more and "--plain" in words:
            continue
        printed = output(folder, *words, *more)
        assert "akhir" in printed
        bad = {char for char in printed if unicodedata.category(char) in ("Cc", "Cf", "Cs")} - set(
            "\n\t\u200d"
        )
        assert bad == set()
        if more:
            assert "\\x9b31m" in repr(json.loads(printed))


def test_json_is_the_same_document_with_escapes() -> None:
    plain = json.dumps({"a": HOSTILE + "\ud800"}, ensure_ascii=False)
    assert json.loads(escaped(plain)) == {"a": HOSTILE + "\ud800"}
    assert "\\u202e" in escaped(plain)
    assert "\U000e0041" not in escaped(plain)


def test_a_terminal_without_the_letters_gets_question_marks(folder: Path) -> None:
    assert "?" in output(folder, "show", "1", PYTHONIOENCODING="ascii")
