"""The rules of CONTRIBUTING.md that a machine can check. Ruff, mypy and the import contracts are run here, and nowhere else."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "eksread"
MAX_MODULE = 600
"""Lines."""
MAX_FUNCTION = 60
"""Lines."""
MAX_FOLDER = 12
"""Modules, `__init__.py` not counted."""


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


def test_no_import_comes_back_to_where_it_started() -> None:
    """Imports for type checking count: who reads a module has to read those as well."""
    graph = grimp.build_graph("eksread", exclude_type_checking_imports=False, cache_dir=None)
    circular = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if graph.chain_exists(importer=imported, imported=importer)
    ]
    assert sorted(circular) == []


MODULES_WITHOUT_SCREENS = [
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
]


def test_only_the_screens_load_textual() -> None:
    code = "\n".join(f"import eksread.{module}" for module in MODULES_WITHOUT_SCREENS)
    assert not {"textual", "rich"} & loaded_after(code)


def test_showing_saved_headlines_loads_neither_network_nor_parser(tmp_path: Path) -> None:
    code = f"""
from eksread.cli.main import main
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    assert main(["--offline", "--data-dir", {str(tmp_path)!r}, "list"]) == 0
"""
    assert not {"httpx", "selectolax", "textual", "protego", "PIL"} & loaded_after(code)


def test_the_command_line_loads_no_values_before_it_knows_the_command() -> None:
    assert not {
        name for name in loaded_after("import eksread.cli.main") if name.startswith("eksread.model.")
    } - {
        "eksread.model.display_text",
        "eksread.model.enums",
    }


def test_the_values_of_a_list_load_no_others() -> None:
    assert not {"eksread.model.news", "eksread.model.stored"} & loaded_after(
        "from eksread.model.lists import Headline"
    )


def test_modules_and_functions_are_short_enough_to_read() -> None:
    long = {}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        if (count := len(text.splitlines())) > MAX_MODULE:
            long[str(path.relative_to(SOURCE))] = count
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION:
                    long[f"{path.relative_to(SOURCE)}:{node.name}"] = lines
    assert long == {}


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    modules = [path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if path.name != "__init__.py"]
    folders = Counter(path.parent.as_posix() for path in modules)
    crowded = {name: count for name, count in folders.items() if count > MAX_FOLDER}
    assert crowded == {}
    names = Counter(path.name for path in modules if path.name != "__main__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_the_code_is_clean() -> None:
    for words in (("check",), ("format", "--check")):
        done = run(sys.executable, "-m", "ruff", *words, "src", "tests", "tools", "benchmarks")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_types_are_strict() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout + done.stderr
