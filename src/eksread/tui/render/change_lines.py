"""What the portal changed in an article, as lines: added and removed words are coloured, and marked by signs where there are no colours."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eksread.formatting import absolute, number
from eksread.i18n import _, ngettext
from eksread.model.word_diff import MARKS, Op, diff, text_of
from eksread.tui.render.lines import BLANK, Line, Run, clean, paragraph, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model.stored import HeadlineVariant, Revision
    from eksread.model.word_diff import Piece

STYLES: Final = {Op.SAME: "body", Op.REMOVED: "removed", Op.ADDED: "added"}
AROUND: Final = 1
"""Unchanged paragraphs kept as context on either side of a changed one."""


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
    count = ngettext("{n} change stored.", "{n} changes stored.", len(steps)).format(n=number(len(steps)))
    legend = (
        Run(count + "  ", "dim"),
        Run(_signed(_("added"), Op.ADDED, signs=signs), "added"),
        Run("  "),
        Run(_signed(_("removed"), Op.REMOVED, signs=signs), "removed"),
    )
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
    paragraphs = _paragraphs(pieces, signs=signs)
    near = {
        index + step
        for index, (_runs, changed) in enumerate(paragraphs)
        if changed
        for step in range(-AROUND, AROUND + 1)
    }
    skipped = False
    for index, (runs, _changed) in enumerate(paragraphs):
        if index not in near:
            skipped = True
            continue
        if skipped:
            yield Line((Run("⋯", "dim"),))
            yield BLANK
            skipped = False
        yield from paragraph(runs, width)
        yield BLANK
    if skipped:
        yield Line((Run("⋯", "dim"),))


def _signed(text: str, op: Op, *, signs: bool) -> str:
    start, end = MARKS[op] if signs else ("", "")
    return f"{start}{text}{end}"


def _paragraphs(pieces: Sequence[Piece], *, signs: bool) -> list[tuple[list[Run], bool]]:
    """Give the pieces by the paragraphs (lines) they stand in, with whether one is changed."""
    found: list[tuple[list[Run], bool]] = [([], False)]
    for piece in pieces:
        for row, text in enumerate(piece.text.split("\n")):
            if row:
                found.append(([], False))
            shown = clean(text)
            if not shown.strip():
                found[-1][0].append(Run(shown, "body"))
                continue
            # Blanks stay outside the marks, so that lines break between words.
            body = shown.strip()
            lead, tail = shown[: len(shown) - len(shown.lstrip())], shown[len(shown.rstrip()) :]
            runs, changed = found[-1]
            if runs and runs[-1].style == "removed":
                lead = lead or " "
            runs += [
                run
                for run in (Run(lead), Run(_signed(body, piece.op, signs=signs), STYLES[piece.op]), Run(tail))
                if run.text
            ]
            found[-1] = (runs, changed or piece.op is not Op.SAME)
    return [(runs, changed) for runs, changed in found if any(run.text.strip() for run in runs)]
