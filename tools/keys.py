"""Writes docs/keys.md from the table of commands: `python tools/keys.py`; `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import shown_key

FILE = Path(__file__).resolve().parent.parent / "docs" / "keys.md"
HEAD = """# Keys

Made from `src/eksread/tui/commands.py` by `python tools/keys.py`; a test fails when it is out of date. In the reading room `?` shows the same
page in your language, and `:` finds a command by its name.

The column *name* is what the table `[keys]` of the [settings](configuration.md) takes, with keys as they are written here, separated by commas:
`next-unread = "n, Ctrl-N"`. `Alt-`, `Shift-`, `Ctrl-` and the names of [Textual](https://textual.textualize.io/guide/input/#key-names) are understood too; a comma
alone is the key. A key has one meaning: if you give it to two commands the first has it, and it loses its built-in meaning. Every such clash,
every unknown command and every unknown key is reported at the start and by `eksread doctor`.
"""
DIGITS = "In an article `1` to `9` choose a link by its number; the same digit again, or Enter, opens it."


def document() -> str:
    """Give the page."""
    parts = [HEAD]
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        rows = [
            f"| {' '.join(f'`{shown_key(key)}`' for key in command.keys.split(','))} | {command.label} | `{command.id}` |"
            for command in commands
        ]
        parts.append(
            "\n".join([f"## {group}\n", "| keys | what they do | name |", "|---|---|---|", *rows]) + "\n"
        )
    return "\n".join([*parts, DIGITS + "\n"])


def main() -> int:
    text = document()
    if "--check" in sys.argv[1:]:
        return int(FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
