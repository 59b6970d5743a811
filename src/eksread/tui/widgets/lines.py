"""A widget that shows `Line`s by Textual's line API: what a page's text passes through on its way to the terminal."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eksread.tui.render import Run


@lru_cache(maxsize=4096)
def _joined(styles: tuple[Style, ...]) -> Style:
    return Style.combine(styles)


class LookBook(Widget):
    """The base of our line widgets: turns looks (names) into styles by component classes `look--NAME`.

    Component classes resolve against the theme, so a change of theme is a refresh and nothing else.
    """

    LOOKS: ClassVar[frozenset[str]] = frozenset()
    """Names that may occur in a run; unknown ones show plain."""

    def look(self, names: str) -> Style:
        """Give the style of looks parted by spaces, on this widget's background."""
        base = self.rich_style
        if not names:
            return base
        parts = [
            self.get_component_rich_style(f"look--{name}", partial=True)
            for name in names.split()
            if name in self.LOOKS
        ]
        return _joined((base, *parts))

    def strip(self, runs: Iterable[Run], width: int, left: int = 0) -> Strip:
        """Give runs as a strip of exactly `width` cells, `left` cells from its left edge."""
        base = self.rich_style
        segments = [Segment(" " * left, base)] if left else []
        segments += [Segment(piece.text, self.look(piece.look)) for piece in runs if piece.text]
        return Strip(segments).adjust_cell_length(width, base)
