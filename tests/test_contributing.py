"""The examples of CONTRIBUTING.md work: they are applied to a copy of the tree, and the tests they name pass."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import unmeasured

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"<!-- example: (\w+), (\w+)(?:: (\S+))? -->\n```\w+\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))


def edited(text: str, diff: str) -> str:
    """Apply a diff of one place without line numbers: what it removes or keeps must occur once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def apply(tree: Path, action: str, name: str, block: str) -> None:
    path = tree / name
    if action == "edit":
        path.write_text(edited(path.read_text("utf-8"), block), "utf-8")
    elif action == "append":
        path.write_text(f"{path.read_text('utf-8')}\n\n{block}", "utf-8")
    else:
        assert not path.exists()
        path.write_text(block, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("example", dict.fromkeys(name for name, *_ in EXAMPLES))
def test_an_example_works_as_it_stands(example: str, tmp_path: Path) -> None:
    for folder in ("src", "tests", "docs", "tools", ".ci"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / file, tmp_path)
    command = ""
    for name, action, path, block in EXAMPLES:
        if name == example and action == "run":
            command = block
        elif name == example:
            apply(tmp_path, action, path, block)
    environment = unmeasured() | {"PYTHONPATH": str(tmp_path / "src")}
    done = subprocess.run(
        [sys.executable, *shlex.split(command)[1:], "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
