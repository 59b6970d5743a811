"""What the documents say is what is there."""

from __future__ import annotations

import re
import subprocess
import sys
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
    assert [name for name in SETTINGS if f"| `{name}` |" not in text] == []
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
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 30
    for number, row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
        assert named, f"promise {number} is held by nothing"
        for file, test in named:
            assert f"def {test}(" in (ROOT / "tests" / file).read_text("utf-8"), f"{number}: {file}::{test}"
