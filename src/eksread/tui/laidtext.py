"""A text laid out as lines: where its blocks and links stand. Free of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.tui.render import Line


class LaidText:
    """Lines, asked for by block, by link and by row. Rows count from 0 at the first line."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def block_at(self, row: int) -> int:
        """Give the block of the first line with words from `row` on, 0 where there is none."""
        return next((line.block for line in self.lines[row:] if line.block >= 0 and line.runs), 0)

    def row_of_block(self, block: int) -> int:
        """Give the row at which a block begins, 0 where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.block >= block), 0)

    def link_at(self, row: int) -> int:
        """Give the link on a row, -1 where there is none."""
        return self.lines[row].link if 0 <= row < len(self.lines) else -1

    def row_of_link(self, link: int) -> int | None:
        """Give the row at which a link begins; None for -1, which is no link, or where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.link == link >= 0), None)

    def text(self, left: int) -> str:
        """Give the text with `left` blanks before every line, as it stands in the pane."""
        margin = " " * left
        return "\n".join(margin + line.text for line in self.lines)
