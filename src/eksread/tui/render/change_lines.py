"""What the portal changed in an article, as lines: added and removed words are coloured, and marked by signs where there are no colours."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.formatting import absolute, number
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.word_diff import MARKS, Op, diff, shortened, text_of
from eksread.tui.render.lines import BLANK, Line, Run, paragraph, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eksread.model.stored import HeadlineVariant, Revision
    from eksread.model.word_diff import Piece

STYLES: Final = {Op.SAME: "body", Op.REMOVED: "removed", Op.ADDED: "added"}


def change_lines(
    title: str,
    revisions: Sequence[Revision],
    variants: Sequence[HeadlineVariant],
    width: int,
    *,
    signs: bool = False,
) -> Iterator[Line]:
    """Give each version beside the one before it, the newest change first, and then other headlines.

    `signs` stand around what was added and removed where there are no colours.
    """
    yield from text_lines(title, "kicker", width)
    yield BLANK
    yield Line((Run(_("What has changed"), "title"),))
    yield BLANK
    steps = list(pairwise(revisions))
    count = ngettext("{n} change saved.", "{n} changes saved.", len(steps)).format(n=number(len(steps)))
    legend = (
        Run(count + "  ", "dim"),
        Run(_signed(_("added"), Op.ADDED, signs=signs), "added"),
        Run("  "),
        Run(_signed(_("removed"), Op.REMOVED, signs=signs), "removed"),
    )
    if steps:
        yield from paragraph(legend, width)
    for old, new in reversed(steps):
        yield BLANK
        yield Line((Run(absolute(new.first_seen), "heading"),))
        yield BLANK
        yield from _step(diff(text_of(old.article), text_of(new.article)), width, signs=signs)
    if variants:
        yield BLANK
        yield Line((Run(_("Other headlines of this article"), "heading"),))
        for variant in variants:
            yield BLANK
            yield from text_lines(variant.title, "body", width)
            yield Line((Run(absolute(variant.last_seen), "dim"),))


def _step(pieces: Sequence[Piece], width: int, *, signs: bool) -> Iterator[Line]:
    for line in shortened(pieces):
        runs = piece_runs(line, signs=signs)
        yield from paragraph(runs, width) if line else (Line((Run("⋯", "dim"),)),)
        yield BLANK


def _signed(text: str, op: Op, *, signs: bool) -> str:
    start, end = MARKS[op] if signs else ("", "")
    return f"{start}{text}{end}"


def piece_runs(pieces: Iterable[Piece], *, signs: bool) -> list[Run]:
    """Give the pieces of one paragraph; blanks stay outside the marks, so that lines break between words."""
    runs: list[Run] = []
    for piece in pieces:
        shown = clean(piece.text)
        body = shown.strip()
        if not body:
            runs += [Run(shown, "body")] if shown else []
            continue
        lead, tail = shown[: len(shown) - len(shown.lstrip())], shown[len(shown.rstrip()) :]
        if runs and runs[-1].style == "removed":
            lead = lead or " "
        made = (Run(lead), Run(_signed(body, piece.op, signs=signs), STYLES[piece.op]), Run(tail))
        runs += [run for run in made if run.text]
    return runs
