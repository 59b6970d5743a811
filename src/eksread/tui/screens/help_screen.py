"""All keys on one page, made from the command table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import NO_KEY, NUMBERS, key_of, keys_of, shown_keys
from eksread.tui.render.headline_lines import COMMENTS, PICTURE, UPDATED
from eksread.tui.render.lines import BLANK, Line, Run, paragraph, text_lines
from eksread.tui.screens.page_screen import PageScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY_CELLS: Final = 24
"""Cells of the key column: the longest set of keys, and a gap."""
COLUMN: Final = 72


def help_lines(width: int) -> Iterator[Line]:
    """Give the page of keys, by groups."""
    yield Line((Run(_("Keys"), "title"),))
    yield BLANK
    intro = _(
        "Everything works with the keyboard and with the mouse. Nothing is marked read by passing over it."
    )
    yield from text_lines(intro, "dim", width)
    group = ""
    for command in COMMANDS:
        if command.group != group:
            group = command.group
            yield BLANK
            yield Line((Run(_(group), "heading"),))
        yield from _row(shown_keys(keys_of(command.id)) or NO_KEY, _(command.label), width)
        if command.id == "previous-link":
            yield from _row(
                NUMBERS,
                _("Choose a link by its number; again or {key} opens it").format(key=key_of("open")),
                width,
            )
    yield BLANK
    yield Line((Run(_("Signs"), "heading"),))
    for sign, meaning in _signs():
        yield from _row(sign, meaning, width)


def _signs() -> tuple[tuple[str, str], ...]:
    return (
        ("●", _("not read yet")),
        ("★", _("bookmarked")),
        ("7", _("beside a section: articles not read yet")),
        ("✎", _("your note and labels")),
        ("▲ ▼", _("reactions since you were here")),
        ("‹", _("steps back through the links you followed")),
        (PICTURE, _("the picture is saved")),
        (COMMENTS, _("the comments are saved; +2: two came since you saw them")),
        (UPDATED, _("changed by the portal since it was first seen")),
        ("≈", _("the date is an estimate")),
        ("ADV", _("paid for by its subject")),
        ("×", _("gone from the portal; the saved copy stays")),
    )


def _row(key: str, meaning: str, width: int) -> Iterator[Line]:
    gap = max(1, KEY_CELLS - cell_len(key))
    return paragraph((Run(meaning, "body"),), width, (Run(key, "key"), Run(" " * gap)))


class HelpScreen(PageScreen):
    """The page of keys."""

    def __init__(self) -> None:
        super().__init__(help_lines, column=COLUMN, closed_by="help")
