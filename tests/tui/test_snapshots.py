"""The screens as they were looked at and found good, line by line: sizes, themes, languages, states.

When one differs on purpose: `python tools/pictures.py --text tests/tui/snapshots`, and look at the difference.
"""

from __future__ import annotations

import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
KEPT = Path(__file__).parent / "snapshots"


def test_every_state_looks_as_it_was_found_good(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "pictures.py", "--text", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = {file.name for file in KEPT.glob("*.txt")}
    assert {file.name for file in tmp_path.glob("*.txt")} == names
    assert len(names) >= 16
    differences = [
        line
        for name in sorted(names)
        for line in unified_diff(_lines(KEPT / name), _lines(tmp_path / name), name, "now", n=1, lineterm="")
    ]
    assert not differences, "\n".join(differences[:80])


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()
