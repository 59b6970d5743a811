"""Writes docs/eksread.1, the manual page, from the command line's parser. Run it after a change of options; a test compares."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from argparse_manpage.manpage import Manpage

from eksread import __version__, i18n
from eksread.cli.command_table import command_parser

PATH: Final = Path(__file__).parent.parent / "docs" / "eksread.1"


def page() -> str:
    """Give the manual page in English, without the day it was made on."""
    os.environ["COLUMNS"] = "80"
    i18n.use("en")
    parser = command_parser().filled()
    for command in parser.commands.choices.values() if parser.commands else ():
        command.filled()
    parser.man_short_description = "read EKSPOSKALTIM.com in the terminal"  # type: ignore[attr-defined]  # argparse-manpage reads it there
    text = str(Manpage(parser))
    return re.sub(
        r"^\.TH .*$", f'.TH EKSREAD 1 "" "eksread {__version__}" "User commands"', text, count=1, flags=re.M
    )


if __name__ == "__main__":
    PATH.write_text(page(), "utf-8")
    sys.stdout.write(f"{PATH}\n")
