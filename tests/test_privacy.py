"""What stays behind on the disk: for the owner's eyes alone, and without what was looked for."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from eksread.paths import make_private
from tests.faults import FaultServer, page

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SOUGHT = "rahasiasekali"


def test_files_and_folders_are_the_owners_and_the_log_knows_no_query(tmp_path: Path) -> None:
    """The widest umask, a refresh that fails into the log, then a search."""
    home = tmp_path / "home"
    with FaultServer() as server:
        server.on("/", page(b"<p>bukan portal</p>"))
        words = ["--portal", server.url("/"), "--data-dir", str(home / "a" / "b" / "data")]
        words += ["--log-file", str(home / "c" / "d" / "eksread.log")]
        old = os.umask(0)
        try:
            for command in (["refresh"], ["search", SOUGHT], ["search", SOUGHT, "--json"]):
                subprocess.run(
                    [sys.executable, "-m", "eksread", *words, *command],
                    capture_output=True,
                    check=False,
                    timeout=60,
                )
        finally:
            os.umask(old)
    entries = list(home.rglob("*"))
    names = {entry.name for entry in entries}
    assert {"eksread.db", "eksread.log", "b", "d"} <= names
    open_to_others = [str(entry) for entry in entries if entry.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (home / "c" / "d" / "eksread.log").read_text("utf-8").count("\n") >= 1
    for entry in entries:
        assert entry.is_dir() or SOUGHT.encode() not in entry.read_bytes(), entry


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    make_private(shared / "own")
    assert shared.stat().st_mode & 0o777 == 0o755
    assert (shared / "own").stat().st_mode & 0o777 == 0o700
