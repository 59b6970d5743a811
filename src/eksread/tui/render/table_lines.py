"""A table fitted to the column: cells wrap, columns share the width, and a table that is too wide is listed row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.model.display_text import clean
from eksread.tui.render.lines import Line, Run, pad, paragraph, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP: Final = 2
NARROWEST: Final = 6
"""Cells below which a column's words would be cut to pieces; the table is then listed row by row instead."""
MAX_ROWS: Final = 400
"""Rows shown: a longer table is data rather than reading."""


def table_lines(rows: Sequence[Sequence[str]], width: int) -> Iterator[Line]:
    """Give a table's lines; the first row is its head."""
    table = [[clean(cell) for cell in row] for row in rows[:MAX_ROWS]]
    count = max((len(row) for row in table), default=0)
    if not count:
        return
    for row in table:
        row += [""] * (count - len(row))
    widths = _widths(table, count, width - GAP * (count - 1))
    if widths is None:
        yield from _listed(table, width)
        return
    for index, row in enumerate(table):
        yield from _row(row, widths, "table-head" if index == 0 and len(table) > 1 else "body")
        if index == 0 and len(table) > 1:
            yield Line((Run("─" * min(width, sum(widths) + GAP * (count - 1)), "rule"),))


def _widths(table: Sequence[Sequence[str]], count: int, room: int) -> list[int] | None:
    """Give each column's width: its own where all fit, else the wide ones share what the narrow ones leave."""
    natural = [max(1, *(cell_len(row[column]) for row in table)) for column in range(count)]
    if sum(natural) <= room:
        return natural
    widths = list(natural)
    left, wide = room, set(range(count))
    share = left // len(wide)
    while narrow := {column for column in wide if natural[column] <= share}:
        wide -= narrow  # never all of them: then all would fit
        left -= sum(natural[column] for column in narrow)
        share = left // len(wide)
    for column in wide:
        widths[column] = share
    return None if any(widths[column] < NARROWEST <= natural[column] for column in range(count)) else widths


def _row(row: Sequence[str], widths: Sequence[int], style: str) -> Iterator[Line]:
    cells = [wrap((Run(cell, style),), width) for cell, width in zip(row, widths, strict=True)]
    for index in range(max(1, *(len(cell) for cell in cells))):
        runs: list[Run] = []
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            line = cell[index] if index < len(cell) else ()
            runs += pad(line, width + (GAP if column + 1 < len(widths) else 0))
        yield Line(tuple(runs))


def _listed(table: Sequence[Sequence[str]], width: int) -> Iterator[Line]:
    """Give a table that is too wide as one short paragraph a row, each cell named by its column's head."""
    head, *body = table
    for row in body or [head]:
        for name, cell in zip(head, row, strict=True):
            label = f"{name}: " if body and name else ""
            yield from paragraph((Run(label, "dim"), Run(cell, "body")), width)
        yield Line()
