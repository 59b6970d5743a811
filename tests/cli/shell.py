"""Running eksread as a person or a script does: a real process, no terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


class Shell:
    """Runs eksread on one portal with one data folder."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.environ = os.environ | {
            "EKSREAD_PORTAL": url,
            "EKSREAD_DATA_DIR": str(folder),
            "EKSREAD_LANG": "en",
        }

    def __call__(self, *words: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "eksread", *words],
            capture_output=True,
            text=True,
            input=stdin,
            env=self.environ | environ,
            cwd=ROOT,
            check=False,
            timeout=60,
        )

    def json(self, *words: str) -> Any:
        done = self(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def copy(self, folder: Path) -> Shell:
        """Give one with a copy of the data, put into `folder`."""
        return Shell(self.url, shutil.copytree(self.folder, folder, dirs_exist_ok=True))
