"""The house rules that a machine can hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "eksread"
LONGEST = 600


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False, **more)


def loaded_after(code: str) -> set[str]:
    """Give the names of the modules that a fresh interpreter has loaded after `code`."""
    done = run(sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_imports_point_down() -> None:
    done = run(
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "module",
    [
        "fetch",
        "parse",
        "store",
        "library",
        "refresh",
        "demo",
        "cli.main",
        "cli.commands.show",
        "cli.commands.list",
        "cli.commands.parse",
    ],
)
def test_only_the_screens_load_textual(module: str) -> None:
    assert not {"textual", "rich"} & loaded_after(f"import eksread.{module}")


def test_showing_saved_headlines_loads_neither_network_nor_parser(tmp_path: Path) -> None:
    code = f"""
from eksread.cli.main import main
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    assert main(["--offline", "--data-dir", {str(tmp_path)!r}, "list"]) == 0
"""
    assert not {"httpx", "selectolax", "textual", "protego"} & loaded_after(code)


def test_the_values_of_a_list_load_no_others() -> None:
    assert not {"eksread.model.news", "eksread.model.stored"} & loaded_after(
        "from eksread.model.lists import Headline"
    )


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in SOURCE.rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_the_code_is_clean() -> None:
    for words in (("check",), ("format", "--check")):
        done = run(sys.executable, "-m", "ruff", *words, "src", "tests", "tools", "benchmarks")
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_are_strict() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout + done.stderr
