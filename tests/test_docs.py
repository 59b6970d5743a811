"""What the documents say is what is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from eksread.cli.command_table import COMMANDS

ROOT = Path(__file__).parent.parent


def blocks(name: str) -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(rf"<!-- command: {name} -->\n```sh\n(.+?)```", text, re.DOTALL)


def test_the_readme_has_the_two_commands_and_ci_runs_the_second() -> None:
    assert len(blocks("demo")) == len(blocks("test")) == 1
    assert blocks("demo")[0].rstrip().endswith("eksread --demo")
    assert "<!-- command: test -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_command_with_json_is_documented() -> None:
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`eksread {name} " not in text] == [
        "import",
        "completions",
    ]  # a name of the past; a script


def test_the_architecture_page_has_every_module_and_no_other() -> None:
    """When this fails: add, remove or rename the module in the tree of docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    tree = text.split("```")[1].split("tests/ ")[0]
    named = set(re.findall(r"[\w.]+", tree))
    modules = {path.stem for path in (ROOT / "src").rglob("*.py") if path.name != "__init__.py"}
    assert modules - named == set()
    files = {path.name for path in (ROOT / "src").rglob("*.py")}
    assert {name for name in re.findall(r"\b\w+\.py\b", text) if name not in files} <= {
        "test_architecture.py",
        "test_terminal.py",
        "screen.py",
    }


def test_pictures_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        assert (ROOT / target).is_file(), target


def test_every_setting_and_every_global_option_is_documented() -> None:
    import argparse

    from eksread.cli.options import add_global
    from eksread.config import SETTINGS

    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert [name for name in (*SETTINGS, "keys") if f"| `{name}` |" not in text] == []
    parser = argparse.ArgumentParser(add_help=False)
    add_global(parser)
    flags = re.findall(r"--[a-z-]+", parser.format_help())
    assert [flag for flag in flags if f"| `{flag}" not in text] == []
    assert [flag for flag in flags if f"`EKSREAD_{flag[2:].upper().replace('-', '_')}`" not in text] == []


def test_the_page_of_keys_is_what_the_table_says() -> None:
    """When this fails: `python tools/keys.py`."""
    done = subprocess.run([sys.executable, ROOT / "tools" / "keys.py", "--check"], check=False)
    assert done.returncode == 0


def test_every_promise_of_safety_names_tests_that_exist() -> None:
    rows = re.findall(
        r"^\| (\d+) \|(.+)\|$", (ROOT / "docs" / "security.md").read_text("utf-8"), re.MULTILINE
    )
    numbers = [int(number) for number, _ in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert len(numbers) >= 35
    for number, row in rows:
        held_by = row.split("|")[-1]
        named = re.findall(r"`([\w/]+/)?(test_\w+)\.py::(test_\w+)`", held_by)
        assert named, f"promise {number} is held by nothing"
        assert held_by.count("`") == 2 * len(named), f"promise {number} names something that is no test"
        for folder, file, test in named:
            code = (ROOT / "tests" / folder / f"{file}.py").read_text("utf-8")
            defined = re.search(rf"^(?:async )?def {test}\(", code, re.MULTILINE)
            assert defined, f"{number}: {folder}{file}::{test}"


def test_every_threat_names_promises_that_there_are() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    numbers = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    model = text.split("## Threat model")[1].split("## How to report")[0]
    reached: set[int] = set()
    for cell in re.findall(r"\| ([^|]+) \|$", model, re.MULTILINE):
        for first, last in re.findall(r"(\d+)(?: to (\d+))?", cell):
            reached |= set(range(int(first), int(last or first) + 1))
    assert reached == numbers


def test_every_dependency_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(one for group in project["optional-dependencies"].values() for one in group),
    ]
    assert [one for one in wanted if ",<" not in one] == []
