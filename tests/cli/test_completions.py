"""Completions in a real shell, and the manual page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.shell import Shell

pytestmark = pytest.mark.slow

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
_shtab_eksread eksread "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(fetched: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("completions") / "eksread.bash"
    path.write_text(fetched("completions", "bash").stdout, "utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ("eksread re", {"refresh", "reparse", "restore"}),
        ("eksread store p", {"prune"}),
        ("eksread list --un", {"--unread"}),
        ("eksread export --to e", {"epub"}),
        ("eksread show 1", {"1", "10"}),
        ("eksread list --place Bon", {"Bontang"}),
    ],
)
def test_bash_completes(fetched: Shell, script: Path, words: str, some: set[str]) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", ASK, "bash", script, *words.split()],
        capture_output=True,
        text=True,
        env=fetched.environ | {"PATH": path},
        check=False,
    )
    assert some <= set(done.stdout.split()), done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_script_is_one_that_the_shell_reads(fetched: Shell, tmp_path: Path, shell: str) -> None:
    text = fetched("completions", shell).stdout
    assert f"eksread completions {shell} --values ids" in text
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / "script"
    path.write_text(text, "utf-8")
    done = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_manual_page_is_that_of_the_options() -> None:
    """When this fails: run tools/manpage.py."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tools.manpage import PATH, page; assert PATH.read_text('utf-8') == page()",
        ],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if shutil.which("mandoc") or shutil.which("groff"):
        tool = (
            ["mandoc", "-Tlint", "-Wwarning"]
            if shutil.which("mandoc")
            else ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z"]
        )
        checked = subprocess.run(
            [*tool, "docs/eksread.1"],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            check=False,
        )
        assert checked.stderr == ""
