"""Every example of the README and the docs is run, on the demo's news."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.shell import Shell

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = [
    pytest.param(line, id=f"{page.name}-{number}")
    for page in PAGES
    for number, line in enumerate(
        line
        for block in re.findall(r"```sh\n(.+?)```", page.read_text("utf-8"), re.DOTALL)
        for line in block.splitlines()
        if not line.startswith(("python3 -m venv", "man "))  # run by .ci/run; needs the installed page
    )
]
WORD = re.compile(r"`(eksread (?!--demo)[^`\n ]+ [^`\n]*)`")
"""A command with arguments in running text; one with a name in capitals or an ellipsis is a form rather than an example."""
INLINE = sorted(
    {
        command
        for page in PAGES
        for command in WORD.findall(page.read_text("utf-8"))
        if not re.search(r"\b[A-Z]{3,}\b|…|[][|]|restore|doctor|reparse|marks import|config edit", command)
    }
)


def run(line: str, fetched: Shell, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run a line in a shell that finds eksread, with a home of its own."""
    shell = fetched.copy(tmp_path / "data")
    newest = shell.json("list", "--limit", "1")[0]
    shell("bookmark", "add", str(newest["id"]))
    for folder in (".zfunc", ".config/fish/completions", ".local/share/bash-completion/completions"):
        (tmp_path / folder).mkdir(parents=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],
        capture_output=True,
        text=True,
        env=shell.environ | {"PATH": path, "HOME": str(tmp_path), "EKSREAD_OFFLINE": "1", "BROWSER": "true"},
        cwd=tmp_path,
        check=False,
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("line", COMMANDS)
def test_a_line_of_a_block_works(line: str, fetched: Shell, tmp_path: Path) -> None:
    done = run(line, fetched, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("line", INLINE)
def test_a_command_in_the_text_is_one(line: str, fetched: Shell, tmp_path: Path) -> None:
    done = run(line, fetched, tmp_path)
    assert done.returncode != 2, done.stderr
    assert "Traceback" not in done.stderr
    if " search " in line:
        assert "*" in done.stdout  # a match
