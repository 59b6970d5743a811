"""All keys on one page, made from the command table."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import NO_KEY, NUMBERS, key_of, keys_of, shown_keys
from eksread.tui.render.headline_lines import COMMENTS, PICTURE, UPDATED
from eksread.tui.render.lines import BLANK, Line, Run, pad, paragraph, text_lines
from eksread.tui.screens.page_screen import PageScreen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEY_CELLS: Final = 24
"""Cells of the key column: the longest set of keys, and a gap."""
COLUMN: Final = 72
GAP: Final = 4
"""Cells between two columns."""
TWO_COLUMNS: Final = 110
"""Cells from which there is room for two columns, each as wide as the page is on a screen of 60."""


def help_lines(width: int) -> Iterator[Line]:
    """Give the page of keys, by groups; in two columns where they find room."""
    yield Line((Run(_("Keys"), "title"),))
    yield BLANK
    intro = _(
        "Everything works with the keyboard and with the mouse. Nothing is marked read by passing over it."
    )
    yield from text_lines(intro, "dim", width)
    if width < TWO_COLUMNS:
        yield from chain.from_iterable(_groups(min(width, COLUMN)))
    else:
        yield from _beside(_groups((width - GAP) // 2), (width - GAP) // 2)


def _groups(width: int) -> list[list[Line]]:
    """Give each group of commands below its heading, and the signs."""
    groups: dict[str, list[Line]] = {}
    for command in COMMANDS:
        lines = groups.setdefault(command.group, [BLANK, Line((Run(_(command.group), "heading"),))])
        lines += _row(shown_keys(keys_of(command.id)) or NO_KEY, _(command.label), width)
        if command.id == "previous-link":
            text = _("Choose a link by its number; again or {key} opens it")
            lines += _row(NUMBERS, text.format(key=key_of("open")), width)
    signs = [BLANK, Line((Run(_("Signs"), "heading"),))]
    for sign, meaning in _signs():
        signs += _row(sign, meaning, width)
    return [*groups.values(), signs]


def _beside(groups: Sequence[list[Line]], width: int) -> Iterator[Line]:
    """Give the groups in two columns of `width` cells, parted where the longer one is shortest."""
    columns = [(list(chain(*groups[:at])), list(chain(*groups[at:]))) for at in range(len(groups))]
    left, right = min(columns, key=lambda pair: max(map(len, pair)))
    for one, other in zip_longest(left, right, fillvalue=BLANK):
        yield Line((*pad(one.runs, width + GAP), *other.runs))


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
        super().__init__(help_lines, column=2 * COLUMN + GAP, closed_by="help")
