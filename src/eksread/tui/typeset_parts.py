"""The pieces that an article is set from: paragraphs, text behind a marker, `Baca juga` links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.render import Line, Run, run, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULE: Final = "─"
SIDE: Final = "▏"


def paragraph(runs: Sequence[Run], width: int) -> Iterator[Line]:
    """Set runs as lines of at most `width` cells."""
    return (Line(line) for line in wrap(runs, width))


def marked_lines(
    runs: Sequence[Run], width: int, first: tuple[Run, ...], other: tuple[Run, ...], *, link: int = -1
) -> Iterator[Line]:
    """Set runs behind a marker: `first` before the first line, `other` (of the same width) before the others."""
    indent = sum(cell_len(piece.text) for piece in first)
    for index, line in enumerate(wrap(runs, width - indent)):
        yield Line((*(other if index else first), *line), link=link)


def related_lines(title: str, index: int, width: int) -> Iterator[Line]:
    """Set a `Baca juga` link apart, with its number."""
    side = Run(f"{SIDE} ", "side")
    yield Line((side, Run(_("Read also"), "related-label")), link=index)
    label = f"{index + 1} "
    yield from marked_lines(
        (run(title, "related"),),
        width,
        (side, Run(label, "number")),
        (side, Run(" " * len(label))),
        link=index,
    )
